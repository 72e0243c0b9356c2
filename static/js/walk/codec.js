// The URL codec, the same as web/codec.py: both pass tests/web/codec_vectors.json.
// A state is an object that holds, for every key of KEYS, its value; `encode` leaves defaults out.

import { LONGEST, pack, unpack } from "./packing.js";

const VERSION = 1;
const READABLE = 1500;
const PACKED = ["e", "at", "wrt", "seed", "output"];
const BARE = /[A-Za-z0-9\-._~!$()*+,/:;=?@^]/;

const identity = (text) => text;
const kind = (initial, read = identity, write = String) => ({ initial, read, write });
const choice = (initial, ...values) => kind(initial, (text) => (values.includes(text) ? text : undefined));
const flag = kind(
  false,
  (text) => ({ 0: false, 1: true })[text],
  (value) => (value ? "1" : "0"),
);

// `read` gives undefined for a text that cannot be followed.
const KEYS = {
  e: kind(null),
  at: kind(""),
  mode: choice("reverse", "reverse", "forward"),
  wrt: kind(null, readNames, (names) => names.join(",")),
  seed: kind(""),
  output: kind(""),
  step: kind(0, readStep),
  share: flag,
  grain: choice("", "operator", "statement"),
  folds: kind(null, readNames, (names) => names.join(",")),
  layout: choice("gradient", "gradient", "jacobian"),
  digits: kind(4, (text) => (/^([2-9]|1[0-2])$/.test(text) ? Number(text) : undefined)),
  symbols: flag,
  exact: flag,
  lang: choice("", "en", "ru"),
  theme: choice("", "light", "dark", "projector"),
  view: kind(""),
  readonly: flag,
  scale: kind(""),
  transparent: flag,
};

export const DEFAULTS = Object.freeze(
  Object.fromEntries(Object.entries(KEYS).map(([key, { initial }]) => [key, initial])),
);

/** The state of a raw query string and what in it could not be followed: `{state, notices: [{code, key, value}]}`. */
export async function decode(query) {
  const raw = new TextEncoder().encode(query.replace(/^\?/, ""));
  const state = { ...DEFAULTS };
  const notices = [];
  const note = (code, key = "", value = "") => notices.push({ code, key, value: short(value) });
  if (raw.length > LONGEST) {
    note("long");
    return { state, notices };
  }
  const texts = new Map();
  collect(query.replace(/^\?/, ""), texts, note, false);
  if (texts.has("v") && texts.get("v") !== String(VERSION)) note("version", "v", texts.get("v"));
  if (texts.get("z")) {
    try {
      collect(await unpack(texts.get("z")), texts, note, true);
    } catch {
      note("packed", "z");
    }
  }
  for (const [key, { read }] of Object.entries(KEYS)) {
    const text = texts.get(key) ?? "";
    if (!text && !(key === "e" && texts.has("e"))) continue;
    const value = read(text);
    if (value === undefined) note("broken", key, text);
    else state[key] = value;
  }
  return { state, notices };
}

/** The canonical query of a state: keys in the order of KEYS, defaults left out, long texts packed. */
export async function encode(state) {
  const pairs = Object.entries(KEYS)
    .filter(([key, { initial }]) => state[key] !== initial)
    .map(([key, { write }]) => [key, `${key}=${escape(write(state[key]))}`]);
  let parts = pairs.map(([, pair]) => pair);
  if (parts.join("&").length > READABLE) {
    const inner = pairs.filter(([key]) => PACKED.includes(key)).map(([, pair]) => pair);
    const outer = pairs.filter(([key]) => !PACKED.includes(key)).map(([, pair]) => pair);
    parts = [`z=${await pack(inner.join("&"))}`, ...outer];
  }
  return closed([`v=${VERSION}`, ...parts].join("&"));
}

/** Percent-escapes for all that a query or a chat program would not leave alone. */
function escape(text) {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return BARE.test(character) ? character : hex(byte);
  }).join("");
}

const hex = (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

// Programs that recognise links cut punctuation off at the end.
function closed(query) {
  return /[A-Za-z0-9=]$/.test(query) ? query : query.slice(0, -1) + hex(query.charCodeAt(query.length - 1));
}

// The first of a key counts, and what stands outside `z` before it.
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

function plain(raw) {
  const source = new TextEncoder().encode(raw);
  const bytes = [];
  for (let i = 0; i < source.length; i += 1) {
    const code = String.fromCharCode(...source.slice(i, i + 3));
    const escaped = /^%[0-9A-Fa-f]{2}$/.test(code);
    bytes.push(escaped ? parseInt(code.slice(1), 16) : source[i]);
    if (escaped) i += 2;
  }
  const decoded = (fatal) => new TextDecoder("utf-8", { fatal, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  try {
    return { text: decoded(true), whole: true };
  } catch {
    return { text: decoded(false), whole: false };
  }
}

function short(text) {
  const characters = Array.from(text);
  return characters.length <= 40 ? text : `${characters.slice(0, 39).join("")}…`;
}

function readStep(text) {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 0), 1000000);
}

function readNames(text) {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length ? names : null;
}
