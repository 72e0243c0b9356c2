// A step as an equation: left side, relation, and what is equal on the right, in LaTeX.

const RELATION = /\\mathrel\{\+\}=|=/;

/** The right sides of a step behind its rule: with the numbers, and what comes out; without repetition. */
export function sides(step) {
  const numbers = step.substituted || (step.kind === "seed" && step.slot === "adjoint" ? step.result_latex : "");
  return numbers ? [...new Set([numbers, step.result_latex])].filter(Boolean) : [];
}

/** The whole equation of a step. */
export function equation(step) {
  return [step.rule, ...sides(step)].join(" = ");
}

/** An align* environment (amsmath) of some steps, with `title(phase)` before each phase. */
export function align(steps, title) {
  const lines = [];
  let phase = "";
  for (const step of steps) {
    const row = `  ${equation(step).replace(RELATION, "&$&")}`;
    // \\intertext ends its line by itself; a line before it or before another needs the \\\\.
    if (step.phase === phase) lines[lines.length - 1] += " \\\\";
    else lines.push(`  \\intertext{${text(title(step.phase))}}`);
    phase = step.phase;
    lines.push(row);
  }
  return ["\\begin{align*}", ...lines, "\\end{align*}", ""].join("\n");
}

// Text of ours, and yet: nothing that LaTeX would take for a command.
function text(words) {
  return words.replace(
    /[\\{}$&#^_~%]/g,
    (sign) =>
      ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" })[sign] ?? `\\${sign}`,
  );
}
