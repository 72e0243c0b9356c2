// What was typed and not drawn survives leaving the page: whoever comes back by the browser's button, or loads the
// page again, finds it. Kept for the tab, by address.

const key = () => `draft ${location.pathname}${location.search}`;

/** Keep the text of `field` while it differs from what `drawn()` says. */
export function keepDraft(field, drawn) {
  addEventListener("pagehide", () => {
    try {
      if (field.value !== drawn()) sessionStorage.setItem(key(), field.value);
      else sessionStorage.removeItem(key());
    } catch {
      // A browser that keeps nothing.
    }
  });
}

/** The text that was left here, or null for those who come anew. */
export function leftHere() {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!["back_forward", "reload"].includes(navigation?.type)) return null;
  try {
    return sessionStorage.getItem(key());
  } catch {
    return null;
  }
}
