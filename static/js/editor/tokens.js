// A program as tokens, for the eye alone: the engine reads the text, and says what is wrong with it.

const TOKEN =
  /(?<comment>#[^\n]*)|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<bracket>[()[\]])|(?<end>[;\n])|(?<operator>[-+*/^=×·⊙÷−–√∛@,]+)/gu;
const CONSTANTS = new Set(["e", "pi", "π"]);
/** @type {Record<string, string>} */
const PARTNERS = { "(": ")", "[": "]" };

/** @typedef {{ kind: string, text: string, start: number, end: number }} Token */

/**
 * The tokens of `text`, in order; kinds are comment, number, operator, bracket, end, and for names function, assigned,
 * parameter, constant and input.
 *
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const found = Array.from(text.matchAll(TOKEN), ({ 0: word, index, groups = {} }) => ({
    kind: Object.keys(groups).find((kind) => groups[kind] !== undefined) ?? "",
    text: word,
    start: index,
    end: index + word.length,
  }));
  const heads = statements(found).map(head);
  const assigned = new Set(heads.map(({ name }) => name));
  for (const { line, parameters } of heads) {
    for (const [i, token] of line.entries()) {
      if (token.kind !== "name") continue;
      if (line[i + 1]?.text === "(") token.kind = "function";
      else if (parameters.has(token.text)) token.kind = "parameter";
      else if (assigned.has(token.text)) token.kind = "assigned";
      else token.kind = CONSTANTS.has(token.text) ? "constant" : "input";
    }
  }
  return found;
}

/**
 * The bracket beside the caret and its partner, as tokens; only itself where it has none; or nothing.
 *
 * @param {Token[]} found
 * @param {number} caret
 */
export function brackets(found, caret) {
  const marks = found.filter(({ kind }) => kind === "bracket");
  const here = marks.find(({ end }) => end === caret) ?? marks.find(({ start }) => start === caret);
  if (!here) return [];
  /** @type {Token[]} */
  const open = [];
  for (const mark of marks) {
    if (mark.text in PARTNERS) open.push(mark);
    else {
      const partner = open.pop();
      const fits = partner && PARTNERS[partner.text] === mark.text;
      if (fits && (partner === here || mark === here)) return [partner, mark];
    }
  }
  return [here];
}

/** @param {Token[]} found */
function statements(found) {
  /** @type {Token[][]} */
  const lines = [[]];
  let depth = 0;
  for (const token of found) {
    if (token.kind === "bracket") depth += token.text in PARTNERS ? 1 : -1;
    if (token.kind === "end" && (depth <= 0 || token.text === ";")) {
      lines.push([]);
      depth = 0;
    } else if (!["end", "comment"].includes(token.kind)) lines.at(-1)?.push(token);
  }
  return lines;
}

/** What stands before the = of a statement: a name, or a function's name with its parameters. @param {Token[]} line */
function head(line) {
  /** @type {Set<string>} */
  const none = new Set();
  const cut = line.findIndex(({ text }) => text === "=");
  if (cut === 1) return { line, name: line[0].text, parameters: none };
  if (cut < 3 || line[1].text !== "(" || line[cut - 1].text !== ")") return { line, parameters: none };
  return { line, parameters: new Set(line.slice(2, cut - 1).map(({ text }) => text)) };
}
