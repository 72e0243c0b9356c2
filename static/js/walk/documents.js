// Documents from the API: by GET, which caches may answer; by POST where the state makes a very long link.

import { answerOf, Complaint } from "./asking.js";
import { DEFAULTS, encode } from "./codec.js";

const LONGEST_LINK = 4000;
/** @type {(keyof State)[]} */
const ASKED = [
  "e",
  "at",
  "mode",
  "wrt",
  "seed",
  "output",
  "digits",
  "share",
  "symbols",
  "exact",
  "layout",
  "grain",
  "folds",
  "lang",
];

/** Whether two states have the same document. @param {State} a @param {State} b */
export function sameDocument(a, b) {
  return ASKED.every((key) => String(a[key]) === String(b[key]));
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
  const asked = Object.fromEntries(ASKED.map((key) => [key, state[key]]));
  const query = await encode({ ...DEFAULTS, ...asked });
  try {
    return await (query.length > LONGEST_LINK
      ? answerOf(api, { body: bodyOf(state), signal })
      : answerOf(`${api}?${query}`, { signal }));
  } catch (error) {
    throw error instanceof Complaint ? new Complaint({ ...error.said, program: state.e }) : error;
  }
}

/** @param {State} state */
function bodyOf({ e, at, seed, output, grain, folds, lang, mode, wrt, digits, share, symbols, exact, layout }) {
  const same = { mode, wrt, digits, share, symbols, exact, layout };
  const named = { program: e, inputs: at, seed: seed || null, output: output || null, grain: grain || null };
  return { ...same, ...named, folds: folds ?? [], ...(lang && { language: lang }) };
}
