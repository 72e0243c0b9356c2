// "Check mine": a backward pass that somebody wrote, and a verdict on each of its gradients.

import { button, make, part } from "../tools/elements.js";
import { formula } from "../tools/formula.js";
import { say } from "../tools/strings.js";
import { Asking } from "../walk/asking.js";
import { dependence, fetchStudy } from "../walk/studies.js";

/** @typedef {Verdicts["verdicts"][number]} Verdict */

const KEY = "chainwalk-backward"; // what was typed outlives the page, not the window
/** @type {Record<string, string>} */
const SIGNS = { right: "✓", fed: "→", lucky: "!", missing: "·" };

export class Checking {
  /** @type {string | undefined} */
  #about;

  /** @param {HTMLElement} root @param {Player} player @param {HTMLElement} problem */
  constructor(root, player, problem) {
    this.root = root;
    this.player = player;
    this.asking = new Asking({ root, problem });
    this.field = part(root, "textarea", HTMLTextAreaElement);
    this.outcome = part(root, ".outcome");
    this.list = part(root, ".verdicts");
    this.field.value = remembered();
    this.field.addEventListener("input", () => {
      remember(this.field.value);
      this.#clear(); // verdicts are about lines that stood here before
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#ask();
    });
    part(root, ".ask").addEventListener("click", () => this.#ask());
    part(root, ".ours").addEventListener("click", () => this.#fill());
  }

  /** The verdicts are about one program: another one takes them away. */
  render() {
    const about = dependence(this.player.state, "wrt", "output", "lang");
    if (this.#about !== undefined && about !== this.#about) this.#clear();
    this.#about = about;
  }

  #clear() {
    this.asking.drop();
    this.outcome.textContent = "";
    this.list.replaceChildren();
  }

  #ask() {
    const { api, state } = this.player;
    const body = { backward: this.field.value };
    /** @param {AbortSignal} signal @returns {Promise<Verdicts>} */
    const send = (signal) => fetchStudy(api, "check", { ...state, view: "" }, { body, signal });
    this.asking.ask(null, send, ({ answer }) => {
      this.outcome.textContent = "";
      this.list.replaceChildren();
      if (answer) this.#show(answer);
    });
  }

  /** @param {Verdicts} answer */
  #show({ passed, points, verdicts }) {
    const wrong = verdicts.filter(({ kind }) => kind !== "right").length;
    const failed = say("check failed", { wrong, all: verdicts.length });
    this.outcome.textContent = passed ? say("check passed", { count: points }) : failed;
    this.outcome.dataset.passed = String(passed);
    this.list.replaceChildren(...verdicts.map((verdict) => this.#item(verdict)));
  }

  /** @param {Verdict} verdict */
  #item({ node, name, kind, sentences, absolute, place, found, right, sum, error, spans }) {
    const sign = make("span", { className: "sign", ariaHidden: "true" }, SIGNS[kind] ?? "✗");
    const title = button(`∂/∂${name}`, () => this.#mark(spans.at(-1)), "quiet");
    const said = make("span", { className: "said" }, say(`verdict ${kind}`));
    const item = make("li", {}, make("p", { className: "head" }, sign, title, said));
    item.dataset.kind = kind;
    const told = [...sentences, error?.message, error?.hint].filter(Boolean);
    item.append(...told.map((text) => make("p", {}, text)));
    if (absolute) {
      const at = place ? say("check place", { place: place.join(", ") }) : "";
      const numbers = say("check numbers", { found, right, difference: absolute });
      item.append(make("p", { className: "muted" }, `${numbers} ${at}`));
    }
    if (sum) {
      item.append(make("p", { className: "muted" }, say("check rule")));
      item.append(make("div", { className: "bracket" }, formula(sum)));
    }
    item.addEventListener("pointerenter", () => this.player.point(node));
    item.addEventListener("pointerleave", () => this.player.point(null));
    return item;
  }

  /** @param {number[] | undefined} span */
  #mark(span) {
    if (!span) return;
    this.field.focus();
    this.field.setSelectionRange(span[0], span[1]);
  }

  // The lines of Chainwalk's own backward pass, to change and to try: what stood here is asked about first.
  #fill() {
    const { api, state } = this.player;
    const asked = { ...state, mode: /** @type {const} */ ("reverse"), view: "code:numpy" };
    /** @param {AbortSignal} signal @returns {Promise<Listing>} */
    const send = (signal) => fetchStudy(api, "code", asked, { signal });
    this.asking.ask(null, send, ({ answer }) => {
      if (answer) this.#write(answer.lines.map(({ text }) => text));
    });
  }

  /** @param {string[]} texts */
  #write(texts) {
    const begin = texts.findIndex((text) => text.startsWith("def backward"));
    const end = texts.indexOf("", begin);
    const own = texts.slice(begin, end).filter((text) => / = /.test(text) && !/ = saved$/.test(text));
    this.field.focus();
    this.field.select();
    // As if it was typed: the browser's own undo brings back what stood here.
    document.execCommand("insertText", false, own.map((text) => text.trim()).join("\n"));
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} text */
function remember(text) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // A window without storage.
  }
}
