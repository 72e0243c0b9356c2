// Where one walk stands in another of the same program, of which other parts are folded or open.

/**
 * The step of `next` at which the last slot is complete that is complete at `step` of `walk`.
 *
 * @param {Walk} walk
 * @param {number} step
 * @param {Walk} next
 */
export function corresponding(walk, step, next) {
  const written = [...completed(walk)].filter(([, index]) => index <= step).map(([slot]) => slot);
  const steps = completed(next);
  return Math.max(0, ...written.map((slot) => steps.get(slot) ?? 0));
}

/** The step that completes each slot: of a sum, the last that adds to it. @param {Walk} walk */
function completed({ steps }) {
  return new Map(steps.map(({ index, node, slot }) => [`${slot} ${node}`, index]));
}
