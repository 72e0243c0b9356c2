// The settings: how numbers are shown (part of the link), and how the page looks and moves (kept on this device).

import { Dialog } from "../tools/dialog.js";
import { preferences } from "../tools/preferences.js";

const THEMES = ["", "light", "dark"]; // which the key goes through
const SYSTEM = "system"; // what "" is called in a form

export class Settings {
  constructor(root, player, button, themes) {
    this.player = player;
    this.themes = themes;
    this.dialog = new Dialog(root, player, button, () => this.render());
    this.fields = root.querySelector("form").elements;
    const { digits, symbols, theme, motion, letters } = this.fields;
    this.told = root.querySelector("output");
    digits.addEventListener("input", () => (this.told.textContent = digits.value));
    digits.addEventListener("change", () => player.ask({ digits: Number(digits.value) }, { visit: false }));
    symbols.addEventListener("change", () => player.ask({ symbols: symbols.checked }, { visit: false }));
    for (const radio of theme) radio.addEventListener("change", () => themes.choose(chosen(radio)));
    for (const radio of motion) radio.addEventListener("change", () => preferences.set("motion", chosen(radio)));
    letters.addEventListener("change", () => preferences.set("letters", letters.checked));
  }

  open() {
    this.dialog.open();
  }

  /** The next theme of the row. */
  turnTheme() {
    this.themes.choose(THEMES[(THEMES.indexOf(this.themes.theme) + 1) % THEMES.length]);
  }

  render() {
    const { digits, symbols, theme, motion, letters } = this.fields;
    digits.value = this.player.state.digits;
    this.told.textContent = digits.value;
    if (!this.player.pending) symbols.checked = this.player.state.symbols;
    theme.value = this.themes.theme || SYSTEM;
    motion.value = preferences.get("motion") || SYSTEM;
    letters.checked = preferences.get("letters");
  }
}

function chosen({ value }) {
  return value === SYSTEM ? "" : value;
}
