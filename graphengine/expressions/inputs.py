"""The names in an expression of SymPy's: inputs of their shapes, whose sizes may be symbols too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

import numpy as np

from ..errors import GraphError, NameProblem, ShapeError
from ..graph import Shape
from ..graph.recording import Tape
from ..graph.symbols import Symbol
from ..limits import spend
from ..messages import N_, Message
from ..notation.symbolic import Expr
from ..ops import NAMES
from ..program.defaults import default
from ..program.shapes import SIZES
from ..program.state import CONSTANTS
from ..values import Array, shape_text

WORK = 3
"""Pieces of work of a part of an expression."""
_NAME = re.compile(r"[^\W\d_]\w*")


class Inputs:
    """The inputs so far, on the Tape where all is recorded, and their values: given, or by default."""

    def __init__(self, given: Mapping[str, Array], trees: Iterable[Expr]) -> None:
        self.given = given
        self.trees = list(trees)
        _count(self.trees)
        self.tape = Tape()
        self.inputs: dict[str, Symbol] = {}
        self.values: dict[str, Array] = {}
        self.warnings: list[Message] = []
        self._known: dict[str, Expr] = {}
        self._sizes: dict[Expr, int] = {}
        self._measure()

    def input(self, symbol: Expr, name: str, shape: Shape | None = None) -> Symbol:
        """The input that `symbol` of SymPy's is; of the shape of its value if `shape` is None.

        Raises NameProblem where two symbols have one name, or one that no program can have, ShapeError where
        its value has another shape.
        """
        self.called(name)
        if self._known.setdefault(name, symbol) != symbol:
            raise NameProblem(
                N_("Two different symbols are called {name}.", name=name),
                hint=N_("Give them different names."),
            )
        if name not in self.inputs:
            value = self.given.get(name)
            if value is None:
                value = default(name, shape or ())
            elif shape is not None and value.shape != shape:
                if value.shape != shape[:1] or shape[1:] != (1,):
                    raise ShapeError(
                        N_(
                            "{name} is {shape}; its value is {given}.",
                            name=name,
                            shape=shape_text(shape),
                            given=shape_text(value.shape),
                        )
                    )
                value = value.reshape(shape)  # a vector for a column
            self.values[name] = value
            self.inputs[name] = self.tape.input(name, np.shape(value), is_complex=np.iscomplexobj(value))
        return self.inputs[name]

    def called(self, name: str) -> None:
        """NameProblem for a name that no program can give to an input or a result."""
        if not _NAME.fullmatch(name) or name in CONSTANTS or (name in NAMES and len(name) > 1):
            raise NameProblem(
                N_("{name} cannot be the name of an input or a result here.", name=name),
                hint=N_("A name has letters, digits and _, and is neither a number's nor an operator's."),
            )

    def size(self, size: Expr) -> int:
        """A size as a number: of one that follows from no value, 2 or 3 is taken, with a warning."""
        found = size.subs(self._sizes)
        for symbol in sorted(found.free_symbols, key=str):
            self._sizes[symbol] = SIZES[len(self._sizes) % len(SIZES)]
            self.warnings.append(
                N_(
                    "The size {name} is not given: {size} is taken.",
                    name=str(symbol),
                    size=self._sizes[symbol],
                )
            )
        found = found.subs(self._sizes)
        if not found.is_Integer or found < 0:
            refuse(N_("{text} is no whole number.", text=str(size)))
        return int(found)

    def shape(self, sizes: Sequence[Expr]) -> Shape:
        """Sizes as numbers."""
        return tuple(map(self.size, sizes))

    def _measure(self) -> None:
        """Sizes that are symbols, by the values of what has them, and by their own."""
        import sympy

        for tree in self.trees:
            for named in tree.atoms(sympy.MatrixSymbol, sympy.IndexedBase) if hasattr(tree, "atoms") else ():
                value = self.given.get(str(named.name), 0.0)
                for size, number in zip(named.shape or (), np.shape(value), strict=False):
                    if size.is_Symbol:
                        self._sizes.setdefault(size, number)
                for size in named.shape or ():
                    for symbol in size.free_symbols:
                        number = self.given.get(symbol.name)
                        if number is not None and np.ndim(number) == 0 and number == int(number):
                            self._sizes[symbol] = int(number)


def _count(trees: Iterable[Expr]) -> None:
    """Count all parts, before SymPy walks over them; LimitError for too many, as where x + x is nested."""
    waiting = list(trees)
    while waiting:
        spend("work", WORK)
        waiting.extend(getattr(waiting.pop(), "args", ()))


def refuse(message: Message, hint: Message | None = None) -> NoReturn:
    """Raise a GraphError."""
    raise GraphError(message, hint=hint)
