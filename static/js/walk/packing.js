// Long texts in a link: raw deflate, in the base64 of URLs without padding.

/** Bytes of a query, packed or unpacked. */
export const LONGEST = 65536;

/** A query as the text of `z`. @param {string} query */
export async function pack(query) {
  const bytes = await pump(new TextEncoder().encode(query), new CompressionStream("deflate-raw"), Infinity);
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The query in a `z`; rejects if it is damaged or larger than LONGEST. @param {string} text */
export async function unpack(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error("not base64");
  const packed = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const bytes = await pump(packed, new DecompressionStream("deflate-raw"), LONGEST);
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16)}`)).join("");
}

/**
 * Reads no more than `bound` bytes: a small `z` may unpack to gigabytes.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} bound
 */
async function pump(bytes, stream, bound) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const found = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) found.push(byte);
    if (found.length > bound) {
      await reader.cancel();
      throw new Error("too long");
    }
  }
  return found;
}
