// The gradient in closed form: one formula for each input, checked by numbers, with the rules that led to it.

import { make, part } from "../tools/elements.js";
import { formula, setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";

/** @typedef {Closed["formulas"][number]} Found */

export class ClosedStudy {
  /** @type {Closed | null} */
  #answer = null;
  #drawn = "";

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.player = player;
    this.about = part(root, ".about");
    this.list = part(root, ".formulas");
  }

  /** @param {Closed} answer */
  show(answer) {
    this.#answer = answer;
    this.#drawn = "";
    this.render();
  }

  render() {
    const { layout } = this.player.state;
    if (!this.#answer || this.#drawn === layout) return;
    this.#drawn = layout;
    const { of, by, formulas } = this.#answer;
    this.about.textContent = [
      say("closed form", { of: of.name }),
      ...(of.shape.length ? [say("closed sum", { of: of.name })] : []),
      by.shape.length ? say(`closed ${layout}`, { by: by.name }) : "",
    ].join(" ");
    this.list.replaceChildren(...formulas.map((found) => itemOf(found, layout)));
  }
}

/** @param {Found} found @param {State["layout"]} layout */
function itemOf({ latex, row, partial, reason, points, rewritings }, layout) {
  const shown = make("div", { className: "bracket" }, latex ? "" : (reason ?? ""));
  if (latex) setFormula(shown, `${partial} = ${layout === "jacobian" ? row : latex}`, { display: true });
  const checked = latex ? [make("p", { className: "muted" }, say("closed points", { count: points }))] : [];
  return make("section", {}, shown, ...checked, ...(rewritings.length ? [wayOf(rewritings)] : []));
}

/** How it came about: set only for those who open it. @param {Found["rewritings"]} rewritings */
function wayOf(rewritings) {
  const details = make("details", {}, make("summary", {}, say("closed way", { count: rewritings.length })));
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    const lines = rewritings.map(({ rule, before, after }) => {
      const change = make("div", { className: "bracket" }, formula(`${before} \\;=\\; ${after}`));
      return make("li", {}, make("p", { className: "muted" }, rule), change);
    });
    details.append(make("ol", {}, ...lines));
  });
  return details;
}
