// An array of numbers as a grid of small fields, for vectors and matrices that fit; larger ones stay text.

import { make } from "./elements.js";
import { say } from "./strings.js";

const MOST = 6; // rows and columns

export class Grid {
  #matrix = false;
  #columns = 0;
  #size = "";

  /**
   * A new grid for the input `name`; `change(text)` is told the whole array whenever a number was typed.
   *
   * @param {string} name
   * @param {(text: string) => void} change
   */
  constructor(name, change) {
    this.name = name;
    this.root = make("div", {
      className: "grid",
      hidden: true,
      role: "group",
      ariaLabel: say("elements of", { name }),
    });
    this.root.addEventListener("input", () => change(this.#text));
  }

  /** Show `value`, a number or nested lists; fields that are being typed into stay. @param {Value} value */
  show(value) {
    const rows = Array.isArray(value) ? value.map((row) => (Array.isArray(row) ? row : [row])) : [];
    const columns = rows[0]?.length ?? 0;
    const fits = rows.length <= MOST && columns > 0 && columns <= MOST && rows.flat().every(Number.isFinite);
    this.root.hidden = !fits;
    if (!fits) return;
    this.#matrix = Array.isArray(value) && Array.isArray(value[0]);
    const size = `${rows.length}×${columns}`;
    if (this.#size !== size) this.#build(rows, columns);
    this.#size = size;
    for (const [i, field] of this.#fields.entries()) {
      const number = String(rows[Math.floor(i / columns)][i % columns]);
      if (field !== document.activeElement && field.value !== number) field.value = number;
    }
  }

  get #fields() {
    return [...this.root.querySelectorAll("input")];
  }

  /** @param {Value[][]} rows @param {number} columns */
  #build(rows, columns) {
    this.#columns = columns;
    this.root.style.gridTemplateColumns = `repeat(${columns}, minmax(2.2rem, 1fr))`;
    this.root.replaceChildren(
      ...rows.flatMap((row, i) =>
        row.map((_, j) => {
          const ariaLabel = this.#matrix ? `${this.name}[${i}, ${j}]` : `${this.name}[${i}]`;
          return make("input", { type: "text", inputMode: "decimal", autocomplete: "off", ariaLabel });
        }),
      ),
    );
  }

  get #text() {
    const numbers = this.#fields.map((field) => field.value.trim() || "0");
    if (!this.#matrix) return `[${numbers.join(", ")}]`;
    const columns = this.#columns;
    const rows = Array.from({ length: numbers.length / columns }, (_, i) =>
      numbers.slice(i * columns, (i + 1) * columns),
    );
    return `[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]`;
  }
}
