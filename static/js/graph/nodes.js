// The nodes of the picture for whoever uses a keyboard or a screen reader. Each is a group with a name of its own that
// says what it is and that Enter opens it; the signs drawn inside are not read out one by one. As a button it would
// have to be called by all that is drawn in it (WCAG 2.5.3), numbers too. One of them is a tab stop; ↑ and ↓ go on in the order of evaluation, since ← and → are steps everywhere.
// What the numbers are stands in the list beside the picture (reading.js), which no drawing has to explain.

import { say } from "../tools/strings.js";
import { textOf } from "./reading.js";

const MOVES = { ArrowDown: 1, ArrowUp: -1 };
const SVG = "http://www.w3.org/2000/svg";

export class Nodes {
  constructor(root, open) {
    this.root = root;
    this.open = open;
    const listen = (name, act) => root.shadowRoot.addEventListener(name, (event) => this.#at(event, act));
    listen("click", (event, node) => open(idOf(node), false));
    listen("keydown", (event, node) => this.#press(event, node));
    listen("focusin", (event, node) => this.#stop(node));
  }

  /** Name the nodes of a document that is drawn. */
  dress(walk) {
    const svg = this.root.shadowRoot.querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", say("nodes"));
    for (const layer of svg.querySelectorAll(".edges, .pills, .front")) layer.setAttribute("aria-hidden", "true");
    this.nodes = walk.graph.nodes.flatMap((node) => {
      const group = svg.querySelector(`#node_${CSS.escape(node.id)}`);
      if (!group) return [];
      group.setAttribute("role", "group");
      group.setAttribute("aria-roledescription", say("opens"));
      for (const part of group.children) part.setAttribute("aria-hidden", "true");
      group.setAttribute("tabindex", "-1");
      group.setAttribute("aria-label", textOf(node, walk));
      if (walk.error?.node === node.id) group.append(sign(group, walk.error.message));
      return [group];
    });
    this.nodes[0]?.setAttribute("tabindex", "0");
  }

  focus(id) {
    this.nodes.find((node) => idOf(node) === id)?.focus();
  }

  #at(event, act) {
    const node = event.composedPath().find((element) => this.nodes?.includes(element));
    if (node) act(event, node);
  }

  #press(event, node) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    // After a click Space still plays: only who came by keyboard opens a node with it.
    const pressed = event.key === "Enter" || (event.key === " " && node.matches(":focus-visible"));
    if (!pressed && !(event.key in MOVES)) return;
    event.preventDefault();
    if (pressed) this.open(idOf(node), true);
    else this.nodes[this.nodes.indexOf(node) + MOVES[event.key]]?.focus();
  }

  #stop(node) {
    for (const other of this.nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
  }
}

/** The id of the node to which an event belongs; null for none. */
export function nodeOf(event) {
  const group = event.composedPath().find((element) => element.classList?.contains("node"));
  return group ? idOf(group) : null;
}

function idOf(group) {
  return group.id.slice("node_".length);
}

// At this node the walk stopped: a triangle where its value would be, told by its form and by its title.
function sign(node, message) {
  const made = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const row = node.querySelector('[data-slot="value"] .fill');
  const [x, y] = [Number(row.getAttribute("width")) - 17, Number(row.getAttribute("y")) + 10.5];
  const group = made("g", { class: "sign", transform: `translate(${x} ${y})` });
  const title = made("title", {});
  title.textContent = message;
  group.append(
    title,
    made("path", { d: "M0 -8 9 7H-9z" }),
    made("path", { class: "mark", d: "M0 -2.5v4.500M0 4.700v.100" }),
  );
  return group;
}
