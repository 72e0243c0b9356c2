// The one object that owns what the page shows: {document, step}, and the state that was asked for.
// Controllers are added once; every change renders them all.

import { Asking, reasonOf } from "./asking.js";
import { fetchDocument, sameDocument } from "./documents.js";
import { corresponding } from "./places.js";

const PACE = 1100; // milliseconds a step while playing

export class Player {
  #controllers = [];
  #pointers = [];
  #changes = {}; // asked for and not here yet
  #asking = new Asking();
  #timer = 0;

  constructor(api, { document, state, problem }) {
    this.api = api;
    this.document = document;
    this.state = state;
    this.problems = problem ? { [problem.field]: problem } : {}; // the complaints that stand, by field
    this.offline = ""; // why there is no answer: "offline" or "failed"
    this.pending = false;
    this.revealed = ""; // the panel in front; "" is the first
    this.pointed = null; // the id of the node that is pointed at, here or there
    this.chosen = null; // the id of the node whose details are open
    this.visits = 0; // how often something other than the step was changed: each is an entry of the history
  }

  add(controller) {
    this.#controllers.push(controller);
    return this;
  }

  /** Call `tell(id)` when another node is pointed at: no rendering for every move of a mouse. */
  addPointer(tell) {
    this.#pointers.push(tell);
    return this;
  }

  /** Point at a node: its card, its row and its text light up together; null for none. */
  point(id) {
    if (this.pointed === id) return;
    this.pointed = id;
    for (const tell of this.#pointers) tell(id);
  }

  render() {
    for (const controller of this.#controllers) controller.render();
  }

  get step() {
    return this.document ? this.state.step : 0;
  }

  get steps() {
    return this.document ? this.document.steps.length : 0;
  }

  /** The step that led to the picture shown; undefined at the start. */
  get current() {
    return this.document?.steps[this.step - 1];
  }

  get playing() {
    return this.#timer !== 0;
  }

  go(step) {
    this.pause();
    this.#move(step);
  }

  first() {
    this.go(0);
  }

  back() {
    this.go(this.step - 1);
  }

  forward() {
    this.go(this.step + 1);
  }

  last() {
    this.go(this.steps);
  }

  /** Where a phase begins or ends: the start, the turn from values to derivatives, the end. */
  get turns() {
    const forwards = this.document ? this.document.steps.filter(({ phase }) => phase === "forward").length : 0;
    return [...new Set([0, forwards, this.steps])];
  }

  nextPhase() {
    this.go(this.turns.find((turn) => turn > this.step) ?? this.steps);
  }

  previousPhase() {
    this.go(this.turns.findLast((turn) => turn < this.step) ?? 0);
  }

  toggle() {
    if (this.playing) this.pause();
    else if (this.steps) this.#play();
    this.render();
  }

  pause() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #play() {
    if (this.step >= this.steps) this.#move(0);
    const tick = () => {
      this.#timer = this.step + 1 < this.steps ? setTimeout(tick, PACE) : 0;
      this.#move(this.step + 1);
    };
    this.#timer = setTimeout(tick, PACE / 3);
  }

  #move(step) {
    const clamped = Math.min(Math.max(step, 0), this.steps);
    this.state = { ...this.state, step: clamped };
    this.render();
  }

  /** Bring a panel to the front, where panels stand behind one another. */
  reveal(panel) {
    this.revealed = panel;
    this.render();
  }

  /** Open the details of a node; null closes them. */
  choose(id) {
    this.chosen = id;
    this.reveal(id ? "node" : "");
  }

  /** Take over a part of the state that no document depends on. */
  adopt(changes) {
    this.state = { ...this.state, ...changes };
    this.render();
  }

  /**
   * Ask for another document; the latest wins, and what is shown stays until it is here. `keep`: it is the same
   * walk with other parts folded, and goes on where it stands.
   */
  async ask(changes, { visit = true, keep = false } = {}) {
    this.pause();
    this.#asking.drop();
    this.#changes = { ...this.#changes, ...changes };
    const wanted = { ...this.state, ...this.#changes };
    if (this.document && sameDocument(wanted, this.state)) {
      this.#settle(this.document, visit && wanted.step !== this.step);
      return true;
    }
    this.pending = true;
    this.render();
    let accepted = false;
    const send = (signal) => fetchDocument(this.api, wanted, signal);
    await this.#asking.ask(null, send, ({ answer, complaint, failure }) => {
      accepted = Boolean(answer);
      if (accepted) this.#settle(answer, visit, keep ? corresponding(this.document, this.step, answer) : undefined);
      else this.#fail(complaint, failure);
    });
    return accepted;
  }

  /** Ask again for what the server did not answer. */
  retry() {
    return this.ask({});
  }

  #settle(document, visit, step = this.state.step) {
    // Whoever stepped on while the answer was on its way stays there.
    const state = { ...this.state, step, ...this.#changes };
    Object.assign(this, { document, state, problems: {}, offline: "", pending: false });
    this.#changes = {};
    if (visit) this.visits += 1;
    this.#move(state.step);
  }

  #fail(complaint, failure) {
    this.pending = false;
    this.offline = failure ? reasonOf(failure) : "";
    if (complaint) {
      this.#changes = {};
      this.problems = { ...this.problems, [complaint.field ?? "program"]: complaint };
    }
    this.render();
  }
}
