// Mode, output and, in reverse mode, the seed on that output.

import { readAssignments } from "../tools/assignments.js";
import { Drafts } from "../tools/drafts.js";
import { setFormula } from "../tools/formula.js";
import { showProblem } from "../tools/problem.js";
import { say } from "../tools/strings.js";

export class Choices {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.modes = [...root.querySelectorAll("[data-mode]")];
    [this.outputField, this.seedField] = root.querySelectorAll(".field");
    this.output = root.querySelector("select");
    this.seed = root.querySelector("input");
    this.symbol = root.querySelector(".formula");
    this.problem = root.querySelector(".problem");
    for (const button of this.modes) {
      button.addEventListener("click", () => this.#setMode(button.dataset.mode));
    }
    this.output.addEventListener("change", () => player.ask({ output: this.output.value, seed: "", step: 0 }));
    this.drafts = new Drafts(root, player);
    this.drafts.watch(this.seed, (text) => ({ seed: text ? `${this.document.output}=${text}` : "" }));
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
    this.outputField.hidden = outputs.length < 2 || walk.mode === "forward";
    this.seedField.hidden = !walk || walk.mode === "forward" || state.symbols;
    if (!walk || this.document === walk) return;
    this.document = walk;
    this.output.replaceChildren(...outputs.map((name) => new Option(name, name, false, name === walk.output)));
    if (walk.mode === "forward") return;
    const node = walk.graph.nodes.find(({ name }) => name === walk.output);
    setFormula(this.symbol, node.slots.adjoint);
    this.seed.setAttribute("aria-label", say("seed of", { name: walk.output }));
    this.drafts.renew();
    this.#fill();
  }

  #fill() {
    const { document: walk, state } = this.player;
    if (walk?.mode !== "reverse") return;
    this.drafts.write(this.seed, readAssignments(state.seed).get(walk.output) ?? String(walk.seed[walk.output]));
  }

  #setMode(mode) {
    if (mode !== this.player.state.mode) this.player.ask({ mode, seed: "", step: 0 });
  }
}
