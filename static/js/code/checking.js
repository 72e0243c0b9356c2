// "Check mine": a backward pass that somebody wrote, and a verdict on each of its gradients.

import { setFormula } from "../tools/formula.js";
import { say } from "../tools/strings.js";
import { Asking } from "../walk/asking.js";
import { fetchStudy } from "../walk/studies.js";

const KEY = "chainwalk-backward"; // what was typed outlives the page, not the window
const SIGNS = { right: "✓", fed: "→", lucky: "!", missing: "·" };

export class Checking {
  constructor(root, player, problem) {
    Object.assign(this, { root, player });
    this.asking = new Asking({ root, problem });
    const part = (name) => root.querySelector(name);
    [this.field, this.outcome, this.list] = ["textarea", ".outcome", ".verdicts"].map(part);
    this.field.value = remembered();
    this.field.addEventListener("input", () => {
      remember(this.field.value);
      this.#clear(); // verdicts are about lines that stood here before
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#ask();
    });
    part(".ask").addEventListener("click", () => this.#ask());
    part(".ours").addEventListener("click", () => this.#fill());
  }

  /** The verdicts are about one program: another one takes them away. */
  render() {
    const about = ["e", "at", "wrt", "output", "share", "grain", "folds", "lang"].map(
      (name) => this.player.state[name],
    );
    const key = JSON.stringify(about);
    if (this.key !== undefined && key !== this.key) this.#clear();
    this.key = key;
  }

  #clear() {
    this.outcome.textContent = "";
    this.list.replaceChildren();
    this.asking.drop();
  }

  #ask() {
    const { api, state } = this.player;
    const body = { backward: this.field.value };
    this.#clear();
    this.asking.ask(
      null,
      (signal) => fetchStudy(api, "check", { ...state, view: "" }, { body, signal }),
      ({ answer }) => {
        if (answer) this.#show(answer);
      },
    );
  }

  #show({ passed, points, verdicts }) {
    const wrong = verdicts.filter(({ kind }) => kind !== "right").length;
    this.outcome.textContent = passed
      ? say("check passed", { count: points })
      : say("check failed", { wrong, all: verdicts.length });
    this.outcome.dataset.passed = passed;
    this.list.replaceChildren(...verdicts.map((verdict) => this.#item(verdict)));
  }

  #item({ node, name, kind, sentences, absolute, place, found, right, sum, error, spans }) {
    const item = element("li", "");
    item.dataset.kind = kind;
    const head = element("p", "head");
    const sign = element("span", "sign", SIGNS[kind] ?? "✗");
    sign.setAttribute("aria-hidden", "true");
    const title = element("button", "quiet", `∂/∂${name}`);
    title.type = "button";
    title.addEventListener("click", () => spans.length && this.#mark(spans.at(-1)));
    head.append(sign, title, element("span", "said", say(`verdict ${kind}`)));
    item.append(
      head,
      ...[...sentences, ...(error ? [error.message, ...(error.hint ? [error.hint] : [])] : [])].map((text) =>
        element("p", "", text),
      ),
    );
    if (absolute) {
      const at = place ? say("check place", { place: place.join(", ") }) : "";
      item.append(element("p", "muted", `${say("check numbers", { found, right, difference: absolute })} ${at}`));
    }
    if (sum) {
      const shown = element("div", "bracket");
      setFormula(shown, sum);
      item.append(element("p", "muted", say("check rule")), shown);
    }
    item.addEventListener("pointerenter", () => this.player.point(node));
    item.addEventListener("pointerleave", () => this.player.point(null));
    return item;
  }

  #mark([begin, end]) {
    this.field.focus();
    this.field.setSelectionRange(begin, end);
  }

  // The lines of Chainwalk's own backward pass, to change and to try: what stood here is asked about first.
  #fill() {
    const { api, state } = this.player;
    const listed = { ...state, mode: "reverse", view: "code:numpy" };
    this.asking.ask(
      null,
      (signal) => fetchStudy(api, "code", listed, { signal }),
      ({ answer }) => {
        if (answer) this.#write(answer.lines);
      },
    );
  }

  #write(lines) {
    const texts = lines.map(({ text }) => text);
    const begin = texts.findIndex((text) => text.startsWith("def backward"));
    const end = texts.indexOf("", begin);
    const own = texts.slice(begin, end).filter((text) => / = /.test(text) && !/ = saved$/.test(text));
    this.field.focus();
    this.field.select();
    // As if it was typed: the browser's own undo brings back what stood here.
    document.execCommand("insertText", false, own.map((text) => text.trim()).join("\n"));
  }
}

function element(tag, className, textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function remembered() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function remember(text) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // A window without storage.
  }
}
