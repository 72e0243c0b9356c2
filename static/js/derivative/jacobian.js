// A Jacobian: its numbers and its structure, each element explained, filled sweep by sweep as either mode does it.

import { formula, setFormula } from "../tools/formula.js";
import { matrix } from "../tools/matrix.js";
import { say } from "../tools/strings.js";

const SLICES = 36;

export class JacobianStudy {
  constructor(root, player) {
    Object.assign(this, { root, player });
    const part = (name) => root.querySelector(`.${name}`);
    [this.about, this.slices, this.told, this.count, this.cost, this.product, this.walk] = [
      "about",
      "slices",
      "told",
      "so-far",
      "cost",
      "product",
      "walk",
    ].map(part);
    this.modes = [...root.querySelectorAll("[data-mode]")];
    for (const button of this.modes) button.addEventListener("click", () => this.#fill(button.dataset.mode, 0));
    part("previous").addEventListener("click", () => this.#fill(this.mode, this.done - 1));
    part("next").addEventListener("click", () => this.#fill(this.mode, this.done + 1));
    this.walk.addEventListener("click", () => this.#walk());
  }

  show(answer) {
    this.answer = answer;
    const [forward, reverse] = answer.sweeps;
    this.mode = forward.count <= reverse.count ? "forward" : "reverse";
    this.done = this.#sweeps.count;
    this.cost.textContent = say("jacobian cost", {
      columns: forward.count,
      column: forward.operations,
      forward: forward.total,
      rows: reverse.count,
      row: reverse.operations,
      reverse: reverse.total,
    });
    this.product.hidden = !answer.pulled;
    setFormula(
      this.product.querySelector(".formula"),
      answer.pulled ? `${answer.pulled}, \\qquad ${answer.pushed}` : "",
    );
    this.told.textContent = say("point at an element");
    this.render();
  }

  render() {
    if (!this.answer) return;
    const { layout } = this.player.state;
    for (const button of this.modes) button.setAttribute("aria-pressed", String(button.dataset.mode === this.mode));
    const { of, by, structure, local } = this.answer;
    this.about.textContent = [
      say(this.#flat ? `${layout} layout` : "slices layout", { of: of.name, by: by.name }),
      say("jacobian shape", { shape: this.#shape(layout).join("×") || "1" }),
      say(`structure ${structure}`, { of: of.name, by: by.name }),
      ...(local ? [say("operator alone")] : []),
    ].join(" ");
    const { count } = this.#sweeps;
    this.count.textContent = say("sweeps done", { done: this.done, count });
    this.root.querySelector(".previous").disabled = this.done === 0;
    this.root.querySelector(".next").disabled = this.done === count;
    this.walk.hidden = !this.#walkable || this.done === 0;
    const drawn = JSON.stringify([layout, this.mode, this.done]);
    if (this.drawn === drawn && this.pictured === this.answer) return;
    [this.drawn, this.pictured] = [drawn, this.answer];
    this.slices.replaceChildren(...this.#pictures(layout));
  }

  get #sweeps() {
    return this.answer.sweeps.find(({ mode }) => mode === this.mode);
  }

  // A sweep of the whole walk: from an input, or from an output.
  get #walkable() {
    const { of, by, local } = this.answer;
    const { program } = this.player.document;
    return !local && program.outputs.includes(of.name) && by.name in program.inputs;
  }

  // A matrix; what has more axes is shown in slices.
  get #flat() {
    return this.answer.of.shape.length < 2 && this.answer.by.shape.length < 2;
  }

  #shape(layout) {
    const { of, by } = this.answer;
    return layout === "gradient" && this.#flat ? [...by.shape, ...of.shape] : [...of.shape, ...by.shape];
  }

  #fill(mode, done) {
    this.mode = mode;
    this.done = Math.min(Math.max(done, 0), this.#sweeps.count);
    this.render();
  }

  // One table; for more than two axes one for each element of the result, in the shape of the argument.
  #pictures(layout) {
    const { by, rows, columns, slices, texts } = this.answer;
    if (this.#flat) {
      const cells = texts.map((row, i) => row.map((_, j) => this.#cell(i, j)));
      const turned = layout === "gradient";
      const table = turned ? columns.map((_, j) => rows.map((_, i) => cells[i][j])) : cells;
      return [this.#table(turned ? columns : rows, turned ? rows : columns, table)];
    }
    const across = by.shape.at(-1) ?? 1;
    return slices.slice(0, SLICES).map((latex, i) => {
      const figure = document.createElement("figure");
      const lines = Array.from({ length: columns.length / across }, (_, k) =>
        Array.from({ length: across }, (_, j) => this.#cell(i, k * across + j)),
      );
      const caption = document.createElement("figcaption");
      setFormula(caption, latex);
      figure.append(caption, this.#table([], Array(across).fill(""), lines));
      return figure;
    });
  }

  #table(rows, columns, cells) {
    return matrix(
      say("jacobian of", { of: this.answer.of.name, by: this.answer.by.name }),
      rows,
      columns,
      cells,
      (tell) => tell(),
    );
  }

  #cell(i, j) {
    const { texts, nonzero } = this.answer;
    const hidden = (this.mode === "forward" ? j : i) >= this.done;
    return {
      text: nonzero[i][j] ? texts[i][j] : "0",
      state: hidden ? "hidden" : nonzero[i][j] ? "" : "zero",
      tell: () => this.#explain(i, j, hidden),
    };
  }

  #explain(i, j, hidden) {
    if (hidden) {
      this.told.textContent = say("not yet computed");
      return;
    }
    const { equations, nonzero } = this.answer;
    this.told.replaceChildren(formula(equations[i][j]), ...(nonzero[i][j] ? [] : [` ${say("always zero")}`]));
  }

  // The sweep that fills the last column or row, in the picture: a seed with a single 1.
  #walk() {
    const { of, by } = this.answer;
    const { name, shape } = this.mode === "forward" ? by : of;
    const size = shape.reduce((product, n) => product * n, 1);
    let seed = Array.from({ length: size }, (_, k) => Number(k === this.done - 1));
    for (const n of shape.slice(1).reverse())
      seed = Array.from({ length: seed.length / n }, (_, k) => seed.slice(k * n, (k + 1) * n));
    const text = `${name}=${shape.length ? JSON.stringify(seed) : 1}`;
    this.player.ask({
      mode: this.mode,
      seed: text,
      output: this.mode === "reverse" ? name : "",
      wrt: this.mode === "forward" ? [name] : null,
      step: 0,
    });
  }
}
