// The layout of derivatives that is displayed: in the shape of the input, or adjoints as rows. Numbers stay.

import { parts } from "../tools/elements.js";

export class Layouts {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.buttons = parts(root, "[data-layout]");
    for (const button of this.buttons) {
      button.addEventListener("click", () =>
        player.ask({ layout: button.dataset.layout === "jacobian" ? "jacobian" : "gradient" }),
      );
    }
  }

  render() {
    const { document: walk, state } = this.player;
    // Of numbers there is one layout only.
    this.root.hidden = !walk?.graph.nodes.some(({ shape }) => shape.length);
    for (const button of this.buttons)
      button.setAttribute("aria-pressed", String(button.dataset.layout === state.layout));
  }
}
