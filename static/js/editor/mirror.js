// The same text behind the field, in colours: the field's own letters are transparent, so that undo, input
// methods, phones and screen readers keep the <textarea> that they know.

import { brackets, tokens } from "./tokens.js";

export class Mirror {
  constructor(field) {
    this.field = field;
    this.root = Object.assign(document.createElement("div"), { className: "mirror" });
    this.root.setAttribute("aria-hidden", "true");
    field.before(this.root);
    field.parentElement.dataset.mirrored = "";
    this.marks = { bracket: [], wrong: [], pointed: [] }; // kind of mark → places [start, end]
    document.addEventListener("selectionchange", () => this.#bracket());
    field.addEventListener("blur", () => this.#bracket());
    this.update();
  }

  /** The text has changed. */
  update() {
    this.tokens = tokens(this.field.value);
    this.#bracket();
    this.#draw();
  }

  /** Mark places of the text, given as the engine counts them: in characters, not in units of UTF-16. */
  mark(kind, spans) {
    this.#set(
      kind,
      spans.map(([start, end]) => [this.#place(start), this.#place(end)]),
    );
  }

  /** The places of the word at a point of the window, as the engine counts them; undefined beside the text. */
  at(x, y) {
    const word = document.elementsFromPoint(x, y).find((element) => element.dataset?.start);
    if (!word || word.parentElement !== this.root) return undefined;
    const start = Number(word.dataset.start);
    return [start, start + word.textContent.length].map((place) => [...this.field.value.slice(0, place)].length);
  }

  #bracket() {
    const { field } = this;
    const alone = document.activeElement === field && field.selectionStart === field.selectionEnd;
    const pair = alone ? brackets(this.tokens, field.selectionStart) : [];
    this.#set(
      "bracket",
      pair.map(({ start, end }) => [start, end]),
    );
  }

  #set(kind, places) {
    if (String(places) === String(this.marks[kind])) return;
    this.marks[kind] = places;
    this.#draw();
  }

  #place(characters) {
    return [...this.field.value].slice(0, characters).join("").length;
  }

  #draw() {
    const text = this.field.value;
    const pieces = [];
    let done = 0;
    for (const { kind, start, end } of [...this.tokens, { kind: "", start: text.length, end: text.length }]) {
      if (start > done) this.#cut(pieces, "", done, start);
      this.#cut(pieces, kind, start, end);
      done = end;
    }
    // A last line without letters is a line too.
    this.root.replaceChildren(...pieces, "\u200b");
  }

  // One word, cut where a mark begins or ends inside it.
  #cut(pieces, kind, start, end) {
    const marks = Object.entries(this.marks).flatMap(([mark, places]) => places.map((place) => [mark, ...place]));
    const cuts = [start, ...marks.flatMap(([, from, to]) => [from, to]).filter((c) => c > start && c < end), end];
    cuts.sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const [from, to] = [cuts[i], cuts[i + 1]];
      if (from === to) continue;
      const piece = document.createElement("span");
      piece.textContent = this.field.value.slice(from, to);
      piece.dataset.start = from;
      piece.className = [kind, ...marks.filter((m) => m[1] < to && m[2] > from).map(([mark]) => `is-${mark}`)].join(
        " ",
      );
      pieces.push(piece);
    }
  }
}
