// The clipboard, where a browser allows it, or the old way, from a field that is selected.

/** Copy `text`; `field` is a text field that shows it, or none. Resolves to whether it is there. */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select(); // no permission, or a page without https
    return Boolean(field) && document.execCommand("copy");
  }
}
