// The help: every key of the table, in a dialog.

import { Dialog } from "../tools/dialog.js";
import { say } from "../tools/strings.js";
import { KEYS } from "./keys.js";

export class Help {
  constructor(root, player, button) {
    this.dialog = new Dialog(root, player, button);
    root.querySelector("tbody").replaceChildren(...KEYS.map(line));
  }

  open() {
    this.dialog.open();
  }

  render() {}
}

function line({ signs, text }) {
  const row = document.createElement("tr");
  const keys = document.createElement("th");
  keys.scope = "row";
  keys.append(...signs.flatMap((sign) => [" ", caps(sign)]));
  const told = document.createElement("td");
  told.textContent = say(text);
  row.append(keys, told);
  return row;
}

function caps(sign) {
  return Object.assign(document.createElement("kbd"), { textContent: sign === "Space" ? say("space") : sign });
}
