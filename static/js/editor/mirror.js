// The same text behind the field, in colours: the field's own letters are transparent, so that undo, input
// methods, phones and screen readers keep the <textarea> that they know.

import { make } from "../tools/elements.js";
import { brackets, tokens } from "./tokens.js";

export class Mirror {
  /** @type {import("./tokens.js").Token[]} */
  #tokens = [];
  /** Kind of mark → places. @type {Record<"bracket" | "wrong" | "pointed", Span[]>} */
  #marks = { bracket: [], wrong: [], pointed: [] };

  /** @param {HTMLTextAreaElement} field */
  constructor(field) {
    this.field = field;
    this.root = make("div", { className: "mirror", ariaHidden: "true" });
    field.before(this.root);
    this.root.parentElement?.setAttribute("data-mirrored", "");
    document.addEventListener("selectionchange", () => this.#bracket());
    field.addEventListener("blur", () => this.#bracket());
    this.update();
  }

  /** The text has changed. */
  update() {
    this.#tokens = tokens(this.field.value);
    this.#bracket();
    this.#draw();
  }

  /**
   * Mark places of the text, given as the engine counts them: in characters, not in units of UTF-16.
   *
   * @param {"wrong" | "pointed"} kind
   * @param {Span[]} spans
   */
  mark(kind, spans) {
    this.#set(
      kind,
      spans.map(([start, end]) => [this.#place(start), this.#place(end)]),
    );
  }

  /**
   * The places of the word at a point of the window, as the engine counts them; undefined beside the text.
   *
   * @param {number} x
   * @param {number} y
   */
  at(x, y) {
    const found = document.elementsFromPoint(x, y).find((element) => element.hasAttribute("data-start"));
    if (!(found instanceof HTMLElement) || found.parentElement !== this.root) return undefined;
    const start = Number(found.dataset.start);
    const place = (/** @type {number} */ units) => [...this.field.value.slice(0, units)].length;
    return /** @type {Span} */ ([place(start), place(start + (found.textContent ?? "").length)]);
  }

  #bracket() {
    const { field } = this;
    const alone = document.activeElement === field && field.selectionStart === field.selectionEnd;
    const pair = alone ? brackets(this.#tokens, field.selectionStart) : [];
    this.#set(
      "bracket",
      pair.map(({ start, end }) => /** @type {Span} */ ([start, end])),
    );
  }

  /** @param {"bracket" | "wrong" | "pointed"} kind @param {Span[]} places */
  #set(kind, places) {
    if (String(places) === String(this.#marks[kind])) return;
    this.#marks[kind] = places;
    this.#draw();
  }

  /** @param {number} characters */
  #place(characters) {
    return [...this.field.value].slice(0, characters).join("").length;
  }

  #draw() {
    const text = this.field.value;
    const pieces = [];
    let done = 0;
    for (const { kind, start, end } of [...this.#tokens, { kind: "", start: text.length, end: text.length }]) {
      if (start > done) pieces.push(...this.#cut("", done, start));
      pieces.push(...this.#cut(kind, start, end));
      done = end;
    }
    // A last line without letters is a line too.
    this.root.replaceChildren(...pieces, "\u200b");
  }

  /**
   * One word, cut where a mark begins or ends inside it.
   *
   * @param {string} kind
   * @param {number} start
   * @param {number} end
   */
  #cut(kind, start, end) {
    const marks = Object.entries(this.#marks).flatMap(([mark, places]) =>
      places.map(([from, to]) => ({ name: `is-${mark}`, from, to })),
    );
    const inside = marks.flatMap(({ from, to }) => [from, to]).filter((cut) => cut > start && cut < end);
    const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
    return cuts.slice(1).map((to, i) => {
      const from = cuts[i];
      const names = marks.filter((mark) => mark.from < to && mark.to > from).map(({ name }) => name);
      const piece = make("span", { className: [kind, ...names].join(" ") }, this.field.value.slice(from, to));
      piece.dataset.start = String(from);
      return piece;
    });
  }
}
