// "Share": the state as a link and as a QR code, for a neighbour's chat or for a whole hall.

import { copy } from "../tools/clipboard.js";
import { Dialog } from "../tools/dialog.js";
import { SNIPPETS } from "./snippets.js";
import { say } from "../tools/strings.js";
import { encode } from "../walk/codec.js";

const SHOWN = 2500; // milliseconds

export class Share {
  constructor(root, player, button, hall, origin) {
    this.root = root;
    this.player = player;
    this.origin = origin;
    const part = (name) => root.querySelector(name);
    [this.field, this.said, this.image, this.caption, this.pass] = [
      "#link",
      ".said",
      ".code img",
      ".caption",
      ".pass",
    ].map(part);
    this.choices = Object.fromEntries([...root.querySelectorAll("input[type=checkbox]")].map((box) => [box.name, box]));
    this.dialog = new Dialog(root, player, button, () => this.#opened());
    this.hall = new Dialog(hall, player, part(".enlarge"), () => this.#enlarge(hall));
    hall.addEventListener("click", () => this.hall.close());
    for (const box of Object.values(this.choices)) box.addEventListener("change", () => this.#write());
    this.snippet = { kinds: part(".snippet select"), text: part("#snippet") };
    this.snippet.kinds.addEventListener("change", () => this.#embed());
    this.snippet.text.addEventListener("focus", ({ target }) => target.select());
    part(".link .copy").addEventListener("click", () => this.#copy(this.field));
    part(".snippet .copy").addEventListener("click", () => this.#copy(this.snippet.text));
    this.image.addEventListener("error", () => this.#tooLong());
    this.pass.hidden = !navigator.share;
    this.pass.addEventListener("click", () => this.#passOn());
  }

  render() {}

  open() {
    this.dialog.open();
  }

  #opened() {
    this.said.textContent = "";
    this.choices.projector.checked = this.player.state.theme === "projector";
    this.#write();
  }

  async #write() {
    const { state } = this.player;
    const theme = this.choices.projector.checked ? "projector" : state.theme === "projector" ? "" : state.theme;
    const step = this.choices.step.checked ? this.player.step : 0;
    const query = await encode({ ...state, theme, step });
    this.field.value = `${this.origin}${location.pathname}?${query}`;
    this.query = query;
    this.#embed();
    for (const link of this.root.querySelectorAll(".files a")) link.href = `${link.dataset.at}?${query}`;
    this.image.parentElement.hidden = false;
    this.caption.textContent = say("code");
    this.image.src = `${this.root.dataset.code}?${query}`;
  }

  // The same link as a snippet for another page; whoever has it read-only has no link to the whole.
  #embed() {
    const { kinds, text } = this.snippet;
    const query = this.choices.readonly.checked ? `${this.query}&readonly=1` : this.query;
    text.value = SNIPPETS[kinds.value]({ origin: this.origin, query, at: text.dataset });
  }

  async #copy(field) {
    const done = await copy(field.value, field);
    clearTimeout(this.timer);
    this.said.textContent = say(done ? (field === this.field ? "copied" : "code copied") : "copy by hand");
    if (done) this.timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
    else field.select();
  }

  async #passOn() {
    try {
      await navigator.share({ title: document.title, url: this.field.value });
    } catch {
      // The reader changed their mind.
    }
  }

  #tooLong() {
    this.image.parentElement.hidden = true;
    this.caption.textContent = say("no code");
  }

  #enlarge(hall) {
    hall.querySelector("img").src = this.image.src;
    const address = this.field.value;
    hall.querySelector(".address").textContent = address.length <= 100 ? address : this.origin;
  }
}
