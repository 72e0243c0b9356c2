// The field for the program: Enter or the button draws; what was typed stays, whatever comes of it.

import { namesIn, readAssignments, writeAssignments } from "../tools/assignments.js";
import { part, parts } from "../tools/elements.js";
import { showProblem } from "../tools/problem.js";
import { keepDraft, leftHere } from "../walk/draft.js";
import { Mirror } from "./mirror.js";
import { Preview } from "./preview.js";
import { replaceText } from "./replace.js";

export class ProgramField {
  /** What the field said, and what program it was set to. */
  #text = "";
  /** @type {string | null | undefined} */
  #shown;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.field = part(root, "textarea", HTMLTextAreaElement);
    this.problem = part(root, "#problem");
    this.sharing = part(root, "[name=share]", HTMLInputElement);
    this.exact = part(root, "[name=exact]", HTMLInputElement);
    /** The inputs of a link that could not be drawn. */
    this.raw = parts(root, ".raw input", HTMLInputElement).at(0);
    /** Of every input that was ever given one: a name may come back. @type {Map<string, string>} */
    this.values = new Map();
    this.mirror = new Mirror(this.field);
    this.preview = new Preview(part(root, ".preview"), player, () => this.#tell());
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.draw();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.draw();
    });
    this.field.addEventListener("input", () => this.#update());
    this.field.addEventListener("pointermove", ({ clientX, clientY }) => this.#hover(this.mirror.at(clientX, clientY)));
    this.field.addEventListener("pointerleave", () => this.#hover());
    // On a phone, what is wrong or asked stands in a tab of its own.
    if (!player.document) player.revealed = "program";
    keepDraft(this.field, () => player.state.e);
    player.addPointer(() => this.point());
    this.sharing.addEventListener("change", () => player.ask({ share: this.sharing.checked, step: 0 }));
    this.exact.addEventListener("change", () => player.ask({ exact: this.exact.checked }));
  }

  render() {
    const { state } = this.player;
    const given = readAssignments(state.at);
    for (const [name, text] of given) this.values.set(name, text);
    for (const name of this.player.document?.program.defaults ?? []) if (!given.has(name)) this.values.delete(name);
    if (this.#shown !== state.e) {
      this.#shown = state.e;
      if (this.field.value !== state.e) this.field.value = state.e ?? "";
    }
    if (this.player.document) this.raw?.closest(".raw")?.remove();
    if (!this.player.pending) [this.sharing.checked, this.exact.checked] = [state.share, state.exact];
    this.#update();
  }

  /** Bring back what was typed here before, and not drawn. */
  restore() {
    this.field.value = leftHere(this.player.state.e) ?? this.field.value;
    this.#update();
  }

  /** Put the cursor into the program. */
  edit() {
    this.player.reveal("program");
    this.field.focus();
  }

  /** Draw another text, at the inputs that came with it; undo brings the old one back. @param {string} program */
  adopt(program, inputs = "") {
    for (const [name, text] of readAssignments(inputs)) this.values.set(name, text);
    replaceText(this.field, program);
    this.draw();
  }

  async draw() {
    const program = this.field.value;
    const { document: walk, state } = this.player;
    const drawn = await this.player.ask(walk && program === state.e ? {} : this.#changes(program));
    // The next keys step through what was just drawn.
    if (drawn) part(document, '#transport [data-do="forward"]').focus({ preventScroll: true });
  }

  /** What is drawn is what the field says. */
  get #drawn() {
    return Boolean(this.player.document) && this.field.value === this.player.state.e;
  }

  // The text may have changed, by a hand or by a link.
  #update() {
    const text = this.field.value;
    if (this.#text !== text) {
      this.#text = text;
      this.mirror.update();
    }
    this.preview.update(text, this.player.state.e);
    this.#tell();
    this.point();
  }

  /** Light the text of the node that is pointed at. */
  point() {
    const { document: walk, pointed } = this.player;
    const span = this.#drawn && pointed && walk?.graph.nodes.find(({ id }) => id === pointed)?.span;
    this.mirror.mark("pointed", span ? [span] : []);
  }

  /** The innermost node whose text holds the word under the pointer. @param {Span} [place] */
  #hover(place) {
    if (!this.#drawn) return;
    const holding = (this.player.document?.graph.nodes ?? []).flatMap(({ id, span }) =>
      place && span && span[0] <= place[0] && place[1] <= span[1] ? [{ id, length: span[1] - span[0] }] : [],
    );
    holding.sort((a, b) => a.length - b.length);
    this.player.point(holding[0]?.id ?? null);
  }

  // A complaint belongs to the text that it is about; about another text there may be a later one.
  #tell() {
    const { problems, document: walk, state } = this.player;
    // What is about an input or a seed is said beside its field, once there is one.
    const answers = walk ? [problems.program] : Object.values(problems);
    const said = answers.find((problem) => problem && (problem.program ?? state.e) === this.field.value);
    const problem = said ?? this.preview.problem;
    const span = (problem?.field ?? "program") === "program" ? problem?.span : null;
    const adopt = (/** @type {string} */ program) => {
      replaceText(this.field, program);
      if (said) this.draw();
    };
    showProblem(this.problem, problem, adopt, { placed: Boolean(span), text: this.field.value });
    this.mirror.mark("wrong", span ? [span] : []);
    this.field.setAttribute("aria-invalid", String(Boolean(problem)));
  }

  /**
   * Another program keeps of inputs, seed and choices what it still mentions, and starts anew.
   *
   * @param {string} program
   */
  #changes(program) {
    const { state, problems, document: walk } = this.player;
    const names = namesIn(program);
    const kept = new Map([...this.values].filter(([name]) => names.has(name)));
    const wrt = state.wrt?.filter((name) => names.has(name)) ?? [];
    const seeded = [...readAssignments(state.seed).keys()];
    return {
      e: program,
      at: !walk && this.raw ? this.raw.value : writeAssignments(kept),
      wrt: wrt.length ? wrt : null,
      seed: !problems.seed && seeded.every((name) => names.has(name)) ? state.seed : "",
      output: names.has(state.output) ? state.output : "",
      step: 0,
    };
  }
}
