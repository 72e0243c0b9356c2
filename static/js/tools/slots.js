// Which slots of a node are listed beside the picture: the table and the list for screen readers agree.

/** The derivative that a mode computes. @type {Record<Walk["mode"], "tangent" | "adjoint">} */
export const DERIVATIVES = { forward: "tangent", reverse: "adjoint" };

/** Whether a node has slots: a number in the formula says by its name all that there is. @param {GraphNode} node */
export function hasSlots({ kind, name }) {
  return kind !== "literal" || /\p{L}/u.test(name);
}

/** Whether there is no derivative by an input of this role. @param {string | null} role */
export function isStill(role) {
  return role === "label" || role === "index" || role === "count";
}
