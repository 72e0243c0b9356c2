"""What a name before a bracket is: a call where the text defines the function, else a product."""

from __future__ import annotations

import re
from itertools import pairwise

from lark import Token

from ...messages import N_, Message
from . import complaints
from .names import GREEK

_DIFFERENTIAL = re.compile(r"FRAC _LBRACE (?:NAME_d )+(?:NAME )?_RBRACE _LBRACE NAME_d NAME _RBRACE")


def tell_apart(text: str, tokens: list[Token], notes: list[Message]) -> tuple[list[Token], set[str]]:
    """The tokens with calls made out, and the functions that are called; σ(…) is the sigmoid.

    Raises ProgramError for a derivative or a transpose, NameProblem for a word that is no function.
    """
    heads = [
        i
        for i in range(len(tokens) - 1)
        if tokens[i].type == "NAME" and (i == 0 or tokens[i - 1].type == "_SEP") and _defines(tokens, i)
    ]
    defined = {tokens[i].value for i in heads}
    called: set[str] = set()
    for place, (token, follower) in enumerate(pairwise(tokens)):
        if token.type == "_SUP" and follower.value == "T":
            raise complaints.transposed(text, follower)
        if token.type == "FRAC":
            _check_derivative(text, tokens, place)
        if token.type != "NAME" or follower.type != "_LPAR":
            continue
        if token.value in defined:
            token.type = "CALLEE"
            if place not in heads:
                called.add(token.value)
        elif token.value in ("sigma", "σ"):
            token.type, token.value = "FUNC", "sigmoid"
        elif "prime" in token.value:
            raise complaints.derivative(text, token)
        elif token.value.isalpha() and len(token.value) > 1 and token.value not in GREEK.values():
            raise complaints.function(text, token)
        elif token.value in ("f", "g", "h"):
            notes.append(
                N_("{name}(…) is read as a product: no line defines the function {name}.", name=token.value)
            )
    return [Token(t.type, t.value, t.start_pos, end_pos=t.end_pos) for t in tokens], called


def _defines(tokens: list[Token], start: int) -> bool:
    """Whether f(a, b) = begins here."""
    place = start + 1
    if tokens[place].type != "_LPAR":
        return False
    kinds = [token.type for token in tokens[place : place + 24]]
    end = kinds.index("_RPAR") if "_RPAR" in kinds else 0
    inner = kinds[1:end]
    listed = inner[::2] == ["NAME"] * len(inner[::2]) and inner[1::2] == ["_COMMA"] * len(inner[1::2])
    return bool(inner) and listed and kinds[end + 1 : end + 2] == ["_EQ"]


def _check_derivative(text: str, tokens: list[Token], place: int) -> None:
    """d over dx is no quotient."""
    near = [f"NAME_{t.value}" if t.value == "d" else str(t.type) for t in tokens[place : place + 10]]
    if _DIFFERENTIAL.match(" ".join(near)):
        raise complaints.derivative(text, tokens[place])
