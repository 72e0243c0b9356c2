// The page of notation: its formulas, set by KaTeX.

import { setFormula } from "./tools/formula.js";

for (const element of document.querySelectorAll("[data-tex]")) {
  setFormula(element, `\\displaystyle ${element.dataset.tex}`); // fractions large enough for a hall
}
