// Values of a document as the language writes them: 2, 1+2j, [1, 2-1j].

/** The text of a number, a complex {re, im}, or nested lists of them. */
export function written(value) {
  return Array.isArray(value) ? JSON.stringify(value.map(plain)).replaceAll('"', "") : String(plain(value));
}

/** Whether a value holds complex numbers. */
export function isComplex(value) {
  return Array.isArray(value) ? value.some(isComplex) : value?.re !== undefined;
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!isComplex(value)) return value;
  return `${value.re}${value.im < 0 ? "-" : "+"}${Math.abs(value.im)}j`;
}
