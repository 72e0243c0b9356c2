"""Pasted text as assignments: what a line assigns, how, and where its right side stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import ProgramError
from ..messages import N_
from . import functions
from .assignments import Assignment
from .spelling import canonical

_SIGNS = "ᵀᴴ⁰¹²³⁴⁵⁶⁷⁸⁹"
NAME = rf"[^\W\d{_SIGNS}][^\W{_SIGNS}]*"
"""A name, which a sign of transposition or a power ends."""
_ASSIGNED = re.compile(
    rf"\s*(?P<targets>{NAME}(?:\s*,\s*{NAME})*)\s*(?P<sign>[-+]?)=(?!=)\s*(?P<source>.*)", re.S
)
_PASSED = re.compile(r"(?:def|return|import|from|class|with|pass)\b|@")
"""Lines that frame a backward pass in a file."""
_BRANCHING = re.compile(r"(?:for|while|if|elif|else|try|match)\b.*:\s*$", re.S)
_SILENT = re.compile(r"#[^\n]*|(\"{3}|'{3}).*?\1", re.S)
_SAVED = re.compile(r".*=\s*\(?\s*(?:saved|cache|self\.\w*cache|ctx\.\w+|self\.saved\w*)\s*\)?\s*$", re.S)
"""What was saved on the way forward has the names of the program already."""


def assignments(text: str) -> list[Assignment]:
    """The assignments of a text; what else a file holds around them is passed over.

    Raises ProgramError for loops, for parts of arrays, and for a line that assigns nothing or too little.
    """
    found = functions.assignments(text)
    if found is not None:
        return found
    return [each for start, line in _logical(text) for each in _read(text, start, line)]


def _read(text: str, start: int, line: str) -> Iterator[Assignment]:
    if not line.strip() or _PASSED.match(line) or _SAVED.match(line):
        return
    if _BRANCHING.match(line):
        raise ProgramError(
            N_("Loops and branches are not read here."),
            span=(start, start + len(line)),
            text=text,
            hint=N_("Write out the lines as they are computed, one after the other."),
        )
    known = canonical(line)
    found = _ASSIGNED.fullmatch(known)
    if re.match(rf"{NAME}\s*\[[^=]*\]\s*[-+*/]?=(?!=)", known):
        raise ProgramError(
            N_("Parts of arrays are not assigned here."),
            span=(start, start + len(line)),
            text=text,
            hint=N_("Write the array as a whole, such as dz = p - Y with one-hot rows in Y."),
        )
    if found is None:
        raise ProgramError(
            N_("This line assigns nothing."),
            span=(start, start + len(line)),
            text=text,
            hint=N_("Write one gradient a line, such as dW = X.T @ dz."),
        )
    targets = [name.strip() for name in found["targets"].split(",")]
    source = found["source"].rstrip()
    begin = start + re.search(r"[-+]?=\s*", line).end()  # type: ignore[union-attr]
    span = (begin, start + len(line.rstrip()))
    parts = _split(source) if len(targets) > 1 else [source]
    if len(parts) != len(targets):
        raise ProgramError(N_("Left and right of = stand different numbers of things."), span=span, text=text)
    for name, part in zip(targets, parts, strict=True):
        exact = len(parts) == 1 and text[span[0] : span[1]] == part
        yield Assignment(name, part.strip(), span, found["sign"], exact)


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Lines and where they begin: comments and docstrings blanked, brackets closed, semicolons too."""
    blank = _SILENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    start, depth = 0, 0
    for place, character in enumerate(blank + "\n"):
        depth = max(0, depth + (character in "([{") - (character in ")]}"))
        if character in "\n;" and (depth == 0 or place == len(blank)):
            line = blank[start:place]
            indent = len(line) - len(line.lstrip())
            yield start + indent, line[indent:].replace("\n", " ")
            start = place + 1


def _split(source: str) -> list[str]:
    """Parts between commas that stand in no bracket."""
    parts, depth, start = [], 0, 0
    inner = source[1:-1] if source[:1] == "(" and source[-1:] == ")" else source
    for place, character in enumerate(inner + ","):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append(inner[start:place])
            start = place + 1
    return [part for part in parts if part.strip()]
