// Questions to the API. The latest wins; until its answer is here, what is shown stays, and its place is busy.

import { showProblem } from "../tools/problem.js";
import { say } from "../tools/strings.js";

/** The engine's complaint about what was asked; `said` is the API's {kind, message, hint, …}. */
export class Complaint extends Error {
  /** @param {Complained} said */
  constructor(said) {
    super(said.message);
    this.said = said;
  }
}

/** An answer that is none: the server broke. */
export class Failure extends Error {}

/**
 * The answer at an address, by POST where there is a `body`; rejects with a Complaint, a Failure, or the browser's error.
 *
 * @param {string} address
 * @param {{ body?: object, signal?: AbortSignal }} [options]
 * @returns {Promise<any>}
 */
export async function answerOf(address, { body, signal } = {}) {
  const posted = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, { ...(body && posted), signal });
  if (response.status >= 500) throw new Failure(response.statusText);
  const answer = await response.json();
  if (answer.error && !answer.steps) throw new Complaint(answer.error); // a walk may stop at an error, and is shown
  return answer;
}

/** Why there is no answer, by the name of what is said then. @param {unknown} failure */
export const reasonOf = (failure) => (failure instanceof Failure ? "failed" : "offline");

export class Asking {
  /** @type {string | null} */
  #key = null;
  #aborter = new AbortController();

  /**
   * `root` is busy while an answer is awaited; `problem` says why there is none, and offers to try again.
   *
   * @param {{ root?: Element, problem?: Element }} [places]
   */
  constructor({ root, problem } = {}) {
    this.root = root;
    this.problem = problem;
  }

  /** Whether `key` was asked last: its answer is here, or on its way. @param {string} key */
  has(key) {
    return this.#key === key;
  }

  /**
   * Give up what was asked, and take what was said about it away; `key` counts as answered.
   *
   * @param {string | null} key
   */
  drop(key = null) {
    this.#aborter.abort();
    this.#key = key;
    this.#mark(false);
    this.#say(null);
  }

  /**
   * Ask by `send(signal)`, and `tell` {answer}, or {complaint} of the engine, or {failure} where there was no answer:
   * then the same key may be asked again. Who asked before hears nothing more.
   *
   * @template Answer
   * @param {string | null} key
   * @param {(signal: AbortSignal) => Promise<Answer>} send
   * @param {(told: { answer?: Answer, complaint?: Complained, failure?: unknown }) => void} tell
   * @returns {Promise<void>}
   */
  async ask(key, send, tell) {
    this.#aborter.abort();
    this.#aborter = new AbortController();
    const { signal } = this.#aborter;
    this.#key = key;
    this.#mark(true);
    /** @type {{ answer?: Answer, complaint?: Complained, failure?: unknown }} */
    const told = await send(signal).then(
      (answer) => ({ answer }),
      (error) => (error instanceof Complaint ? { complaint: error.said } : { failure: error }),
    );
    if (signal.aborted) return;
    if (told.failure) this.#key = null;
    this.#mark(false);
    const retry = () => void this.ask(key, send, tell);
    this.#say(told.complaint ?? (told.failure ? { message: say(reasonOf(told.failure)), retry } : null));
    tell(told);
  }

  /** @param {boolean} busy */
  #mark(busy) {
    this.root?.setAttribute("aria-busy", String(busy));
  }

  /** @param {Complained | null} problem */
  #say(problem) {
    if (this.problem) showProblem(this.problem, problem);
  }
}
