// The clipboard, where a browser allows it, or the old way, from a field that is selected.

/** Copy `text`; `field` is a text field that shows it; without one, a field that nobody sees is selected. Resolves to whether it is there. */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return select(text, field); // no permission, or a page without https, as in a hall's network
  }
}

function select(text, field) {
  if (field) {
    field.select();
    return document.execCommand("copy");
  }
  const before = document.activeElement;
  const area = Object.assign(document.createElement("textarea"), { className: "heard", value: text, readOnly: true });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  return done;
}
