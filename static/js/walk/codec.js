// The URL codec, the same as web/codec.py: both pass tests/web/codec_vectors.json.
// A state is an object that holds, for every key of KEYS, its value; `encode` leaves defaults out.

import { closed, escaped, plain } from "./escapes.js";
import { LONGEST, pack, unpack } from "./packing.js";

const VERSION = 1;
const READABLE = 1500;
const PACKED = ["e", "at", "wrt", "seed", "output"];

/**
 * A key of the query: `read` gives undefined for a text that cannot be followed.
 *
 * @template Value
 * @param {Value} initial
 * @param {(text: string) => Value | undefined} read
 * @param {(value: any) => string} [write]
 */
const kind = (initial, read, write = String) => ({ initial, read, write });

const words = (initial = "") => kind(initial, (text) => text);
const names = kind(/** @type {string[] | null} */ (null), readNames, (found) => found.join(","));
const flag = kind(
  false,
  (text) =>
    new Map([
      ["0", false],
      ["1", true],
    ]).get(text),
  (value) => (value ? "1" : "0"),
);

/**
 * One of some values.
 *
 * @template {string} Value
 * @param {Value} initial
 * @param {...Value} values
 */
const choice = (initial, ...values) =>
  kind(initial, (text) => [initial, ...values].find((value) => value === text && value !== ""));

const KEYS = {
  e: kind(/** @type {string | null} */ (null), (text) => text),
  at: words(),
  mode: choice("reverse", "forward"),
  wrt: names,
  seed: words(),
  output: words(),
  step: kind(0, readStep),
  share: flag,
  grain: choice(/** @type {string} */ (""), "operator", "statement"),
  folds: names,
  layout: choice("gradient", "jacobian"),
  digits: kind(4, (text) => (/^([2-9]|1[0-2])$/.test(text) ? Number(text) : undefined)),
  symbols: flag,
  exact: flag,
  lang: choice(/** @type {string} */ (""), "en", "ru"),
  theme: choice(/** @type {string} */ (""), "light", "dark", "projector"),
  view: words(),
  readonly: flag,
  scale: words(),
  transparent: flag,
};

/** @typedef {{ [Key in keyof typeof KEYS]: (typeof KEYS)[Key]["initial"] }} State */
/** @typedef {(code: string, key?: string, value?: string) => void} Note what could not be followed */

/** @type {Readonly<State>} */
export const DEFAULTS = Object.freeze(
  /** @type {any} */ (Object.fromEntries(Object.entries(KEYS).map(([key, { initial }]) => [key, initial]))),
);

/** The state of a raw query string and what in it could not be followed. @param {string} query */
export async function decode(query) {
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
  collect(query.replace(/^\?/, ""), texts, note, false);
  if (texts.has("v") && texts.get("v") !== String(VERSION)) note("version", "v", texts.get("v"));
  const packed = texts.get("z");
  if (packed) {
    try {
      collect(await unpack(packed), texts, note, true);
    } catch {
      note("packed", "z");
    }
  }
  for (const [key, { read }] of Object.entries(KEYS)) {
    const text = texts.get(key) ?? "";
    if (!text && !(key === "e" && texts.has("e"))) continue;
    const value = read(text);
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
  const pairs = Object.entries(KEYS)
    .map(([key, { initial, write }]) => ({ key, initial, write, value: state[/** @type {keyof State} */ (key)] }))
    .filter(({ initial, value }) => value !== initial)
    .map(({ key, write, value }) => [key, `${key}=${escaped(write(value))}`]);
  let parts = pairs.map(([, pair]) => pair);
  if (parts.join("&").length > READABLE) {
    const inner = pairs.filter(([key]) => PACKED.includes(key)).map(([, pair]) => pair);
    const outer = pairs.filter(([key]) => !PACKED.includes(key)).map(([, pair]) => pair);
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
    if (!Object.hasOwn(KEYS, key) && (packed || !["v", "z"].includes(key))) note("unknown", short(key));
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

/** @param {string} text */
function readStep(text) {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 0), 1000000);
}

/** @param {string} text */
function readNames(text) {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length ? names : null;
}
