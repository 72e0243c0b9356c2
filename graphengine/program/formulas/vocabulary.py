"""What TeX writes: commands that mean nothing to a formula, and those that mean a sign."""

from __future__ import annotations

import re

from ...names import GREEK as LETTERS

SPACES = {",", ";", ":", "!", " ", "-", "/"} | set(
    "left right middle displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg bigl"
    " bigr Bigl Bigr biggl biggr Biggl Biggr bigm mathopen mathclose mathrel mathbin notag nonumber hfill"
    " normalsize small large centering allowbreak strut".split()
)
_COMMANDS = {
    "*": "times ast circ",
    "cdot": "cdot bullet",
    "hadamard": "odot",
    "kron": "otimes",
    "/": "div",
    "=": "coloneqq equiv triangleq doteq",
    "gets": "leftarrow gets",
    "bar": "vert",
    "bar_open": "lvert",
    "bar_close": "rvert",
    "norm": "| Vert parallel",
    "norm_open": "lVert",
    "norm_close": "rVert",
    "given": "mid",
    "angle_open": "langle",
    "angle_close": "rangle",
    "(": "lbrace { lparen",
    ")": "rbrace } rparen",
    "[": "lbrack",
    "]": "rbrack",
    "frac": "frac dfrac tfrac cfrac",
    "sqrt": "sqrt",
    "sep": "( ) [ ] \\ newline cr par",
    "prime": "prime",
    "transposed": "top intercal",
    "dagger": "dagger dag",
    "<": "lt",
    ">": "gt",
    "<=": "le leq leqslant",
    ">=": "ge geq geqslant",
    "!=": "ne neq",
    "in": "in",
    "sum": "sum",
    "prod": "prod",
    "arg": "arg",
    "for": "forall",
    "gap": "quad qquad",
}
SIGNS = {command: token for token, commands in _COMMANDS.items() for command in commands.split()}
_CHARACTERS = "+ + - −–- * *×∗ cdot ·⋅ hadamard ⊙ kron ⊗ / /÷ = = ; ; ^ ^ _ _ ( ( ) ) { { } } [ [ ] ]".split()
_CHARACTERS += ", , . . bar | norm ‖ sqrt √ < < > > <= ≤⩽ >= ≥⩾ != ≠ gets ← in ∈ sum ∑ prod ∏ ! ! & &".split()
_CHARACTERS += "angle_open ⟨ angle_close ⟩ transposed ⊤ᵀ prime '′’".split()
CHARACTERS = {
    character: token
    for token, characters in zip(_CHARACTERS[::2], _CHARACTERS[1::2], strict=True)
    for character in characters
}
OPEN = {"(": ")", "{": "}", "[": "]", "bar_open": "bar_close", "norm_open": "norm_close"}
OPEN |= {"angle_open": "angle_close", "begin": "end"}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
ENDS = {"name", "word", "digit", ")", "}", "]", "bar_close", "norm_close", "angle_close", ".", "prime", "!"}
ENDS |= {"transposed", "dagger", "end"}
"""Tokens after which an operand is complete."""
RELATIONS = {"<", ">", "<=", ">=", "!="}

GREEK = {name: name for name in LETTERS} | {
    f"var{name}": f"var{name}" for name in "theta rho sigma pi kappa".split()
}
BY_LETTER = {letter: name for name, letter in LETTERS.items() if not name.startswith("var")} | {
    "ϕ": "phi",
    "ϵ": "epsilon",
}
UPRIGHT = set("text mathrm operatorname textrm mathsf textsf texttt mathtt rm mbox textnormal textup".split())
FONTS = {
    command: font
    for font, commands in {
        "": "mathit textit mathnormal textsl",
        "bold": "vec mathbf textbf boldsymbol bm pmb mathbfit symbf bf bold boldmath",
        "cal": "mathcal cal mathscr",
        "bb": "mathbb Bbb",
        "frak": "mathfrak",
    }.items()
    for command in commands.split()
}
ACCENTS = {name: name for name in ("hat", "tilde", "bar", "dot", "ddot", "check")} | {
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "bar",
}
SEEN_THROUGH = set("underbrace overbrace boxed fbox mathstrut underline ensuremath mathop substack".split())
"""Commands that are looked through: what stands in their braces counts, and nothing below it."""

ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)\*?\}(\{[lcr|@{}\s]*\})?")
DISPLAYS = set(
    "equation align aligned gather gathered split eqnarray multline displaymath math flalign"
    " alignat alignedat".split()
)
MATRICES = set("matrix pmatrix bmatrix Bmatrix smallmatrix array vmatrix".split())
CASES = {"cases", "dcases", "rcases"}
DROPPED = re.compile(
    r"\\(?:label|tag|ref|eqref|vspace|color|phantom|vphantom|hphantom|footnote|cite)\s*\*?\{[^{}]*\}"
    r"|\\(?:textcolor|colorbox)\s*(?:\[[^\]]*\])?\{[^{}]*\}"
)
GAP = re.compile(r"\\hspace\*?\{[^{}]*\}")
COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
LETTERS_RUN = re.compile(r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ᵀ]+")
ROW = re.compile(r"[ \t&]*[^\s=+\-*/^_&)}\]][^\n=]*=")
"""A line with a = of its own."""
PROSE = set(
    "if otherwise else where for when and or with so then s.t. иначе если при где для и или в"
    " остальных".split()
)
"""Words between formulas."""
