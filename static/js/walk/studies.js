// What there is to see of a derivative besides the walk: asked for by the same link, from another address of the API.

import { answerOf } from "./asking.js";
import { encode } from "./codec.js";

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
