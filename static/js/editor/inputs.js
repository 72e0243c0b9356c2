// The inputs as fields: value with its slider, tangent in forward mode, and whether to differentiate by it.

import { readAssignments, writeAssignments } from "../tools/assignments.js";
import { Drafts } from "../tools/drafts.js";
import { button, make, part } from "../tools/elements.js";
import { named } from "../tools/formula.js";
import { Grid } from "../tools/grid.js";
import { arrayText } from "../tools/matrices.js";
import { showProblem } from "../tools/problem.js";
import { newSlider, slideTo } from "../tools/slider.js";
import { isStill } from "../tools/slots.js";
import { say } from "../tools/strings.js";
import { written } from "../tools/written.js";
import { newRole } from "./roles.js";

/** @typedef {{ root: HTMLElement, slider: HTMLInputElement, grid: Grid }} Shown */
/** @typedef {Shown & { role: HTMLSelectElement }} Chosen */
/** @typedef {Chosen & Record<"value" | "tangent" | "wrt", HTMLInputElement>} Row the fields of one input */

export class Inputs {
  /** @type {Walk | null} */
  #document = null;
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.body = part(root, "tbody");
    this.problem = part(root, ".problem");
    this.drafts = new Drafts(root, player);
    root.addEventListener("focusout", () => this.#fill());
    part(root, '[data-do="random"]').addEventListener("click", () => this.#randomise());
  }

  render() {
    const { document: walk, problems } = this.player;
    const names = walk ? Object.keys(walk.program.inputs) : [];
    this.root.hidden = !names.length;
    const fields = walk?.mode === "forward" ? ["inputs", "seed"] : ["inputs"];
    const mine = walk ? fields.map((field) => problems[field]).find(Boolean) : null;
    showProblem(this.problem, mine);
    this.drafts.edited?.setAttribute("aria-invalid", String(Boolean(mine)));
    if (!walk || this.#document === walk) return;
    this.#document = walk;
    this.root.toggleAttribute("data-symbols", this.player.state.symbols);
    this.root.dataset.mode = walk.mode;
    if (String(names) !== String([...this.#rows.keys()])) this.#build(names, walk);
    this.drafts.renew();
    this.#fill();
  }

  #fill() {
    const { document: walk, state } = this.player;
    if (!walk) return;
    const given = readAssignments(state.at);
    const seeds = readAssignments(state.seed);
    for (const [name, row] of this.#rows) {
      this.drafts.write(row.value, given.get(name) ?? written(walk.program.inputs[name]));
      const role = walk.program.roles[name];
      row.role.value = role;
      row.root.dataset.role = role;
      if (!this.drafts.has(row.value)) slideTo(row.slider, walk.program.inputs[name], isStill(role));
      row.grid.show(walk.program.inputs[name]);
      this.drafts.write(row.tangent, seeds.get(name) ?? written(walk.seed[name] ?? ""));
      row.tangent.disabled = !walk.wrt.includes(name);
      // What was just chosen stays so until the answer is here.
      if (!this.player.pending) row.wrt.checked = walk.wrt.includes(name);
      row.wrt.disabled = isStill(role) || (row.wrt.checked && walk.wrt.length === 1);
      row.root.toggleAttribute("data-default", walk.program.defaults.includes(name));
    }
  }

  /** @param {string[]} names @param {Walk} walk */
  #build(names, walk) {
    const symbols = new Map(walk.graph.nodes.map((node) => [node.name, node.symbol]));
    this.#rows = new Map(names.map((name) => [name, this.#row(name, symbols.get(name) ?? name)]));
    this.body.replaceChildren(...Array.from(this.#rows.values(), (row) => row.root));
  }

  /** @param {string} name @param {string} symbol @returns {Row} */
  #row(name, symbol) {
    const value = field(say("value of", { name }));
    const tangent = field(say("tangent of", { name }));
    const ariaLabel = say("differentiate by", { name });
    const wrt = make("input", { type: "checkbox", autocomplete: "off", ariaLabel });
    const slide = (/** @type {string} */ text) => this.drafts.slide(value, text, this.#valueChange(name, text));
    const slider = newSlider(say("slider of", { name }), slide);
    const grid = new Grid(name, slide);
    for (const place of [value, grid.root]) place.addEventListener("paste", (event) => this.#paste(event, name));
    this.drafts.watch(value, (text) => this.#valueChange(name, text));
    this.drafts.watch(tangent, (text) => this.#tangentChange(name, text));
    wrt.addEventListener("change", () => this.#setWrt());
    const note = make("small", {}, say("default"));
    const role = newRole(name, this.player);
    const head = make("th", { scope: "row" }, ...named(symbol, name), note, this.#backTo(name), role);
    const cells = [make("td", {}, value, slider, grid.root), make("td", { className: "tangent" }, tangent)];
    return { root: make("tr", {}, head, ...cells, make("td", {}, wrt)), value, slider, grid, tangent, wrt, role };
  }

  /** The way back to the default. @param {string} name */
  #backTo(name) {
    const made = button("↺", () => {
      this.#rows.get(name)?.value.focus(); // the button goes away
      this.player.ask(this.#valueChange(name, ""));
    });
    const title = say("default of", { name });
    return Object.assign(made, { className: "back", title, ariaLabel: title });
  }

  #randomise() {
    const { inputs = {}, roles = {} } = this.#document?.program ?? {};
    const given = readAssignments(this.player.state.at);
    const drawn = Object.entries(inputs).map(([name, value]) => {
      const text = isStill(roles[name]) ? given.get(name) : written(random(value));
      return /** @type {const} */ ([name, text ?? ""]);
    });
    this.player.ask({ at: writeAssignments(drawn.filter(([, text]) => text)) });
  }

  /**
   * An array from a spreadsheet, NumPy or MATLAB takes the place of the value.
   *
   * @param {ClipboardEvent} event
   * @param {string} name
   */
  #paste(event, name) {
    const text = arrayText(event.clipboardData?.getData("text/plain") ?? "");
    if (!text) return;
    event.preventDefault();
    this.player.ask(this.#valueChange(name, text));
  }

  /** @param {string} name @param {string} text */
  #valueChange(name, text) {
    const given = readAssignments(this.player.state.at);
    if (text) given.set(name, text);
    else given.delete(name); // an empty field is the default again
    return { at: writeAssignments(given) };
  }

  /** @param {string} name @param {string} text */
  #tangentChange(name, text) {
    const seed = new Map([...this.#rows].map(([other, row]) => [other, row.tangent.value.trim()]));
    seed.set(name, text);
    const kept = [...seed].filter(([other, value]) => this.#document?.wrt.includes(other) && value && value !== "0");
    return { seed: kept.length ? writeAssignments(kept) : `${name}=0` };
  }

  #setWrt() {
    const names = [...this.#rows].filter(([, row]) => row.wrt.checked).map(([name]) => name);
    const seeded = [...readAssignments(this.player.state.seed).keys()];
    const stale = this.#document?.mode === "forward" && !seeded.every((name) => names.includes(name));
    const all = [...this.#rows].filter(([, row]) => !isStill(row.role.value)).length;
    this.player.ask({ wrt: names.length === all ? null : names, ...(stale && { seed: "" }) });
  }
}

/** Normal numbers of two digits, in the shape of `value`. @param {Value} value @returns {Value} */
function random(value) {
  if (Array.isArray(value)) return value.map(random);
  if (typeof value === "object") return { re: random(0), im: random(0) };
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return Number(normal.toPrecision(2));
}

/** @param {string} ariaLabel */
function field(ariaLabel) {
  return make("input", { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false, ariaLabel });
}
