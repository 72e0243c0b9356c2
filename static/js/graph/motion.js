// What travels along an edge in a step: a contribution backwards, a value or tangent forwards.
// The Web Animations API moves a dot along the edge's own path (from tip to tip); nothing else moves.

import { draw, part, parts } from "../tools/elements.js";
import { preferences } from "../tools/preferences.js";

const USED = '.edges > [data-state="now"], .edges > [data-state="back"]';
const EASING = "cubic-bezier(0.45, 0, 0.25, 1)";
/** @type {Record<string, number>} */
const TIMES = { normal: 520, slow: 1600, off: 0 }; // milliseconds

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** How long a journey takes: as the reader chose, else as the system has it; 0 is none. */
function time() {
  return TIMES[preferences.get("motion")] ?? (still.matches ? TIMES.off : TIMES.normal);
}

/** Whether anything may move. */
export function moving() {
  return time() > 0;
}

/**
 * Send a dot along every edge that is in use in `svg`; what still travels from an earlier step is dropped.
 *
 * @param {SVGSVGElement} svg
 */
export function travel(svg) {
  const layer = part(svg, ".pills", SVGElement);
  for (const dot of layer.querySelectorAll(".traveller")) dot.remove();
  const duration = time();
  if (!duration) return;
  for (const edge of parts(svg, USED, SVGElement)) {
    const dot = draw("circle", { class: "traveller", r: 5.5 });
    dot.style.offsetPath = `path("${part(edge, ".line", SVGElement).getAttribute("d")}")`;
    dot.style.offsetRotate = "0deg";
    layer.prepend(dot); // under the pill, which holds the local derivative
    const ways = [{ offsetDistance: "0%" }, { offsetDistance: "100%" }];
    const frames = edge.dataset.state === "back" ? ways.reverse() : ways;
    const journey = dot.animate(frames, { duration, easing: EASING });
    journey.onfinish = () => dot.remove();
    for (const pill of parts(svg, `#${edge.id.replace("edge", "pill")}`, SVGElement)) multiply(pill, duration);
  }
}

/**
 * On its way the dot goes through the pill, and the pill lights up: here the local derivative is multiplied by.
 *
 * @param {SVGElement} pill
 * @param {number} duration
 */
function multiply(pill, duration) {
  if (pill.dataset.state !== "now") return;
  const parts = { rect: "var(--active)", text: "var(--active-ink)" };
  for (const [name, colour] of Object.entries(parts)) {
    const lit = { fill: colour };
    const frames = [{}, { offset: 0.2 }, { ...lit, offset: 0.36 }, { ...lit, offset: 0.62 }, {}];
    part(pill, name, SVGElement).animate(frames, duration * 1.4);
  }
}
