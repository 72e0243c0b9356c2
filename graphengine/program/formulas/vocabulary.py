"""What TeX writes: commands that mean nothing to a formula, and those that mean a sign."""

from __future__ import annotations

import re

SPACES = {",", ";", ":", "!", " ", "-", "/"} | set(
    "quad qquad left right middle displaystyle textstyle limits nolimits big Big bigg Bigg bigl bigr Bigl"
    " Bigr biggl biggr Biggl Biggr bigm mathopen mathclose mathrel mathbin nonumber notag hfill".split()
)
_COMMANDS = {
    "TIMES": "cdot times odot ast circ",
    "DIVIDE": "div",
    "_EQ": "coloneqq equiv",
    "BAR_OPEN": "lvert",
    "_BAR_CLOSE": "rvert",
    "BAR": "vert mid",
    "_LPAR": "lbrace { lparen",
    "_RPAR": "rbrace } rparen",
    "_LBRACKET": "lbrack",
    "_RBRACKET": "rbrack",
    "FRAC": "frac dfrac tfrac cfrac",
    "SQRT": "sqrt",
    "_SEP": "( ) [ ] \\ newline cr par",
}
SIGNS = {command: token for token, commands in _COMMANDS.items() for command in commands.split()}
_CHARACTERS = "PLUS + MINUS −–- TIMES *·×⊙⋅∗ DIVIDE /÷ _EQ = _SEP ; _SUP ^ _SUB _ _LPAR ( _RPAR )".split()
_CHARACTERS += "_LBRACE { _RBRACE } _LBRACKET [ _RBRACKET ] _COMMA , POINT . BAR | SQRT √".split()
CHARACTERS = {
    character: token
    for token, characters in zip(_CHARACTERS[::2], _CHARACTERS[1::2], strict=True)
    for character in characters
}
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
