// The step card: what this step does, as a sentence, as a rule, with numbers, and part by part.

import { formula, setFormula } from "../tools/formula.js";
import { heatmap, isLarge } from "../tools/heatmap.js";
import { say } from "../tools/strings.js";

const KINDS = { tangent: "tangent step" };

export class Card {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    const part = (name) => root.querySelector(`.${name}`);
    [this.phase, this.sentence, this.rule, this.numbers, this.parts, this.heat, this.derivation] = [
      "phase",
      "sentence",
      "rule",
      "numbers",
      "parts",
      "heatmap",
      "derivation",
    ].map(part);
    this.derivation.addEventListener("toggle", () => this.#derive());
  }

  render() {
    const { document, current, playing } = this.player;
    this.root.hidden = !document;
    if (!document) return;
    if (this.document !== document) this.#reserve(document);
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    if (current) this.#show(current);
    else this.#start(document);
    this.#derive();
  }

  // Room for the tallest step, so that nothing below the card moves while stepping.
  #reserve(document) {
    this.document = document;
    this.derivation.hidden = !document.steps.some((step) => step.derivation);
    this.root.style.setProperty("--tallest", `${Math.max(0, ...document.steps.map(height))}rem`);
  }

  #start(document) {
    this.phase.textContent = say("start");
    this.#say(say("nothing yet"));
    setFormula(this.rule, document.program.latex, { display: true });
    setFormula(this.numbers, "");
    this.parts.replaceChildren();
    this.heat.replaceChildren();
    this.root.dataset.slot = "";
  }

  #show(step) {
    const kind = say(KINDS[step.kind] ?? step.kind);
    this.phase.textContent = `${say(`${step.phase} pass`)} · ${kind}`;
    this.root.dataset.slot = step.slot;
    this.#say(step.sentence);
    setFormula(this.rule, step.rule, { display: true });
    const { numbers } = step;
    setFormula(this.numbers, numbers.length ? `{}= ${numbers.join(" = ")}` : "", { display: true });
    this.parts.replaceChildren(
      ...step.parts.flatMap(({ name, latex }) => {
        const term = globalThis.document.createElement("dt");
        term.textContent = say(name);
        return [term, formula(latex, "dd")];
      }),
    );
    const map = this.player.state.symbols ? null : heatmap(step.result);
    this.heat.replaceChildren(...(map ? [map] : []));
  }

  // From the differential to its transpose, line by line; set only for those who opened it.
  #derive() {
    const lines = this.player.current?.derivation;
    this.derivation.classList.toggle("none", !lines);
    if (!this.derivation.open || this.lines === lines) return;
    this.lines = lines;
    this.derivation
      .querySelector("ol")
      .replaceChildren(...(lines ?? []).map((line, i) => formula(i ? `{}= ${line}` : line, "li")));
  }

  #say(text) {
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
  }
}

// What the numbers and parts of a step take beyond one line, in rem: a matrix takes a line for each row.
function height(step) {
  const lines = (latex) => latex.split("\\\\").length;
  const numbers = Math.max(0, ...step.numbers.map(lines)) - 1;
  const picture = isLarge(step.result) ? 18 : 0;
  return (
    picture +
    step.parts.reduce((sum, { latex }) => sum + Math.max(2.4, 1.5 * lines(latex) + 0.2), Math.max(0, 1.5 * numbers))
  );
}
