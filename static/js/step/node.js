// All about one node: its formula, its arguments with the local derivatives, and every step that writes it, with
// the sum as far as it has come. Nothing is told before its step: until then a point stands there.

import { button, make, part } from "../tools/elements.js";
import { formula, setFormula } from "../tools/formula.js";
import { preferences } from "../tools/preferences.js";
import { say } from "../tools/strings.js";

/** @type {Record<string, string>} */
const KINDS = { tangent: "tangent step" };

export class NodeDetails {
  /** What is told from a step on. @type {{ cell: HTMLElement, from: number, latex: string }[]} */
  #cells = [];
  /** @type {GraphNode | undefined} */
  #node;
  #back = () => {};

  /**
   * @param {HTMLElement} root
   * @param {Player} player
   * @param {import("../editor/folds.js").Folds} folds
   */
  constructor(root, player, folds) {
    this.root = root;
    this.player = player;
    this.folds = folds;
    this.title = part(root, ".title");
    this.kind = part(root, ".kind");
    this.folding = part(root, ".folding");
    this.none = part(root, ".none");
    this.about = part(root, ".about");
    this.args = part(root, ".arguments");
    this.writes = part(root, ".writes", HTMLTableElement);
    part(root, ".close").addEventListener("click", () => this.#close());
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#node) return;
      event.preventDefault();
      this.#close();
    });
  }

  /** Show a node; `focus` moves the reader there, who came by keyboard. @param {string} id @param {boolean} focus */
  open(id, focus, back = () => {}) {
    this.#back = back;
    preferences.set("right", true);
    this.player.choose(id);
    if (focus) this.title.focus();
  }

  render() {
    const { document: walk, chosen, step } = this.player;
    const node = walk?.graph.nodes.find(({ id }) => id === chosen);
    this.none.hidden = Boolean(node);
    this.about.hidden = !node;
    if (walk && node && this.#node !== node) this.#build(node, walk);
    this.#node = node;
    if (!node) return;
    for (const { cell, from, latex } of this.#cells) {
      const known = from <= step;
      setFormula(cell, known ? latex : "");
      if (!known) cell.textContent = "·";
    }
    for (const row of this.writes.rows) row.toggleAttribute("data-now", Number(row.dataset.step) === step);
  }

  #close() {
    this.player.choose(null);
    this.#back();
  }

  /** @param {GraphNode} node @param {Walk} walk */
  #build(node, walk) {
    this.#cells = [];
    setFormula(this.title, node.kind === "operator" ? `${node.symbol} = ${node.latex}` : node.symbol);
    this.kind.textContent = kindOf(node);
    const offers = this.folds.offers(node).map(({ id, label }) => button(label, () => this.folds.toggle(id)));
    this.folding.replaceChildren(...offers);
    const writes = walk.steps.filter((step) => step.node === node.id);
    this.args.hidden = !node.args.length;
    part(this.args, "tbody").replaceChildren(...node.args.map((id, i) => this.#argument(node, id, i, walk)));
    this.writes.hidden = !writes.length;
    part(this.writes, "tbody").replaceChildren(...writes.map((step) => this.#write(step, node, walk)));
  }

  /** @param {GraphNode} node @param {string} id @param {number} argument @param {Walk} walk */
  #argument(node, id, argument, walk) {
    const other = walk.graph.nodes.find((one) => one.id === id);
    const value = walk.steps.find((step) => step.node === id && step.slot === "value");
    const told = local(node, argument, walk);
    const known = make("td", {}, other?.kind === "literal" ? formula(other.latex) : "·");
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, ...this.#link(other)),
      value && other ? this.#cell("td", value.index, result(value, other)) : known,
      told ? this.#cell("td", told.from, told.latex) : make("td", {}, "·"),
    );
  }

  /**
   * What a step writes: a value, or what comes to the derivative and what it has become.
   *
   * @param {Step} step
   * @param {GraphNode} node
   * @param {Walk} walk
   */
  #write(step, node, walk) {
    const source = walk.graph.nodes.find(({ id }) => id === step.source);
    const to = button(String(step.index), () => this.player.go(step.index), "to");
    to.ariaLabel = say("step", { step: step.index, steps: walk.steps.length });
    const kind = say(KINDS[step.kind] ?? (step.slot === "value" ? "evaluate" : step.kind));
    const what = make("td", {}, kind, " ", ...this.#link(source));
    if (step.contribution_latex) what.append(this.#cell("div", step.index, step.contribution_latex));
    const row = make("tr", {}, make("td", {}, to), what, this.#cell("td", step.index, result(step, node)));
    row.dataset.step = String(step.index);
    row.dataset.slot = step.slot;
    return row;
  }

  /** @param {GraphNode | undefined} node */
  #link(node) {
    if (!node) return [];
    const link = button("", () => this.player.choose(node.id), "to");
    link.ariaLabel = say("details of", { name: node.name });
    link.append(formula(node.symbol));
    return [link];
  }

  /** A place that tells `latex` from a step on. @param {"td" | "div"} tag @param {number} from @param {string} latex */
  #cell(tag, from, latex) {
    const cell = make(tag);
    this.#cells.push({ cell, from, latex });
    return cell;
  }
}

/** @param {GraphNode} node */
function kindOf({ kind, op }) {
  if (kind !== "operator") return say(kind === "input" ? "input" : "number");
  return op === "folded" ? say("folded") : op;
}

/**
 * The step that tells the local derivative by this argument, and how; undefined where none does.
 *
 * @param {GraphNode} node
 * @param {number} argument
 * @param {Walk} walk
 */
function local(node, argument, { mode, steps }) {
  const step = steps.find((one) =>
    mode === "reverse"
      ? one.source === node.id && one.argument === argument
      : one.node === node.id && one.kind === "tangent",
  );
  const parts = step?.parts.filter(({ name }) => name === "local") ?? [];
  // A tangent step has one for each argument that moves.
  const place = mode === "reverse" ? 0 : (step?.terms?.findIndex((term) => term.argument === argument) ?? -1);
  return step && parts[place] && { from: step.index, latex: parts[place].latex };
}

/** What a step writes; in a view without numbers, what it is called. @param {Step} step @param {GraphNode} node */
function result({ result_latex: latex, slot }, { slots }) {
  return latex || slots[slot];
}
