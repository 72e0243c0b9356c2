// Documents from the API: by GET, which caches may answer; by POST where the state makes a very long link.

import { answerOf, Complaint } from "./asking.js";
import { DEFAULTS, encode } from "./codec.js";

const LONGEST_LINK = 4000;
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

/** Whether two states have the same document. */
export function sameDocument(a, b) {
  return ASKED.every((key) => String(a[key]) === String(b[key]));
}

/** The document of a state; rejects as `answerOf` does, and a complaint says the program that it is about. */
export async function fetchDocument(api, state, signal) {
  const asked = { ...DEFAULTS, ...Object.fromEntries(ASKED.map((key) => [key, state[key]])) };
  const query = await encode(asked);
  try {
    return await (query.length > LONGEST_LINK
      ? answerOf(api, { body: bodyOf(asked), signal })
      : answerOf(`${api}?${query}`, { signal }));
  } catch (error) {
    throw error instanceof Complaint ? new Complaint({ ...error.said, program: state.e }) : error;
  }
}

function bodyOf({ e, at, lang, seed, output, grain, folds, ...same }) {
  const named = { program: e, inputs: at, seed: seed || null, output: output || null };
  return { ...same, ...named, grain: grain || null, folds: folds ?? [], ...(lang && { language: lang }) };
}
