// LaTeX in the field for the program: how it was understood, as a program and as a formula, for approval.
// Nothing is replaced unasked, and what is replaced can be undone.

import { LATEX } from "./preview.js";
import { replaceText } from "./replace.js";
import { answerOf, Asking } from "../walk/asking.js";
import { DEFAULTS, encode } from "../walk/codec.js";
import { setFormula } from "../tools/formula.js";
import { showProblem } from "../tools/problem.js";

const PAUSE = 300; // milliseconds without typing before the formula is read

export class Latex {
  #timer = 0;
  #asking = new Asking();
  #kept = false; // this text was to stay as it is

  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.field = root.closest("form").querySelector("textarea");
    this.field.addEventListener("input", () => this.#watch());
    this.use = root.querySelector('[data-do="use"]');
    this.use.addEventListener("click", () => this.#adopt());
    root.querySelector('[data-do="keep"]').addEventListener("click", () => this.#keep());
    this.#watch(); // a link may bring LaTeX
  }

  render() {}

  #watch() {
    clearTimeout(this.#timer);
    this.#asking.drop();
    const text = this.field.value;
    if (!LATEX.test(text)) this.#kept = false;
    if (this.#kept || !LATEX.test(text)) this.root.hidden = true;
    else this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  // Where there is no answer, whoever draws is told.
  #ask(text) {
    const asked = { ...DEFAULTS, e: text, lang: document.documentElement.lang };
    const send = async (signal) => answerOf(`${this.root.dataset.api}?${await encode(asked)}`, { signal });
    this.#asking.ask(text, send, ({ answer, complaint }) => {
      if (answer || complaint) this.#show({ ...answer, error: complaint });
    });
  }

  #show({ error = null, program = "", latex = "", notes = [] }) {
    this.program = program;
    this.root.querySelector(".lead").hidden = Boolean(error);
    setFormula(this.root.querySelector(".formula"), latex, { display: true });
    this.root.querySelector(".reading").textContent = program;
    this.root.querySelector(".notes").replaceChildren(...notes.map(item));
    showProblem(this.root.querySelector(".problem"), error, (text) => replaceText(this.field, text));
    this.use.hidden = Boolean(error);
    this.root.hidden = false;
  }

  #adopt() {
    this.root.hidden = true;
    replaceText(this.field, this.program); // undo brings the formula back
    this.field.form.requestSubmit();
  }

  #keep() {
    this.#kept = true;
    this.#asking.drop();
    this.root.hidden = true;
    this.field.focus();
  }
}

function item(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}
