// The camera: where the picture is larger than its place, what a step writes and reads is brought into sight.
// It moves only when something is out of sight, and only with a step: where the reader has panned, it stays till then.

import { moving } from "./motion.js";

const MARGIN = 18; // pixels between a node and the edge of its place

/**
 * Bring `nodes` into sight, the first above all; `below` pixels at the bottom are covered.
 *
 * @param {import("./view.js").View} view
 * @param {Element[]} nodes
 * @param {{ smooth: boolean, below?: number }} how
 */
export function follow(view, nodes, { smooth, below = 0 }) {
  if (!nodes.length || view.whole) return;
  const { box } = view;
  const place = box.getBoundingClientRect();
  const boxes = nodes.map((node) => node.getBoundingClientRect());
  /**
   * @param {"left" | "top"} start
   * @param {"right" | "bottom"} end
   * @param {number} from
   * @param {number} size
   */
  const shift = (start, end, from, size) => {
    let low = Math.min(...boxes.map((one) => one[start]));
    let high = Math.max(...boxes.map((one) => one[end]));
    if (high - low > size - 2 * MARGIN) [low, high] = [boxes[0][start], boxes[0][end]];
    if (low >= from + MARGIN && high <= from + size - MARGIN) return 0;
    return (low + high) / 2 - from - size / 2;
  };
  box.scrollBy({
    left: shift("left", "right", place.left, box.clientWidth),
    top: shift("top", "bottom", place.top, box.clientHeight - below),
    behavior: smooth && moving() ? "smooth" : "instant",
  });
}
