// The transport: buttons, scrubber and "Step 7 of 23".

import { say } from "../tools/strings.js";

export class Transport {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.scrubber = root.querySelector("input");
    this.count = root.querySelector(".count");
    this.buttons = Object.fromEntries(Array.from(root.querySelectorAll("[data-do]"), (b) => [b.dataset.do, b]));
    for (const [verb, button] of Object.entries(this.buttons)) {
      button.addEventListener("click", () => player[verb]());
    }
    this.scrubber.addEventListener("input", () => player.go(Number(this.scrubber.value)));
  }

  render() {
    const { step, steps, playing } = this.player;
    const text = say("step", { step, steps });
    this.scrubber.max = steps;
    this.scrubber.value = step;
    this.scrubber.setAttribute("aria-valuetext", text);
    this.scrubber.style.setProperty("--turn", `${(100 * (this.player.turns[1] ?? 0)) / (steps || 1)}%`);
    this.scrubber.style.setProperty("--done", `${(100 * step) / (steps || 1)}%`);
    if (this.count.textContent !== text) this.count.textContent = text;
    for (const verb of ["first", "back"]) this.#enable(verb, step > 0);
    for (const verb of ["forward", "last"]) this.#enable(verb, step < steps);
    this.#enable("toggle", steps > 0);
    this.root.toggleAttribute("data-playing", playing);
    this.buttons.toggle.setAttribute("aria-label", say(playing ? "pause" : "play"));
  }

  // A button that has nothing to do keeps the focus: otherwise the keyboard would lose its place.
  #enable(verb, useful) {
    this.buttons[verb].setAttribute("aria-disabled", String(!useful));
  }
}
