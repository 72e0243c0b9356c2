// How much of the picture is seen, and how large. The place is a box that scrolls, so wheels, fingers and scrollbars
// do what they do everywhere; zooming sets the size of the SVG, and the point under the hand stays where it is.

const SMALLEST = 0.2; // of the size that was laid out
const LARGEST = 4;
const READABLE = 0.72; // where the picture is larger than its place, it is not made smaller than this by itself
const WHOLE = 0.58; // but if that brings all of it into sight
const ROOMY = 1.8; // nor is it larger than this by itself

export class View {
  #zoom = 0; // as the hand has it; 0 is as the place has it
  #floor = READABLE;

  /** The picture that hangs here. @type {SVGSVGElement | null} */
  svg = null;
  width = 0;
  height = 0;

  /**
   * `box` scrolls; `changed` is called whenever another part of the picture may be in sight.
   *
   * @param {HTMLElement} box
   * @param {() => void} changed
   */
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
    box.addEventListener("scroll", changed, { passive: true });
    new ResizeObserver(() => this.lay()).observe(box);
  }

  /**
   * Another picture; one of the same size stays where the reader has it. Returns whether the place is new.
   *
   * @param {SVGSVGElement} svg
   */
  hang(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const other = this.width !== width || this.height !== height;
    if (other) [this.#zoom, this.#floor] = [0, READABLE];
    const { scrollLeft, scrollTop } = this.box;
    Object.assign(this, { svg, width, height });
    this.box.replaceChildren(svg);
    this.lay();
    if (!other) this.box.scrollTo({ left: scrollLeft, top: scrollTop, behavior: "instant" });
    return other;
  }

  get scale() {
    const fitting = this.#fitting;
    return this.#zoom || Math.min(fitting >= WHOLE ? fitting : Math.max(fitting, this.#floor), ROOMY);
  }

  /** The size at which the whole picture is in sight. */
  get #fitting() {
    const style = /** @type {Record<string, any>} */ (getComputedStyle(this.box));
    const [across, down] = [
      ["Left", "Right"],
      ["Top", "Bottom"],
    ].map((sides) => sides.reduce((sum, side) => sum + (parseFloat(style[`padding${side}`]) || 0), 1));
    // Without scrollbars: they go as soon as it fits.
    const { width, height } = this.box.getBoundingClientRect();
    return Math.max(Math.min((width - across) / this.width, (height - down) / this.height), 0.01);
  }

  lay() {
    if (!this.svg) return;
    const { scale } = this;
    this.svg.style.width = `${Math.floor(this.width * scale)}px`;
    this.svg.style.height = `${Math.floor(this.height * scale)}px`;
    this.changed();
  }

  /** Whether all of the picture is in sight. */
  get whole() {
    return this.box.scrollWidth <= this.box.clientWidth + 1 && this.box.scrollHeight <= this.box.clientHeight + 1;
  }

  fit() {
    [this.#zoom, this.#floor] = [0, SMALLEST];
    this.lay();
  }

  /** Larger by `factor`; the point {x, y} of the window, or the middle, stays where it is. @param {number} factor */
  zoom(factor, point = middle(this.box)) {
    if (!this.svg) return;
    const before = this.svg.getBoundingClientRect();
    const old = this.scale;
    this.#zoom = Math.min(Math.max(old * factor, SMALLEST), LARGEST);
    this.lay();
    const ratio = this.scale / old;
    const now = this.svg.getBoundingClientRect();
    this.box.scrollBy({
      left: now.left + (point.x - before.left) * ratio - point.x,
      top: now.top + (point.y - before.top) * ratio - point.y,
      behavior: "instant",
    });
  }

  get #place() {
    return this.svg?.getBoundingClientRect() ?? new DOMRect();
  }

  /** What is in sight, in units of the picture. */
  get seen() {
    const [place, picture] = [this.box.getBoundingClientRect(), this.#place];
    const left = Math.max(place.left, picture.left);
    const top = Math.max(place.top, picture.top);
    const [right, bottom] = [Math.min(place.right, picture.right), Math.min(place.bottom, picture.bottom)];
    const [x, y, width, height] = [left - picture.left, top - picture.top, right - left, bottom - top].map(
      (pixels) => Math.max(pixels, 0) / this.scale,
    );
    return { x, y, width, height };
  }

  /** Bring the point {x, y} of the picture into the middle. @param {{ x: number, y: number }} point */
  centre({ x, y }) {
    const [to, picture] = [middle(this.box), this.#place];
    this.box.scrollBy({
      left: picture.left + x * this.scale - to.x,
      top: picture.top + y * this.scale - to.y,
      behavior: "instant",
    });
  }
}

/** @param {Element} box */
function middle(box) {
  const { left, top, width, height } = box.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
