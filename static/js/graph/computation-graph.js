// <computation-graph step="7">: the picture of a document at one step, in an open shadow root.
// The server may have drawn it already (a declarative shadow root): the same picture is then made live.
// Where that root brings buttons to zoom (`.controls`), hands may pan and zoom.

import { follow } from "./camera.js";
import { Hands } from "./hands.js";
import { travel } from "./motion.js";
import { Overview } from "./overview.js";
import { Stage } from "./patches.js";
import { View } from "./view.js";

const ACTIVE = '.node[data-state="written"], .node[data-state="read"]';

class ComputationGraph extends HTMLElement {
  static observedAttributes = ["step"];

  #document = null;
  #stage = null;
  #view = null;
  #overview = null;

  connectedCallback() {
    if (this.#view) return;
    if (!this.shadowRoot) this.#furnish();
    const root = this.shadowRoot;
    this.#view = new View(root.querySelector(".place"), () => this.#overview?.show());
    const controls = root.querySelector(".controls");
    if (!controls) return;
    this.#overview = new Overview(this.#view);
    controls.before(this.#overview.root);
    new Hands(this, this.#view, controls);
  }

  #furnish() {
    this.attachShadow({ mode: "open" });
    for (const name of ["graph", "computation-graph"]) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
      this.shadowRoot.append(link);
    }
    const place = Object.assign(document.createElement("div"), { className: "place" });
    this.shadowRoot.append(place, document.createElement("slot"));
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

  /** The box that scrolls where the picture is larger than its place. */
  get scroller() {
    return this.shadowRoot.querySelector(".place");
  }

  /** The document to draw; its step is shown by the attribute `step`. */
  set document(value) {
    this.#document = value;
    const svg = parsed(value.graph.svg);
    this.#stage = new Stage(svg, value);
    this.#show();
    this.#overview?.draw(svg);
    // Other numbers in the same picture move nothing.
    this.#look({ smooth: false, still: !this.#view.hang(svg) });
  }

  /** The id of the node that is pointed at, here or elsewhere on the page. */
  set pointed(id) {
    this.shadowRoot.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    if (id) this.shadowRoot.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-pointed", "");
  }

  /** A path to light up, {nodes, edges} by id; null puts the light out. */
  set lit(path) {
    const root = this.shadowRoot;
    for (const element of root.querySelectorAll("[data-lit]")) element.removeAttribute("data-lit");
    root.querySelector(".place svg")?.toggleAttribute("data-path", Boolean(path));
    for (const id of path?.nodes ?? []) root.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-lit", "");
    for (const id of path?.edges ?? []) root.querySelector(`#edge_${CSS.escape(id)}`)?.setAttribute("data-lit", "");
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#stage) return;
    this.#show();
    // A jump shows where it leads; only a step forward is a journey.
    if (Number(now) === Number(before) + 1) travel(this.#view.svg);
    this.#look({ smooth: true });
  }

  #show() {
    this.#stage.show(Math.min(Math.max(this.step || 0, 0), this.#document.steps.length));
  }

  // The nodes of this step, the written one first; before the first step, where it will be.
  #look({ smooth, still = false }) {
    const svg = this.#view.svg;
    const nodes = [...svg.querySelectorAll(ACTIVE)].sort((a, b) => (a.dataset.state < b.dataset.state ? 1 : -1));
    this.#overview?.mark(nodes);
    if (still) return;
    const first = nodes.length ? null : svg.querySelector(`#node_${CSS.escape(this.#document.steps[0]?.node ?? "")}`);
    follow(this.#view, first ? [first] : nodes, { smooth, below: this.#overview?.height });
  }
}

function parsed(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") throw new Error("The picture of the document is not SVG.");
  return document.importNode(svg, true);
}

customElements.define("computation-graph", ComputationGraph);
