// Documents from the API: by GET, which caches may answer; by POST where the state makes a very long link.

import { answerOf, Complaint } from "./asking.js";
import { DEFAULTS, encode, KEYS } from "./codec.js";

const LONGEST_LINK = 4000;
// The keys on which a document depends are arguments of the engine.
const asked = () => KEYS.filter(({ name }) => name);

/** Whether two states have the same document. @param {State} a @param {State} b */
export function sameDocument(a, b) {
  return asked().every(({ key }) => String(a[key]) === String(b[key]));
}

/**
 * The document of a state; rejects as `answerOf` does, and a complaint says the program that it is about.
 *
 * @param {string} api
 * @param {State} state
 * @param {AbortSignal} signal
 * @returns {Promise<Walk>}
 */
export async function fetchDocument(api, state, signal) {
  const query = await encode({ ...DEFAULTS, ...Object.fromEntries(asked().map(({ key }) => [key, state[key]])) });
  try {
    return await (query.length > LONGEST_LINK
      ? answerOf(api, { body: bodyOf(state), signal })
      : answerOf(`${api}?${query}`, { signal }));
  } catch (error) {
    throw error instanceof Complaint ? new Complaint({ ...error.said, program: state.e }) : error;
  }
}

/** What a link leaves out, a body does too. @param {State} state */
function bodyOf(state) {
  const said = asked().filter(({ key, initial }) => state[key] !== initial);
  return { program: state.e, ...Object.fromEntries(said.map(({ key, name }) => [name, state[key]])) };
}
