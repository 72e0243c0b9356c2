// Says that an answer is on its way; the style sheet waits a moment before it shows, so that nothing flickers.

export class Busy {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
  }

  render() {
    this.root.setAttribute("aria-busy", String(this.player.pending));
  }
}
