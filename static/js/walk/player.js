// The one object that owns what the page shows: {document, step}, and the state that was asked for.
// Controllers are added once; every change renders them all.

import { Asking, reasonOf } from "./asking.js";
import { fetchDocument, sameDocument } from "./documents.js";
import { corresponding } from "./places.js";
import { Stepping } from "./stepping.js";

export class Player extends Stepping {
  /** @type {Part[]} */
  #controllers = [];
  /** @type {((id: string | null) => void)[]} */
  #pointers = [];
  /** Asked for and not here yet. @type {Partial<State>} */
  #changes = {};
  #asking = new Asking();
  /** The complaints that stand, by field. @type {Record<string, Complained>} */
  problems = {};
  /** Why there is no answer. @type {"" | "offline" | "failed"} */
  offline = "";
  pending = false;
  /** The panel in front; "" is the first. */
  revealed = "";
  /** The id of the node that is pointed at, here or there. @type {string | null} */
  pointed = null;
  /** The id of the node whose details are open. @type {string | null} */
  chosen = null;
  /** How often something other than the step was changed: each is an entry of the history. */
  visits = 0;

  /** @param {string} api @param {{ document: Walk | null, state: State, problem: Complained | null }} drawn */
  constructor(api, { document, state, problem }) {
    super(document, state);
    this.api = api;
    if (problem) this.problems = { [problem.field ?? "program"]: problem };
  }

  /** @param {Part} controller */
  add(controller) {
    this.#controllers.push(controller);
    return this;
  }

  /**
   * Call `tell(id)` when another node is pointed at: no rendering for every move of a mouse.
   *
   * @param {(id: string | null) => void} tell
   */
  addPointer(tell) {
    this.#pointers.push(tell);
    return this;
  }

  /** Point at a node: its card, its row and its text light up together; null for none. @param {string | null} id */
  point(id) {
    if (this.pointed === id) return;
    this.pointed = id;
    for (const tell of this.#pointers) tell(id);
  }

  render() {
    for (const controller of this.#controllers) controller.render();
  }

  /** Bring a panel to the front, where panels stand behind one another. @param {string} panel */
  reveal(panel) {
    this.revealed = panel;
    this.render();
  }

  /** Open the details of a node; null closes them. @param {string | null} id */
  choose(id) {
    this.chosen = id;
    this.reveal(id ? "node" : "");
  }

  /**
   * Ask for another document; the latest wins, and what is shown stays until it is here. `keep`: it is the same
   * walk with other parts folded, and goes on where it stands. Resolves to whether it came.
   *
   * @param {Partial<State>} changes
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
    /** @param {AbortSignal} signal */
    const send = (signal) => fetchDocument(this.api, wanted, signal);
    await this.#asking.ask(null, send, ({ answer, complaint, failure }) => {
      accepted = Boolean(answer);
      const here = keep && this.document && answer ? corresponding(this.document, this.step, answer) : undefined;
      if (answer) this.#settle(answer, visit, here);
      else this.#fail(complaint, failure);
    });
    return accepted;
  }

  /** Ask again for what the server did not answer. */
  retry() {
    return this.ask({});
  }

  /** @param {Walk} document @param {boolean} visit */
  #settle(document, visit, step = this.state.step) {
    // Whoever stepped on while the answer was on its way stays there.
    const state = { ...this.state, step, ...this.#changes };
    Object.assign(this, { document, state, problems: {}, offline: "", pending: false });
    this.#changes = {};
    if (visit) this.visits += 1;
    this.move(state.step);
  }

  /** @param {Complained | undefined} complaint @param {unknown} failure */
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
