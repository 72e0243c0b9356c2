// The graph as a list for screen readers: every node in the order of evaluation, with its arguments and the numbers
// that are known at this step. The patches of the picture fill it in, so both always say the same.

import { Stage } from "./patches.js";
import { DERIVATIVES, hasSlots } from "../tools/slots.js";
import { say } from "../tools/strings.js";

export class Reading {
  constructor(root, player) {
    this.root = root;
    this.player = player;
  }

  render() {
    const { document: walk, step } = this.player;
    this.root.hidden = !walk;
    if (!walk) return;
    if (this.document !== walk) this.#build(walk);
    this.stage.show(step);
  }

  #build(walk) {
    this.document = walk;
    const slots = ["value", DERIVATIVES[walk.mode]];
    this.root.replaceChildren(
      ...walk.graph.nodes.map((node) => {
        const item = document.createElement("li");
        item.dataset.target = `node_${node.id}`;
        item.append(textOf(node, walk));
        if (hasSlots(node)) {
          for (const slot of slots) item.append("; ", slotOf(node, slot));
        }
        return item;
      }),
    );
    this.stage = new Stage(this.root, walk);
  }
}

function slotOf(node, slot) {
  const part = document.createElement("span");
  part.dataset.slot = slot;
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = say(slot !== "value" && !node.active ? "no derivative" : "not yet computed");
  const more = document.createElement("span");
  more.className = "unfinished";
  more.textContent = ` ${say("so far")}`;
  part.append(`${say(`${slot} slot`)}: `, number, more);
  return part;
}

/** A node in words: its name, the text that it stands for, its operator and arguments. */
export function textOf(node, walk) {
  const { name } = node;
  if (node.kind === "input") return `${name}: ${say("input")}`;
  if (node.kind !== "operator") return name;
  const names = new Map(walk.graph.nodes.map((other) => [other.id, other.name]));
  return `${name} = ${node.op}(${node.args.map((id) => names.get(id)).join(", ")})`;
}
