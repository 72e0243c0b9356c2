"""What TeX writes: commands that mean nothing to a formula, and those that mean a sign."""

from __future__ import annotations

import re

SPACES = {",", ";", ":", "!", " ", "-", "/"} | set(
    "quad qquad left right middle displaystyle textstyle limits nolimits big Big bigg Bigg bigl bigr Bigl"
    " Bigr biggl biggr Biggl Biggr bigm mathopen mathclose mathrel mathbin nonumber notag hfill".split()
)
SIGNS = {
    "cdot": "TIMES", "times": "TIMES", "odot": "TIMES", "ast": "TIMES", "circ": "TIMES", "div": "DIVIDE",
    "coloneqq": "_EQ", "equiv": "_EQ", "lvert": "BAR_OPEN", "rvert": "_BAR_CLOSE", "vert": "BAR",
    "mid": "BAR",
    "lbrace": "_LPAR", "rbrace": "_RPAR", "{": "_LPAR", "}": "_RPAR", "lparen": "_LPAR", "rparen": "_RPAR",
    "lbrack": "_LBRACKET", "rbrack": "_RBRACKET", "frac": "FRAC", "dfrac": "FRAC", "tfrac": "FRAC",
    "cfrac": "FRAC", "sqrt": "SQRT", "(": "_SEP", ")": "_SEP", "[": "_SEP", "]": "_SEP", "\\": "_SEP",
    "newline": "_SEP", "cr": "_SEP", "par": "_SEP",
}  # fmt: skip
CHARACTERS = {
    "+": "PLUS", "-": "MINUS", "−": "MINUS", "–": "MINUS", "*": "TIMES", "·": "TIMES", "×": "TIMES",
    "⊙": "TIMES", "⋅": "TIMES", "∗": "TIMES", "/": "DIVIDE", "÷": "DIVIDE", "=": "_EQ", ";": "_SEP",
    "^": "_SUP", "_": "_SUB", "(": "_LPAR", ")": "_RPAR", "{": "_LBRACE", "}": "_RBRACE",
    "[": "_LBRACKET", "]": "_RBRACKET", ",": "_COMMA", ".": "POINT", "|": "BAR", "√": "SQRT",
}  # fmt: skip
OPEN = {"_LPAR": "_RPAR", "_LBRACE": "_RBRACE", "_LBRACKET": "_RBRACKET", "BAR_OPEN": "_BAR_CLOSE"}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
ENDS = {"NAME", "DIGIT", "_RPAR", "_RBRACE", "_RBRACKET", "_BAR_CLOSE", "POINT"}
"""Tokens after which an operand is complete."""

ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)\*?\}(\{[lcr|@{}\s]*\})?")
DISPLAYS = set(
    "equation align aligned gather gathered split eqnarray multline displaymath math flalign alignat".split()
)
DROPPED = re.compile(r"\\(?:label|tag|ref|eqref|hspace|vspace|color|phantom)\s*\*?\{[^{}]*\}")
COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
SUM = re.compile(
    r"\s*(?:\\limits\s*)?_\s*(?:\{\s*([A-Za-z])\s*(?:=[^{}]*)?\}|([A-Za-z]))"
    r"(?:\s*\^\s*(?:\{[^{}]*\}|\\?\w))?"
)
LETTERS = re.compile(r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+")
ROW = re.compile(r"[ \t&]*[^\s=+\-*/^_&)}\]][^\n=]*=")
"""A line with a = of its own."""
