// The graph as a list for screen readers: every node in the order of evaluation, with its arguments and the numbers
// that are known at this step. The patches of the picture fill it in, so both always say the same.

import { make } from "../tools/elements.js";
import { DERIVATIVES, hasSlots } from "../tools/slots.js";
import { say } from "../tools/strings.js";
import { Stage } from "./patches.js";

export class Reading {
  /** @type {Walk | null} */
  #document = null;
  /** @type {Stage | null} */
  #stage = null;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
  }

  render() {
    const { document: walk, step } = this.player;
    this.root.hidden = !walk;
    if (!walk) return;
    if (this.#document !== walk) this.#build(walk);
    this.#stage?.show(step);
  }

  /** @param {Walk} walk */
  #build(walk) {
    this.#document = walk;
    const items = walk.graph.nodes.map((node) => {
      const slots = hasSlots(node) ? /** @type {const} */ (["value", DERIVATIVES[walk.mode]]) : [];
      const item = make("li", {}, textOf(node, walk), ...slots.flatMap((slot) => ["; ", slotOf(node, slot)]));
      item.dataset.target = `node_${node.id}`;
      return item;
    });
    this.root.replaceChildren(...items);
    this.#stage = new Stage(this.root, walk);
  }
}

/** @param {GraphNode} node @param {Step["slot"]} slot */
function slotOf(node, slot) {
  const awaited = say(slot !== "value" && !node.active ? "no derivative" : "not yet computed");
  const number = make("span", { className: "number" }, awaited);
  const more = make("span", { className: "unfinished" }, ` ${say("so far")}`);
  const told = make("span", {}, `${say(`${slot} slot`)}: `, number, more);
  told.dataset.slot = slot;
  return told;
}

/** A node in words: its name, its operator and arguments. @param {GraphNode} node @param {Walk} walk */
export function textOf(node, walk) {
  const { name } = node;
  if (node.role) return `${name}: ${say(node.role === "parameter" ? "input" : node.role)}`;
  if (node.kind !== "operator") return name;
  const names = new Map(walk.graph.nodes.map((other) => [other.id, other.name]));
  return `${name} = ${node.op}(${node.args.map((id) => names.get(id)).join(", ")})`;
}
