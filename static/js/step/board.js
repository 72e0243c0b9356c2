// The board: the derivation line by line as the steps go, to read, or to copy as LaTeX in the end.

import { copy } from "../tools/clipboard.js";
import { align, equation } from "../tools/equations.js";
import { named } from "../tools/formula.js";
import { say } from "../tools/strings.js";

const SHOWN = 2500; // milliseconds

export class Board {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    const part = (name) => root.querySelector(name);
    [this.list, this.none, this.said, this.button] = [".lines", ".none", ".said", ".copy"].map(part);
    this.lines = []; // the items of the steps so far
    this.button.addEventListener("click", () => this.#copy());
  }

  render() {
    const { document: walk, step } = this.player;
    if (this.document !== walk) this.#clear(walk);
    this.none.hidden = step > 0;
    this.button.hidden = step === 0;
    // A column that nobody sees is not set; whoever opens it has it at once.
    if (!walk || !this.root.offsetParent) return;
    while (this.lines.length > step) this.#take();
    while (this.lines.length < step) this.#add(walk.steps[this.lines.length], walk);
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const last = this.lines.at(-1);
    last?.setAttribute("aria-current", "step");
    if (last) this.#follow(last);
  }

  #clear(walk) {
    this.document = walk;
    this.lines = [];
    this.list.replaceChildren();
  }

  #add(step, walk) {
    const before = walk.steps[this.lines.length - 1];
    if (before?.phase !== step.phase) {
      const title = Object.assign(document.createElement("li"), {
        className: "phase",
        textContent: say(`${step.phase} pass`),
      });
      this.list.append(title);
    }
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "line" });
    const told = `${say("step", { step: step.index, steps: walk.steps.length })}: ${step.sentence}`;
    button.append(...named(equation(step), told));
    button.addEventListener("click", () => this.player.go(step.index));
    item.dataset.slot = step.slot;
    item.append(button);
    this.list.append(item);
    this.lines.push(item);
  }

  #take() {
    this.lines.pop().remove();
    if (this.list.lastElementChild?.className === "phase") this.list.lastElementChild.remove();
  }

  // The newest line in sight, where the column scrolls; the page itself moves only under a picture that is pinned.
  #follow(line) {
    const box = line.closest(".right");
    const pinned = [".middle", "computation-graph"].map(
      (name) => getComputedStyle(document.querySelector(name)).position,
    );
    if (pinned.includes("sticky")) {
      line.scrollIntoView({ block: "nearest", inline: "nearest" }); // board.css leaves room for what is pinned
      return;
    }
    if (box.scrollHeight <= box.clientHeight) return;
    const [{ top, bottom }, place] = [line.getBoundingClientRect(), box.getBoundingClientRect()];
    if (bottom > place.bottom) box.scrollTop += bottom - place.bottom + 8;
    else if (top < place.top) box.scrollTop -= place.top - top + 8;
  }

  async #copy() {
    const text = align(this.document.steps.slice(0, this.player.step), (phase) => say(`${phase} pass`));
    const done = await copy(text);
    clearTimeout(this.timer);
    this.said.textContent = say(done ? "latex copied" : "latex not copied");
    this.timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
  }
}
