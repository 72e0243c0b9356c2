// The sum over paths: each lit in the picture, its product bracketed as either mode does it, beside the steps that do.

import { formula, setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";

const RUNGS = 10;

export class PathsStudy {
  constructor(root, player, picture) {
    Object.assign(this, { root, player, picture });
    const part = (name) => root.querySelector(`.${name}`);
    [this.about, this.list, this.sum, this.chosen, this.partial] = ["about", "listed", "sum", "chosen", "partial"].map(
      part,
    );
    [this.forward, this.reverse] = [".bracket.forward", ".bracket.reverse"].map((name) => root.querySelector(name));
    root.querySelector(".ladder tbody").replaceChildren(
      ...Array.from({ length: RUNGS }, (_, n) => {
        const row = document.createElement("tr");
        row.append(...[n + 1, 2 * (n + 1), 2 ** (n + 1)].map((number) => cell(number)));
        return row;
      }),
    );
    root.querySelector(".ladder button").addEventListener("click", () => this.#ladder());
  }

  show(answer) {
    this.answer = answer;
    const { of, by, count, edges, listed, total, sum } = answer;
    this.about.textContent = say("paths", { count, edges, of: of.name, by: by.name });
    this.list.replaceChildren(...listed.map((path, i) => this.#item(path, i)));
    this.sum.textContent = total === null ? say("more paths", { count: listed.length }) : sum;
    this.#choose(listed.length ? 0 : -1);
  }

  render() {
    if (this.answer && this.path) this.#partials();
  }

  /** Put the light out, where the panel is left. */
  leave() {
    this.picture.lit = null;
  }

  #item(path, i) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "path" });
    button.append(formula(path.chain), ` = ${path.product}`);
    for (const name of ["pointerenter", "focus"]) button.addEventListener(name, () => this.#light(path));
    for (const name of ["pointerleave", "blur"]) button.addEventListener(name, () => this.#light(this.path));
    button.addEventListener("click", () => this.#choose(i));
    item.append(button);
    return item;
  }

  #choose(i) {
    this.path = this.answer.listed[i];
    [...this.list.children].forEach((item, k) => item.firstChild.setAttribute("aria-pressed", String(k === i)));
    this.chosen.hidden = !this.path;
    this.#light(this.path);
    if (!this.path) return;
    setFormula(this.forward, this.path.forward);
    setFormula(this.reverse, this.path.reverse);
    this.#partials();
  }

  #light(path) {
    // Where the panel is hidden, as in the projector view, nothing would say why the rest is pale.
    this.picture.lit = (this.root.offsetParent && path) || null;
  }

  // The step of the walk that evaluates each bracket; what it finds is the whole sum, where other paths join.
  #partials() {
    const { document: walk, step } = this.player;
    const { nodes, edges } = this.path;
    const steps = edges.map((edge, i) =>
      walk.steps.find((one) =>
        walk.mode === "forward"
          ? one.kind === "tangent" && one.node === nodes[i + 1]
          : one.kind === "contribute" && `${one.source}_${one.argument}` === edge,
      ),
    );
    if (walk.mode === "reverse") steps.reverse();
    this.partial.replaceChildren(
      ...steps.filter(Boolean).map((one) => {
        const button = Object.assign(document.createElement("button"), {
          type: "button",
          textContent: one.index,
          ariaLabel: say("step", { step: one.index, steps: walk.steps.length }),
        });
        button.setAttribute("aria-pressed", String(one.index === step));
        button.addEventListener("click", () => this.player.go(one.index));
        return button;
      }),
    );
    if (this.partial.children.length) this.partial.prepend(say(`brackets ${walk.mode}`));
  }

  #ladder() {
    const program = Array.from({ length: 5 }, (_, n) => `v${n + 1} = ${n ? `v${n}` : "x"}*${n ? `v${n}` : "x"}`).join(
      "\n",
    );
    this.player.ask({ e: program, at: "x=1.1", wrt: null, seed: "", output: "", folds: null, step: 0, view: "paths" });
  }
}

function cell(number) {
  return Object.assign(document.createElement("td"), { textContent: number });
}
