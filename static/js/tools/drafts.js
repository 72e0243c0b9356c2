// Fields whose text is asked for as it is typed: what is being typed, or was not accepted, is left alone.

const PAUSE = 250; // milliseconds without typing before the numbers are asked for

export class Drafts {
  #fields = new Set();
  #timer = 0;
  #turn = 0; // of the latest change
  #asking = 0; // the turn that an answer is awaited for
  #next = null; // where a slider has got to while an answer is on its way
  #sliding = false;
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
      this.#begin(input);
      this.#timer = setTimeout(() => this.#ask(input, change(input.value.trim())), PAUSE);
    });
  }

  /** Let `input` say `text`, moved there by a slider, and ask for `changes`: one at a time, the latest next. */
  async slide(input, text, changes) {
    this.#begin(input);
    input.value = text;
    this.#next = changes;
    if (this.#sliding) return;
    this.#sliding = true;
    while (this.#next) {
      const asked = this.#next;
      this.#next = null;
      await this.#ask(input, asked);
    }
    this.#sliding = false;
  }

  #begin(input) {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#fields.add(input);
  }

  async #ask(input, changes) {
    const turn = this.#turn;
    // All that is typed into one field without leaving it is one entry of the history.
    const visit = this.#edited !== input;
    this.#edited = input;
    this.#asking = turn;
    const accepted = await this.player.ask(changes, { visit });
    if (this.#asking === turn) this.#asking = 0;
    if (accepted && this.#turn === turn) this.#fields.delete(input);
  }

  /** A document has come; unless it answers a draft, drafts are out of date. */
  renew() {
    if (!this.#asking) this.#fields.clear();
  }

  /** Let `input` say `text`, unless somebody is at work on it. */
  write(input, text) {
    if (!this.#fields.has(input) && input.value !== text) input.value = text;
  }

  /** Whether somebody is at work on `input`. */
  has(input) {
    return this.#fields.has(input);
  }

  /** The field that was edited last, if it still has the focus. */
  get edited() {
    return this.#edited;
  }
}
