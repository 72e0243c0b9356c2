// The URL codec, the same as web/codec.py: both pass tests/web/codec_vectors.json.
// The keys are the server's, and come with the page.

import { closed, escaped, plain, spaced } from "./escapes.js";
import { LONGEST, pack, unpack } from "./packing.js";

const VERSION = 1;
const READABLE = 1500;

/** @typedef {{ key: string, name: string, drawn: boolean, form: string, initial: any, packed: boolean }} Option */
/** @typedef {Option & { choices: string[], low: number, high: number }} Key a row of the server's table, by its form */

/**
 * By form: `read` makes a value of a text, undefined of one that cannot be followed.
 *
 * @type {Record<string, { read: (text: string, key: Key) => unknown, write?: (value: any) => string }>}
 */
const FORMS = {
  text: { read: (text) => text },
  choice: { read: (text, { choices }) => choices.find((one) => one === text) },
  flag: {
    read: (text) => (["0", "1"].includes(text) ? text === "1" : undefined),
    write: (value) => (value ? "1" : "0"),
  },
  names: { read: readNames, write: (found) => found.join(",") },
  whole: { read: (text, { low, high }) => [Number(text)].find((n) => String(n) === text && n >= low && n <= high) },
  clamped: { read: readClamped },
};

/**
 * What a link says, for each key its value; these are the keys that scripts read by name.
 *
 * @typedef {{
 *   e: string | null, at: string, mode: "reverse" | "forward", wrt: string[] | null, seed: string, output: string,
 *   step: number, share: boolean, grain: string, folds: string[] | null, layout: "gradient" | "jacobian",
 *   digits: number, symbols: boolean, exact: boolean, lang: string, theme: string, view: string, readonly: boolean,
 *   [key: string]: unknown,
 * }} State
 */
/** @typedef {(code: string, key?: string, value?: string) => void} Note what could not be followed */

/** The keys of a link, as the page brings them. @type {Key[]} */
export let KEYS = [];
/** The state that says nothing. @type {Readonly<State>} */
export let DEFAULTS = /** @type {any} */ ({});

/** Take the table of keys that the page brings. @param {Key[]} keys */
export function useKeys(keys) {
  KEYS = keys;
  DEFAULTS = Object.freeze(/** @type {any} */ (Object.fromEntries(keys.map(({ key, initial }) => [key, initial]))));
}

/** The state of a raw query string and what in it could not be followed. @param {string} query */
export async function decode(query) {
  const said = spaced(query.replace(/^\?/, ""));
  const raw = new TextEncoder().encode(query.replace(/^\?/, ""));
  const state = { ...DEFAULTS };
  /** @type {{ code: string, key: string, value: string }[]} */
  const notices = [];
  /** @type {Note} */
  const note = (code, key = "", value = "") => void notices.push({ code, key, value: short(value) });
  if (raw.length > LONGEST) {
    note("long");
    return { state, notices };
  }
  /** @type {Map<string, string>} */
  const texts = new Map();
  collect(said, texts, note, false);
  if (texts.has("v") && texts.get("v") !== String(VERSION)) note("version", "v", texts.get("v"));
  const packed = texts.get("z");
  if (packed) {
    try {
      collect(await unpack(packed), texts, note, true);
    } catch {
      note("packed", "z");
    }
  }
  for (const row of KEYS) {
    const { key } = row;
    const text = texts.get(key) ?? "";
    if (!text && !(key === "e" && texts.has("e"))) continue;
    const value = FORMS[row.form].read(text, row);
    if (value === undefined) note("broken", key, text);
    else Object.assign(state, { [key]: value });
  }
  return { state, notices };
}

/**
 * The canonical query of a state: keys in the order of KEYS, defaults left out, long texts packed.
 *
 * @param {State} state
 */
export async function encode(state) {
  const said = KEYS.filter(({ key, initial }) => state[key] !== initial).map(({ key, form, packed }) => {
    const write = FORMS[form].write ?? String;
    return { packed, pair: `${key}=${escaped(write(state[key]))}` };
  });
  let parts = said.map(({ pair }) => pair);
  if (parts.join("&").length > READABLE) {
    const inner = said.filter(({ packed }) => packed).map(({ pair }) => pair);
    const outer = said.filter(({ packed }) => !packed).map(({ pair }) => pair);
    parts = [`z=${await pack(inner.join("&"))}`, ...outer];
  }
  return closed([`v=${VERSION}`, ...parts].join("&"));
}

/**
 * The first of a key counts, and what stands outside `z` before it.
 *
 * @param {string} query
 * @param {Map<string, string>} texts
 * @param {Note} note
 * @param {boolean} packed
 */
function collect(query, texts, note, packed) {
  const seen = new Set();
  for (const pair of query.split("&")) {
    if (!pair) continue;
    const cut = pair.indexOf("=");
    const key = plain(cut < 0 ? pair : pair.slice(0, cut)).text.replace(/^amp;/, "");
    const { text, whole } = plain(cut < 0 ? "" : pair.slice(cut + 1));
    if (!Object.hasOwn(DEFAULTS, key) && (packed || !["v", "z"].includes(key))) note("unknown", short(key));
    else if (seen.has(key)) note("repeated", key);
    else {
      seen.add(key);
      if (!texts.has(key)) texts.set(key, text.replaceAll("\r\n", "\n"));
      if (!whole) note("encoding", key);
    }
  }
}

/** @param {string} text */
function short(text) {
  const characters = Array.from(text);
  return characters.length <= 40 ? text : `${characters.slice(0, 39).join("")}…`;
}

/** @param {string} text @param {Key} key */
function readClamped(text, { low, high }) {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), low), high);
}

/** @param {string} text */
function readNames(text) {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length ? names : null;
}
