"""Σ and Π over indices: operations along axes.

While a sum is read, what depends on its indices is an array with an axis for each; the innermost index has
the first axis, so that NumPy's rule of repeating fits what knows the outer ones alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import ShapeError
from ..graph import Shape
from ..graph.symbols import Symbol
from ..limits import limits
from ..messages import N_
from ..notation.symbolic import Expr
from ..ops import OPS
from ..ops.places import Place
from .inputs import Inputs, refuse

_ALL: Place = (None, None, None)


@dataclass(frozen=True)
class Bound:
    """An index of a sum, and the numbers that it takes: from `first` to `last`."""

    symbol: Expr
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers those are."""
        return self.last - self.first + 1


class Sums(Inputs):
    """Reads sums, products, and elements of arrays."""

    bound: tuple[Bound, ...] = ()

    def read(self, tree: Expr) -> Symbol:
        """The Symbol of a part."""
        raise NotImplementedError

    def on_Sum(self, tree: Expr) -> Symbol:
        """Σ."""
        return self._along(tree, "sum", "mul")

    def on_Product(self, tree: Expr) -> Symbol:
        """Π."""
        return self._along(tree, "prod", "pow")

    def on_Indexed(self, tree: Expr) -> Symbol:
        """An element of an IndexedBase."""
        base = tree.base
        name = str(base.label)
        shape = None if name in self.given else self.shape(base.shape) if base.shape else self._reach(base)
        return self._element(self.input(base, name, shape), tree.indices, name)

    def on_MatrixElement(self, tree: Expr) -> Symbol:
        """An element of a matrix."""
        return self._element(self.read(tree.parent), (tree.i, tree.j), str(tree.parent))

    def index(self, symbol: Expr) -> Symbol | None:
        """The numbers that an index takes, along its axis; None for what is no index."""
        for place, bound in enumerate(self.bound):
            if bound.symbol == symbol:
                shape = (bound.count,) + (1,) * (len(self.bound) - 1 - place)
                return self.tape.literal(np.arange(bound.first, bound.last + 1.0).reshape(shape))
        return None

    def _along(self, tree: Expr, name: str, repeated: str) -> Symbol:
        if getattr(tree.function, "is_Matrix", False):
            refuse(N_("A sum of whole matrices is not read: write it for their elements."))
        outer = self.bound
        for limit in reversed(tree.limits):
            self.bound = (self._bounds(limit), *self.bound)
        try:
            symbol = self.read(tree.function)
            if not outer and symbol.ndim == len(self.bound):
                return self.tape.apply(OPS[name], [symbol], {})
            for _ in tree.limits:
                inner, self.bound = self.bound[0], self.bound[1:]
                if symbol.ndim > len(self.bound):
                    symbol = self.tape.apply(OPS[name], [symbol], {"axis": 0})
                else:  # it does not depend on this index
                    symbol = self.tape.apply(OPS[repeated], [symbol, float(inner.count)], {})
            return symbol
        finally:
            self.bound = outer

    def _bounds(self, limit: Sequence[Expr]) -> Bound:
        if len(limit) != 3:
            refuse(N_("A sum here has its bounds: Sum(x[i], (i, 0, n - 1))."))
        symbol, first, last = limit
        if any(part.has(bound.symbol) for part in (first, last) for bound in self.bound):
            refuse(N_("The bounds of {index} depend on another index, which is not read.", index=str(symbol)))
        bound = Bound(symbol, self.size(first), self.size(last + 1) - 1)
        if not 0 < bound.count <= limits().elements:
            refuse(N_("The sum over {index} has {count} terms.", index=str(symbol), count=bound.count))
        return bound

    def _element(self, symbol: Symbol, indices: Sequence[Expr], name: str) -> Symbol:
        """An element of an array, or along the axes of the indices all that they take."""
        if symbol.ndim != len(indices):
            raise ShapeError(N_("{name} has {count} axes.", name=name, count=symbol.ndim))
        index: list[Place] = []
        order: list[int] = []
        for place, size in zip(indices, symbol.shape, strict=True):
            number, first, last = self._range(place)
            if first < 0 or last >= size:
                raise ShapeError(
                    N_(
                        "{name}[{place}] reaches from {first} to {last}; its places are 0 to {end}.",
                        name=name,
                        place=str(place),
                        first=first,
                        last=last,
                        end=size - 1,
                    ),
                    hint=N_("Indices count from 0: Sum(x[i], (i, 0, n - 1))."),
                )
            if number is None:
                index.append(first)
            else:
                order.append(number)
                index.append(_ALL if (first, last) == (0, size - 1) else (first, last + 1, None))
        if any(part != _ALL for part in index):
            symbol = self.tape.apply(OPS["index"], [symbol], {"index": tuple(index)})
        if len(order) == 2 and order[0] == order[1]:
            symbol, order = self.tape.apply(OPS["diagonal"], [symbol], {}), order[:1]
        if order == sorted(order, reverse=True) and len(order) == 2:
            symbol, order = self.tape.apply(OPS["transpose"], [symbol], {}), order[::-1]
        if order != sorted(set(order)):
            refuse(N_("The indices of {name} stand in an order that is not read.", name=name))
        shape: Shape = tuple(
            self.bound[k].count if k in order else 1 for k in range(min(order, default=0), len(self.bound))
        )
        if order and shape != symbol.shape:
            symbol = self.tape.apply(OPS["reshape"], [symbol], {"shape": shape})
        return symbol

    def _range(self, place: Expr) -> tuple[int | None, int, int]:
        """Which index of a sum a place follows, if one, and its smallest and largest number."""
        numbers = [k for k, bound in enumerate(self.bound) if place.has(bound.symbol)]
        if not numbers:
            if not place.is_Integer:
                refuse(N_("{index} is no index of a sum, and no number.", index=str(place)))
            return None, int(place), int(place)
        bound = self.bound[numbers[0]]
        offset = place - bound.symbol
        if len(numbers) > 1 or not offset.is_Integer:
            refuse(
                N_("A place is an index of the sum, or that plus a number; not {place}.", place=str(place))
            )
        return numbers[0], bound.first + int(offset), bound.last + int(offset)

    def _reach(self, base: Expr) -> Shape:
        """The shape of an array that has none of its own: as far as the places in all expressions reach."""
        import sympy

        ends = {
            limit[0]: self.size(limit[2])
            for tree in self.trees
            for each in tree.atoms(sympy.Sum, sympy.Product)
            for limit in each.limits
            if len(limit) == 3
        }
        places = [
            [place.subs(ends) for place in each.indices]
            for tree in self.trees
            for each in tree.atoms(sympy.Indexed)
            if each.base == base
        ]
        return tuple(
            max(int(place) + 1 if place.is_Integer else 1 for place in axis)
            for axis in zip(*places, strict=True)
        )
