// The board: the derivation line by line as the steps go, to read, or to copy as LaTeX in the end.

import { copy } from "../tools/clipboard.js";
import { button, make, part } from "../tools/elements.js";
import { align, equation } from "../tools/equations.js";
import { named } from "../tools/formula.js";
import { say } from "../tools/strings.js";

const SHOWN = 2500; // milliseconds

export class Board {
  /** @type {Walk | null} */
  #document = null;
  /** The items of the steps so far. @type {HTMLElement[]} */
  #lines = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.list = part(root, ".lines");
    this.none = part(root, ".none");
    this.said = part(root, ".said");
    this.button = part(root, ".copy");
    this.button.addEventListener("click", () => this.#copy());
  }

  render() {
    const { document: walk, step } = this.player;
    if (this.#document !== walk) this.#clear(walk);
    this.none.hidden = step > 0;
    this.button.hidden = step === 0;
    // A column that nobody sees is not set; whoever opens it has it at once.
    if (!walk || !this.root.offsetParent) return;
    while (this.#lines.length > step) this.#take();
    while (this.#lines.length < step) this.#add(walk.steps[this.#lines.length], walk);
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const last = this.#lines.at(-1);
    last?.setAttribute("aria-current", "step");
    if (last) this.#follow(last);
  }

  /** @param {Walk | null} walk */
  #clear(walk) {
    this.#document = walk;
    this.#lines = [];
    this.list.replaceChildren();
  }

  /** @param {Step} step @param {Walk} walk */
  #add(step, walk) {
    const before = walk.steps[this.#lines.length - 1];
    if (before?.phase !== step.phase) this.list.append(make("li", { className: "phase" }, say(`${step.phase} pass`)));
    const told = `${say("step", { step: step.index, steps: walk.steps.length })}: ${step.sentence}`;
    const line = button("", () => this.player.go(step.index), "line");
    line.append(...named(equation(step), told));
    const item = make("li", {}, line);
    item.dataset.slot = step.slot;
    this.list.append(item);
    this.#lines.push(item);
  }

  #take() {
    this.#lines.pop()?.remove();
    const { lastElementChild: last } = this.list;
    if (last?.className === "phase") last.remove();
  }

  /**
   * The newest line in sight, where the column scrolls; the page itself moves only under a picture that is pinned.
   *
   * @param {HTMLElement} line
   */
  #follow(line) {
    const box = line.closest(".right");
    const pinned = [".middle", "computation-graph"].map((name) => getComputedStyle(part(document, name)).position);
    if (pinned.includes("sticky")) {
      line.scrollIntoView({ block: "nearest", inline: "nearest" }); // board.css leaves room for what is pinned
      return;
    }
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const [{ top, bottom }, place] = [line.getBoundingClientRect(), box.getBoundingClientRect()];
    if (bottom > place.bottom) box.scrollTop += bottom - place.bottom + 8;
    else if (top < place.top) box.scrollTop -= place.top - top + 8;
  }

  async #copy() {
    const text = align((this.#document?.steps ?? []).slice(0, this.player.step), (phase) => say(`${phase} pass`));
    const done = await copy(text);
    clearTimeout(this.#timer);
    this.said.textContent = say(done ? "latex copied" : "latex not copied");
    this.#timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
  }
}
