// Texts in a query: with percent-escapes, and without.

const BARE = /[A-Za-z0-9\-._~!$()*+,/:;=?@^]/;

/** Percent-escapes for all that a query or a chat program would not leave alone. @param {string} text */
export function escaped(text) {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return BARE.test(character) ? character : hex(byte);
  }).join("");
}

/** @param {number} byte */
const hex = (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** Programs that recognise links cut punctuation off at the end. @param {string} query */
export function closed(query) {
  return /[A-Za-z0-9=]$/.test(query) ? query : query.slice(0, -1) + hex(query.charCodeAt(query.length - 1));
}

/** A query that a form encoded, known by a %2B beside a +, with its spaces; ours escape a + at the end alone. @param {string} query */
export function spaced(query) {
  return /%2B(?!$)/i.test(query) ? query.replaceAll("+", "%20") : query;
}

/** The text that was escaped, and whether it is whole. @param {string} raw */
export function plain(raw) {
  const source = new TextEncoder().encode(raw);
  /** @type {number[]} */
  const bytes = [];
  for (let i = 0; i < source.length; i += 1) {
    const code = String.fromCharCode(...source.slice(i, i + 3));
    const escaped = /^%[0-9A-Fa-f]{2}$/.test(code);
    bytes.push(escaped ? parseInt(code.slice(1), 16) : source[i]);
    if (escaped) i += 2;
  }
  /** @param {boolean} fatal */
  const decoded = (fatal) => new TextDecoder("utf-8", { fatal, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  try {
    return { text: decoded(true), whole: true };
  } catch {
    return { text: decoded(false), whole: false };
  }
}
