// Values of a document as the language writes them: 2, 1+2j, [1, 2-1j].

/** The text of a number, a complex {re, im}, or nested lists of them. @param {Value} value */
export function written(value) {
  return Array.isArray(value) ? JSON.stringify(value.map(plain)).replaceAll('"', "") : String(plain(value));
}

/** Whether a value holds complex numbers. @param {Value | undefined} value @returns {boolean} */
export function isComplex(value) {
  return Array.isArray(value) ? value.some(isComplex) : typeof value === "object";
}

/** @param {Value} value @returns {unknown} */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object") return value;
  const imaginary = Number(value.im);
  return `${value.re}${imaginary < 0 ? "-" : "+"}${Math.abs(imaginary)}j`;
}
