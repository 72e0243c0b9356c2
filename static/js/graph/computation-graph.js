// <computation-graph step="7">: the picture of a document at one step, in an open shadow root.
// The server may have drawn it already (a declarative shadow root): the same picture is then made live.

import { travel } from "./motion.js";
import { Stage } from "./patches.js";

const SMALLEST = 0.72; // of the size that was laid out: numbers stay readable, and the picture scrolls
const LARGEST = 1.8;

export class ComputationGraph extends HTMLElement {
  static observedAttributes = ["step"];

  #document = null;
  #stage = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    for (const name of ["graph", "computation-graph"]) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
      this.shadowRoot.append(link);
    }
    this.shadowRoot.append(document.createElement("slot"));
  }

  get step() {
    return Number(this.getAttribute("step") ?? 0);
  }

  set step(step) {
    this.setAttribute("step", step);
  }

  get document() {
    return this.#document;
  }

  /** The document to draw; its step is shown by the attribute `step`. */
  set document(value) {
    this.#document = value;
    const svg = parsed(value.graph.svg);
    const { width, height } = svg.viewBox.baseVal;
    Object.assign(svg.style, {
      minWidth: `${width * SMALLEST}px`,
      maxWidth: `${width * LARGEST}px`,
      minHeight: `${height * SMALLEST}px`,
      maxHeight: `${height * LARGEST}px`,
    });
    this.#stage = new Stage(svg, value);
    this.#show();
    const old = this.shadowRoot.querySelector("svg");
    if (old) old.replaceWith(svg);
    else this.shadowRoot.insertBefore(svg, this.shadowRoot.querySelector("slot"));
    this.#follow("instant");
  }

  /** The id of the node that is pointed at, here or elsewhere on the page. */
  set pointed(id) {
    this.shadowRoot.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    if (id) this.shadowRoot.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-pointed", "");
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#stage) return;
    this.#show();
    // A jump shows where it leads; only a step forward is a journey.
    if (Number(now) === Number(before) + 1) travel(this.shadowRoot.querySelector("svg"));
    this.#follow("smooth");
  }

  #show() {
    this.#stage.show(Math.min(Math.max(this.step || 0, 0), this.#document.steps.length));
  }

  /** Scroll so that the nodes of this step are in sight, where the picture is larger than its place. */
  #follow(behavior) {
    if (this.scrollWidth <= this.clientWidth && this.scrollHeight <= this.clientHeight) return;
    const nodes = [...this.shadowRoot.querySelectorAll('.node[data-state="written"], .node[data-state="read"]')];
    if (!nodes.length) return;
    const here = this.getBoundingClientRect();
    const boxes = nodes.map((node) => node.getBoundingClientRect());
    const written = nodes.find((node) => node.dataset.state === "written")?.getBoundingClientRect() ?? boxes[0];
    const shift = (start, end, from, size) => {
      let [low, high] = [Math.min(...boxes.map((box) => box[start])), Math.max(...boxes.map((box) => box[end]))];
      if (high - low > size) [low, high] = [written[start], written[end]];
      if (low >= from && high <= from + size) return 0;
      return (low + high) / 2 - from - size / 2;
    };
    this.scrollBy({
      left: shift("left", "right", here.left, this.clientWidth),
      top: shift("top", "bottom", here.top, this.clientHeight),
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : behavior,
    });
  }
}

function parsed(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") throw new Error("The picture of the document is not SVG.");
  return document.importNode(svg, true);
}

customElements.define("computation-graph", ComputationGraph);
