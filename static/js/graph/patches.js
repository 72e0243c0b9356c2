// Patches, the same as graphengine/stages.py: {target: {key: value}} changes what one step shows.
// A target is an element's id (or its data-target, where the id is taken), "node_v3.value" for a slot of a node, or "graph" for the whole;
// "text" is its text, "width" that of a pill, every other key the attribute data-<key>.

const NUMBER = ":scope > .number, :scope > text:not(.symbol)";

/** One picture or table at a step of a document; going back costs what going forward costs. */
export class Stage {
  /** `root` holds the elements; what it lacks of a patch's targets is left out. */
  constructor(root, document) {
    this.root = root;
    this.step = 0;
    this.patches = document.steps.map((step) => step.patch);
    this.inverses = [];
    this.found = new Map();
    this.apply(document.graph.initial);
  }

  /** Show step `step`: apply the patches up to there, or take them back. */
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

  /** Apply one patch; returns the patch that takes it back. */
  apply(patch) {
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

  find(target) {
    if (!this.found.has(target)) this.found.set(target, locate(this.root, target));
    return this.found.get(target);
  }
}

function locate(root, target) {
  if (target === "graph") return root;
  const [id, slot] = target.split(".");
  const element = root.querySelector(`#${CSS.escape(id)}, [data-target="${CSS.escape(id)}"]`);
  return slot ? element && element.querySelector(`[data-slot="${slot}"]`) : element;
}

function read(element, key) {
  if (key === "text") return element.querySelector(NUMBER).textContent;
  if (key === "width") return Number(element.querySelector("rect").getAttribute("width"));
  return element.getAttribute(`data-${key}`) ?? "";
}

function write(element, key, value) {
  if (key === "text") element.querySelector(NUMBER).textContent = value;
  else if (key === "width") {
    const rectangle = element.querySelector("rect");
    rectangle.setAttribute("width", value);
    rectangle.setAttribute("x", -value / 2);
  } else element.setAttribute(`data-${key}`, value);
}

// The edges in use are repeated on top of everything, so that no other line crosses them.
function raise(root) {
  const front = root.querySelector(".front");
  if (!front) return;
  const edges = root.querySelectorAll('.edges > [data-state="now"], .edges > [data-state="back"]');
  front.replaceChildren(
    ...Array.from(edges, (edge) => {
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", `#${edge.id}`);
      return use;
    }),
  );
}
