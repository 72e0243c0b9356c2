// The theme: the system's, light, dark, or projector (large type; graph, step and transport alone).
// A theme in the link wins until the reader chooses one; the choice is kept on this device, and in the link that had one.

import { preferences } from "../tools/preferences.js";
import { say } from "../tools/strings.js";

export class Themes {
  /** `root` is the <html> element. @param {HTMLElement} root @param {Player} player @param {HTMLElement} button */
  constructor(root, player, button) {
    this.root = root;
    this.player = player;
    this.button = button;
    button.addEventListener("click", () => this.project());
  }

  /** The theme in force; "" is the system's. */
  get theme() {
    return this.player.state.theme || preferences.get("theme");
  }

  /** @param {string} theme */
  choose(theme) {
    preferences.set("theme", theme);
    if (this.player.state.theme) this.player.adopt({ theme });
    else this.player.render();
  }

  /** Into the projector theme, and back to the one before. */
  project() {
    if (this.theme !== "projector") {
      preferences.set("unprojected", this.theme);
      this.choose("projector");
    } else {
      this.choose(preferences.get("unprojected"));
    }
  }

  render() {
    this.#set(this.theme);
    const projecting = this.theme === "projector";
    this.button.setAttribute("aria-pressed", String(projecting));
    this.button.title = `${say(projecting ? "leave projector" : "projector")} (P)`;
  }

  /** @param {string} theme */
  #set(theme) {
    if ((this.root.dataset.theme ?? "") === theme) return;
    if (theme) this.root.dataset.theme = theme;
    else delete this.root.dataset.theme;
  }
}
