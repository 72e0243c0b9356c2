// Patches, the same as graphengine/stages.py: {target: {key: value}} changes what one step shows.
// A target is an element's id (or its data-target, where the id is taken), "node_v3.value" for a slot of a node, or "graph" for the whole;
// "text" is its text, "width" that of a pill, every other key the attribute data-<key>.

import { draw, part } from "../tools/elements.js";

const NUMBER = ":scope > .number, :scope > text:not(.symbol)";

/** One picture or table at a step of a document; going back costs what going forward costs. */
export class Stage {
  /**
   * `root` holds the elements; what it lacks of a patch's targets is left out.
   *
   * @param {Element} root
   * @param {Walk} document
   */
  constructor(root, document) {
    this.root = root;
    this.step = 0;
    this.patches = document.steps.map((step) => step.patch);
    /** @type {Patch[]} */
    this.inverses = [];
    /** @type {Map<string, Element | null>} */
    this.found = new Map();
    this.apply(document.graph.initial);
  }

  /** Show step `step`: apply the patches up to there, or take them back. @param {number} step */
  show(step) {
    while (this.step < step) {
      this.inverses[this.step] = this.apply(this.patches[this.step]);
      this.step += 1;
    }
    while (this.step > step) {
      this.step -= 1;
      this.apply(this.inverses[this.step]);
    }
    raise(this.root);
  }

  /** Apply one patch; returns the patch that takes it back. @param {Patch} patch */
  apply(patch) {
    /** @type {Patch} */
    const inverse = {};
    for (const [target, values] of Object.entries(patch)) {
      const element = this.find(target);
      if (!element) continue;
      inverse[target] = {};
      for (const [key, value] of Object.entries(values)) {
        inverse[target][key] = read(element, key);
        write(element, key, value);
      }
    }
    return inverse;
  }

  /** @param {string} target */
  find(target) {
    const found = this.found.has(target) ? this.found.get(target) : locate(this.root, target);
    this.found.set(target, found ?? null);
    return found;
  }
}

/** @param {Element} root @param {string} target @returns {Element | null} */
function locate(root, target) {
  if (target === "graph") return root;
  const [id, slot] = target.split(".");
  const element = root.querySelector(`#${CSS.escape(id)}, [data-target="${CSS.escape(id)}"]`);
  return element && slot ? element.querySelector(`[data-slot="${slot}"]`) : element;
}

/** @param {Element} element @param {string} key @returns {string | number} */
function read(element, key) {
  if (key === "text") return part(element, NUMBER, Element).textContent ?? "";
  if (key === "width") return Number(part(element, "rect", Element).getAttribute("width"));
  return element.getAttribute(`data-${key}`) ?? "";
}

/** @param {Element} element @param {string} key @param {string | number} value */
function write(element, key, value) {
  if (key === "text") part(element, NUMBER, Element).textContent = String(value);
  else if (key === "width") {
    const rectangle = part(element, "rect", Element);
    rectangle.setAttribute("width", String(value));
    rectangle.setAttribute("x", String(-Number(value) / 2));
  } else element.setAttribute(`data-${key}`, String(value));
}

/** The edges in use are repeated on top of everything, so that no other line crosses them. @param {Element} root */
function raise(root) {
  const front = root.querySelector(".front");
  if (!front) return;
  const edges = root.querySelectorAll('.edges > [data-state="now"], .edges > [data-state="back"]');
  front.replaceChildren(...Array.from(edges, (edge) => draw("use", { href: `#${edge.id}` })));
}
