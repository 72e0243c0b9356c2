"""What stands below and above a name: digits, letters, indices, words, layers in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .names import Atom, Group
from .trees import Token

_MARKS = {"cdot": "", "*": "star", "+": "plus", "-": "minus"}


def pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts between commas that stand in no brackets."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind in "([{") - (token.kind in ")]}")
        if token.kind == "," and depth == 0:
            found.append([])
        else:
            found[-1].append(token)
    return found


def groups(tokens: Sequence[Token]) -> tuple[Group, ...] | None:
    """The scripts that stand between commas, each in its atoms; None for what is an expression."""
    found = []
    for piece in pieces(tokens):
        group = _group([token for token in piece if token.kind not in ("font", "{", "}")])
        if not group:
            return None
        found.append(group)
    return tuple(found)


def _group(tokens: list[Token]) -> Group | None:
    """One script: w_{ij} has two atoms, h_{t-1} one with a shift."""
    if len(tokens) > 2 and (tokens[0].kind, tokens[-1].kind) in (("(", ")"), ("[", "]")):
        tokens = tokens[1:-1]
    if len(tokens) == 1 and tokens[0].kind in _MARKS and _MARKS[tokens[0].kind]:
        return (Atom(_MARKS[tokens[0].kind], "word"),)
    atoms: list[Atom] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind == "name":
            atoms.append(Atom(token.value, "letter"))
        elif token.kind == "digit":
            if atoms and atoms[-1].kind == "digits":
                atoms[-1] = Atom(atoms[-1].text + token.value, "digits")
            else:
                atoms.append(Atom(token.value, "digits"))
        elif token.kind in ("word", "func", "prose") and re.fullmatch(r"[\w \-]{1,40}", token.value):
            atoms.append(Atom("_".join(token.value.replace("-", " ").split()), "word"))
        elif token.kind == "prime" and atoms:
            atoms[-1] = Atom(atoms[-1].text + "_prime", atoms[-1].kind)
        elif token.kind in "+-" and atoms and atoms[-1].kind == "letter" and not atoms[-1].shift:
            digits = [each.value for each in tokens[at:]]
            if not digits or any(each.kind != "digit" for each in tokens[at:]):
                return None
            shift = int("".join(digits)[:6])
            atoms[-1] = Atom(atoms[-1].text, "letter", -shift if token.kind == "-" else shift)
            at = len(tokens)
        else:
            return None
    return tuple(atoms)


def bracketed(tokens: Sequence[Token]) -> tuple[Group, ...] | None:
    """The indices above a name that stand in brackets, as in W^{(l)} or a^{[l](i)}; else None."""
    found: list[Group] = []
    at = 0
    while at < len(tokens):
        closing = {"(": ")", "[": "]"}.get(tokens[at].kind)
        ends = [i for i in range(at + 1, len(tokens)) if tokens[i].kind == closing]
        if closing is None or not ends:
            return None
        inner = groups(tokens[at + 1 : ends[0]])
        if inner is None:
            return None
        found += inner
        at = ends[0] + 1
    return tuple(found) or None
