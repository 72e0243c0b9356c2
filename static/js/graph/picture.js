// The picture: hands the document and the step to its <computation-graph>, and tells where it is pointed at.

import { nodeOf, Nodes } from "./nodes.js";
import { say } from "../tools/strings.js";

const CROWD = 60; // from so many nodes the page says how to find one's way

export class Picture {
  constructor(root, player, details, folds) {
    this.root = root;
    this.player = player;
    this.crowd = globalThis.document.getElementById("crowd");
    this.nodes = new Nodes(root, (id, focus) => details.open(id, focus, () => this.nodes.focus(id)));
    // What goes from one node to another never leaves the shadow root.
    const inside = root.shadowRoot;
    inside.addEventListener("dblclick", (event) => {
      const node = player.document.graph.nodes.find(({ id }) => id === nodeOf(event));
      if (node?.opens) folds.toggle(node.opens);
    });
    for (const name of ["pointerover", "focusin"]) {
      inside.addEventListener(name, (event) => player.point(nodeOf(event)));
    }
    inside.addEventListener("focusout", () => player.point(null));
    root.addEventListener("pointerleave", () => player.point(null));
    player.addPointer((id) => (root.pointed = id));
  }

  render() {
    const { document, step, pointed } = this.player;
    if (!document) return;
    if (this.root.document !== document) {
      this.root.step = step;
      this.root.document = document;
      this.root.replaceChildren();
      this.nodes.dress(document);
      const count = document.graph.nodes.length;
      this.crowd.hidden = count < CROWD;
      this.crowd.textContent = count < CROWD ? "" : say("crowd", { count });
      this.root.pointed = pointed;
    }
    this.root.step = step;
  }
}
