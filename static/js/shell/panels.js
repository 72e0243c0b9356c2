// The columns beside the picture: hidden and shown by their buttons, made wider and narrower by their splitters.
// A splitter follows the pattern of WAI-ARIA: drag it, or move it by the arrow keys; Enter hides the column.

import { preferences } from "../tools/preferences.js";

const STEP = 16; // pixels an arrow key moves a splitter
const NARROWEST = 240;
const WIDEST = 640;

export class Panels {
  constructor(root, player, buttons) {
    this.root = root; // the bench
    this.sides = ["left", "right"].map((side) => this.#side(side, buttons));
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
      splitter.setAttribute("aria-valuenow", Math.round(width || panel.getBoundingClientRect().width));
    }
  }

  toggleLeft() {
    this.#toggle("left");
  }

  toggleRight() {
    this.#toggle("right");
  }

  #toggle(side) {
    preferences.set(side, !preferences.get(side));
    this.render();
  }

  #side(side, buttons) {
    const panel = this.root.querySelector(`.${side}`);
    const button = buttons.querySelector(`[data-panel="${side}"]`);
    const splitter = this.root.querySelector(`.splitter[data-side="${side}"]`);
    const outwards = side === "left" ? 1 : -1;
    splitter.setAttribute("aria-valuemin", NARROWEST);
    splitter.setAttribute("aria-valuemax", WIDEST);
    button.addEventListener("click", () => this.#toggle(side));
    splitter.addEventListener("dblclick", () => this.#resize(side, 0));
    splitter.addEventListener("keydown", (event) => {
      const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
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
      const move = ({ clientX }) => this.#resize(side, width + outwards * (clientX - from));
      splitter.addEventListener("pointermove", move);
      splitter.addEventListener("lostpointercapture", () => splitter.removeEventListener("pointermove", move), {
        once: true,
      });
    });
    return { side, panel, button, splitter };
  }

  #resize(side, width) {
    const most = Math.min(WIDEST, this.root.clientWidth * 0.4);
    preferences.set(`${side}Width`, width && Math.round(Math.min(Math.max(width, NARROWEST), most)));
    this.render();
  }
}
