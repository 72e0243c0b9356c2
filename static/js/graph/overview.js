// The overview: the whole picture, small, in a corner, with a frame around what is in sight. Click or drag moves it.
// It is there only when a part is out of sight, and for eyes alone: a list says the same to a screen reader.

import { draw, part } from "../tools/elements.js";

const SIZE = { width: 168, height: 96 };

export class Overview {
  /** The cards by the id of their node. @type {Map<string, SVGElement>} */
  #cards = new Map();
  /** @type {SVGElement[]} */
  #marked = [];

  /** @param {import("./view.js").View} view */
  constructor(view) {
    this.view = view;
    this.root = draw("svg", { class: "map", "aria-hidden": "true" });
    this.root.style.display = "none";
    this.frame = draw("rect", { class: "seen", rx: 4 });
    this.root.addEventListener("pointerdown", (event) => {
      this.root.setPointerCapture(event.pointerId);
      this.#move(event);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (this.root.hasPointerCapture(event.pointerId)) this.#move(event);
    });
  }

  /** Draw another picture: its cards and its lines, without a word. @param {SVGSVGElement} svg */
  draw(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const scale = Math.min(SIZE.width / width, SIZE.height / height);
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.setAttribute("width", String(Math.round(Math.max(width * scale, 48))));
    this.root.setAttribute("height", String(Math.round(Math.max(height * scale, 32))));
    const lines = Array.from(svg.querySelectorAll(".edges .line"), (line) => line.getAttribute("d"));
    this.#cards = new Map();
    for (const node of svg.querySelectorAll(".node")) {
      const card = part(node, ".card", Element);
      const [across, down] = [card.getAttribute("width") ?? "", card.getAttribute("height") ?? ""];
      this.#cards.set(
        node.id,
        draw("rect", { width: across, height: down, transform: node.getAttribute("transform") ?? "", rx: 7 }),
      );
    }
    this.root.replaceChildren(draw("path", { d: lines.join("") }), ...this.#cards.values(), this.frame);
  }

  /** Mark the nodes that this step writes and reads. @param {SVGElement[]} nodes */
  mark(nodes) {
    for (const card of this.#marked) card.removeAttribute("data-state");
    this.#marked = nodes.flatMap((node) => {
      const card = this.#cards.get(node.id);
      card?.setAttribute("data-state", node.dataset.state ?? "");
      return card ? [card] : [];
    });
  }

  /** Frame what is in sight. */
  show() {
    const { whole } = this.view;
    this.root.style.display = whole ? "none" : "";
    if (whole) return;
    for (const [name, value] of Object.entries(this.view.seen)) this.frame.setAttribute(name, String(value));
  }

  /** How much it covers at the bottom of the place, in pixels. */
  get height() {
    return this.root.getBoundingClientRect().height;
  }

  /** @param {PointerEvent} event */
  #move({ clientX, clientY }) {
    this.view.centre(new DOMPoint(clientX, clientY).matrixTransform(this.root.getScreenCTM()?.inverse()));
  }
}
