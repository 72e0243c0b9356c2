// One table of keys, for the handler here and for the help (help.js). `verb` is one of the player, or of the part
// of the page that `part` names. Keys that are characters can be switched off, and none acts in a field.

import { preferences } from "../tools/preferences.js";

const LETTER = { character: true, once: true };

/** @typedef {{ keys: string[], signs: string[], text: string }} Row what is pressed, and what the help says of it */
/** @typedef {{ part?: string, verb?: string, shift?: boolean, character?: boolean, once?: boolean }} Deed */

/** @type {(Row & Deed)[]} */
export const KEYS = [
  { keys: ["ArrowRight", "PageDown"], signs: ["→", "PgDn"], verb: "forward", text: "key forward" },
  { keys: ["ArrowLeft", "PageUp"], signs: ["←", "PgUp"], verb: "back", text: "key back" },
  { keys: ["ArrowRight"], shift: true, signs: ["Shift →"], verb: "nextPhase", text: "key next phase" },
  { keys: ["ArrowLeft"], shift: true, signs: ["Shift ←"], verb: "previousPhase", text: "key previous phase" },
  { keys: ["Home"], signs: ["Home"], verb: "first", text: "key first" },
  { keys: ["End"], signs: ["End"], verb: "last", text: "key last" },
  { keys: [" "], signs: ["Space"], verb: "toggle", text: "key toggle", once: true },
  { keys: [..."0123456789"], signs: ["0 – 9"], part: "jump", verb: "start", text: "key jump", character: true },
  { keys: ["e"], signs: ["E"], part: "program", verb: "edit", text: "key edit", ...LETTER },
  { keys: ["o"], signs: ["O"], part: "folds", verb: "turn", text: "key fold", ...LETTER },
  { keys: ["p"], signs: ["P"], part: "themes", verb: "project", text: "key projector", ...LETTER },
  { keys: ["t"], signs: ["T"], part: "settings", verb: "turnTheme", text: "key theme", ...LETTER },
  { keys: ["s"], signs: ["S"], part: "share", verb: "open", text: "key share", ...LETTER },
  { keys: [","], signs: [","], part: "settings", verb: "open", text: "key settings", ...LETTER },
  { keys: ["["], signs: ["["], part: "panels", verb: "toggleLeft", text: "key left panel", ...LETTER },
  { keys: ["]"], signs: ["]"], part: "panels", verb: "toggleRight", text: "key right panel", ...LETTER },
  // The picture has these while the focus is in it (graph/hands.js, graph/nodes.js): it stands on other pages too.
  { keys: [], signs: ["+", "−", "0"], text: "key zoom" },
  { keys: [], signs: ["↑", "↓"], text: "key nodes" },
  { keys: [], signs: ["Enter"], text: "key node" },
  { keys: ["?"], signs: ["?"], part: "help", verb: "open", text: "key help", ...LETTER },
];

// Whatever takes keys of its own: fields, sliders, grids, lists of tabs, dialogs.
const FIELDS = "input, textarea, select, [contenteditable], [role=grid], [role=tablist], [role=separator], dialog";
const PRESSED = "button, a, summary"; // Space is theirs

// The same keys in a Russian layout: nobody switches layouts to press P.
/** @type {Record<string, string>} */
const CYRILLIC = { з: "p", е: "t", ы: "s", у: "e", щ: "o", х: "[", ъ: "]", б: "," };

export class Keys {
  /** @param {Document} root @param {Player} player @param {Record<string, any>} parts by name */
  constructor(root, player, parts) {
    /** @type {Record<string, any>} */
    this.parts = { ...parts, player };
    root.addEventListener("keydown", (event) => this.#press(event));
  }

  render() {}

  /** @param {KeyboardEvent} event */
  #press(event) {
    const row = find(event);
    if (!row || event.defaultPrevented || event.isComposing || (event.repeat && row.once)) return;
    if (row.character && !preferences.get("letters")) return;
    const target = event.composedPath()[0];
    if (target instanceof Element) {
      if (target.closest(FIELDS) || (event.key === " " && target.closest(PRESSED))) return;
    }
    const subject = this.parts[row.part ?? "player"];
    if (!subject || !row.verb) return; // a page without that part
    event.preventDefault(); // a step, never a scroll
    subject[row.verb](event.key);
  }
}

/** @param {KeyboardEvent} event */
function find({ key, ctrlKey, altKey, metaKey, shiftKey }) {
  if (ctrlKey || altKey || metaKey) return undefined;
  const lower = key.length === 1 ? key.toLowerCase() : key;
  const wanted = [lower, CYRILLIC[lower]];
  // A character says itself whether Shift made it (?).
  return KEYS.find(
    (row) => row.keys.some((k) => wanted.includes(k)) && (row.character || Boolean(row.shift) === shiftKey),
  );
}
