// The step card: what this step does, as a sentence, as a rule, with numbers, and part by part.

import { make, part } from "../tools/elements.js";
import { formula, setFormula } from "../tools/formula.js";
import { heatmap, isLarge } from "../tools/heatmap.js";
import { say } from "../tools/strings.js";

/** @type {Record<string, string>} */
const KINDS = { tangent: "tangent step" };

export class Card {
  /** @type {Walk | null} */
  #document = null;
  /** The derivation that is set. @type {string[] | undefined} */
  #lines;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.phase = part(root, ".phase");
    this.sentence = part(root, ".sentence");
    this.rule = part(root, ".rule");
    this.numbers = part(root, ".numbers");
    this.parts = part(root, ".parts");
    this.heat = part(root, ".heatmap");
    this.derivation = part(root, ".derivation", HTMLDetailsElement);
    this.derivation.addEventListener("toggle", () => this.#derive());
  }

  render() {
    const { document: walk, current, playing } = this.player;
    this.root.hidden = !walk;
    if (!walk) return;
    if (this.#document !== walk) this.#reserve(walk);
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    if (current) this.#show(current);
    else this.#start(walk);
    this.#derive();
  }

  /** Room for the tallest step, so that nothing below the card moves while stepping. @param {Walk} walk */
  #reserve(walk) {
    this.#document = walk;
    this.derivation.hidden = !walk.steps.some((step) => step.derivation);
    this.root.style.setProperty("--tallest", `${Math.max(0, ...walk.steps.map(height))}rem`);
  }

  /** @param {Walk} walk */
  #start(walk) {
    this.phase.textContent = say("start");
    this.#say(say("nothing yet"));
    setFormula(this.rule, walk.program.latex, { display: true });
    setFormula(this.numbers, "");
    this.parts.replaceChildren();
    this.heat.replaceChildren();
    this.root.dataset.slot = "";
  }

  /** @param {Step} step */
  #show(step) {
    const kind = say(KINDS[step.kind] ?? step.kind);
    this.phase.textContent = `${say(`${step.phase} pass`)} · ${kind}`;
    this.root.dataset.slot = step.slot;
    this.#say(step.sentence);
    setFormula(this.rule, step.rule, { display: true });
    const { numbers } = step;
    setFormula(this.numbers, numbers.length ? `{}= ${numbers.join(" = ")}` : "", { display: true });
    const terms = step.parts.flatMap(({ name, latex }) => [make("dt", {}, say(name)), formula(latex, "dd")]);
    this.parts.replaceChildren(...terms);
    const map = this.player.state.symbols ? null : heatmap(step.result);
    this.heat.replaceChildren(...(map ? [map] : []));
  }

  // From the differential to its transpose, line by line; set only for those who opened it.
  #derive() {
    const lines = this.player.current?.derivation;
    this.derivation.classList.toggle("none", !lines);
    if (!this.derivation.open || this.#lines === lines) return;
    this.#lines = lines;
    const items = (lines ?? []).map((line, i) => formula(i ? `{}= ${line}` : line, "li"));
    part(this.derivation, "ol").replaceChildren(...items);
  }

  /** @param {string} text */
  #say(text) {
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
  }
}

/**
 * What the numbers and parts of a step take beyond one line, in rem: a matrix takes a line for each row.
 *
 * @param {Step} step
 */
function height(step) {
  const lines = (/** @type {string} */ latex) => latex.split("\\\\").length;
  const numbers = Math.max(0, 1.5 * (Math.max(0, ...step.numbers.map(lines)) - 1));
  const parts = step.parts.map(({ latex }) => Math.max(2.4, 1.5 * lines(latex) + 0.2));
  return parts.reduce((sum, one) => sum + one, numbers + (isLarge(step.result) ? 18 : 0));
}
