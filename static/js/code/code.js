// The program as code beside its graph: the line of the step is lit, and a line's number leads to its step.

import { Checking } from "./checking.js";
import { copy } from "../tools/clipboard.js";
import { say } from "../tools/strings.js";
import { Asking } from "../walk/asking.js";
import { encode } from "../walk/codec.js";
import { fetchStudy } from "../walk/studies.js";

const ASKED = ["e", "at", "mode", "wrt", "seed", "output", "share", "grain", "folds", "lang", "view"];
const SHOWN = 2500; // milliseconds

/** What a step writes, as listings mark it. */
const markOf = ({ kind, node, slot, source, argument }) =>
  kind === "contribute" ? `edge_${source}_${argument}` : `node_${node}.${slot}`;

export class Code {
  constructor(root, player) {
    Object.assign(this, { root, player });
    const problem = root.querySelector(":scope > .problem");
    this.asking = new Asking({ root, problem });
    this.checking = new Checking(root.querySelector(".checking"), player, problem);
    const part = (name) => root.querySelector(name);
    [this.about, this.choice, this.list, this.said] = [".about", ".parameters", ".listing", ".said"].map(part);
    [this.file, this.copier] = ["a[download]", ".copy"].map(part);
    this.buttons = [...root.querySelectorAll("[data-kind]")];
    for (const button of this.buttons)
      button.addEventListener("click", () => player.adopt({ view: `code:${button.dataset.kind}` }));
    this.choice.addEventListener("change", () => this.#own());
    this.copier.addEventListener("click", () => this.#copy());
    this.list.addEventListener("click", ({ target }) => target.dataset.step && player.go(Number(target.dataset.step)));
    this.asking.drop();
    if (this.#kind) player.revealed = "code";
  }

  /** The kind that the link names, if there is such a one. */
  get #kind() {
    const [view, kind = "numpy"] = this.player.state.view.split(":");
    return view !== "code" ? "" : this.buttons.some(({ dataset }) => dataset.kind === kind) ? kind : "numpy";
  }

  #button(kind) {
    return this.buttons.find(({ dataset }) => dataset.kind === kind);
  }

  render() {
    const { player } = this;
    const open = player.revealed === "code";
    if (open !== this.open) this.#turn(open);
    const kind = this.#kind;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    this.checking.root.hidden = kind !== "check";
    this.checking.render();
    if (!open || !kind || !player.document) return;
    if (kind === "check") {
      this.#check();
      return;
    }
    const key = JSON.stringify(ASKED.map((name) => player.state[name]));
    if (!this.asking.has(key)) this.#ask(key);
    else if (this.lines) this.#light();
  }

  // Whoever opens the panel has a link to it; whoever leaves it has none.
  #turn(open) {
    this.open = open;
    const { view } = this.player.state;
    const wanted = open ? (this.#kind ? view : "code:numpy") : this.#kind ? "" : view;
    // The panel that comes in its place may have put its own there by then.
    if (wanted !== view)
      queueMicrotask(() => (open || this.player.state.view === view) && this.player.adopt({ view: wanted }));
  }

  #check() {
    if (this.asking.has("check")) return;
    this.asking.drop("check");
    this.lines = null;
    this.about.textContent = this.#button("check").dataset.about;
    for (const part of [this.copier, this.file, this.list, this.choice]) part.hidden = true;
  }

  #ask(key) {
    const { api, state } = this.player;
    const send = async (signal) => ({
      ...(await fetchStudy(api, "code", state, { signal })),
      query: await encode({ ...state, step: 0, theme: "" }),
    });
    this.asking.ask(key, send, ({ answer }) => {
      this.lines = null;
      this.list.replaceChildren();
      if (answer) this.#show(answer);
      for (const part of [this.copier, this.file, this.list]) part.hidden = !this.lines;
    });
  }

  #show({ kind, lines, parameters, filename, query }) {
    this.file.href = `${this.file.dataset.at}?${query}`;
    this.file.download = filename;
    // The two classes are written for reverse mode whatever the walk does.
    const forward = this.player.state.mode === "forward" && !["module", "function"].includes(kind);
    this.about.textContent = forward ? this.root.dataset.forward : this.#button(kind).dataset.about;
    this.lines = lines;
    const steps = new Map(this.player.document.steps.map((step) => [markOf(step), step.index]).reverse());
    this.list.replaceChildren(...lines.map(({ text, marks }, index) => this.#line(text, marks, index + 1, steps)));
    this.choice.hidden = kind !== "module";
    const inputs = this.player.document.graph.nodes.filter((node) => node.kind === "input");
    this.choice.querySelector(".names").replaceChildren(
      ...inputs.map(({ name }) => {
        const label = Object.assign(document.createElement("label"), { className: "line" });
        const box = Object.assign(document.createElement("input"), {
          type: "checkbox",
          value: name,
          checked: parameters.includes(name),
        });
        label.append(box, name);
        return label;
      }),
    );
    this.lit = null;
    this.#light();
  }

  #line(text, marks, number, steps) {
    const item = document.createElement("li");
    const step = marks.map((mark) => steps.get(mark)).find(Boolean);
    const place = document.createElement(step ? "button" : "span");
    Object.assign(place, { className: "number", textContent: number });
    if (step) {
      Object.assign(place, { type: "button", tabIndex: -1, title: say("step", { step, steps: this.player.steps }) });
      place.dataset.step = step;
    }
    const code = Object.assign(document.createElement("code"), { textContent: text });
    if (/^\s*#/.test(text)) code.className = "muted";
    item.append(place, code);
    return item;
  }

  // The lines of the step, as far as it is written as code.
  #light() {
    const step = this.player.current;
    const mark = step ? markOf(step) : "";
    if (mark === this.lit) return;
    this.lit = mark;
    const items = [...this.list.children];
    const now = items.filter((item, index) => this.lines[index].marks.includes(mark));
    for (const item of items) item.toggleAttribute("data-now", now.includes(item));
    const [first] = now;
    if (!first) return;
    const [box, line] = [this.list.getBoundingClientRect(), first.getBoundingClientRect()];
    if (line.top < box.top + 20 || now.at(-1).getBoundingClientRect().bottom > box.bottom - 20)
      this.list.scrollTop += line.top - box.top - box.height / 3;
  }

  // The inputs that are ticked; a module with none of its own takes the usual ones.
  #own() {
    const names = [...this.choice.querySelectorAll(":checked")].map(({ value }) => value);
    this.player.adopt({ view: ["code:module", ...(names.length ? [names.join(",")] : [])].join(":") });
  }

  async #copy() {
    const done = await copy(this.lines.map(({ text }) => `${text}\n`).join(""));
    clearTimeout(this.timer);
    this.said.textContent = say(done ? "code copied" : "not copied");
    this.timer = setTimeout(() => this.said.replaceChildren(), SHOWN);
  }
}
