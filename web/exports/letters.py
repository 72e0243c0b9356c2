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

_SIGNS = r"""
    − - × \times ÷ \div · \cdot ⋅ \cdot ∙ \cdot ⊙ \odot ⊗ \otimes ⊕ \oplus √ \surd ∛ {}^3\!\surd ∞ \infty
    ∂ \partial ∇ \nabla ∑ \Sigma ∏ \Pi ∫ \int ‖ \| ≤ \leq ≥ \geq ≠ \neq ≈ \approx ± \pm → \to ← \leftarrow
    ↦ \mapsto ⇒ \Rightarrow ∈ \in ∘ \circ ° {}^\circ ′ {}' « \ll » \gg < < > > | | ς \varsigma ⅆ d ¬ \neg
    ⟨ \langle ⟩ \rangle ⊤ \top ⁄ /
""".split()
_MATHEMATICS = dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True))

_LETTERS = r"""
    \ \textbackslash{} { \{ } \} $ \$ & \& # \# _ \_ % \% ^ \^{} ~ \~{} " ''{} … ... – --{} — ---{} ’ '{} ‘
    `{} “ ``{} ” ''{} „ ,, ß \ss{} æ \ae{} Æ \AE{} œ \oe{} Œ \OE{} ø \o{} Ø \O{} ł \l{} Ł \L{} ı \i{} ȷ \j{}
    § \S{} ¶ \P{} © \copyright{} № No.
""".split()
_TEXT = {"\n": " ", "\t": " ", "\N{NO-BREAK SPACE}": "~"} | dict(
    zip(_LETTERS[::2], _LETTERS[1::2], strict=True)
)
_LIGATING = frozenset("-`'!?f,")
"""ASCII that would join with what follows it."""

_ACCENTS = {
    "\u0300": ("`", "grave"),
    "\u0301": ("'", "acute"),
    "\u0302": ("^", "hat"),
    "\u0303": ("~", "tilde"),
    "\u0304": ("=", "bar"),
    "\u0306": ("u", "breve"),
    "\u0307": (".", "dot"),
    "\u0308": ('"', "ddot"),
    "\u030a": ("r", "mathring"),
    "\u030c": ("v", "check"),
}
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
