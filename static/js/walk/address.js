// The address bar holds the state at all times: replaced while stepping, a new entry for anything else.

import { decode, encode } from "./codec.js";

const PAUSE = 350; // browsers refuse more than about 100 changes in 30 seconds

export class Address {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {State | null} */
  #waiting = null;

  /** @param {Window} root @param {Player} player @param {Pick<State, "e" | "at">} example */
  constructor(root, player, example) {
    this.root = root; // the window
    this.player = player;
    this.example = example;
    this.state = player.state;
    this.visits = player.visits;
    this.written = Promise.resolve();
    root.addEventListener("popstate", () => this.#restore());
    root.addEventListener("pagehide", () => this.#flush());
  }

  render() {
    const { state, visits } = this.player;
    if (state === this.state) return;
    this.state = state;
    if (visits !== this.visits) {
      this.#flush();
      this.visits = visits;
      this.#write(state, "pushState");
    } else {
      this.#waiting = state;
      this.#timer ??= setTimeout(() => this.#flush(), PAUSE);
    }
  }

  /** Write the step that waits for its turn. */
  #flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting) this.#write(this.#waiting, "replaceState");
    this.#waiting = null;
  }

  /**
   * Packing a long program takes a moment: changes are written in the order in which they came.
   *
   * @param {State} state
   * @param {"pushState" | "replaceState"} verb
   */
  #write(state, verb) {
    const query = encode(state);
    this.written = this.written.then(async () => {
      const { history, location } = this.root;
      history[verb](null, "", `${location.pathname}?${await query}`);
    });
  }

  async #restore() {
    this.#waiting = null;
    const { state } = await decode(this.root.location.search);
    if (state.e === null) Object.assign(state, { e: this.example.e, at: state.at || this.example.at });
    await this.player.ask(state, { visit: false });
  }
}
