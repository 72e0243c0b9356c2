// Documents from the API: by GET, which caches may answer; by POST where the state makes a very long link.

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
  return ASKED.every((key) => String(a[key]) === String(b[key]));
}

/** The document of a state; rejects with a Complaint, a Failure, or another error if there was no answer. */
export async function fetchDocument(api, state, signal) {
  const asked = { ...DEFAULTS, ...Object.fromEntries(ASKED.map((key) => [key, state[key]])) };
  const query = await encode(asked);
  const response =
    query.length > LONGEST_LINK ? await post(api, asked, signal) : await fetch(`${api}?${query}`, { signal });
  if (response.status >= 500) throw new Failure(response.statusText);
  const answer = await response.json();
  if (answer.error && !answer.steps) throw new Complaint({ ...answer.error, program: state.e });
  return answer;
}

function post(
  api,
  { e, at, mode, wrt, seed, output, digits, share, symbols, exact, layout, grain, folds, lang },
  signal,
) {
  const body = {
    program: e,
    inputs: at,
    mode,
    wrt,
    seed: seed || null,
    output: output || null,
    digits,
    share,
    symbols,
    exact,
    layout,
  };
  Object.assign(body, { grain: grain || null, folds: folds ?? [] });
  if (lang) body.language = lang;
  const headers = { "Content-Type": "application/json" };
  return fetch(api, { method: "POST", headers, body: JSON.stringify(body), signal });
}
