// A matrix of numbers as a table whose elements can be pointed at, by mouse, finger or arrow keys.

import { make } from "./elements.js";
import { formula } from "./formula.js";

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const LABELLED = 8; // rows and columns up to which they are called by name

/** @typedef {{ text: string, state: "" | "zero" | "hidden", tell: () => void }} Cell */

/**
 * The table of `cells`, with the formulas of its rows and columns; the element that is pointed at tells.
 *
 * @param {string} name
 * @param {string[]} rows
 * @param {string[]} columns
 * @param {Cell[][]} cells
 */
export function matrix(name, rows, columns, cells) {
  const table = make("table", { className: "matrix", role: "grid", ariaLabel: name });
  if (columns.length <= LABELLED && columns.some(Boolean)) {
    const titles = columns.map((latex) => titled(latex, "columnheader"));
    table.append(make("tr", { role: "row" }, make("td"), ...titles));
  }
  const grid = cells.map((row, i) => row.map((cell, j) => drawn(cell, i === 0 && j === 0)));
  for (const [i, row] of grid.entries()) {
    const title = columns.length <= LABELLED && rows.some(Boolean) ? [titled(rows[i], "rowheader")] : [];
    table.append(make("tr", { role: "row" }, ...title, ...row));
  }
  /** @param {EventTarget | null} target */
  const place = (target) => {
    const cell = target instanceof HTMLTableCellElement ? target : null;
    const i = grid.findIndex((row) => cell && row.includes(cell));
    return { i, j: cell && i >= 0 ? grid[i].indexOf(cell) : -1 };
  };
  /** @param {Event} event */
  const tell = ({ target }) => {
    const { i, j } = place(target);
    if (i < 0) return;
    table.querySelector("[data-picked]")?.removeAttribute("data-picked");
    grid[i][j].dataset.picked = "";
    cells[i][j].tell();
  };
  table.addEventListener("pointerover", tell);
  table.addEventListener("focusin", tell);
  table.addEventListener("click", ({ target }) => {
    const { i, j } = place(target);
    grid[i]?.[j].focus();
  });
  table.addEventListener("keydown", (event) => {
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    const { i, j } = place(event.target);
    const [down, across] = ARROWS[event.key];
    const next = grid[i + down]?.[j + across];
    if (i < 0 || !next) return;
    grid[i][j].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  return table;
}

/** @param {Cell} cell @param {boolean} first */
function drawn({ text, state }, first) {
  const cell = make("td", { role: "gridcell", tabIndex: first ? 0 : -1 }, state === "hidden" ? "·" : text);
  cell.dataset.state = state;
  return cell;
}

/** @param {string} latex @param {string} role */
function titled(latex, role) {
  return make("th", { role }, ...(latex ? [formula(latex)] : []));
}
