"""`f, g, h: functions`: a line that says which functions are known by their names alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..errors import NameProblem
from ..messages import N_
from ..ops import NAMES

_NAME = r"[^\W\d_]\w*"
_LINE = re.compile(
    rf"(?:(?<=[;\n])|\A)[ \t]*({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)[ \t]*:"
    r"[ \t]*(?:functions?|функци[яи])[ \t]*(?=[;\n#]|\Z)"
)
_ALONE = re.compile(rf"(?<![\w.]){_NAME}\b(?!\s*\()")
_CALLED = re.compile(rf"(?<![\w.])({_NAME})\s*\(")


def declared(text: str) -> frozenset[str]:
    """The names that a program declares; NameProblem for one that is an operator's."""
    found = set()
    for line in _LINE.finditer(text):
        for name in re.finditer(_NAME, line[1]):
            known = unicodedata.normalize("NFKC", name[0])
            if known in NAMES and len(known) > 1:
                start = line.start(1)
                raise NameProblem(
                    N_("{name} is an operator that is known.", name=known),
                    hint=N_("Choose another name."),
                    span=(start + name.start(), start + name.end()),
                    text=text,
                )
            found.add(known)
    return frozenset(found)


def blanked(text: str) -> str:
    """The text with spaces for its declarations, so that places stay."""
    return _LINE.sub(lambda line: " " * len(line[0]), text)


def declaring(text: str, known: Iterable[str]) -> tuple[str, list[str]]:
    """The program with a line before it for the functions that it calls, but for those `known`, and these."""
    taken = {*known, *declared(text)}
    called = dict.fromkeys(unicodedata.normalize("NFKC", name[1]) for name in _CALLED.finditer(text))
    taken |= {name[0] for name in _ALONE.finditer(text)}
    names = [name for name in called if name not in taken]
    return f"{', '.join(names)}: functions\n{text}", names


def declaration(names: Iterable[str]) -> str:
    """The line that declares functions; "" for none."""
    listed = ", ".join(sorted(names))
    return f"{listed}: functions\n" if listed else ""
