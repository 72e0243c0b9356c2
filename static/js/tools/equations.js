// Steps as equations in LaTeX: the rule of a step, and what that is equal to with numbers.

/** The whole equation of a step. @param {Pick<Step, "rule" | "numbers">} step */
export function equation({ rule, numbers }) {
  return [rule, ...numbers].join(" = ");
}

/**
 * An align* environment (amsmath) of some steps, with `title(phase)` before each phase.
 *
 * @param {Step[]} steps
 * @param {(phase: Step["phase"]) => string} title
 */
export function align(steps, title) {
  const lines = [];
  let phase = "";
  for (const step of steps) {
    const row = `  ${equation({ ...step, rule: step.aligned })}`;
    // \\intertext ends its line by itself; a line before it or before another needs the \\\\.
    if (step.phase === phase) lines[lines.length - 1] += " \\\\";
    else lines.push(`  \\intertext{${escaped(title(step.phase))}}`);
    phase = step.phase;
    lines.push(row);
  }
  return ["\\begin{align*}", ...lines, "\\end{align*}", ""].join("\n");
}

const WORDS = new Map([
  ["\\", "\\textbackslash{}"],
  ["~", "\\textasciitilde{}"],
  ["^", "\\textasciicircum{}"],
]);

/** Text of ours, and yet: nothing that LaTeX would take for a command. @param {string} words */
function escaped(words) {
  return words.replace(/[\\{}$&#^_~%]/g, (sign) => WORDS.get(sign) ?? `\\${sign}`);
}
