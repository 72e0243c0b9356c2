// The inputs as fields: value, tangent in forward mode, and whether to differentiate by it.

import { readAssignments, writeAssignments } from "./assignments.js";
import { formula } from "./formula.js";
import { showProblem } from "./problem.js";
import { say } from "./strings.js";

const PAUSE = 250; // milliseconds without typing before the numbers are asked for

export class Inputs {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.body = root.querySelector("tbody");
    this.problem = root.querySelector(".problem");
    this.rows = new Map();
    this.edited = null;
    root.addEventListener("focusin", (event) => {
      if (event.target !== this.edited) this.edited = null;
    });
  }

  render() {
    const { document: walk, state, problem } = this.player;
    const names = walk ? Object.keys(walk.program.inputs) : [];
    this.root.hidden = !names.length;
    const mine = problem && ["inputs", "seed"].includes(problem.field) && names.length ? problem : null;
    showProblem(this.problem, mine);
    this.edited?.setAttribute("aria-invalid", String(Boolean(mine)));
    if (!walk || this.document === walk) return;
    this.document = walk;
    this.root.dataset.mode = walk.mode;
    if (String(names) !== String([...this.rows.keys()])) this.#build(names, walk);
    const given = readAssignments(state.at);
    const seeds = readAssignments(state.seed);
    for (const [name, row] of this.rows) {
      fill(row.value, given.get(name) ?? String(walk.program.inputs[name]));
      fill(row.tangent, seeds.get(name) ?? String(walk.seed[name] ?? ""));
      row.tangent.disabled = !walk.wrt.includes(name);
      row.wrt.checked = walk.wrt.includes(name);
      row.wrt.disabled = row.wrt.checked && walk.wrt.length === 1;
      row.root.toggleAttribute("data-default", walk.program.defaults.includes(name));
    }
  }

  #build(names, walk) {
    const symbols = new Map(walk.graph.nodes.map((node) => [node.name, node.symbol]));
    this.rows = new Map(names.map((name) => [name, this.#row(name, symbols.get(name))]));
    this.body.replaceChildren(...Array.from(this.rows.values(), (row) => row.root));
  }

  #row(name, symbol) {
    const value = field(say("value of", { name }));
    const tangent = field(say("tangent of", { name }));
    const wrt = Object.assign(document.createElement("input"), { type: "checkbox", autocomplete: "off" });
    wrt.setAttribute("aria-label", say("differentiate by", { name }));
    value.addEventListener("input", () => this.#later(value, () => this.#setValue(name, value.value)));
    tangent.addEventListener("input", () => this.#later(tangent, () => this.#setTangent(name, tangent.value)));
    wrt.addEventListener("change", () => this.#setWrt());
    const root = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.append(formula(symbol));
    const note = Object.assign(document.createElement("small"), { textContent: say("default") });
    root.append(head, cell(value, note), cell(tangent), cell(wrt));
    root.children[2].className = "tangent";
    return { root, value, tangent, wrt };
  }

  #later(input, change) {
    clearTimeout(this.timer);
    // All that is typed into one field without leaving it is one entry of the history.
    this.timer = setTimeout(() => {
      const visit = this.edited !== input;
      this.edited = input;
      this.player.ask(change(), { visit });
    }, PAUSE);
  }

  #setValue(name, text) {
    const given = readAssignments(this.player.state.at);
    if (text.trim()) given.set(name, text.trim());
    else given.delete(name); // an empty field is the default again
    return { at: writeAssignments(given) };
  }

  #setTangent(name, text) {
    const seed = new Map([...this.rows].map(([other, row]) => [other, row.tangent.value.trim()]));
    seed.set(name, text.trim());
    const wrt = this.document.wrt;
    const kept = [...seed].filter(([other, value]) => wrt.includes(other) && value && value !== "0");
    return { seed: kept.length ? writeAssignments(kept) : `${name}=0` };
  }

  #setWrt() {
    const names = [...this.rows].filter(([, row]) => row.wrt.checked).map(([name]) => name);
    const seeded = [...readAssignments(this.player.state.seed).keys()];
    const seed = this.document.mode === "forward" && !seeded.every((name) => names.includes(name)) ? {} : null;
    this.player.ask({ wrt: names.length === this.rows.size ? null : names, ...(seed && { seed: "" }) });
  }
}

function field(label) {
  const made = document.createElement("input");
  Object.assign(made, { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  made.setAttribute("aria-label", label);
  return made;
}

function cell(...children) {
  const made = document.createElement("td");
  made.append(...children);
  return made;
}

// A field in which somebody types is left alone.
function fill(input, text) {
  if (document.activeElement !== input && input.value !== text) input.value = text;
}
