// A matrix of numbers as a table whose elements can be pointed at, by mouse, finger or arrow keys.

import { formula } from "./formula.js";

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const LABELLED = 8; // rows and columns up to which they are called by name

/**
 * The table of `cells` ([[{text, state, tell}]]; state: "", "zero", "hidden"), with the formulas of its rows and
 * columns. `pick(tell)` is called for the element that is pointed at.
 */
export function matrix(name, rows, columns, cells, pick) {
  const table = make("table", { className: "matrix", role: "grid", ariaLabel: name });
  if (columns.length <= LABELLED && columns.some(Boolean)) {
    const head = make("tr", { role: "row" });
    head.append(make("td", {}), ...columns.map((latex) => titled(latex, "columnheader")));
    table.append(head);
  }
  cells.forEach((row, i) => {
    const line = make("tr", { role: "row" });
    if (columns.length <= LABELLED && rows.some(Boolean)) line.append(titled(rows[i], "rowheader"));
    line.append(...row.map((cell, j) => drawn(cell, i === 0 && j === 0)));
    table.append(line);
  });
  const grid = [...table.rows].map((row) => [...row.querySelectorAll("[role=gridcell]")]).filter((row) => row.length);
  const tell = (cell) => {
    table.querySelector("[data-picked]")?.removeAttribute("data-picked");
    cell.dataset.picked = "";
    pick(cell.tell);
  };
  table.addEventListener("pointerover", ({ target }) => target.tell && tell(target));
  table.addEventListener("focusin", ({ target }) => target.tell && tell(target));
  table.addEventListener("click", ({ target }) => target.tell && target.focus());
  table.addEventListener("keydown", (event) => {
    const [down, across] = ARROWS[event.key] ?? [0, 0];
    const i = grid.findIndex((row) => row.includes(event.target));
    const next = grid[i + down]?.[grid[i]?.indexOf(event.target) + across];
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  return table;
}

function drawn({ text, state, tell }, first) {
  const cell = make("td", { role: "gridcell", tabIndex: first ? 0 : -1, textContent: state === "hidden" ? "·" : text });
  cell.dataset.state = state;
  cell.tell = tell;
  return cell;
}

function titled(latex, role) {
  const cell = make("th", { role });
  if (latex) cell.append(formula(latex));
  return cell;
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
