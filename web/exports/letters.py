r"""Any text as LaTeX that plain pdflatex sets: no character of it is ever a command.

The fonts that come with every LaTeX know Latin letters, accents, Greek and the signs of mathematics. What
they do not know degrades: Cyrillic is set where the LaTeX at hand has its fonts (T2A), and transliterated
elsewhere; a Latin letter with a stroke or a hook loses it; of any other character the code point is set, as
in U+4E2D, so that different names stay different.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from graphengine.names import GREEK

_MATHEMATICS = {
    "−": "-", "×": r"\times", "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot", "∙": r"\cdot", "⊙": r"\odot",
    "⊗": r"\otimes", "⊕": r"\oplus", "√": r"\surd", "∛": r"{}^3\!\surd", "∞": r"\infty", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\Sigma", "∏": r"\Pi", "∫": r"\int", "‖": r"\|", "≤": r"\leq", "≥": r"\geq",
    "≠": r"\neq", "≈": r"\approx", "±": r"\pm", "→": r"\to", "←": r"\leftarrow", "↦": r"\mapsto",
    "⇒": r"\Rightarrow", "∈": r"\in", "∘": r"\circ", "°": r"{}^\circ", "′": r"{}'", "«": r"\ll",
    "»": r"\gg", "<": "<", ">": ">", "|": "|", "ς": r"\varsigma", "ⅆ": "d", "¬": r"\neg", "⟨": r"\langle",
    "⟩": r"\rangle", "⊤": r"\top", "⁄": "/",
}  # fmt: skip

_TEXT = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "^": r"\^{}", "~": r"\~{}", '"': "''{}", "\n": " ", "\t": " ", "\N{NO-BREAK SPACE}": "~",
    "…": "...", "–": "--{}", "—": "---{}", "’": "'{}", "‘": "`{}", "“": "``{}", "”": "''{}",
    "„": ",,", "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}",
    "Ø": r"\O{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "ȷ": r"\j{}", "§": r"\S{}", "¶": r"\P{}",
    "©": r"\copyright{}", "№": "No.",
}  # fmt: skip
_LIGATING = frozenset("-`'!?f,")
"""ASCII that would join with what follows it."""

_ACCENTS = {
    "\u0300": ("`", "grave"), "\u0301": ("'", "acute"), "\u0302": ("^", "hat"), "\u0303": ("~", "tilde"),
    "\u0304": ("=", "bar"), "\u0306": ("u", "breve"), "\u0307": (".", "dot"), "\u0308": ('"', "ddot"),
    "\u030a": ("r", "mathring"), "\u030c": ("v", "check"),
}  # fmt: skip
"""Over a Latin letter, and over anything."""

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџ",
        "a b v g d e yo zh z i j k l m n o p r s t u f kh ts ch sh shch '' y ' e yu ya "
        "i yi ye g u j lj nj c dj dz".split(),
        strict=True,
    )
)
_JOINED = re.compile("[" + "".join(_CYRILLIC) + "".join(_CYRILLIC).upper() + "]+")


def latex(text: str) -> str:
    r"""`text` for LaTeX's ordinary text.

    >>> print(latex("w_1 = −2"), latex(r"\input{x}"), latex("v̄₁"))
    w\_1 = $-$2 \textbackslash{}input\{x\} \={v}\textsubscript{1}
    """
    groups: list[tuple[str, str]] = []
    for character in _pieces(unicodedata.normalize("NFC", text)):
        before, marks = groups[-1] if groups else ("", "")
        if character in _ACCENTS and before:
            groups[-1] = before, marks + character
        else:
            groups.append((character, ""))
    return _JOINED.sub(_both, "".join(_accented(base, marks) for base, marks in groups))


def _pieces(text: str) -> Iterator[str]:
    """The characters and their accents; those of Cyrillic letters are parts of them."""
    for character in text:
        yield from character if _is_cyrillic(character) else unicodedata.normalize("NFD", character)


def _is_cyrillic(character: str) -> bool:
    return character.lower() in _CYRILLIC


def _both(run: re.Match[str]) -> str:
    r"""Letters for those who have them, and for those who do not; \chainwalkcyrillic knows who."""
    plain = "".join(_character(part) for letter in run[0] for part in _transliterated(letter))
    return rf"\chainwalkcyrillic{{{run[0]}}}{{{plain}}}"


def _transliterated(letter: str) -> str:
    small = _CYRILLIC[letter.lower()]
    return small if letter.islower() else small.capitalize()


def _accented(base: str, marks: str) -> str:
    """One letter under its accents, the innermost first."""
    if marks and base.isascii() and base.isalpha():
        stem = rf"\{base}" if base in "ij" else base
        done, marks = rf"\{_ACCENTS[marks[0]][0]}{{{stem}}}", marks[1:]
    else:
        done = _character(base)
    for mark in marks:
        done = rf"$\{_ACCENTS[mark][1]}{{\mbox{{{done}}}}}$"
    return done


def _character(character: str) -> str:
    if _is_cyrillic(character):
        return character  # and joined with its neighbours later
    if character in _TEXT:
        return _TEXT[character]
    if character in _MATHEMATICS:
        return f"${_MATHEMATICS[character]}$"
    if character in _GREEK:
        return _GREEK[character]
    if character.isascii() and character.isprintable():
        return character + "{}" if character in _LIGATING else character
    kind, _, codes = unicodedata.decomposition(character).rpartition(">")
    if codes:
        inner = "".join(_character(chr(int(code, 16))) for code in codes.split())
        if kind in ("<super", "<sub"):
            return rf"\text{kind[1:]}script{{{inner}}}"
        return inner
    return _unknown(character)


def _unknown(character: str) -> str:
    found = re.match(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]) WITH ", unicodedata.name(character, ""))
    if found:
        return found[2].lower() if found[1] == "SMALL" else found[2]
    return f"U+{ord(character):04X}"


def _greek() -> dict[str, str]:
    """Greek letters; a capital that looks like a Latin one has no command of its own."""
    own = set("ΓΔΘΛΞΠΣΥΦΨΩ")
    found = {"ο": "o", "ϕ": r"$\phi$", "ϵ": r"$\epsilon$", "ϑ": r"$\vartheta$"}
    for name, letter in GREEK.items():
        if name.lower().startswith("var"):
            continue
        if letter in own:
            found[letter] = rf"$\mathsf{{\{name}}}$"
        elif letter.isupper():
            found[letter] = {"Η": "H", "Ρ": "P", "Χ": "X", "Ν": "N"}.get(letter, name[0])
        elif letter != "ο":
            found[letter] = rf"$\{name}$"
    return found | {"ε": r"$\varepsilon$", "φ": r"$\varphi$"}


_GREEK = _greek()
