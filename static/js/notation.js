// The page of notation: its formulas, set by KaTeX.

import { parts } from "./tools/elements.js";
import { setFormula } from "./tools/formula.js";

for (const element of parts(document, "[data-tex]")) {
  setFormula(element, `\\displaystyle ${element.dataset.tex}`); // fractions large enough for a hall
  if (element.scrollWidth > element.clientWidth) element.tabIndex = 0; // what moves sideways is moved by keys too
}
