// The clipboard, where a browser allows it, or the old way, from a field that is selected.

import { make } from "./elements.js";

/**
 * Copy `text`; resolves to whether it is there. Without a `field` that shows it, one that nobody sees is selected.
 *
 * @param {string} text
 * @param {HTMLInputElement | HTMLTextAreaElement} [field]
 */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return select(text, field); // no permission, or a page without https, as in a hall's network
  }
}

/** @param {string} text @param {HTMLInputElement | HTMLTextAreaElement} [field] */
function select(text, field) {
  if (field) {
    field.select();
    return document.execCommand("copy");
  }
  const before = document.activeElement;
  const area = make("textarea", { className: "heard", value: text, readOnly: true });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
