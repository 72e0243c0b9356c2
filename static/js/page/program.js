// The field for the program: Enter or the button draws; what was typed stays, whatever comes of it.

import { namesIn, readAssignments, writeAssignments } from "../tools/assignments.js";
import { showProblem } from "../tools/problem.js";

export class ProgramField {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.field = root.querySelector("textarea");
    this.problem = root.querySelector(".problem");
    this.raw = root.querySelector(".raw"); // the inputs of a link that could not be drawn
    this.values = new Map(); // of every input that was ever given one: a name may come back
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.draw();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.draw();
    });
    this.field.addEventListener("input", () => this.#fit());
  }

  render() {
    const { state, problem, document } = this.player;
    for (const [name, text] of readAssignments(state.at)) this.values.set(name, text);
    if (this.shown !== state.e) {
      this.shown = state.e;
      if (this.field.value !== state.e) this.field.value = state.e;
      this.#fit();
    }
    if (document) this.raw?.remove();
    // What is about an input or a seed is said beside its field, once there is one.
    const mine = document && ["inputs", "seed"].includes(problem?.field) ? null : problem;
    showProblem(this.problem, mine, (program) => {
      this.field.value = program;
      this.draw();
    });
    this.field.setAttribute("aria-invalid", String(Boolean(mine)));
  }

  /** Put the cursor into the program. */
  edit() {
    this.player.reveal("program");
    this.field.focus();
  }

  async draw() {
    const program = this.field.value;
    const { document: walk, state } = this.player;
    const drawn = await this.player.ask(walk && program === state.e ? {} : this.#changes(program));
    // The next keys step through what was just drawn.
    if (drawn) document.querySelector('#transport [data-do="forward"]').focus({ preventScroll: true });
  }

  /** Another program keeps of the inputs, seed and choices what it still mentions, and starts at its beginning. */
  #changes(program) {
    const { state, problem, document: walk } = this.player;
    const names = namesIn(program);
    const kept = new Map([...this.values].filter(([name]) => names.has(name)));
    const wrt = state.wrt?.filter((name) => names.has(name)) ?? [];
    const seeded = [...readAssignments(state.seed).keys()];
    return {
      e: program,
      at: !walk && this.raw ? this.raw.querySelector("input").value : writeAssignments(kept),
      wrt: wrt.length ? wrt : null,
      seed: problem?.field !== "seed" && seeded.every((name) => names.has(name)) ? state.seed : "",
      output: names.has(state.output) ? state.output : "",
      step: 0,
    };
  }

  // The field shows all lines, up to a bound that the style sheet sets.
  #fit() {
    this.field.rows = Math.max(2, this.field.value.split("\n").length);
  }
}
