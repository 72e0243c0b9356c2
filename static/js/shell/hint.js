// The hint of the first visit: three steps, closed for good by its cross.

import { part } from "../tools/elements.js";
import { preferences } from "../tools/preferences.js";

export class Hint {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    part(root, "button").addEventListener("click", () => {
      preferences.set("hint", true);
      this.render();
    });
  }

  render() {
    this.root.hidden = preferences.get("hint");
  }
}
