// The hint of the first visit: three steps, closed for good by its cross.

import { preferences } from "../tools/preferences.js";

export class Hint {
  constructor(root) {
    this.root = root;
    root.querySelector("button").addEventListener("click", () => {
      preferences.set("hint", true);
      this.render();
    });
  }

  render() {
    this.root.hidden = preferences.get("hint");
  }
}
