// An array of numbers as a grid of small fields, for vectors and matrices that fit; larger ones stay text.

import { say } from "./strings.js";

const MOST = 6; // rows and columns

/** A new grid for the input `name`; `change(text)` is told the whole array whenever a number was typed. */
export function newGrid(name, change) {
  const root = Object.assign(document.createElement("div"), { className: "grid", hidden: true });
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say("elements of", { name }));
  root.name = name;
  root.addEventListener("input", () => change(text(root)));
  return root;
}

/** Show `value`, a number or nested lists; fields that are being typed into stay as they are. */
export function showGrid(root, value) {
  const rows = Array.isArray(value) ? value.map((row) => (Array.isArray(row) ? row : [row])) : [];
  const fits =
    rows.length > 0 &&
    rows.length <= MOST &&
    rows[0].length > 0 &&
    rows[0].length <= MOST &&
    rows.every((row) => row.every(Number.isFinite));
  root.hidden = !fits;
  if (!fits) return;
  root.matrix = Array.isArray(value[0]);
  const size = `${rows.length}×${rows[0].length}`;
  if (root.dataset.size !== size) build(root, rows, size);
  for (const [i, field] of [...root.children].entries()) {
    const number = String(rows[Math.floor(i / rows[0].length)][i % rows[0].length]);
    if (field !== document.activeElement && field.value !== number) field.value = number;
  }
}

function build(root, rows, size) {
  root.dataset.size = size;
  root.style.gridTemplateColumns = `repeat(${rows[0].length}, minmax(2.2rem, 1fr))`;
  root.replaceChildren(
    ...rows.flatMap((row, i) =>
      row.map((_, j) => {
        const field = Object.assign(document.createElement("input"), {
          type: "text",
          inputMode: "decimal",
          autocomplete: "off",
        });
        const place = root.matrix ? `${root.name}[${i}, ${j}]` : `${root.name}[${i}]`;
        field.setAttribute("aria-label", place);
        return field;
      }),
    ),
  );
}

function text(root) {
  const numbers = [...root.children].map((field) => field.value.trim() || "0");
  if (!root.matrix) return `[${numbers.join(", ")}]`;
  const columns = Number(root.dataset.size.split("×")[1]);
  const rows = Array.from({ length: numbers.length / columns }, (_, i) =>
    numbers.slice(i * columns, (i + 1) * columns),
  );
  return `[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]`;
}
