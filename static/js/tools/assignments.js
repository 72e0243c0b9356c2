// Inputs and seeds as links write them: "w1=2;x1=-1".

/** Name → text of the value. */
export function readAssignments(text) {
  const found = new Map();
  for (const part of text.split(/[;\n]/)) {
    const cut = part.indexOf("=");
    if (cut > 0) found.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return found;
}

export function writeAssignments(values) {
  return Array.from(values, ([name, text]) => `${name}=${text}`).join(";");
}

/** The names that a program mentions. */
export function namesIn(program) {
  return new Set(program.normalize("NFKC").match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}
