r"""Names and functions as LaTeX writes them: w_{12} is w12, x_{\text{in}} is x_in, \hat y is y_hat."""

from __future__ import annotations

import re
import unicodedata

from ...errors import ProgramError, Span
from ...messages import N_
from ...names import GREEK as LETTERS
from ...ops import NAMES

GREEK = {name: name.removeprefix("var") for name in LETTERS} | {
    f"var{name}": name for name in ("theta", "rho", "sigma", "pi", "kappa")
}
UPRIGHT = {"text", "mathrm", "operatorname", "textrm", "mathsf", "textsf", "texttt", "mathtt", "rm"}
FONTS = UPRIGHT | set(
    "mathit textit mathbf textbf boldsymbol bm pmb mathcal mathbb mathfrak vec mathnormal".split()
)
ACCENTS = {name: name for name in ("hat", "tilde", "bar", "dot", "ddot", "check")} | {
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "bar",
}

_BY_LETTERS = {name.replace("_", "").lower(): name for name in NAMES if name.isascii()}

_GAP = r"(?:\s|\\[,;:! ]|\{\})*"
_OPEN = re.compile(rf"{_GAP}\\([A-Za-z]+)\*?{_GAP}(\{{?)")
_PLAIN = re.compile(rf"{_GAP}(?:\\_|[^\W]|[ ,\-])+")
_LETTER = re.compile(rf"{_GAP}([^\W\d_])")
_SUFFIX = re.compile(rf"{_GAP}(_|'|′|\^{_GAP}(?:\\prime\b|\{{(?:{_GAP}\\prime{_GAP})+\}}|\{{{_GAP}[(\[]))")
_DIGITS = re.compile(r"[0-9]+|[₀₁₂₃₄₅₆₇₈₉]+")


def function(name: str) -> str | None:
    """The operator that a command or word means, as the language calls it: ReLU is relu, tg is tg."""
    return name if name in NAMES else _BY_LETTERS.get(name.replace("_", "").replace(" ", "").lower())


def name_of(text: str, start: int) -> tuple[str, int, bool]:
    """The name at `start` in the language of programs, where it ends, and whether it stands upright.

    Raises ProgramError where letters and digits are not all that it consists of.
    """
    base, place, upright = _base(text, start)
    if not base[0].isalpha():
        raise _wrong(text, (start, place))
    parts: list[str] = []
    digits = _DIGITS.match(text, place)
    if digits and (len(base) == 1 or not digits[0].isascii()):
        parts, place = [unicodedata.normalize("NFKC", digits[0])], digits.end()
    while found := _SUFFIX.match(text, place):
        sign = found[1]
        if sign == "_":
            part, place = _subscript(text, found.end())
            parts.append(part)
        elif sign in "'′" or "prime" in sign:
            parts += ["prime"] * max(1, sign.count("prime"))
            place = found.end()
        else:
            index = re.compile(rf"\s*(\w+)\s*[)\]]{_GAP}\}}").match(text, found.end())
            if index is None:
                break
            parts, place, upright = [*parts, "", index[1]], index.end(), False
    words = [part for part in parts if part]
    if words and len(parts) == 1 and words[0].isdigit() and not base[-1].isdigit() and "_" not in base:
        return base + words[0], place, False
    return "_".join([base, *words]), place, upright and not words


def _base(text: str, start: int) -> tuple[str, int, bool]:
    """The letter, Greek letter, or word in a font or under an accent, that begins at `start`."""
    if text[start] != "\\":
        return text[start], start + 1, False
    found = _OPEN.match(text, start)
    assert found is not None
    command, brace = found[1], found[2]
    if command in GREEK or command == "ell":
        return GREEK.get(command, "ell"), start + 1 + len(command), False
    if brace:
        inner, place = _inside(text, found.end(), (start, found.end()))
    else:
        inner, place, _upright = _one(text, found.end(), (start, found.end()))
    if command in ACCENTS:
        return f"{inner}_{ACCENTS[command]}", place, False
    return inner, place, command in UPRIGHT


def _subscript(text: str, place: int) -> tuple[str, int]:
    brace = re.compile(rf"{_GAP}\{{").match(text, place)
    if brace:
        return _inside(text, brace.end(), (place, brace.end()))
    digit = re.compile(rf"{_GAP}([0-9])").match(text, place)
    if digit:
        return digit[1], digit.end()
    word, end, _upright = _one(text, place, (place - 1, place))
    return word, end


def _one(text: str, place: int, span: Span) -> tuple[str, int, bool]:
    """One letter or command without braces around it."""
    letter = _LETTER.match(text, place)
    if letter:
        return letter[1], letter.end(), False
    found = _OPEN.match(text, place)
    if found and (found[1] in GREEK or found[1] in FONTS):
        return _base(text, found.start(1) - 1)
    if found and re.fullmatch("max|min|ln|log|sin|cos|exp|top", found[1]):
        return found[1], found.end(1), False
    raise _wrong(text, span)


def _inside(text: str, place: int, span: Span) -> tuple[str, int]:
    """What stands in braces, as one word: 1,2 is 1_2."""
    words: list[str] = []
    while True:
        end = re.compile(rf"{_GAP}\}}").match(text, place)
        if end:
            break
        plain = _PLAIN.match(text, place)
        if plain:
            words.append(plain[0])
            place = plain.end()
        elif len(words) > 8:
            raise _wrong(text, span)
        else:
            word, place, _upright = _one(text, place, span)
            words.append(word)
    word = unicodedata.normalize("NFKC", "".join(words))
    word = re.sub(r"[\s,\-]+", "_", re.sub(r"\\[,;:! ]", " ", word).replace(r"\_", "_").strip())
    if not re.fullmatch(r"[^\W_]\w*", word) or "__" in word or len(word) > 40:
        raise _wrong(text, span)
    return word, end.end()


def _wrong(text: str, span: Span) -> ProgramError:
    return ProgramError(
        N_("A name or subscript consists of letters and digits."),
        hint=N_("For example: {latex}", latex=r"w_{12}, x_{\text{in}}, \hat{y}"),
        span=span,
        text=text,
    )
