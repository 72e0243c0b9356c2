// LaTeX in the field for the program: how it was understood, as a program and as a formula, for approval.
// Nothing is replaced unasked, and what is replaced can be undone.

import { LATEX } from "./preview.js";
import { replaceText } from "./replace.js";
import { DEFAULTS, encode } from "../walk/codec.js";
import { setFormula } from "../tools/formula.js";
import { showProblem } from "../tools/problem.js";

const PAUSE = 300; // milliseconds without typing before the formula is read

export class Latex {
  #timer = 0;
  #aborter = null;
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
    this.#aborter?.abort();
    const text = this.field.value;
    if (!LATEX.test(text)) this.#kept = false;
    if (this.#kept || !LATEX.test(text)) this.root.hidden = true;
    else this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  async #ask(text) {
    this.#aborter = new AbortController();
    try {
      const query = await encode({ ...DEFAULTS, e: text, lang: document.documentElement.lang });
      const response = await fetch(`${this.root.dataset.api}?${query}`, { signal: this.#aborter.signal });
      this.#show(await response.json());
    } catch {
      // Typed on, or no server: whoever draws is told.
    }
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
    this.#aborter?.abort();
    this.root.hidden = true;
    this.field.focus();
  }
}

function item(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}
