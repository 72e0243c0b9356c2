// A modal <dialog>: opened by its button, closed by Escape, its cross, or a click beside it; the browser keeps the
// focus inside and gives it back.

import { part } from "./elements.js";

export class Dialog {
  /**
   * `button` opens it; `shown` is called whenever it has been opened.
   *
   * @param {HTMLElement} root
   * @param {Player} player
   * @param {HTMLElement | null} button
   */
  constructor(root, player, button, shown = () => {}) {
    if (!(root instanceof HTMLDialogElement)) throw new Error("Not a dialog.");
    this.root = root;
    this.player = player;
    this.shown = shown;
    button?.addEventListener("click", () => this.open());
    part(root, ".close").addEventListener("click", () => root.close());
    // The padding belongs to the inside: a press on the element itself is one on its backdrop.
    root.addEventListener("pointerdown", (event) => event.target === root && root.close());
  }

  open() {
    if (this.root.open) return;
    this.player.pause();
    this.player.render();
    this.shown();
    this.root.showModal();
  }

  close() {
    this.root.close();
  }
}
