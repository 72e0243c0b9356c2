// Fields whose text is asked for as it is typed: what is being typed, or was not accepted, is left alone.

const PAUSE = 250; // milliseconds without typing before the numbers are asked for

export class Drafts {
  #fields = new Set();
  #timer = 0;
  #asking = 0;
  #edited = null;

  constructor(root, player) {
    this.player = player;
    root.addEventListener("focusin", (event) => {
      if (event.target !== this.#edited) this.#edited = null;
    });
  }

  /** Ask for `change(text)` whenever somebody has typed into `input`. */
  watch(input, change) {
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#fields.add(input);
      this.#timer = setTimeout(() => this.#ask(input, change(input.value.trim())), PAUSE);
    });
  }

  async #ask(input, changes) {
    const timer = this.#timer;
    // All that is typed into one field without leaving it is one entry of the history.
    const visit = this.#edited !== input;
    this.#edited = input;
    this.#asking = timer;
    const accepted = await this.player.ask(changes, { visit });
    if (this.#asking === timer) this.#asking = 0;
    if (accepted && this.#timer === timer) this.#fields.delete(input);
  }

  /** A document has come; unless it answers a draft, drafts are out of date. */
  renew() {
    if (!this.#asking) this.#fields.clear();
  }

  /** Let `input` say `text`, unless somebody is at work on it. */
  write(input, text) {
    if (!this.#fields.has(input) && input.value !== text) input.value = text;
  }

  /** The field that was edited last, if it still has the focus. */
  get edited() {
    return this.#edited;
  }
}
