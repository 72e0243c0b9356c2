// Another text in a field as if it had been typed: the field's own undo brings the old one back.

/**
 * Let `field` say `text`; only what differs is typed, and the caret stands behind it.
 *
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 */
export function replaceText(field, text) {
  const old = field.value;
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
  let tail = 0;
  while (tail < Math.min(old.length, text.length) - start && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  const typed = text.slice(start, text.length - tail);
  field.focus();
  field.setSelectionRange(start, old.length - tail);
  if (old === text) return;
  // The one way to change a field with its undo; where a browser drops it, the change is made without.
  const done = typed ? document.execCommand("insertText", false, typed) : document.execCommand("delete");
  if (done && field.value === text) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
