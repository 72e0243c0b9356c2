// Mode, output and, in reverse mode, the seed on that output.

import { readAssignments } from "../tools/assignments.js";
import { Drafts } from "../tools/drafts.js";
import { part, parts } from "../tools/elements.js";
import { setFormula } from "../tools/formula.js";
import { showProblem } from "../tools/problem.js";
import { say } from "../tools/strings.js";

export class Choices {
  /** @type {Walk | null} */
  #document = null;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.modes = parts(root, "[data-mode]");
    this.outputField = part(root, ".field.output");
    this.seedField = part(root, ".field.seed");
    this.output = part(root, "select", HTMLSelectElement);
    this.seed = part(root, "input", HTMLInputElement);
    this.symbol = part(root, ".formula");
    this.problem = part(root, ".problem");
    for (const button of this.modes) {
      button.addEventListener("click", () => this.#setMode(button.dataset.mode === "forward" ? "forward" : "reverse"));
    }
    this.output.addEventListener("change", () => player.ask({ output: this.output.value, seed: "", step: 0 }));
    this.drafts = new Drafts(root, player);
    this.drafts.watch(this.seed, (text) => ({ seed: text ? `${this.#document?.output}=${text}` : "" }));
    root.addEventListener("focusout", () => this.#fill());
  }

  render() {
    const { document: walk, state, problems } = this.player;
    this.root.hidden = false;
    const mine = walk?.mode === "reverse" ? problems.seed : null;
    showProblem(this.problem, mine);
    this.seed.setAttribute("aria-invalid", String(Boolean(mine)));
    for (const button of this.modes) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === (walk?.mode ?? state.mode)));
    }
    const outputs = walk?.program.outputs ?? [];
    this.outputField.hidden = outputs.length < 2 || walk?.mode === "forward";
    this.seedField.hidden = !walk || walk.mode === "forward" || state.symbols;
    if (!walk || this.#document === walk) return;
    this.#document = walk;
    this.output.replaceChildren(...outputs.map((name) => new Option(name, name, false, name === walk.output)));
    if (walk.mode === "forward") return;
    const node = walk.graph.nodes.find(({ name }) => name === walk.output);
    setFormula(this.symbol, node?.slots.adjoint ?? "");
    this.seed.setAttribute("aria-label", say("seed of", { name: walk.output }));
    this.drafts.renew();
    this.#fill();
  }

  #fill() {
    const { document: walk, state } = this.player;
    const output = walk?.output;
    if (!output) return; // of a forward walk there is none
    this.drafts.write(this.seed, readAssignments(state.seed).get(output) ?? String(walk.seed[output]));
  }

  /** @param {State["mode"]} mode */
  #setMode(mode) {
    if (mode !== this.player.state.mode) this.player.ask({ mode, seed: "", step: 0 });
  }
}
