// Formulas: LaTeX of the engine, set by KaTeX. Nothing that a formula says can become markup or work without end.

import katex from "katex";
import { make } from "./elements.js";

/** @type {import("katex").KatexOptions} */
const OPTIONS = { throwOnError: false, trust: false, strict: "ignore", maxExpand: 500, maxSize: 20 };

/** Set `latex` inside `element`, again only when it has changed. @param {HTMLElement} element @param {string} latex */
export function setFormula(element, latex, { display = false } = {}) {
  if (element.dataset.latex === latex) return;
  element.dataset.latex = latex;
  if (latex) katex.render(latex, element, { ...OPTIONS, displayMode: display });
  else element.replaceChildren();
}

/**
 * A new element with a formula in it.
 *
 * @template {keyof HTMLElementTagNameMap} [Tag="span"]
 * @param {string} latex
 * @param {Tag} [tag]
 */
export function formula(latex, tag = /** @type {Tag} */ ("span")) {
  const element = document.createElement(tag);
  setFormula(element, latex);
  return element;
}

/** A formula that is seen, and a name that is heard instead of it. @param {string} latex @param {string} name */
export function named(latex, name) {
  const seen = formula(latex);
  seen.ariaHidden = "true";
  return [make("span", { className: "heard" }, name), seen];
}
