// The program as code beside its graph: the line of the step is lit, and a line's number leads to its step.

import { copy } from "../tools/clipboard.js";
import { button, make, part, parts } from "../tools/elements.js";
import { say } from "../tools/strings.js";
import { Asking } from "../walk/asking.js";
import { encode } from "../walk/codec.js";
import { dependence, fetchStudy } from "../walk/studies.js";
import { Checking } from "./checking.js";

const SHOWN = 2500; // milliseconds

/** What a step writes, as listings mark it. @param {Step} step */
const markOf = ({ kind, node, slot, source, argument }) =>
  kind === "contribute" ? `edge_${source}_${argument}` : `node_${node}.${slot}`;

export class Code {
  #open = false;
  /** The lines that are shown. @type {Listing["lines"]} */
  #lines = [];
  /** The mark of the step whose lines are lit. @type {string | null} */
  #lit = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    const problem = part(root, ":scope > .problem");
    this.asking = new Asking({ root, problem });
    this.checking = new Checking(part(root, ".checking"), player, problem);
    this.about = part(root, ".about");
    this.choice = part(root, ".parameters");
    this.list = part(root, ".listing");
    this.said = part(root, ".said");
    this.file = part(root, "a[download]", HTMLAnchorElement);
    this.copier = part(root, ".copy");
    this.kinds = parts(root, "[data-kind]");
    for (const one of this.kinds) {
      one.addEventListener("click", () => player.adopt({ view: `code:${one.dataset.kind}` }));
    }
    this.choice.addEventListener("change", () => this.#own());
    this.copier.addEventListener("click", () => this.#copy());
    this.asking.drop();
    if (this.#kind) player.revealed = "code";
  }

  /** The kind that the link names, if there is such a one. */
  get #kind() {
    const [view, kind = "numpy"] = this.player.state.view.split(":");
    return view !== "code" ? "" : this.kinds.some(({ dataset }) => dataset.kind === kind) ? kind : "numpy";
  }

  /** @param {string | undefined} kind */
  #button(kind) {
    return part(this.root, `[data-kind="${kind}"]`);
  }

  render() {
    const { player } = this;
    const open = player.revealed === "code";
    if (open !== this.#open) this.#turn(open);
    const kind = this.#kind;
    for (const one of this.kinds) one.setAttribute("aria-pressed", String(one.dataset.kind === kind));
    this.checking.root.hidden = kind !== "check";
    this.checking.render();
    if (!open || !kind || !player.document) return;
    if (kind === "check") {
      this.#check();
      return;
    }
    const key = dependence(player.state, "mode", "wrt", "seed", "output", "lang", "view");
    if (this.asking.has(key)) this.#light();
    else this.#ask(key);
  }

  /** Whoever opens the panel has a link to it; whoever leaves it has none. @param {boolean} open */
  #turn(open) {
    this.#open = open;
    const { view } = this.player.state;
    const wanted = open ? (this.#kind ? view : "code:numpy") : this.#kind ? "" : view;
    if (wanted === view) return;
    // The panel that comes in its place may have put its own there by then.
    queueMicrotask(() => {
      if (open || this.player.state.view === view) this.player.adopt({ view: wanted });
    });
  }

  #check() {
    if (this.asking.has("check")) return;
    this.asking.drop("check");
    this.#clear();
    this.about.textContent = this.#button("check").dataset.about ?? "";
    this.choice.hidden = true;
  }

  #clear() {
    this.#lines = [];
    this.list.replaceChildren();
    for (const one of [this.copier, this.file, this.list]) one.hidden = true;
  }

  /** @param {string} key */
  #ask(key) {
    const { api, state } = this.player;
    /** @param {AbortSignal} signal */
    const send = async (signal) => {
      /** @type {Listing} */
      const listing = await fetchStudy(api, "code", state, { signal });
      return { listing, query: await encode({ ...state, step: 0, theme: "" }) };
    };
    this.asking.ask(key, send, ({ answer }) => {
      if (answer) this.#show(answer.listing, answer.query);
      else this.#clear();
    });
  }

  /** @param {Listing} listing @param {string} query */
  #show({ kind, lines, parameters, filename }, query) {
    this.file.href = `${this.file.dataset.at}?${query}`;
    this.file.download = filename;
    // The two classes are written for reverse mode whatever the walk does.
    const forward = this.player.state.mode === "forward" && !["module", "function", "sympy"].includes(kind);
    const { dataset } = forward ? this.root : this.#button(kind);
    this.about.textContent = (forward ? dataset.forward : dataset.about) ?? "";
    this.#lines = lines;
    const walk = this.player.document;
    const steps = new Map(
      (walk?.steps ?? []).map((step) => /** @type {const} */ ([markOf(step), step.index])).reverse(),
    );
    this.list.replaceChildren(...lines.map(({ text, marks }, i) => this.#line(text, marks, i + 1, steps)));
    for (const one of [this.copier, this.file, this.list]) one.hidden = false;
    this.choice.hidden = kind !== "module";
    const inputs = walk?.graph.nodes.filter((node) => node.kind === "input") ?? [];
    const boxes = inputs.map(({ name }) => {
      const box = make("input", { type: "checkbox", value: name, checked: parameters.includes(name) });
      return make("label", { className: "line" }, box, name);
    });
    part(this.choice, ".names").replaceChildren(...boxes);
    this.#lit = null;
    this.#light();
  }

  /** @param {string} text @param {string[]} marks @param {number} number @param {Map<string, number>} steps */
  #line(text, marks, number, steps) {
    const step = marks.map((mark) => steps.get(mark)).find(Boolean);
    const code = make("code", { className: /^\s*#/.test(text) ? "muted" : "" }, text);
    if (!step) return make("li", {}, make("span", { className: "number" }, String(number)), code);
    const place = button(String(number), () => this.player.go(step), "number");
    Object.assign(place, { tabIndex: -1, title: say("step", { step, steps: this.player.steps }) });
    place.dataset.step = String(step);
    return make("li", {}, place, code);
  }

  // The lines of the step, as far as it is written as code.
  #light() {
    const step = this.player.current;
    const mark = step ? markOf(step) : "";
    if (mark === this.#lit) return;
    this.#lit = mark;
    const items = [...this.list.children];
    const now = items.filter((_item, index) => this.#lines[index].marks.includes(mark));
    for (const item of items) item.toggleAttribute("data-now", now.includes(item));
    const [first, last] = [now.at(0), now.at(-1)];
    if (!first || !last) return;
    const [box, line] = [this.list.getBoundingClientRect(), first.getBoundingClientRect()];
    if (line.top < box.top + 20 || last.getBoundingClientRect().bottom > box.bottom - 20) {
      this.list.scrollTop += line.top - box.top - box.height / 3;
    }
  }

  // The inputs that are ticked; a module with none of its own takes the usual ones.
  #own() {
    const names = parts(this.choice, ":checked", HTMLInputElement).map(({ value }) => value);
    this.player.adopt({ view: ["code:module", ...(names.length ? [names.join(",")] : [])].join(":") });
  }

  async #copy() {
    const done = await copy(this.#lines.map(({ text }) => `${text}\n`).join(""));
    clearTimeout(this.#timer);
    this.said.textContent = say(done ? "code copied" : "not copied");
    this.#timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
  }
}
