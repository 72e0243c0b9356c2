// The step card: what this step does, as a sentence, as a rule, with numbers, and part by part.

import { sides } from "../tools/equations.js";
import { formula, setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";

const KINDS = { tangent: "tangent step" };

export class Card {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    const part = (name) => root.querySelector(`.${name}`);
    [this.phase, this.sentence, this.rule, this.numbers, this.parts] =
      ["phase", "sentence", "rule", "numbers", "parts"].map(part);
  }

  render() {
    const { document, current, playing } = this.player;
    this.root.hidden = !document;
    if (!document) return;
    if (this.document !== document) this.#reserve(document);
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    if (current) this.#show(current);
    else this.#start(document);
  }

  // Room for the step with the most parts, so that nothing below the card moves while stepping.
  #reserve(document) {
    this.document = document;
    const parts = Math.max(0, ...document.steps.map((step) => step.parts.length));
    this.root.style.setProperty("--parts", parts);
  }

  #start(document) {
    this.phase.textContent = say("start");
    this.#say(say("nothing yet"));
    setFormula(this.rule, document.program.latex, { display: true });
    setFormula(this.numbers, "");
    this.parts.replaceChildren();
    this.root.dataset.slot = "";
  }

  #show(step) {
    const kind = say(KINDS[step.kind] ?? step.kind);
    this.phase.textContent = `${say(`${step.phase} pass`)} · ${kind}`;
    this.root.dataset.slot = step.slot;
    this.#say(step.sentence);
    setFormula(this.rule, step.rule, { display: true });
    const right = sides(step);
    setFormula(this.numbers, right.length ? `{}= ${right.join(" = ")}` : "", { display: true });
    this.parts.replaceChildren(...step.parts.flatMap(({ name, latex }) => {
      const term = globalThis.document.createElement("dt");
      term.textContent = say(name);
      return [term, formula(latex, "dd")];
    }));
  }

  #say(text) {
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
  }
}
