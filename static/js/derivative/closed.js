// The gradient in closed form: one formula for each input, checked by numbers, with the rules that led to it.

import { formula, setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";

export class ClosedStudy {
  constructor(root, player) {
    Object.assign(this, { root, player });
    [this.about, this.list] = [".about", ".formulas"].map((name) => root.querySelector(name));
  }

  show(answer) {
    this.answer = answer;
    this.drawn = "";
    this.render();
  }

  render() {
    if (!this.answer) return;
    const { layout } = this.player.state;
    if (this.drawn === layout) return;
    this.drawn = layout;
    const { of, by, formulas } = this.answer;
    this.about.textContent = [
      say("closed form", { of: of.name }),
      ...(of.shape.length ? [say("closed sum", { of: of.name })] : []),
      by.shape.length ? say(`closed ${layout}`, { by: by.name }) : "",
    ].join(" ");
    this.list.replaceChildren(...formulas.map((found) => this.#item(found, layout)));
  }

  #item(found, layout) {
    const item = document.createElement("section");
    const shown = document.createElement("div");
    shown.className = "bracket";
    if (found.latex) {
      const right = layout === "jacobian" ? found.row : found.latex;
      setFormula(shown, `${found.partial} = ${right}`, { display: true });
    } else shown.textContent = found.reason;
    item.append(shown);
    if (found.latex) {
      const checked = Object.assign(document.createElement("p"), {
        className: "muted",
        textContent: say("closed points", { count: found.points }),
      });
      item.append(checked);
    }
    if (found.rewritings.length) item.append(this.#way(found.rewritings));
    return item;
  }

  // How it came about: set only for those who open it.
  #way(rewritings) {
    const details = document.createElement("details");
    details.append(
      Object.assign(document.createElement("summary"), {
        textContent: say("closed way", { count: rewritings.length }),
      }),
    );
    details.addEventListener("toggle", () => {
      if (details.children.length > 1) return;
      const list = document.createElement("ol");
      list.append(
        ...rewritings.map(({ rule, before, after }) => {
          const line = document.createElement("li");
          const name = Object.assign(document.createElement("p"), { className: "muted", textContent: rule });
          const change = Object.assign(document.createElement("div"), { className: "bracket" });
          change.append(formula(`${before} \\;=\\; ${after}`));
          line.append(name, change);
          return line;
        }),
      );
      details.append(list);
    });
    return details;
  }
}
