// A large array at a glance: one cell for each number, blue above zero and orange below, with its scale in words,
// and all numbers on demand. What is larger still is shown by every n-th row and column.

import { say } from "./strings.js";
import { isComplex } from "./written.js";

const SVG = "http://www.w3.org/2000/svg";
const FITS = 6; // an array that is no larger is typeset
const MOST = 48; // rows and columns

/** Whether nested lists of real numbers are too large to be typeset, and have no more than two axes. */
export function isLarge(value) {
  if (!Array.isArray(value) || Array.isArray(value[0]?.[0]) || isComplex(value)) return false;
  const across = Array.isArray(value[0]) ? value[0].length : 1;
  return across > 0 && Math.max(value.length, across) > FITS;
}

/** The heat map of nested lists, or null for what is not so large. */
export function heatmap(value) {
  if (!isLarge(value)) return null;
  const rows = Array.isArray(value[0]) ? value : [value];
  const numbers = rows.flat().map(Number).filter(Number.isFinite);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const root = document.createElement("div");
  root.className = "heat";
  const words = say("heat", {
    shape: Array.isArray(value[0]) ? `${rows.length}×${rows[0].length}` : String(rows[0].length),
    low: short(low),
    high: short(high),
    mean: short(mean),
  });
  root.append(picture(rows, Math.max(Math.abs(low), Math.abs(high)) || 1, words), paragraph(words), table(rows));
  return root;
}

function picture(rows, size, words) {
  const svg = element("svg", { role: "img", "aria-label": words });
  const [down, across] = [Math.ceil(rows.length / MOST), Math.ceil(rows[0].length / MOST)];
  const shown = rows.filter((_, i) => i % down === 0).map((row) => row.filter((_, j) => j % across === 0));
  svg.setAttribute("viewBox", `0 0 ${shown[0].length} ${shown.length}`);
  svg.style.aspectRatio = `${shown[0].length} / ${shown.length}`;
  shown.forEach((row, y) =>
    row.forEach((number, x) => {
      const strength = Math.abs(Number(number)) / size;
      svg.append(
        element("rect", {
          x,
          y,
          width: 1,
          height: 1,
          class: Number(number) < 0 ? "below" : "above",
          "fill-opacity": strength.toFixed(2),
        }),
      );
    }),
  );
  return svg;
}

function table(rows) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = say("all numbers");
  details.append(summary);
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    const text = document.createElement("pre");
    text.tabIndex = 0;
    text.textContent = rows.map((row) => row.map((number) => short(Number(number)).padStart(10)).join("")).join("\n");
    details.append(text);
  });
  return details;
}

function paragraph(words) {
  return Object.assign(document.createElement("p"), { textContent: words, ariaHidden: "true" });
}

function short(number) {
  return String(Number(number.toPrecision(4))).replace("-", "−");
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
