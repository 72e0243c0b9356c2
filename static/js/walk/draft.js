// What was typed and not drawn survives leaving the page: whoever comes back by the browser's button, or loads the
// page again, finds it. Kept for the tab, by the program that was drawn: the address may still wait for a step.

const key = (program) => `draft ${program}`;

/** Keep the text of `field` while it differs from what `drawn()` says. */
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

/** The text that was left beside `program`, or null for those who come anew. */
export function leftHere(program) {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!["back_forward", "reload"].includes(navigation?.type)) return null;
  try {
    return sessionStorage.getItem(key(program));
  } catch {
    return null;
  }
}
