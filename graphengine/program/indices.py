"""What stands in the square brackets after an array."""

from __future__ import annotations

from types import EllipsisType
from typing import TypeAlias, cast

import numpy as np

from ..graph.parts import part
from ..graph.symbols import Symbol
from ..messages import N_
from ..values import Array
from .state import State
from .trees import Branch, name_of, parts

Place: TypeAlias = "int | slice | EllipsisType | list[int] | np.ndarray | Symbol | None"
"""What stands between two commas of an index."""

FLAGS = {"True": True, "False": False}
NEW = ("None", "newaxis")
EXPECTATION = ("E", "𝔼")
"""What x[…] is no part of: E[x] is mathematics."""


class Indices(State):
    """Reads x[…] as NumPy does: numbers, slices, ..., new axes, lists, masks, and inputs of whole numbers."""

    def on_indexed(self, tree: Branch, inner: Branch, *places: Branch | None) -> Symbol:
        name = name_of(inner) if inner.data == "name" else ""
        if name in EXPECTATION and not self.own(name) and self.meaning(name) is None:
            self.fail(
                N_(
                    "{text} is an expectation, and of a random variable no numbers are known.",
                    text=self.source(tree),
                ),
                tree,
                N_("Write mean(x) for the mean of a sample."),
            )
        whole = self.expression(inner)
        index = tuple(self.place(place) for place in places if place is not None)
        if all(isinstance(place, (int, slice)) for place in index):
            kept = tuple((p.start, p.stop, p.step) if isinstance(p, slice) else p for p in index)
            return self.record("index", [whole], tree, {"index": kept})
        return self.composed(lambda: part(whole, index), tree)

    def place(self, tree: Branch) -> Place:
        """One place of an index; ProgramError for anything but whole numbers, and a slice with the step 0."""
        if tree.data == "ellipsis":
            return ...
        if tree.data == "name" and name_of(tree) in NEW and not self.own(name_of(tree)):
            return None
        if tree.data == "slice":
            bounds = [
                None if bound is None else self.whole(self.expression(bound), bound)
                for bound in cast(list[Branch | None], tree.children)
            ]
            if bounds[2] == 0:
                self.fail(N_("The step of a slice is not 0."), tree)
            return slice(*bounds)
        if tree.data == "array" and not parts(tree):
            return []
        if tree.data == "array" and all(
            part is not None and part.data == "name" and name_of(part) in FLAGS for part in parts(tree)
        ):
            return np.array([FLAGS[name_of(part)] for part in parts(tree) if part is not None])
        found = self.expression(tree)
        value = self.fixed(found)
        if value is None:
            return found
        if not np.ndim(value):
            return self.whole(found, tree)
        if found.mask:
            return np.asarray(value, bool)
        return self.numbers(value, tree)

    def whole(self, symbol: Symbol, tree: Branch) -> int:
        value = self.fixed(symbol)
        if value is None or np.ndim(value) or not self.integral(value):
            self.fail(N_("An index is a whole number."), tree)
        return int(value)

    def integral(self, value: Array) -> bool:
        return bool(
            not np.iscomplexobj(value) and np.all(np.isfinite(value)) and np.all(value == np.trunc(value))
        )

    def numbers(self, value: Array, tree: Branch) -> np.ndarray:
        if not self.integral(value):
            self.fail(N_("An index is a whole number."), tree)
        return np.asarray(value, int)
