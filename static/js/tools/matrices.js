// Arrays as other programs write them, in the notation of ours: cells of a spreadsheet, NumPy, MATLAB.

const NUMBER = /^[-+−]?(\d+\.?\d*|\.\d+)([eE][-+−]?\d+)?$/;

/** What `text` holds as "[[1, 2], [3, 4]]" or "[1, 2]", or null if it is no array of numbers. @param {string} text */
export function arrayText(text) {
  const bare = text
    .trim()
    .replace(/^(np\.|numpy\.)?(array|matrix|tensor)\s*\(([\s\S]*?)(,\s*dtype\s*=[^)]*)?\)$/, "$3")
    .trim();
  const rows = bare.startsWith("[") ? bracketed(bare) : cells(text);
  if (!rows?.length || !rows.every((row) => row.length === rows[0].length && row.every((cell) => NUMBER.test(cell))))
    return null;
  const numbers = rows.map((row) => row.map((cell) => String(Number(cell.replaceAll("−", "-")))));
  if (bare.startsWith("[") && !/^\[\s*\[|;/.test(bare)) return `[${numbers[0].join(", ")}]`;
  if (rows.length === 1 && rows[0].length === 1) return null;
  return `[${numbers.map((row) => `[${row.join(", ")}]`).join(", ")}]`;
}

/**
 * Lines of cells with tabs between them; in a Russian spreadsheet a comma stands for the point.
 *
 * @param {string} text
 */
function cells(text) {
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  if (lines.length === 1 && !lines[0].includes("\t")) return null;
  return lines.map((line) => line.split("\t").map((cell) => cell.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2")));
}

/** NumPy's [[1. 2.] [3. 4.]] or [[1, 2], [3, 4]], MATLAB's [1 2; 3 4]. @param {string} text */
function bracketed(text) {
  const inner = /^\[([\s\S]*)\]$/.exec(text)?.[1].trim();
  if (inner === undefined) return null;
  const parts = inner.startsWith("[")
    ? inner.match(/\[[^[\]]*\]/g)?.map((row) => row.slice(1, -1))
    : inner.split(/;|\n/);
  return parts
    ?.map((row) =>
      row
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .filter((row) => row.length);
}
