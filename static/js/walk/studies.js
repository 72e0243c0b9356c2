// What there is to see of a derivative besides the walk: asked for by the same link, from another address of the API.

import { answerOf } from "./asking.js";
import { encode, KEYS } from "./codec.js";

/** A text that changes when an answer about the graph does. @param {State} state @param {string[]} more other keys */
export function dependence(state, ...more) {
  const graph = KEYS.filter(({ drawn }) => drawn).map(({ key }) => key);
  return JSON.stringify([...graph, ...more].map((key) => state[key]));
}

/**
 * The study of a kind ("jacobian") that `state.view` names; with a `body`, of what it says. Rejects as `answerOf` does.
 *
 * @param {string} api
 * @param {string} kind
 * @param {State} state
 * @param {{ body?: object, signal?: AbortSignal }} [options]
 */
export async function fetchStudy(api, kind, state, { body, signal } = {}) {
  const query = await encode({ ...state, step: 0, theme: "" });
  return answerOf(`${api.replace(/explain$/, kind)}?${query}`, { body, signal });
}
