// What an input is: a parameter or data, which move; a label, an index or a count, which do not.

import { readAssignments, writeAssignments } from "../tools/assignments.js";
import { make } from "../tools/elements.js";
import { isStill } from "../tools/slots.js";
import { say } from "../tools/strings.js";

/** @typedef {Walk["program"]["roles"][string]} Role */
/** @type {Role[]} */
const ROLES = ["parameter", "data", "label", "index", "count"];

/**
 * The choice of what the input `name` is.
 *
 * @param {string} name
 * @param {Player} player
 */
export function newRole(name, player) {
  const options = ROLES.map((role) => new Option(say(role), role));
  const select = make("select", { className: "role", autocomplete: "off", ariaLabel: say("role of", { name }) });
  select.append(...options);
  select.addEventListener("change", () => {
    const { state } = player;
    const roles = readAssignments(String(state.roles)).set(name, select.value);
    const wrt = isStill(select.value) ? state.wrt?.filter((other) => other !== name) : state.wrt;
    player.ask({ roles: writeAssignments(roles), wrt: wrt?.length ? wrt : null, seed: "" });
  });
  return select;
}
