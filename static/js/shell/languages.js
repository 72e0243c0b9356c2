// The switch of languages: the same walk at the same step, asked for anew in another language.

import { parts } from "../tools/elements.js";
import { encode } from "../walk/codec.js";

export class Languages {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.player = player;
    for (const link of parts(root, "a", HTMLAnchorElement)) {
      link.addEventListener("click", (event) => this.#open(event, link));
    }
  }

  render() {}

  /**
   * The server wrote the link of the state that it knew; who has stepped on since takes that along.
   *
   * @param {MouseEvent} event
   * @param {HTMLAnchorElement} link
   */
  async #open(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const state = { ...this.player.state, lang: link.lang };
    location.assign(`${location.pathname}?${await encode(state)}`);
  }
}
