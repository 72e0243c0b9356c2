// <computation-graph step="7">: the picture of a document at one step, in an open shadow root.
// The server may have drawn it already (a declarative shadow root): the same picture is then made live.
// Where that root brings buttons to zoom (`.controls`), hands may pan and zoom.

import { make, part, parts } from "../tools/elements.js";
import { follow } from "./camera.js";
import { Hands } from "./hands.js";
import { travel } from "./motion.js";
import { Overview } from "./overview.js";
import { Stage } from "./patches.js";
import { View } from "./view.js";

const ACTIVE = '.node[data-state="written"], .node[data-state="read"]';

export class ComputationGraph extends HTMLElement {
  static observedAttributes = ["step"];

  /** @type {Walk | null} */
  #document = null;
  /** @type {Stage | null} */
  #stage = null;
  /** @type {Overview | null} */
  #overview = null;

  /** What is inside; made where the server has not drawn it. */
  get inside() {
    return this.shadowRoot ?? this.#furnish();
  }

  connectedCallback() {
    if (this.view) return;
    this.view = new View(part(this.inside, ".place"), () => this.#overview?.show());
    for (const controls of parts(this.inside, ".controls")) {
      this.#overview = new Overview(this.view);
      controls.before(this.#overview.root);
      new Hands(this, this.view, controls);
    }
  }

  #furnish() {
    const inside = this.attachShadow({ mode: "open" });
    for (const name of ["graph", "computation-graph"]) {
      inside.append(make("link", { rel: "stylesheet", href: new URL(`../../css/${name}.css`, import.meta.url).href }));
    }
    inside.append(make("div", { className: "place" }), make("slot"));
    return inside;
  }

  get step() {
    return Number(this.getAttribute("step") ?? 0);
  }

  set step(step) {
    this.setAttribute("step", String(step));
  }

  get document() {
    return this.#document;
  }

  /** The box that scrolls where the picture is larger than its place. */
  get scroller() {
    return part(this.inside, ".place");
  }

  /** The document to draw; its step is shown by the attribute `step`. */
  set document(value) {
    if (!value || !this.view) return;
    this.#document = value;
    const svg = parsed(value.graph.svg);
    this.#stage = new Stage(svg, value);
    this.#show();
    this.#overview?.draw(svg);
    // Other numbers in the same picture move nothing.
    this.#look({ smooth: false, still: !this.view.hang(svg) });
  }

  /** The id of the node that is pointed at, here or elsewhere on the page. @param {string | null} id */
  set pointed(id) {
    this.inside.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    if (id) this.inside.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-pointed", "");
  }

  /** A path to light up, by ids; null puts the light out. @param {{ nodes: string[], edges: string[] } | null} path */
  set lit(path) {
    const root = this.inside;
    for (const element of root.querySelectorAll("[data-lit]")) element.removeAttribute("data-lit");
    root.querySelector(".place svg")?.toggleAttribute("data-path", Boolean(path));
    for (const id of path?.nodes ?? []) root.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-lit", "");
    for (const id of path?.edges ?? []) root.querySelector(`#edge_${CSS.escape(id)}`)?.setAttribute("data-lit", "");
  }

  /** @param {string} _name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(_name, before, now) {
    if (before === now || !this.#stage) return;
    this.#show();
    // A jump shows where it leads; only a step forward is a journey.
    if (Number(now) === Number(before) + 1 && this.view?.svg) travel(this.view.svg);
    this.#look({ smooth: true });
  }

  #show() {
    this.#stage?.show(Math.min(Math.max(this.step || 0, 0), this.#document?.steps.length ?? 0));
  }

  /**
   * The nodes of this step, the written one first; before the first step, where it will be.
   *
   * @param {{ smooth: boolean, still?: boolean }} how
   */
  #look({ smooth, still = false }) {
    const { view } = this;
    if (!view?.svg) return;
    const nodes = parts(view.svg, ACTIVE, SVGElement).sort((a, b) => (read(a) && !read(b) ? 1 : -1));
    this.#overview?.mark(nodes);
    if (still) return;
    const first = this.#document?.steps[0]?.node ?? "";
    const awaited = nodes.length ? [] : parts(view.svg, `#node_${CSS.escape(first)}`, SVGElement);
    follow(view, [...awaited, ...nodes], { smooth, below: this.#overview?.height });
  }
}

/** @param {SVGElement} node */
const read = (node) => node.dataset.state === "read";

/** @param {string} text */
function parsed(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (!(svg instanceof SVGSVGElement)) throw new Error("The picture of the document is not SVG.");
  return document.importNode(svg, true);
}

customElements.define("computation-graph", ComputationGraph);
