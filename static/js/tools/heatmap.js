// A large array at a glance: one cell for each number, blue above zero and orange below, with its scale in words,
// and all numbers on demand. What is larger still is shown by every n-th row and column.

import { draw, make } from "./elements.js";
import { say } from "./strings.js";
import { isComplex } from "./written.js";

const FITS = 6; // an array that is no larger is typeset
const MOST = 48; // rows and columns

/**
 * Whether nested lists of real numbers are too large to be typeset, and have no more than two axes.
 *
 * @param {Value} value
 */
export function isLarge(value) {
  if (!Array.isArray(value) || isComplex(value)) return false;
  const [first] = value;
  if (Array.isArray(first) && Array.isArray(first[0])) return false;
  const across = Array.isArray(first) ? first.length : 1;
  return across > 0 && Math.max(value.length, across) > FITS;
}

/** The heat map of nested lists, or null for what is not so large. @param {Value} value */
export function heatmap(value) {
  if (!Array.isArray(value) || !isLarge(value)) return null;
  const flat = !Array.isArray(value[0]);
  const rows = (flat ? [value] : value).map((row) => (Array.isArray(row) ? row.map(Number) : []));
  const numbers = rows.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const shape = flat ? String(rows[0].length) : `${rows.length}×${rows[0].length}`;
  const words = say("heat", { shape, low: short(low), high: short(high), mean: short(mean) });
  const said = make("p", { textContent: words, ariaHidden: "true" });
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return make("div", { className: "heat" }, picture(rows, size, words), said, table(rows));
}

/** @param {number[][]} rows @param {number} size @param {string} words */
function picture(rows, size, words) {
  const [down, across] = [Math.ceil(rows.length / MOST), Math.ceil(rows[0].length / MOST)];
  const shown = rows.filter((_, i) => i % down === 0).map((row) => row.filter((_, j) => j % across === 0));
  const viewBox = `0 0 ${shown[0].length} ${shown.length}`;
  const svg = draw("svg", { role: "img", "aria-label": words, viewBox });
  svg.style.aspectRatio = `${shown[0].length} / ${shown.length}`;
  for (const [y, row] of shown.entries()) {
    for (const [x, number] of row.entries()) {
      const opacity = (Math.abs(number) / size).toFixed(2);
      const sign = number < 0 ? "below" : "above";
      svg.append(draw("rect", { x, y, width: 1, height: 1, class: sign, "fill-opacity": opacity }));
    }
  }
  return svg;
}

/** @param {number[][]} rows */
function table(rows) {
  const details = make("details", {}, make("summary", {}, say("all numbers")));
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    const lines = rows.map((row) => row.map((number) => short(number).padStart(10)).join(""));
    details.append(make("pre", { tabIndex: 0 }, lines.join("\n")));
  });
  return details;
}

/** @param {number} number */
function short(number) {
  return String(Number(number.toPrecision(4))).replace("-", "−");
}
