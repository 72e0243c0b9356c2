// "Share": the state as a link and as a QR code, for a neighbour's chat or for a whole hall.

import { copy } from "../tools/clipboard.js";
import { Dialog } from "../tools/dialog.js";
import { part, parts } from "../tools/elements.js";
import { say } from "../tools/strings.js";
import { encode } from "../walk/codec.js";
import { SNIPPETS } from "./snippets.js";

const SHOWN = 2500; // milliseconds

export class Share {
  #query = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * `hall` shows the code as large as the window.
   *
   * @param {HTMLElement} root
   * @param {Player} player
   * @param {HTMLElement} button
   * @param {HTMLElement} hall
   * @param {string} origin
   */
  constructor(root, player, button, hall, origin) {
    this.root = root;
    this.player = player;
    this.origin = origin;
    this.field = part(root, "#link", HTMLInputElement);
    this.said = part(root, ".said");
    this.image = part(root, ".code img", HTMLImageElement);
    this.enlarge = part(root, ".enlarge");
    this.caption = part(root, ".caption");
    this.pass = part(root, ".pass");
    this.step = part(root, "[name=step]", HTMLInputElement);
    this.projector = part(root, "[name=projector]", HTMLInputElement);
    this.readonly = part(root, "[name=readonly]", HTMLInputElement);
    this.kinds = part(root, ".snippet select", HTMLSelectElement);
    this.snippet = part(root, "#snippet", HTMLTextAreaElement);
    this.dialog = new Dialog(root, player, button, () => this.#opened());
    this.hall = new Dialog(hall, player, this.enlarge, () => this.#enlarge(hall));
    hall.addEventListener("click", () => this.hall.close());
    for (const box of [this.step, this.projector, this.readonly]) box.addEventListener("change", () => this.#write());
    this.kinds.addEventListener("change", () => this.#embed());
    this.snippet.addEventListener("focus", () => this.snippet.select());
    part(root, ".link .copy").addEventListener("click", () => this.#copy(this.field));
    part(root, ".snippet .copy").addEventListener("click", () => this.#copy(this.snippet));
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
    this.projector.checked = this.player.state.theme === "projector";
    this.#write();
  }

  async #write() {
    const { state } = this.player;
    const theme = this.projector.checked ? "projector" : state.theme === "projector" ? "" : state.theme;
    const step = this.step.checked ? this.player.step : 0;
    const query = await encode({ ...state, theme, step });
    this.field.value = `${this.origin}${location.pathname}?${query}`;
    this.#query = query;
    this.#embed();
    for (const link of parts(this.root, ".files a", HTMLAnchorElement)) link.href = `${link.dataset.at}?${query}`;
    this.enlarge.hidden = false;
    this.caption.textContent = say("code");
    this.image.src = `${this.root.dataset.code}?${query}`;
  }

  // The same link as a snippet for another page; whoever has it read-only has no link to the whole.
  #embed() {
    const query = this.readonly.checked ? `${this.#query}&readonly=1` : this.#query;
    const { embed = "", page = "", picture = "" } = this.snippet.dataset;
    this.snippet.value = SNIPPETS[this.kinds.value]({ origin: this.origin, query, at: { embed, page, picture } });
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  async #copy(field) {
    const done = await copy(field.value, field);
    clearTimeout(this.#timer);
    this.said.textContent = say(done ? (field === this.field ? "copied" : "code copied") : "copy by hand");
    if (done) this.#timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
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
    this.enlarge.hidden = true;
    this.caption.textContent = say("no code");
  }

  /** @param {HTMLElement} hall */
  #enlarge(hall) {
    part(hall, "img", HTMLImageElement).src = this.image.src;
    const address = this.field.value;
    part(hall, ".address").textContent = address.length <= 100 ? address : this.origin;
  }
}
