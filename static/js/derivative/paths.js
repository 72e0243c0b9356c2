// The sum over paths: each lit in the picture, its product bracketed as either mode does it, beside the steps that do.

import { button, make, part } from "../tools/elements.js";
import { formula, setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";

const RUNGS = 10;

/** @typedef {Paths["listed"][number]} Path */

export class PathsStudy {
  /** @type {Paths["listed"]} */
  #listed = [];
  /** The path that is chosen. @type {Path | undefined} */
  #path;

  /** @param {HTMLElement} root @param {Player} player @param {GraphElement} picture */
  constructor(root, player, picture) {
    this.root = root;
    this.player = player;
    this.picture = picture;
    this.about = part(root, ".about");
    this.list = part(root, ".listed");
    this.sum = part(root, ".sum");
    this.chosen = part(root, ".chosen");
    this.partial = part(root, ".partial");
    this.forward = part(root, ".bracket.forward");
    this.reverse = part(root, ".bracket.reverse");
    const rungs = Array.from({ length: RUNGS }, (_, n) => [n + 1, 2 * (n + 1), 2 ** (n + 1)]);
    const rows = rungs.map((numbers) => make("tr", {}, ...numbers.map((number) => make("td", {}, String(number)))));
    part(root, ".ladder tbody").replaceChildren(...rows);
    part(root, ".ladder button").addEventListener("click", () => this.#ladder());
  }

  /** @param {Paths} answer */
  show({ of, by, count, edges, listed, total, sum }) {
    this.#listed = listed;
    this.about.textContent = say("paths", { count, edges, of: of.name, by: by.name });
    this.list.replaceChildren(...listed.map((path) => make("li", {}, this.#button(path))));
    this.sum.textContent = total === null ? say("more paths", { count: listed.length }) : sum;
    this.#choose(listed[0]);
  }

  render() {
    this.#partials();
  }

  /** Put the light out, where the panel is left. */
  leave() {
    this.picture.lit = null;
  }

  /** @param {Path} path */
  #button(path) {
    const made = button("", () => this.#choose(path), "path");
    made.append(formula(path.chain), path.product && ` = ${path.product}`);
    for (const name of ["pointerenter", "focus"]) made.addEventListener(name, () => this.#light(path));
    for (const name of ["pointerleave", "blur"]) made.addEventListener(name, () => this.#light(this.#path));
    return made;
  }

  /** @param {Path | undefined} path */
  #choose(path) {
    this.#path = path;
    for (const [k, item] of [...this.list.children].entries()) {
      part(item, "button").setAttribute("aria-pressed", String(this.#listed[k] === path));
    }
    this.chosen.hidden = !path;
    this.#light(path);
    setFormula(this.forward, path?.forward ?? "");
    setFormula(this.reverse, path?.reverse ?? "");
    this.#partials();
  }

  /** @param {Path | undefined} path */
  #light(path) {
    // Where the panel is hidden, as in the projector view, nothing would say why the rest is pale.
    this.picture.lit = (this.root.offsetParent && path) || null;
  }

  // The step of the walk that evaluates each bracket; what it finds is the whole sum, where other paths join.
  #partials() {
    const { document: walk, step } = this.player;
    if (!walk || !this.#path) return;
    const { nodes, edges } = this.#path;
    const steps = edges.flatMap((edge, i) => {
      const found = walk.steps.find((one) =>
        walk.mode === "forward"
          ? one.kind === "tangent" && one.node === nodes[i + 1]
          : one.kind === "contribute" && `${one.source}_${one.argument}` === edge,
      );
      return found ? [found.index] : [];
    });
    if (walk.mode === "reverse") steps.reverse();
    const buttons = steps.map((index) => {
      const made = button(String(index), () => this.player.go(index));
      made.ariaLabel = say("step", { step: index, steps: walk.steps.length });
      made.ariaPressed = String(index === step);
      return made;
    });
    this.partial.replaceChildren(...(buttons.length ? [say(`brackets ${walk.mode}`)] : []), ...buttons);
  }

  #ladder() {
    const names = ["x", "v1", "v2", "v3", "v4", "v5"];
    const program = names.slice(1).map((name, n) => `${name} = ${names[n]}*${names[n]}`);
    const none = { wrt: null, seed: "", output: "", folds: null };
    this.player.ask({ ...none, e: program.join("\n"), at: "x=1.1", step: 0, view: "paths" });
  }
}
