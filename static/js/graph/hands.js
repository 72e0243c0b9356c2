// The hand on the picture: wheel with Ctrl or ⌘ (what a pinch on a touchpad sends) and two fingers zoom about the
// point between them, dragging the background pans, a double click on it fits, and so do + − 0 from the keyboard.
// One finger is the browser's: it scrolls what can be scrolled, and the shell makes a step of a swipe.

import { parts } from "../tools/elements.js";

const STEP = 1.25; // of the buttons and the keys
/** @type {Record<string, string>} */
const KEYS = { "+": "in", "=": "in", "-": "out", "−": "out", _: "out", 0: "fit" };

export class Hands {
  /** How far apart two fingers were. */
  #apart = 0;

  /** @param {HTMLElement} host @param {import("./view.js").View} view @param {HTMLElement} controls */
  constructor(host, view, controls) {
    this.view = view;
    const { box } = view;
    host.addEventListener("keydown", (event) => this.#press(event));
    for (const button of parts(controls, "button")) {
      button.addEventListener("click", () => this.#act(button.dataset.zoom));
    }
    box.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    box.addEventListener("dblclick", (event) => onNode(event) || view.fit());
    box.addEventListener("pointerdown", (event) => this.#grasp(event));
    for (const name of /** @type {const} */ (["touchstart", "touchmove"])) {
      box.addEventListener(name, (event) => this.#pinch(event), { passive: false });
    }
  }

  /** @param {string | undefined} what */
  #act(what) {
    if (!this.view.svg) return;
    if (what === "fit") this.view.fit();
    else this.view.zoom(what === "in" ? STEP : 1 / STEP);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault(); // 0 is no step number here
    this.#act(KEYS[event.key]);
  }

  /** @param {WheelEvent} event */
  #turn(event) {
    if (!(event.ctrlKey || event.metaKey) || !this.view.svg) return;
    event.preventDefault(); // else the whole page would grow
    const lines = event.deltaMode ? 16 : 1;
    const turn = Math.min(Math.max(event.deltaY * lines, -60), 60);
    this.view.zoom(Math.exp(-turn / 150), { x: event.clientX, y: event.clientY });
  }

  /** @param {PointerEvent} event */
  #grasp(event) {
    const { box } = this.view;
    if (event.pointerType === "touch" || event.button !== 0 || onNode(event) || this.view.whole) return;
    const from = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    const done = new AbortController();
    const { signal } = done;
    box.setPointerCapture(event.pointerId);
    box.dataset.held = "";
    box.addEventListener(
      "pointermove",
      ({ clientX, clientY }) => {
        box.scrollTo({ left: from.x - clientX, top: from.y - clientY, behavior: "instant" });
      },
      { signal },
    );
    box.addEventListener(
      "lostpointercapture",
      () => {
        delete box.dataset.held;
        done.abort();
      },
      { signal },
    );
  }

  /** @param {TouchEvent} event */
  #pinch(event) {
    if (event.touches.length !== 2) return;
    if (event.cancelable) event.preventDefault();
    const [one, other] = event.touches;
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    if (event.type === "touchmove" && this.#apart) {
      const between = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
      this.view.zoom(apart / this.#apart, between);
    }
    this.#apart = apart;
  }
}

/** @param {Event} event */
function onNode(event) {
  return event.composedPath().some((element) => element instanceof Element && element.classList.contains("node"));
}
