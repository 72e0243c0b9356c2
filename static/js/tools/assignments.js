// Inputs and seeds as links write them: "w1=2;x1=-1".

/** Name → text of the value. @param {string} text @returns {Map<string, string>} */
export function readAssignments(text) {
  const found = new Map();
  for (const part of text.split(/[;\n]/)) {
    const cut = part.indexOf("=");
    if (cut > 0) found.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return found;
}

/** @param {Iterable<readonly [string, string]>} values */
export function writeAssignments(values) {
  return Array.from(values, ([name, text]) => `${name}=${text}`).join(";");
}

/** The names that a program mentions. @param {string} program */
export function namesIn(program) {
  return new Set(program.normalize("NFKC").match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}
