// "Step 7 of 23" is a button: it, or a digit on the keyboard, asks for the number of a step.

import { part } from "../tools/elements.js";

export class Jump {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.player = player;
    this.button = part(root, ".count", HTMLButtonElement);
    this.form = part(root, ".jump");
    this.field = part(this.form, "input", HTMLInputElement);
    this.button.addEventListener("click", () => this.start(String(player.step)));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#end();
    });
    this.field.addEventListener("blur", () => this.#hide());
  }

  render() {
    this.button.disabled = !this.player.steps;
  }

  /** Ask for a number that begins with `digits`. @param {string} digits */
  start(digits) {
    if (!this.player.steps) return;
    this.player.pause();
    this.form.hidden = false;
    this.button.hidden = true;
    this.field.value = digits;
    this.field.focus();
    if (digits === String(this.player.step)) this.field.select();
    else this.field.setSelectionRange(digits.length, digits.length);
  }

  #go() {
    const step = Number.parseInt(this.field.value, 10);
    this.#end();
    if (Number.isFinite(step)) this.player.go(step);
  }

  #end() {
    this.#hide();
    this.button.focus();
  }

  #hide() {
    this.form.hidden = true;
    this.button.hidden = false;
  }
}
