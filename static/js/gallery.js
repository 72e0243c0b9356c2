// The gallery: formulas are set, and the picture under the hand or the focus walks its steps.

import { Stage } from "./graph/patches.js";
import { part, parts } from "./tools/elements.js";
import { setFormula } from "./tools/formula.js";
import { preferences } from "./tools/preferences.js";
import { answerOf } from "./walk/asking.js";

const PACE = 450; // milliseconds a step
const REST = 1800; // at the last step, before it begins again

for (const element of parts(document, "[data-tex]")) {
  setFormula(element, element.dataset.tex ?? "");
}
for (const element of parts(document, ".example :is(.formula, .numbers)")) {
  if (element.scrollWidth > element.clientWidth) element.tabIndex = 0; // what scrolls can be scrolled by keys
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** One miniature; it asks for its document when it is wanted first. */
class Miniature {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #playing = false;
  /** @type {Promise<Stage> | null} */
  #asked = null;
  /** @type {Stage | null} */
  #stage = null;

  /** @param {HTMLElement} root @param {HTMLElement} card */
  constructor(root, card) {
    this.root = root;
    this.step = Number(root.dataset.steps);
    for (const [start, end] of [
      ["pointerenter", "pointerleave"],
      ["focusin", "focusout"],
    ]) {
      card.addEventListener(start, () => this.#play());
      card.addEventListener(end, () => this.#stop());
    }
  }

  async #play() {
    if (preferences.get("motion") === "off" || (still.matches && !preferences.get("motion"))) return;
    this.#playing = true;
    try {
      this.#asked ??= this.#fetch(); // once, however often the hand comes by before the answer
      this.#stage = await this.#asked;
    } catch {
      this.#asked = null; // the picture stays as it is
      return;
    }
    clearTimeout(this.#timer); // one walk at a time, for hand and focus
    if (this.#playing) this.#tick();
  }

  #tick() {
    const steps = this.#stage?.patches.length ?? 0;
    this.step = this.step < steps ? this.step + 1 : 0;
    this.#stage?.show(this.step);
    this.#timer = setTimeout(() => this.#tick(), this.step === steps ? REST : PACE);
  }

  #stop() {
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#stage?.show(this.#stage.patches.length);
  }

  async #fetch() {
    /** @type {Walk} */
    const walk = await answerOf(this.root.dataset.document ?? "");
    const drawn = new DOMParser().parseFromString(walk.graph.svg, "image/svg+xml").documentElement;
    const svg = document.importNode(drawn, true);
    this.root.shadowRoot?.querySelector("svg")?.replaceWith(svg);
    return new Stage(svg, walk);
  }
}

for (const card of parts(document, ".example")) new Miniature(part(card, ".miniature"), card);
