"""How an operator is said: in formulas, on cards, in sentences and in the language of programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, TypeAlias

from ..messages import Message

Field: TypeAlias = Any
"""A field of a record, whose type stands beside its name in `Said` or `Op`."""


class Level(IntEnum):
    """How tightly a formula binds; an operand that binds more loosely than its place gets brackets."""

    ANY = 0
    NEGATIVE = 1
    SUM = 2
    TOTAL = 3
    """A sum over an array, Σ: it takes in the factors after it."""
    PRODUCT = 4
    FUNCTION = 5
    FRACTION = 6
    POWER = 7
    ATOM = 8


@dataclass(frozen=True)
class Said:
    r"""What an operator is in words and signs; no one else keeps a table of that.

    `symbol` stands on its card, and in messages; `spellings` say what it is called in the formulas and on the
    cards of a language, where that is not `symbol`: tan is tg in Russian. `latex` is the template of its
    formula, with the arguments as #1 and #2, `level` how tightly that binds, and `operands` how tightly what
    stands in its places must. `script` is the exponent by which it is written, where two such meet in one:
    (A⁻¹)ᵀ is A⁻ᵀ.

    `verb` says in a sentence what is done with {a} and {b}; without one the operator is applied to them.
    `text` is how a program writes it, in the names of its arguments, and `transposed` how it writes its
    transpose, where that is more than a ᵀ: (A B)ᵀ is Bᵀ Aᵀ, the result being y. `product` says whether it
    multiplies vectors and matrices, row by column. `written` gives template and level where these depend on
    the parameters.
    """

    symbol: str
    latex: str
    level: Level
    operands: tuple[Level, ...]
    text: str
    transposed: str = ""
    verb: Message | None = None
    script: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)
    product: bool = False
    written: Callable[..., tuple[str, Level]] | None = None

    def at(self, params: Mapping[str, Field]) -> Said:
        """The same for these parameters, on which the formula may depend."""
        if self.written is None:
            return self
        latex, level = self.written(**params)
        return replace(self, latex=latex, level=level)


_ENCLOSED = re.compile(r"[)\]|]$|#\d\}$")
"""Where a template ends that brackets its arguments by itself."""


def said(name: str, arguments: tuple[str, ...], given: Mapping[str, Field]) -> Said:
    """What is `given` in a record, completed by what most operators share."""
    listed = ", ".join(arguments)
    places = "(" + ", ".join(f"#{i}" for i in range(1, len(arguments) + 1)) + ")"
    latex = given.get("latex", rf"\operatorname{{{name}}}" + (" #1" if len(arguments) == 1 else places))
    enclosed = bool(_ENCLOSED.search(latex))
    shared = {
        "symbol": name,
        "latex": latex,
        "level": Level.ATOM if enclosed else Level.FUNCTION,
        "operands": (Level.ANY if enclosed else Level.ATOM,) * len(arguments),
        "text": f"{name}({listed})",
    }
    return Said(**{**shared, **given})
