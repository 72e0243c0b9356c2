// The settings: how numbers are shown (part of the link), and how the page looks and moves (kept on this device).

import { Dialog } from "../tools/dialog.js";
import { part, parts } from "../tools/elements.js";
import { preferences } from "../tools/preferences.js";

const THEMES = ["", "light", "dark"]; // which the key goes through
const SYSTEM = "system"; // what "" is called in a form

export class Settings {
  /**
   * @param {HTMLElement} root
   * @param {Player} player
   * @param {HTMLElement} button
   * @param {import("./themes.js").Themes} themes
   */
  constructor(root, player, button, themes) {
    this.player = player;
    this.themes = themes;
    this.dialog = new Dialog(root, player, button, () => this.render());
    this.told = part(root, "output");
    this.digits = part(root, "[name=digits]", HTMLInputElement);
    this.symbols = part(root, "[name=symbols]", HTMLInputElement);
    this.letters = part(root, "[name=letters]", HTMLInputElement);
    this.radios = { theme: radios(root, "theme"), motion: radios(root, "motion") };
    this.digits.addEventListener("input", () => this.told.replaceChildren(this.digits.value));
    this.digits.addEventListener("change", () => player.ask({ digits: Number(this.digits.value) }, { visit: false }));
    this.symbols.addEventListener("change", () => player.ask({ symbols: this.symbols.checked }, { visit: false }));
    this.letters.addEventListener("change", () => preferences.set("letters", this.letters.checked));
    for (const radio of this.radios.theme) radio.addEventListener("change", () => themes.choose(chosen(radio)));
    for (const radio of this.radios.motion) {
      radio.addEventListener("change", () => preferences.set("motion", chosen(radio)));
    }
  }

  open() {
    this.dialog.open();
  }

  /** The next theme of the row. */
  turnTheme() {
    this.themes.choose(THEMES[(THEMES.indexOf(this.themes.theme) + 1) % THEMES.length]);
  }

  render() {
    const { state, pending } = this.player;
    this.digits.value = String(state.digits);
    this.told.textContent = this.digits.value;
    if (!pending) this.symbols.checked = state.symbols;
    for (const radio of this.radios.theme) radio.checked = chosen(radio) === this.themes.theme;
    for (const radio of this.radios.motion) radio.checked = chosen(radio) === preferences.get("motion");
    this.letters.checked = preferences.get("letters");
  }
}

/** @param {HTMLElement} root @param {string} name */
function radios(root, name) {
  return parts(root, `[name=${name}]`, HTMLInputElement);
}

/** @param {HTMLInputElement} radio */
function chosen({ value }) {
  return value === SYSTEM ? "" : value;
}
