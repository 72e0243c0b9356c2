// What was typed and not drawn survives leaving the page: whoever comes back by the browser's button, or loads the
// page again, finds it. Kept for the tab, by the program that was drawn: the address may still wait for a step.

/** @param {string | null} program */
const key = (program) => `draft ${program}`;

/**
 * Keep the text of `field` while it differs from what `drawn()` says.
 *
 * @param {HTMLTextAreaElement} field
 * @param {() => string | null} drawn
 */
export function keepDraft(field, drawn) {
  addEventListener("pagehide", () => {
    try {
      if (field.value !== drawn()) sessionStorage.setItem(key(drawn()), field.value);
      else sessionStorage.removeItem(key(drawn()));
    } catch {
      // A browser that keeps nothing.
    }
  });
}

/** The text that was left beside `program`, or null for those who come anew. @param {string | null} program */
export function leftHere(program) {
  const [navigation] = performance.getEntriesByType("navigation");
  const back =
    navigation instanceof PerformanceNavigationTiming && ["back_forward", "reload"].includes(navigation.type);
  if (!back) return null;
  try {
    return sessionStorage.getItem(key(program));
  } catch {
    return null;
  }
}
