// What there is to see of a derivative besides the walk: asked for by the same link, from another address of the API.

import { Complaint, Failure } from "./documents.js";
import { encode } from "./codec.js";

/** The study of a kind ("jacobian") that `state.view` names; rejects as fetchDocument does. */
export async function fetchStudy(api, kind, state, signal) {
  const query = await encode({ ...state, step: 0, theme: "" });
  const response = await fetch(`${api.replace(/explain$/, kind)}?${query}`, { signal });
  if (response.status >= 500) throw new Failure(response.statusText);
  const answer = await response.json();
  if (answer.error) throw new Complaint(answer.error);
  return answer;
}
