// The help: every key of the table, in a dialog.

import { Dialog } from "../tools/dialog.js";
import { make, part } from "../tools/elements.js";
import { say } from "../tools/strings.js";
import { KEYS } from "./keys.js";

export class Help {
  /** @param {HTMLElement} root @param {Player} player @param {HTMLElement} button */
  constructor(root, player, button) {
    this.dialog = new Dialog(root, player, button);
    part(root, "tbody").replaceChildren(...KEYS.map(line));
  }

  open() {
    this.dialog.open();
  }

  render() {}
}

/** @param {import("./keys.js").Row} row */
function line({ signs, text }) {
  const caps = signs.flatMap((sign) => [" ", make("kbd", {}, sign === "Space" ? say("space") : sign)]);
  return make("tr", {}, make("th", { scope: "row" }, ...caps), make("td", {}, say(text)));
}
