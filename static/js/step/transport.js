// The transport: buttons, scrubber and "Step 7 of 23".

import { part } from "../tools/elements.js";
import { say } from "../tools/strings.js";

/** @type {Verb[]} */
const VERBS = ["first", "back", "toggle", "forward", "last"];

export class Transport {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.scrubber = part(root, "input", HTMLInputElement);
    this.count = part(root, ".count");
    for (const verb of VERBS) this.#button(verb).addEventListener("click", () => player[verb]());
    this.scrubber.addEventListener("input", () => player.go(Number(this.scrubber.value)));
  }

  render() {
    const { step, steps, playing } = this.player;
    const text = say("step", { step, steps });
    this.scrubber.max = String(steps);
    this.scrubber.value = String(step);
    this.scrubber.setAttribute("aria-valuetext", text);
    this.scrubber.style.setProperty("--turn", `${(100 * (this.player.turns[1] ?? 0)) / (steps || 1)}%`);
    this.scrubber.style.setProperty("--done", `${(100 * step) / (steps || 1)}%`);
    if (this.count.textContent !== text) this.count.textContent = text;
    this.#enable(["first", "back"], step > 0);
    this.#enable(["forward", "last"], step < steps);
    this.#enable(["toggle"], steps > 0);
    this.root.toggleAttribute("data-playing", playing);
    this.#button("toggle").setAttribute("aria-label", say(playing ? "pause" : "play"));
  }

  /** @param {Verb} verb */
  #button(verb) {
    return part(this.root, `[data-do="${verb}"]`);
  }

  /**
   * A button that has nothing to do keeps the focus: otherwise the keyboard would lose its place.
   *
   * @param {Verb[]} verbs
   * @param {boolean} useful
   */
  #enable(verbs, useful) {
    for (const verb of verbs) this.#button(verb).setAttribute("aria-disabled", String(!useful));
  }
}
