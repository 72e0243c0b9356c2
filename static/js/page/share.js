// "Copy link": the state as an address, on the clipboard, with a word that it is there.

import { encode } from "../walk/codec.js";
import { say } from "../tools/strings.js";

const SHOWN = 2500;

export class Share {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.said = root.querySelector(".said");
    root.querySelector("button").addEventListener("click", () => this.copy());
  }

  render() {}

  open() {
    return this.copy();
  }

  async copy() {
    const link = `${location.origin}${location.pathname}?${await encode(this.player.state)}`;
    try {
      await navigator.clipboard.writeText(link);
      this.#confirm(say("copied"));
    } catch {
      this.#offer(link); // no permission, or a page without https: the person copies
    }
  }

  #confirm(text) {
    clearTimeout(this.timer);
    this.said.textContent = text;
    this.timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
  }

  #offer(link) {
    const field = Object.assign(document.createElement("input"), { type: "text", readOnly: true, value: link });
    field.setAttribute("aria-label", say("copy by hand"));
    this.said.replaceChildren(field);
    field.select();
    if (document.execCommand("copy")) this.#confirm(say("copied"));
  }
}
