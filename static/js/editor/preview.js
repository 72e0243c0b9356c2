// The formula of what is being typed, before it is drawn. A text that is not whole yet keeps the last good formula,
// greyed; what is wrong with it is said only after a pause, so that nobody is interrupted in the middle of a word.

import { part } from "../tools/elements.js";
import { setFormula } from "../tools/formula.js";
import { Asking, answerOf } from "../walk/asking.js";
import { DEFAULTS, encode } from "../walk/codec.js";

const PAUSE = 200; // milliseconds without typing before the formula is asked for
const PATIENCE = 700; // and before something is said to be wrong
/** A text with LaTeX in it. */
const LATEX = /\\[A-Za-z]|\\[[(]|[_^]\{/;
/** One with words of Python's, a method, or an element that is assigned. */
const PYTHON =
  /^\s*(?:import|from|def|class|for|while|return|with|print)\b|\blambda\b|\b(?:np|numpy|jnp|torch|nn|F|math)\.\w|\.[A-Za-z_]\w*\s*\(|^\s*\w+\[.*\]\s*[-+*/]?=[^=]/m;

/** Whether a text has an offer of its own (offer.js): it may not be in the language. @param {string} text */
export const isForeign = (text) => LATEX.test(text) || PYTHON.test(text);

export class Preview {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asking = new Asking();
  /** What is wrong with what is typed. @type {Complained | null} */
  problem = null;
  /** @type {string | null} */
  #drawn = null;
  #typed = "";

  /** @param {HTMLElement} root @param {Player} player @param {() => void} tell */
  constructor(root, player, tell) {
    this.root = root;
    this.player = player;
    this.tell = tell; // called when `problem` has changed
    this.text = part(root, ".formula");
  }

  /**
   * The field says `text`, and `drawn` is the program of the page, of which everything has been said.
   *
   * @param {string} text
   * @param {string | null} drawn
   */
  update(text, drawn) {
    if (text === this.#typed && drawn === this.#drawn) return;
    [this.#typed, this.#drawn] = [text, drawn];
    clearTimeout(this.#timer);
    this.#asking.drop();
    this.problem = null;
    if (text === drawn || !text.trim() || isForeign(text)) {
      this.root.hidden = true;
      setFormula(this.text, "");
    } else {
      const since = performance.now();
      this.#timer = setTimeout(() => this.#ask(text, since), PAUSE);
    }
  }

  /** Where there is no answer, whoever draws is told. @param {string} text @param {number} since */
  #ask(text, since) {
    const { lang, at } = this.player.state;
    const asked = { ...DEFAULTS, e: text, at, lang: lang || document.documentElement.lang };
    /** @type {(signal: AbortSignal) => Promise<Formula>} */
    const send = async (signal) => answerOf(`${this.root.dataset.api}?${await encode(asked)}`, { signal });
    this.#asking.ask(text, send, ({ answer, complaint }) => {
      if (answer) this.#show(answer.latex);
      else if (complaint) this.#complain(complaint, since);
    });
  }

  /** @param {string} latex */
  #show(latex) {
    this.root.removeAttribute("data-stale");
    setFormula(this.text, latex, { display: true });
    this.root.hidden = false;
  }

  /** @param {Complained} problem @param {number} since */
  #complain(problem, since) {
    this.root.setAttribute("data-stale", "");
    const wait = Math.max(0, since + PATIENCE - performance.now());
    this.#timer = setTimeout(() => {
      this.problem = problem;
      this.tell();
    }, wait);
  }
}
