// The overview: the whole picture, small, in a corner, with a frame around what is in sight. Click or drag moves it.
// It is there only when a part is out of sight, and for eyes alone: a list says the same to a screen reader.

const SVG = "http://www.w3.org/2000/svg";
const SIZE = { width: 168, height: 96 };

export class Overview {
  constructor(view) {
    this.view = view;
    this.root = shape("svg", { class: "map", "aria-hidden": "true" });
    this.root.style.display = "none";
    this.frame = shape("rect", { class: "seen", rx: 4 });
    this.marked = [];
    this.root.addEventListener("pointerdown", (event) => {
      this.root.setPointerCapture(event.pointerId);
      this.#move(event);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (this.root.hasPointerCapture(event.pointerId)) this.#move(event);
    });
  }

  /** Draw another picture: its cards and its lines, without a word. */
  draw(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const scale = Math.min(SIZE.width / width, SIZE.height / height);
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.setAttribute("width", Math.round(Math.max(width * scale, 48)));
    this.root.setAttribute("height", Math.round(Math.max(height * scale, 32)));
    const lines = Array.from(svg.querySelectorAll(".edges .line"), (line) => line.getAttribute("d"));
    this.cards = new Map();
    for (const node of svg.querySelectorAll(".node")) {
      const card = node.querySelector(".card");
      const size = { width: card.getAttribute("width"), height: card.getAttribute("height") };
      this.cards.set(node.id, shape("rect", { ...size, transform: node.getAttribute("transform"), rx: 7 }));
    }
    this.root.replaceChildren(shape("path", { d: lines.join("") }), ...this.cards.values(), this.frame);
  }

  /** Mark the nodes that this step writes and reads. */
  mark(nodes) {
    for (const card of this.marked) card.removeAttribute("data-state");
    this.marked = nodes.map((node) => this.cards.get(node.id));
    for (const [i, card] of this.marked.entries()) card.setAttribute("data-state", nodes[i].dataset.state);
  }

  /** Frame what is in sight. */
  show() {
    const { whole } = this.view;
    this.root.style.display = whole ? "none" : "";
    if (whole) return;
    for (const [name, value] of Object.entries(this.view.seen)) this.frame.setAttribute(name, value);
  }

  /** How much it covers at the bottom of the place, in pixels. */
  get height() {
    return this.root.getBoundingClientRect().height;
  }

  #move({ clientX, clientY }) {
    this.view.centre(new DOMPoint(clientX, clientY).matrixTransform(this.root.getScreenCTM().inverse()));
  }
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
