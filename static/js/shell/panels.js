// The columns beside the picture: hidden and shown by their buttons, made wider and narrower by their splitters.
// A splitter follows the pattern of WAI-ARIA: drag it, or move it by the arrow keys; Enter hides the column.

import { part } from "../tools/elements.js";
import { preferences } from "../tools/preferences.js";

/** @type {Record<string, number>} */
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };
const STEP = 16; // pixels an arrow key moves a splitter
const NARROWEST = 240;
const WIDEST = 640;

/** @typedef {"left" | "right"} Side */

export class Panels {
  /** `root` is the bench. @param {HTMLElement} root @param {HTMLElement} buttons */
  constructor(root, buttons) {
    this.root = root;
    this.sides = /** @type {const} */ (["left", "right"]).map((side) => this.#side(side, buttons));
    this.render();
  }

  render() {
    for (const { side, button, splitter, panel } of this.sides) {
      const open = preferences.get(side);
      this.root.toggleAttribute(`data-no-${side}`, !open);
      button.setAttribute("aria-expanded", String(open));
      const width = preferences.get(`${side}Width`);
      if (width) this.root.style.setProperty(`--${side}`, `${width}px`);
      else this.root.style.removeProperty(`--${side}`);
      splitter.ariaValueNow = String(Math.round(width || panel.getBoundingClientRect().width));
    }
  }

  toggleLeft() {
    this.#toggle("left");
  }

  toggleRight() {
    this.#toggle("right");
  }

  /** @param {Side} side */
  #toggle(side) {
    preferences.set(side, !preferences.get(side));
    this.render();
  }

  /** @param {Side} side @param {HTMLElement} buttons */
  #side(side, buttons) {
    const panel = part(this.root, `.${side}`);
    const button = part(buttons, `[data-panel="${side}"]`);
    const splitter = part(this.root, `.splitter[data-side="${side}"]`);
    const outwards = side === "left" ? 1 : -1;
    splitter.ariaValueMin = String(NARROWEST);
    splitter.ariaValueMax = String(WIDEST);
    button.addEventListener("click", () => this.#toggle(side));
    splitter.addEventListener("dblclick", () => this.#resize(side, 0));
    splitter.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow) this.#resize(side, panel.getBoundingClientRect().width + arrow * outwards * STEP);
      else if (event.key === "Enter") this.#toggle(side);
      else return;
      event.preventDefault();
    });
    splitter.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      splitter.setPointerCapture(event.pointerId);
      const [from, width] = [event.clientX, panel.getBoundingClientRect().width];
      const move = (/** @type {PointerEvent} */ { clientX }) => this.#resize(side, width + outwards * (clientX - from));
      splitter.addEventListener("pointermove", move);
      splitter.addEventListener("lostpointercapture", () => splitter.removeEventListener("pointermove", move), {
        once: true,
      });
    });
    return { side, panel, button, splitter };
  }

  /** @param {Side} side @param {number} width */
  #resize(side, width) {
    const most = Math.min(WIDEST, this.root.clientWidth * 0.4);
    preferences.set(`${side}Width`, width && Math.round(Math.min(Math.max(width, NARROWEST), most)));
    this.render();
  }
}
