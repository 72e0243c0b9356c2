"""What a Russian keyboard leaves in a formula: letters that only look Latin, and the decimal comma."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from ..errors import GraphError, NameProblem, ProgramError, Span
from ..messages import N_

_TWINS = str.maketrans("аеорсухіАВЕКМНОРСТУХІ", "aeopcyxiABEKMHOPCTYXI")
_DECIMAL = re.compile(r"(?<![\w.,])(\d+),(\d+)(?![\w.,])")


def cyrillic(text: str, name: str, span: Span, known: Collection[str]) -> GraphError | None:
    """The complaint about a name that was meant to be Latin, None for any other (мышь, ω).

    Its suggestion mends the whole text: who wrote one such letter wrote more of them.
    """
    twin = _meant(name, known)
    if twin is None:
        return None
    place = next(i for i, letter in enumerate(name) if letter.translate(_TWINS) != letter)
    return NameProblem(
        N_(
            "The letter {letter} in {name} is Cyrillic: it only looks like the Latin {latin}.",
            letter=name[place],
            name=name,
            latin=twin[place],
        ),
        hint=N_("Write {name}.", name=twin),
        span=(span[0] + place, span[0] + place + 1),
        text=text,
        suggestion=_mended(text, {*known, twin}),
    )


def _meant(name: str, known: Collection[str]) -> str | None:
    """The Latin name that was meant: by one that mixes both alphabets, by one whose Latin twin is `known`,
    and by one letter, with or without a number.
    """
    twin = name.translate(_TWINS)
    if twin == name:
        return None
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha()}
    whole = all(letter.translate(_TWINS) != letter for letter in name if letter.isalpha())
    single = sum(letter.isalpha() for letter in name) == 1
    return twin if {"LATIN", "CYRILLIC"} <= scripts or (whole and (twin in known or single)) else None


def _mended(text: str, known: Collection[str]) -> str:
    """The text with every such name in Latin letters; comments stay."""

    def mend(found: re.Match[str]) -> str:
        name = found[0]
        return name if name[0] == "#" or name in known else _meant(name, known) or name

    return re.sub(r"#[^\n]*|[^\W\d]\w*", mend, text)


def decimal_comma(text: str, span: Span, at: int | None = None) -> GraphError | None:
    """The complaint about a decimal comma within `span` of `text`, the first or the one at `at`, if any."""
    found = next((f for f in _DECIMAL.finditer(text, *span) if at is None or f.start() < at < f.end()), None)
    if found is None:
        return None
    mended = f"{found[1]}.{found[2]}"
    return ProgramError(
        N_("A decimal number is written with a point; a comma separates arguments."),
        hint=N_("Did you mean {name}?", name=mended),
        span=found.span(),
        text=text,
        suggestion=text[: found.start()] + mended + text[found.end() :],
    )
