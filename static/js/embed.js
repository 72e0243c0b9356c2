// The embed: picture, card, transport and keys; stepped by whoever frames it, whom it tells each step.
//
// In:  {chainwalk: {step: 7}} or {chainwalk: {do: "forward"}} (first, back, forward, last, toggle)
// Out: {chainwalk: {step: 7, steps: 20}}, and with end: "forward" or "back" where somebody steps beyond an end
// Nothing else is listened to, and nobody but the page that frames this one.

import { Card } from "./step/card.js";
import "./graph/computation-graph.js";
import { encode } from "./walk/codec.js";
import { Keys } from "./shell/keys.js";
import { Picture } from "./graph/picture.js";
import { Player } from "./walk/player.js";
import { Reading } from "./graph/reading.js";
import { Transport } from "./step/transport.js";
import { useStrings } from "./tools/strings.js";

const VERBS = ["first", "back", "forward", "last", "toggle"];

const part = (id) => document.getElementById(id);
const data = JSON.parse(part("page-data").textContent);
useStrings(data.strings);

const player = new Player(part("bench").dataset.api, data);
const still = { open() {}, toggle() {} };

/** The page around: what it asks for, and what it is told. */
const frame = {
  hear({ source, data: message }) {
    const asked = source === parent && message?.chainwalk;
    if (!asked || typeof asked !== "object") return;
    if (Number.isInteger(asked.step)) player.go(asked.step);
    else if (VERBS.includes(asked.do) && !this.pass(asked.do)) player[asked.do]();
  },
  // Beyond the last step, or before the first, the page around goes on: a clicker walks, and then turns the slide.
  pass(verb) {
    const end = { forward: player.steps, back: 0 }[verb] === player.step;
    if (end) this.tell({ end: verb });
    return end;
  },
  press({ key, shiftKey }) {
    const verb = { ArrowRight: "forward", PageDown: "forward", ArrowLeft: "back", PageUp: "back" }[key];
    if (verb && !shiftKey) this.pass(verb);
  },
  tell(more) {
    // The step of a public link is no secret: whoever frames this page may know it.
    if (parent !== window) parent.postMessage({ chainwalk: { step: player.step, steps: player.steps, ...more } }, "*");
  },
  render() {
    if (this.told === player.step) return;
    this.told = player.step;
    this.tell();
  },
};
addEventListener("message", (event) => frame.hear(event));
addEventListener("keydown", (event) => frame.press(event), { capture: true }); // before the step is made

/** The link to the whole page, at this very step. */
const whole = {
  async render() {
    const link = part("whole");
    if (link)
      link.href = `${link.getAttribute("href").split("?")[0]}?${await encode({ ...player.state, readonly: false })}`;
  },
};

player
  .add(new Picture(part("picture"), player, still, still))
  .add(new Reading(part("reading"), player))
  .add(new Transport(part("transport"), player))
  .add(new Card(part("card"), player))
  .add(new Keys(document, player, {}))
  .add(whole)
  .add(frame)
  .render();
