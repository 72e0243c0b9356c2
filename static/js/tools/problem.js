// A complaint of the engine in words: what is wrong, the line with carets under the place, and how to mend it.

import { say } from "./strings.js";

/** Show `problem` inside `root`, or nothing; `adopt` takes a corrected program that the engine proposes, and
    `placed` says that the place is marked in the `text` itself. A problem with a `retry` may be gone the next time. */
export function showProblem(root, problem, adopt, { placed = false, text = "" } = {}) {
  if (root.problem === problem) return;
  root.problem = problem;
  root.replaceChildren();
  if (!problem) return;
  root.append(element("p", problem.message));
  if (problem.excerpt && !placed) root.append(element("pre", problem.excerpt.join("\n")));
  if (problem.hint) root.append(element("p", problem.hint, "hint"));
  if (problem.suggestion && adopt) {
    root.append(button(say("adopt", { program: changed(text, problem.suggestion) }), () => adopt(problem.suggestion)));
  }
  if (problem.retry) root.append(button(say("retry"), problem.retry));
}

function button(text, act) {
  const made = element("button", text, "quiet");
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// Of a program of many lines, those that would be others.
function changed(text, suggestion) {
  const lines = text.split("\n");
  return suggestion
    .split("\n")
    .filter((line) => !lines.includes(line))
    .join("\n");
}

function element(tag, text, className = "") {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}
