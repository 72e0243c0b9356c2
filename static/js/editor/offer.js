// LaTeX or Python in the field for the program: how it was understood, as a program and as a formula, for approval.
// Nothing is replaced unasked, and what is replaced can be undone.

import { make, part, parts } from "../tools/elements.js";
import { setFormula } from "../tools/formula.js";
import { showProblem } from "../tools/problem.js";
import { Asking, answerOf } from "../walk/asking.js";
import { DEFAULTS, encode } from "../walk/codec.js";
import { isForeign } from "./preview.js";
import { replaceText } from "./replace.js";

const PAUSE = 300; // milliseconds without typing before the formula is read

export class Offer {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asking = new Asking();
  #kept = false; // this text was to stay as it is

  /** @type {Read | undefined} */
  #answer;

  /** @param {HTMLElement} root @param {Player} player @param {import("./program.js").ProgramField} program */
  constructor(root, player, program) {
    this.root = root;
    this.player = player;
    this.program = program;
    this.field = part(/** @type {HTMLElement} */ (root.closest("form")), "textarea", HTMLTextAreaElement);
    this.field.addEventListener("input", () => this.#watch());
    this.use = part(root, '[data-do="use"]');
    this.use.addEventListener("click", () => this.#adopt());
    part(root, '[data-do="keep"]').addEventListener("click", () => this.#keep());
    this.#watch(); // a link may bring LaTeX
  }

  render() {}

  #watch() {
    clearTimeout(this.#timer);
    this.#asking.drop();
    const text = this.field.value;
    if (!isForeign(text)) this.#kept = false;
    if (this.#kept || !isForeign(text)) this.root.hidden = true;
    else this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  /** Where there is no answer, whoever draws is told. @param {string} text */
  #ask(text) {
    const asked = { ...DEFAULTS, e: text, at: this.player.state.at, lang: document.documentElement.lang };
    /** @type {(signal: AbortSignal) => Promise<Read>} */
    const send = async (signal) => answerOf(`${this.root.dataset.api}?${await encode(asked)}`, { signal });
    this.#asking.ask(text, send, ({ answer, complaint }) => {
      if (answer || complaint) this.#show(answer, complaint);
    });
  }

  /** @param {Read | undefined} answer @param {Complained | undefined} error */
  #show(answer, error) {
    const { program, latex, notes, way } = answer ?? { program: "", latex: "", notes: [], way: "" };
    this.#answer = answer;
    for (const lead of parts(this.root, ".lead")) lead.hidden = lead.dataset.way !== way;
    setFormula(part(this.root, ".formula"), latex, { display: true });
    part(this.root, ".reading").textContent = program;
    part(this.root, ".notes").replaceChildren(...notes.map((note) => make("li", {}, note)));
    showProblem(part(this.root, ".problem"), error, (text) => replaceText(this.field, text));
    this.use.hidden = Boolean(error);
    this.root.hidden = false;
  }

  #adopt() {
    this.root.hidden = true;
    if (this.#answer) this.program.adopt(this.#answer.program, this.#answer.inputs);
  }

  #keep() {
    this.#kept = true;
    this.#asking.drop();
    this.root.hidden = true;
    this.field.focus();
  }
}
