// Fields whose text is asked for as it is typed: what is being typed, or was not accepted, is left alone.

const PAUSE = 250; // milliseconds without typing before the numbers are asked for

export class Drafts {
  /** @type {Set<HTMLInputElement>} */
  #fields = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #turn = 0; // of the latest change
  #asking = 0; // the turn that an answer is awaited for
  /** @type {Partial<State> | null} */
  #next = null; // where a slider has got to while an answer is on its way
  #sliding = false;
  /** @type {HTMLInputElement | null} */
  #edited = null;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.player = player;
    root.addEventListener("focusin", (event) => {
      if (event.target !== this.#edited) this.#edited = null;
    });
  }

  /**
   * Ask for `change(text)` whenever somebody has typed into `input`.
   *
   * @param {HTMLInputElement} input
   * @param {(text: string) => Partial<State>} change
   */
  watch(input, change) {
    input.addEventListener("input", () => {
      this.#begin(input);
      this.#timer = setTimeout(() => this.#ask(input, change(input.value.trim())), PAUSE);
    });
  }

  /**
   * Let `input` say `text`, moved there by a slider, and ask for `changes`: one at a time, the latest next.
   *
   * @param {HTMLInputElement} input
   * @param {string} text
   * @param {Partial<State>} changes
   */
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

  /** @param {HTMLInputElement} input */
  #begin(input) {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#fields.add(input);
  }

  /** @param {HTMLInputElement} input @param {Partial<State>} changes */
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

  /** Let `input` say `text`, unless somebody is at work on it. @param {HTMLInputElement} input @param {string} text */
  write(input, text) {
    if (!this.#fields.has(input) && input.value !== text) input.value = text;
  }

  /** Whether somebody is at work on `input`. @param {HTMLInputElement} input */
  has(input) {
    return this.#fields.has(input);
  }

  /** The field that was edited last, if it still has the focus. */
  get edited() {
    return this.#edited;
  }
}
