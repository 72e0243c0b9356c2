// All about one node: its formula, its arguments with the local derivatives, and every step that writes it, with
// the sum as far as it has come. Nothing is told before its step: until then a point stands there.

import { formula, setFormula } from "../tools/formula.js";
import { preferences } from "../tools/preferences.js";
import { say } from "../tools/strings.js";

const KINDS = { tangent: "tangent step" };

export class NodeDetails {
  #cells = []; // [element, the step from which it is known, LaTeX]

  constructor(root, player, folds) {
    Object.assign(this, { root, player, folds });
    const part = (name) => root.querySelector(`.${name}`);
    [this.title, this.kind, this.folding, this.none, this.about, this.args, this.steps] = [
      "title",
      "kind",
      "folding",
      "none",
      "about",
      "arguments",
      "writes",
    ].map(part);
    root.querySelector(".close").addEventListener("click", () => this.#close());
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.node) return;
      event.preventDefault();
      this.#close();
    });
  }

  /** Show a node; `focus` moves the reader there, who came by keyboard. */
  open(id, focus, back = () => {}) {
    this.back = back;
    preferences.set("right", true);
    this.player.choose(id);
    if (focus) this.title.focus();
  }

  render() {
    const { document: walk, chosen, step } = this.player;
    const node = walk?.graph.nodes.find(({ id }) => id === chosen);
    this.none.hidden = Boolean(node);
    this.about.hidden = !node;
    if (node && this.node !== node) this.#build(node, walk);
    this.node = node;
    if (!node) return;
    for (const [cell, index, latex] of this.#cells) {
      const known = index <= step;
      setFormula(cell, known ? latex : "");
      if (!known) cell.textContent = "·";
    }
    for (const row of this.steps.rows) row.toggleAttribute("data-now", Number(row.dataset.step) === step);
  }

  #close() {
    this.player.choose(null);
    this.back();
  }

  #build(node, walk) {
    this.#cells = [];
    setFormula(this.title, node.kind === "operator" ? `${node.symbol} = ${node.latex}` : node.symbol);
    this.kind.textContent = kindOf(node);
    this.folding.replaceChildren(...this.folds.offers(node).map((offer) => this.#fold(offer)));
    const writes = walk.steps.filter((step) => step.node === node.id);
    this.args.hidden = !node.args.length;
    this.args.tBodies[0].replaceChildren(...node.args.map((id, argument) => this.#argument(node, id, argument, walk)));
    this.steps.hidden = !writes.length;
    this.steps.tBodies[0].replaceChildren(...writes.map((step) => this.#write(step, node, walk)));
  }

  #argument(node, id, argument, walk) {
    const other = walk.graph.nodes.find((one) => one.id === id);
    const value = walk.steps.find((step) => step.node === id && step.slot === "value");
    const [step, part] = local(node, argument, walk);
    return line(
      "tr",
      {},
      line("th", { scope: "row" }, this.#link(other)),
      value
        ? this.#cell(value.index, result(value, other))
        : line("td", {}, other.kind === "literal" ? formula(other.latex) : "·"),
      part ? this.#cell(step.index, part.latex) : line("td", {}, "·"),
    );
  }

  // What a step writes: a value, or what comes to the derivative and what it has become.
  #write(step, node, walk) {
    const source = walk.graph.nodes.find(({ id }) => id === step.source);
    const button = line(
      "button",
      { type: "button", className: "to", ariaLabel: say("step", { step: step.index, steps: walk.steps.length }) },
      String(step.index),
    );
    button.addEventListener("click", () => this.player.go(step.index));
    const what = line("td", {}, say(KINDS[step.kind] ?? (step.slot === "value" ? "evaluate" : step.kind)), " ");
    if (source) what.append(this.#link(source));
    if (step.contribution_latex) what.append(this.#cell(step.index, step.contribution_latex, "div"));
    const row = line("tr", {}, line("td", {}, button), what, this.#cell(step.index, result(step, node)));
    row.dataset.step = step.index;
    row.dataset.slot = step.slot;
    return row;
  }

  #fold({ id, label }) {
    const button = line("button", { type: "button" }, label);
    button.addEventListener("click", () => this.folds.toggle(id));
    return button;
  }

  #link(node) {
    const button = line(
      "button",
      { type: "button", className: "to", ariaLabel: say("details of", { name: node.name }) },
      formula(node.symbol),
    );
    button.addEventListener("click", () => this.player.choose(node.id));
    return button;
  }

  #cell(index, latex, tag = "td") {
    const cell = line(tag, {});
    this.#cells.push([cell, index, latex]);
    return cell;
  }
}

function kindOf({ kind, op }) {
  if (kind !== "operator") return say(kind === "input" ? "input" : "number");
  return op === "folded" ? say("folded") : op;
}

// The step that tells the local derivative by this argument, and the part of it that does.
function local(node, argument, { mode, steps }) {
  if (mode === "reverse") {
    const step = steps.find((one) => one.source === node.id && one.argument === argument);
    return [step, step?.parts.find(({ name }) => name === "local")];
  }
  const step = steps.find((one) => one.node === node.id && one.kind === "tangent");
  const place = step?.terms?.findIndex((term) => term.argument === argument) ?? -1;
  if (place < 0) return [];
  return [step, step.parts.filter(({ name }) => name === "local")[place]];
}

// What a step writes; in a view without numbers, what it is called.
function result({ result_latex: latex, slot }, { slots }) {
  return latex || slots[slot];
}

function line(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
