// What one node stands for: an operator or a statement, and what is opened or folded besides. The walk stays where
// it is: at the step that corresponds in the other picture.

import { parts } from "../tools/elements.js";
import { say } from "../tools/strings.js";

export class Folds {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.buttons = parts(root, "[data-grain]");
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.#choose(button.dataset.grain ?? ""));
    }
  }

  render() {
    const { document: walk } = this.player;
    this.root.hidden = !walk?.graph.nodes.some((node) => node.folds.length || node.opens);
    for (const button of this.buttons)
      button.setAttribute("aria-pressed", String(button.dataset.grain === walk?.grain));
  }

  /** Open what is folded, or fold what is open: a scope or an operator, by its id. @param {string} id */
  toggle(id) {
    const folds = this.player.document?.folds ?? [];
    const others = folds.filter((one) => one !== id);
    this.#ask({ folds: others.length < folds.length ? others : [...folds, id] });
  }

  /** What can be done with a node, opening first. @param {GraphNode} node */
  offers(node) {
    const fold = node.folds.map(({ id, name }) => ({ id, label: say("fold into", { name }) }));
    return node.opens ? [{ id: node.opens, label: say("open") }, ...fold] : fold;
  }

  /** Open or fold the node that is pointed at, or whose details are open, or that the step is about. */
  turn() {
    const { document: walk, pointed, chosen, current } = this.player;
    const node = walk?.graph.nodes.find(({ id }) => id === (pointed ?? chosen ?? current?.node));
    const [offer] = node ? this.offers(node) : [];
    if (offer) this.toggle(offer.id);
  }

  /** @param {string} grain */
  #choose(grain) {
    if (grain !== this.player.document?.grain) this.#ask({ grain, folds: [] });
  }

  /** @param {Partial<State> & { folds: string[] }} changes */
  #ask({ folds, ...changes }) {
    this.player.ask({ ...changes, folds: folds.length ? folds : null }, { keep: true });
  }
}
