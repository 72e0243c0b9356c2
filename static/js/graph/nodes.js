// The nodes of the picture for whoever uses a keyboard or a screen reader. Each is a group with a name of its own that
// says what it is and that Enter opens it; the signs drawn inside are not read out one by one. As a button it would
// have to be called by all that is drawn in it (WCAG 2.5.3), numbers too. One of them is a tab stop; ↑ and ↓ go on in
// the order of evaluation, since ← and → are steps everywhere.
// What the numbers are stands in the list beside the picture (reading.js), which no drawing has to explain.

import { draw, part, parts } from "../tools/elements.js";
import { say } from "../tools/strings.js";
import { textOf } from "./reading.js";

/** @type {Record<string, number>} */
const MOVES = { ArrowDown: 1, ArrowUp: -1 };

export class Nodes {
  /** Their groups, in the order of evaluation. @type {SVGElement[]} */
  #groups = [];

  /**
   * `open(id, focus)` shows all about a node.
   *
   * @param {GraphElement} root
   * @param {(id: string, focus: boolean) => void} open
   */
  constructor(root, open) {
    this.root = root;
    this.open = open;
    const { inside } = root;
    inside.addEventListener("click", (event) => this.#at(event, (node) => open(idOf(node), false)));
    inside.addEventListener("focusin", (event) => this.#at(event, (node) => this.#stop(node)));
    inside.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent) this.#at(event, (node) => this.#press(event, node));
    });
  }

  /** Name the nodes of a document that is drawn. @param {Walk} walk */
  dress(walk) {
    const svg = part(this.root.inside, "svg", SVGElement);
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", say("nodes"));
    for (const layer of svg.querySelectorAll(".edges, .pills, .front")) layer.setAttribute("aria-hidden", "true");
    this.#groups = walk.graph.nodes.flatMap((node) => {
      const found = parts(svg, `#node_${CSS.escape(node.id)}`, SVGElement);
      for (const group of found) this.#name(group, node, walk);
      return found;
    });
    this.#groups[0]?.setAttribute("tabindex", "0");
  }

  /** @param {SVGElement} group @param {GraphNode} node @param {Walk} walk */
  #name(group, node, walk) {
    group.setAttribute("role", "group");
    group.setAttribute("aria-roledescription", say("opens"));
    for (const inner of group.children) inner.setAttribute("aria-hidden", "true");
    group.setAttribute("tabindex", "-1");
    group.setAttribute("aria-label", textOf(node, walk));
    if (walk.error?.node === node.id) group.append(sign(group, walk.error.message));
  }

  /** @param {string} id */
  focus(id) {
    this.#groups.find((node) => idOf(node) === id)?.focus();
  }

  /** @param {Event} event @param {(node: SVGElement) => void} act */
  #at(event, act) {
    const path = event.composedPath();
    const node = this.#groups.find((group) => path.includes(group));
    if (node) act(node);
  }

  /** @param {KeyboardEvent} event @param {SVGElement} node */
  #press(event, node) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    // After a click Space still plays: only who came by keyboard opens a node with it.
    const pressed = event.key === "Enter" || (event.key === " " && node.matches(":focus-visible"));
    if (!pressed && !(event.key in MOVES)) return;
    event.preventDefault();
    if (pressed) this.open(idOf(node), true);
    else this.#groups[this.#groups.indexOf(node) + MOVES[event.key]]?.focus();
  }

  /** @param {SVGElement} node */
  #stop(node) {
    for (const other of this.#groups) other.setAttribute("tabindex", other === node ? "0" : "-1");
  }
}

/** The id of the node to which an event belongs; null for none. @param {Event} event */
export function nodeOf(event) {
  for (const element of event.composedPath()) {
    if (element instanceof Element && element.classList.contains("node")) return idOf(element);
  }
  return null;
}

/** @param {Element} group */
function idOf(group) {
  return group.id.slice("node_".length);
}

/**
 * At this node the walk stopped: a triangle where its value would be, told by its form and by its title.
 *
 * @param {SVGElement} node
 * @param {string} message
 */
function sign(node, message) {
  const row = part(node, '[data-slot="value"] .fill', SVGElement);
  const [x, y] = [Number(row.getAttribute("width")) - 17, Number(row.getAttribute("y")) + 10.5];
  return draw(
    "g",
    { class: "sign", transform: `translate(${x} ${y})` },
    draw("title", {}, message),
    draw("path", { d: "M0 -8 9 7H-9z" }),
    draw("path", { class: "mark", d: "M0 -2.5v4.500M0 4.700v.100" }),
  );
}
