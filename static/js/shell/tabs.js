// The tabs: which of the panels under the step card is shown, and on a narrow screen, which panel at all.
// The pattern of WAI-ARIA: one tab stop, arrows move and select.

import { part, parts } from "../tools/elements.js";

/** @type {Record<string, number>} */
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

export class Tabs {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.tabs = parts(root, "[role=tab]");
    this.narrow = matchMedia("(max-width: 45.99rem)");
    this.narrow.addEventListener("change", () => this.#move());
    this.#move();
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.select(tab.dataset.tab ?? ""));
      // Whoever comes by mouse goes on stepping with the arrow keys, which would be the tabs' if they had the focus.
      tab.addEventListener("mousedown", (event) => event.preventDefault());
    }
    root.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {string} name */
  select(name) {
    // Another panel begins at its beginning, not where the last one was scrolled to.
    if (this.narrow.matches && name !== this.player.revealed) scrollTo({ top: 0, behavior: "instant" });
    this.player.reveal(name);
  }

  // The program stands left of the picture, or behind the last of the panels: where it is read is where it is.
  #move() {
    part(document, this.narrow.matches ? "#right" : "#notices").after(part(document, "#left"));
    this.render();
  }

  render() {
    const shown = this.tabs.filter((tab) => getComputedStyle(tab).display !== "none");
    if (!shown.length) return;
    const wanted = shown.find((tab) => tab.dataset.tab === this.player.revealed) ?? shown[0];
    for (const tab of this.tabs) {
      const selected = tab === wanted;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    part(document, "#bench").dataset.tab = wanted.dataset.tab;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const shown = this.tabs.filter((tab) => getComputedStyle(tab).display !== "none");
    const at = shown.findIndex((tab) => tab.matches(":focus"));
    if (at < 0) return;
    const ends = new Map([
      ["Home", 0],
      ["End", shown.length - 1],
    ]);
    const to = ends.get(event.key) ?? at + (ARROWS[event.key] ?? 0);
    if (to === at && !(event.key in ARROWS)) return;
    event.preventDefault();
    const tab = shown[(to + shown.length) % shown.length];
    this.select(tab.dataset.tab ?? "");
    tab.focus();
  }
}
