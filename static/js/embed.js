// The embed: picture, card, transport and keys; stepped by whoever frames it, whom it tells each step.
//
// In:  {chainwalk: {step: 7}} or {chainwalk: {do: "forward"}} (first, back, forward, last, toggle)
// Out: {chainwalk: {step: 7, steps: 20}}, and with end: "forward" or "back" where somebody steps beyond an end
// Nothing else is listened to, and nobody but the page that frames this one.

import { ComputationGraph } from "./graph/computation-graph.js";
import { Picture } from "./graph/picture.js";
import { Reading } from "./graph/reading.js";
import { Keys } from "./shell/keys.js";
import { Card } from "./step/card.js";
import { Transport } from "./step/transport.js";
import { part, parts } from "./tools/elements.js";
import { useStrings } from "./tools/strings.js";
import { encode, useKeys } from "./walk/codec.js";
import { Player } from "./walk/player.js";

/** @type {Verb[]} */
const VERBS = ["first", "back", "forward", "last", "toggle"];
/** @type {Record<string, "forward" | "back">} */
const KEYS = { ArrowRight: "forward", PageDown: "forward", ArrowLeft: "back", PageUp: "back" };

const data = JSON.parse(part(document, "#page-data").textContent ?? "");
useStrings(data.strings);
useKeys(data.keys);

const player = new Player(part(document, "#bench").dataset.api ?? "", data);
const still = { open() {}, toggle() {} };

/** The page around: what it asks for, and what it is told. */
class Frame {
  #told = -1;

  /** @param {MessageEvent} event */
  hear({ source, data: message }) {
    const asked = source === parent && message?.chainwalk;
    if (!asked || typeof asked !== "object") return;
    const verb = VERBS.find((one) => one === asked.do);
    if (Number.isInteger(asked.step)) player.go(asked.step);
    else if (verb && !this.pass(verb)) player[verb]();
  }

  /**
   * Beyond the last step, or before the first, the page around goes on: a clicker walks, and then turns the slide.
   *
   * @param {Verb} verb
   */
  pass(verb) {
    const end = (verb === "forward" && player.step === player.steps) || (verb === "back" && player.step === 0);
    if (end) this.tell({ end: verb });
    return end;
  }

  /** @param {KeyboardEvent} event */
  press({ key, shiftKey }) {
    if (KEYS[key] && !shiftKey) this.pass(KEYS[key]);
  }

  tell(more = {}) {
    // The step of a public link is no secret: whoever frames this page may know it.
    if (parent !== window) parent.postMessage({ chainwalk: { step: player.step, steps: player.steps, ...more } }, "*");
  }

  render() {
    if (this.#told === player.step) return;
    this.#told = player.step;
    this.tell();
  }
}
const frame = new Frame();
addEventListener("message", (event) => frame.hear(event));
addEventListener("keydown", (event) => frame.press(event), { capture: true }); // before the step is made

/** The link to the whole page, at this very step. */
const whole = {
  async render() {
    for (const link of parts(document, "#whole", HTMLAnchorElement)) {
      const [page] = (link.getAttribute("href") ?? "").split("?");
      link.href = `${page}?${await encode({ ...player.state, readonly: false })}`;
    }
  },
};

player
  .add(new Picture(part(document, "#picture", ComputationGraph), player, still, still))
  .add(new Reading(part(document, "#reading"), player))
  .add(new Transport(part(document, "#transport"), player))
  .add(new Card(part(document, "#card"), player))
  .add(new Keys(document, player, {}))
  .add(whole)
  .add(frame)
  .render();
