// A complaint of the engine in words: what is wrong, the line with carets under the place, and how to mend it.

import { button, make } from "./elements.js";
import { formula } from "./formula.js";
import { say } from "./strings.js";

/** @type {WeakMap<Element, Complained | null>} */
const shown = new WeakMap();

/**
 * Show `problem` inside `root`, or nothing; `adopt` takes a corrected program that the engine proposes, and `placed`
 * says that the place is marked in the `text` itself. A problem with a `retry` may be gone the next time.
 *
 * @param {Element} root
 * @param {Complained | null | undefined} problem
 * @param {(program: string) => void} [adopt]
 */
export function showProblem(root, problem, adopt, { placed = false, text = "" } = {}) {
  if (shown.has(root) && shown.get(root) === (problem ?? null)) return;
  shown.set(root, problem ?? null);
  root.replaceChildren();
  if (!problem) return;
  const { message, excerpt, hint, suggestion, alternatives, retry } = problem;
  root.append(make("p", { textContent: message }));
  if (excerpt && !placed) root.append(make("pre", {}, excerpt.join("\n")));
  if (hint) root.append(make("p", { className: "hint" }, hint));
  if (alternatives) root.append(question(alternatives, adopt));
  if (suggestion && adopt) {
    root.append(button(say("adopt", { program: changed(text, suggestion) }), () => adopt(suggestion), "quiet"));
  }
  if (retry) root.append(button(say("retry"), retry, "quiet"));
}

/**
 * The meanings of a text, one click each: in words, as a formula, as it can be typed.
 *
 * @param {Choice[]} alternatives
 * @param {(program: string) => void} [adopt]
 */
function question(alternatives, adopt) {
  const list = make("ul", { className: "question" });
  for (const { program, said, latex } of alternatives) {
    const choice = button("", () => adopt?.(program));
    choice.append(make("span", { className: "said" }, said));
    if (latex) choice.append(formula(latex));
    choice.append(make("code", {}, program));
    list.append(make("li", {}, choice));
  }
  return list;
}

/** Of a program of many lines, those that would be others. @param {string} text @param {string} suggestion */
function changed(text, suggestion) {
  const lines = text.split("\n");
  const others = suggestion.split("\n").filter((line) => !lines.includes(line));
  return others.join("\n");
}
