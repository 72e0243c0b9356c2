// The picture: hands the document and the step to its <computation-graph>, and tells where it is pointed at.

import { part } from "../tools/elements.js";
import { say } from "../tools/strings.js";
import { Nodes, nodeOf } from "./nodes.js";

const CROWD = 60; // from so many nodes the page says how to find one's way

export class Picture {
  /**
   * `details` opens all about a node, `folds` folds and unfolds one.
   *
   * @param {GraphElement} root
   * @param {Player} player
   * @param {{ open(id: string, focus: boolean, back: () => void): void }} details
   * @param {{ toggle(id: string): void }} folds
   */
  constructor(root, player, details, folds) {
    this.root = root;
    this.player = player;
    this.crowd = part(document, "#crowd");
    this.nodes = new Nodes(root, (id, focus) => details.open(id, focus, () => this.nodes.focus(id)));
    // What goes from one node to another never leaves the shadow root.
    const { inside } = root;
    inside.addEventListener("dblclick", (event) => {
      const node = player.document?.graph.nodes.find(({ id }) => id === nodeOf(event));
      if (node?.opens) folds.toggle(node.opens);
    });
    for (const name of ["pointerover", "focusin"]) {
      inside.addEventListener(name, (event) => player.point(nodeOf(event)));
    }
    inside.addEventListener("focusout", () => player.point(null));
    root.addEventListener("pointerleave", () => player.point(null));
    player.addPointer((id) => {
      root.pointed = id;
    });
  }

  render() {
    const { document: walk, step, pointed } = this.player;
    if (!walk) return;
    if (this.root.document !== walk) {
      this.root.step = step;
      this.root.document = walk;
      this.root.replaceChildren();
      this.nodes.dress(walk);
      const count = walk.graph.nodes.length;
      this.crowd.hidden = count < CROWD;
      this.crowd.textContent = count < CROWD ? "" : say("crowd", { count });
      this.root.pointed = pointed;
    }
    this.root.step = step;
  }
}
