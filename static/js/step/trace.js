// The evaluation trace: one row for each node, filled in by the same patches as the picture.

import { Stage } from "../graph/patches.js";
import { make, part, parts } from "../tools/elements.js";
import { formula, named } from "../tools/formula.js";
import { DERIVATIVES, hasSlots } from "../tools/slots.js";
import { say } from "../tools/strings.js";

const SIGNS = { forward: "\\dot v", reverse: "\\bar v" };

export class Trace {
  /** @type {Walk | null} */
  #document = null;
  /** @type {Stage | null} */
  #stage = null;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.body = part(root, "tbody");
    this.head = part(root, ".derivative");
    this.body.addEventListener("pointerover", ({ target }) => {
      const row = target instanceof Element && target.closest("tr");
      if (row) player.point(row.id.slice("node_".length));
    });
    this.body.addEventListener("pointerleave", () => player.point(null));
    player.addPointer((id) => this.#light(id));
  }

  render() {
    const { document: walk, step } = this.player;
    this.root.hidden = !walk;
    if (!walk) return;
    if (this.#document !== walk) this.#build(walk);
    this.#stage?.show(step);
    this.#follow();
  }

  /** @param {Walk} walk */
  #build(walk) {
    this.#document = walk;
    const slot = DERIVATIVES[walk.mode];
    this.head.replaceChildren(`${say(`${slot} slot`)} `, formula(SIGNS[walk.mode]));
    const rows = walk.graph.nodes.filter(hasSlots);
    this.body.replaceChildren(...rows.map((node) => this.#row(node, slot)));
    this.#stage = new Stage(this.body, walk);
    // Columns are as wide as their longest number will be, so that none moves when it comes.
    const patches = walk.steps.flatMap((step) => Object.entries(step.patch));
    for (const [name, which] of [
      ["--value", "value"],
      ["--derivative", slot],
    ]) {
      const lengths = patches.map(([target, { text }]) =>
        target.endsWith(`.${which}`) ? String(text ?? "").length : 0,
      );
      this.root.style.setProperty(`${name}-characters`, String(Math.max(6, ...lengths)));
    }
  }

  /** @param {GraphNode} node @param {Step["slot"]} slot */
  #row(node, slot) {
    const row = make("tr", { id: `node_${node.id}` });
    row.dataset.kind = node.kind;
    const name = make("th", { scope: "row" }, ...named(node.symbol, node.name || node.id));
    const role = node.role === "parameter" ? "input" : node.role;
    const text = role ? make("span", { className: "muted" }, say(role)) : formula(node.latex);
    row.append(name, make("td", { className: "formula" }, text));
    for (const which of ["value", slot]) {
      const cell = make("td", { className: "slot" }, make("span", { className: "number" }));
      cell.dataset.slot = which;
      cell.dataset.state = "empty";
      row.append(cell);
    }
    return row;
  }

  /** @param {string | null} id */
  #light(id) {
    this.body.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    if (id) this.body.querySelector(`#node_${CSS.escape(id)}`)?.setAttribute("data-pointed", "");
  }

  // Keeps the row of this step in sight, where the table scrolls by itself.
  #follow() {
    const [row] = parts(this.body, '[data-state="written"]');
    const box = this.root;
    if (!row || box.scrollHeight <= box.clientHeight) return;
    const [top, height] = [row.offsetTop, row.offsetHeight];
    if (top < box.scrollTop + 2 * height) box.scrollTop = top - 2 * height;
    else if (top + 2 * height > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * height - box.clientHeight;
  }
}
