// Documents from the API: by GET, which caches may answer; by POST where the state makes a very long link.

import { DEFAULTS, encode, KEYS } from "./codec.js";

const LONGEST_LINK = 4000;
// The keys on which a document depends are arguments of the engine.
const asked = () => KEYS.filter(({ name }) => name);

/** The engine's complaint about what was asked; `said` is the API's {kind, message, hint, …}. */
export class Complaint extends Error {
  constructor(said) {
    super(said.message);
    this.said = said;
  }
}

/** An answer that is none: the server broke. */
export class Failure extends Error {}

/** Whether two states have the same document. */
export function sameDocument(a, b) {
  return asked().every(({ key }) => String(a[key]) === String(b[key]));
}

/** The document of a state; rejects with a Complaint, a Failure, or another error if there was no answer. */
export async function fetchDocument(api, state, signal) {
  const query = await encode({ ...DEFAULTS, ...Object.fromEntries(asked().map(({ key }) => [key, state[key]])) });
  const response = query.length > LONGEST_LINK ? await post(api, state, signal) : await fetch(`${api}?${query}`, { signal });
  if (response.status >= 500) throw new Failure(response.statusText);
  const answer = await response.json();
  if (answer.error && !answer.steps) throw new Complaint({ ...answer.error, program: state.e });
  return answer;
}

// What a link leaves out, a body does too.
function post(api, state, signal) {
  const said = asked().filter(({ key, initial }) => state[key] !== initial);
  const body = { program: state.e, ...Object.fromEntries(said.map(({ key, name }) => [name, state[key]])) };
  const headers = { "Content-Type": "application/json" };
  return fetch(api, { method: "POST", headers, body: JSON.stringify(body), signal });
}
