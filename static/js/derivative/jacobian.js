// A Jacobian: its numbers and its structure, each element explained, filled sweep by sweep as either mode does it.

import { make, part, parts } from "../tools/elements.js";
import { formula, setFormula } from "../tools/formula.js";
import { matrix } from "../tools/matrix.js";
import { say } from "../tools/strings.js";

const SLICES = 36;

export class JacobianStudy {
  /** @type {Jacobian | null} */
  #answer = null;
  /** @type {State["mode"]} */
  #mode = "forward";
  #done = 0;
  /** What the tables were drawn for. @type {unknown[]} */
  #drawn = [];

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.player = player;
    this.about = part(root, ".about");
    this.slices = part(root, ".slices");
    this.told = part(root, ".told");
    this.count = part(root, ".so-far");
    this.cost = part(root, ".cost");
    this.product = part(root, ".product");
    this.walk = part(root, ".walk");
    this.previous = part(root, ".previous", HTMLButtonElement);
    this.next = part(root, ".next", HTMLButtonElement);
    this.modes = parts(root, "[data-mode]");
    for (const button of this.modes) {
      button.addEventListener("click", () => this.#fill(button.dataset.mode === "forward" ? "forward" : "reverse", 0));
    }
    this.previous.addEventListener("click", () => this.#fill(this.#mode, this.#done - 1));
    this.next.addEventListener("click", () => this.#fill(this.#mode, this.#done + 1));
    this.walk.addEventListener("click", () => this.#answer && this.#walk(this.#answer));
  }

  /** @param {Jacobian} answer */
  show(answer) {
    this.#answer = answer;
    const [forward, reverse] = answer.sweeps;
    this.#mode = forward.count <= reverse.count ? "forward" : "reverse";
    this.#done = this.#sweeps;
    this.cost.textContent = say("jacobian cost", {
      columns: forward.count,
      column: forward.operations,
      forward: forward.total,
      rows: reverse.count,
      row: reverse.operations,
      reverse: reverse.total,
    });
    this.product.hidden = !answer.pulled;
    const products = answer.pulled ? `${answer.pulled}, \\qquad ${answer.pushed}` : "";
    setFormula(part(this.product, ".formula"), products);
    this.told.textContent = say("point at an element");
    this.render();
  }

  render() {
    if (!this.#answer) return;
    const { layout } = this.player.state;
    for (const button of this.modes) button.setAttribute("aria-pressed", String(button.dataset.mode === this.#mode));
    const { of, by, structure, local } = this.#answer;
    const flat = isFlat(this.#answer);
    const shape = layout === "gradient" && flat ? [...by.shape, ...of.shape] : [...of.shape, ...by.shape];
    this.about.textContent = [
      say(flat ? `${layout} layout` : "slices layout", { of: of.name, by: by.name }),
      say("jacobian shape", { shape: shape.join("×") || "1" }),
      say(`structure ${structure}`, { of: of.name, by: by.name }),
      ...(local ? [say("operator alone")] : []),
    ].join(" ");
    this.count.textContent = say("sweeps done", { done: this.#done, count: this.#sweeps });
    this.previous.disabled = this.#done === 0;
    this.next.disabled = this.#done === this.#sweeps;
    this.walk.hidden = !this.#walkable || this.#done === 0;
    const drawn = [layout, this.#mode, this.#done, this.#answer];
    if (drawn.every((one, i) => one === this.#drawn[i])) return;
    this.#drawn = drawn;
    this.slices.replaceChildren(...this.#pictures(this.#answer, layout));
  }

  /** How many sweeps of the mode there are. */
  get #sweeps() {
    return this.#answer?.sweeps.find(({ mode }) => mode === this.#mode)?.count ?? 0;
  }

  // A sweep of the whole walk: from an input, or from an output.
  get #walkable() {
    const program = this.player.document?.program;
    if (!this.#answer || !program) return false;
    const { of, by, local } = this.#answer;
    return !local && program.outputs.includes(of.name) && by.name in program.inputs;
  }

  /** @param {State["mode"]} mode @param {number} done */
  #fill(mode, done) {
    this.#mode = mode;
    this.#done = Math.min(Math.max(done, 0), this.#sweeps);
    this.render();
  }

  /**
   * One table; for more than two axes one for each element of the result, in the shape of the argument.
   *
   * @param {Jacobian} answer
   * @param {State["layout"]} layout
   */
  #pictures(answer, layout) {
    const { of, by, rows, columns, slices, texts } = answer;
    const name = say("jacobian of", { of: of.name, by: by.name });
    if (isFlat(answer)) {
      const cells = texts.map((row, i) => row.map((_, j) => this.#cell(answer, i, j)));
      if (layout !== "gradient") return [matrix(name, rows, columns, cells)];
      const turned = columns.map((_, j) => rows.map((_, i) => cells[i][j]));
      return [matrix(name, columns, rows, turned)];
    }
    const across = by.shape.at(-1) ?? 1;
    const untitled = Array(across).fill("");
    return slices.slice(0, SLICES).map((latex, i) => {
      const lines = Array.from({ length: columns.length / across }, (_, k) =>
        Array.from({ length: across }, (_, j) => this.#cell(answer, i, k * across + j)),
      );
      return make("figure", {}, formula(latex, "figcaption"), matrix(name, [], untitled, lines));
    });
  }

  /** @param {Jacobian} answer @param {number} i @param {number} j @returns {import("../tools/matrix.js").Cell} */
  #cell({ texts, nonzero, equations }, i, j) {
    const hidden = (this.#mode === "forward" ? j : i) >= this.#done;
    const told = () => [formula(equations[i][j]), ...(nonzero[i][j] ? [] : [` ${say("always zero")}`])];
    return {
      text: nonzero[i][j] ? texts[i][j] : "0",
      state: hidden ? "hidden" : nonzero[i][j] ? "" : "zero",
      tell: () => this.told.replaceChildren(...(hidden ? [say("not yet computed")] : told())),
    };
  }

  /** The sweep that fills the last column or row, in the picture: a seed with a single 1. @param {Jacobian} answer */
  #walk({ of, by }) {
    const mode = this.#mode;
    const { name, shape } = mode === "forward" ? by : of;
    const size = shape.reduce((product, n) => product * n, 1);
    /** @type {any[]} */
    let seed = Array.from({ length: size }, (_, k) => Number(k === this.#done - 1));
    for (const n of shape.slice(1).reverse()) {
      seed = Array.from({ length: seed.length / n }, (_, k) => seed.slice(k * n, (k + 1) * n));
    }
    const text = `${name}=${shape.length ? JSON.stringify(seed) : 1}`;
    const from = mode === "reverse" ? { output: name, wrt: null } : { output: "", wrt: [name] };
    this.player.ask({ mode, seed: text, ...from, step: 0 });
  }
}

/** Whether it is a matrix; what has more axes is shown in slices. @param {Jacobian} answer */
function isFlat({ of, by }) {
  return of.shape.length < 2 && by.shape.length < 2;
}
