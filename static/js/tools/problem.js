// A complaint of the engine in words: what is wrong, the line with carets under the place, and how to mend it.

import { say } from "./strings.js";

/** Show `problem` inside `root`, or nothing; `adopt` takes a corrected program that the engine proposes. */
export function showProblem(root, problem, adopt) {
  if (root.problem === problem) return;
  root.problem = problem;
  root.replaceChildren();
  if (!problem) return;
  root.append(element("p", problem.message));
  if (problem.excerpt) root.append(element("pre", problem.excerpt.join("\n")));
  if (problem.hint) root.append(element("p", problem.hint, "hint"));
  if (problem.suggestion && adopt) {
    const button = element("button", say("adopt", { program: problem.suggestion }), "quiet");
    button.type = "button";
    button.addEventListener("click", () => adopt(problem.suggestion));
    root.append(button);
  }
}

function element(tag, text, className = "") {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}
