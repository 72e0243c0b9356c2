"""A vector that was transposed: its array is that of the column, and mathematics knows that it is a row."""

from __future__ import annotations

from collections.abc import Sequence

from ..graph.symbols import Symbol

_KEPT = ("neg", "add", "sub", "mul", "div", "conj")
"""What makes rows of rows and numbers."""


class Row(Symbol):
    """The Symbol of a vector that is a row where factors stand side by side: xᵀy, x yᵀ, xᵀA."""

    __slots__ = ()


def row(symbol: Symbol) -> Row:
    """The vector `symbol` as a row."""
    return Row(symbol.tape, symbol.index)


def kept(op: str, args: Sequence[Symbol], found: Symbol) -> Symbol:
    """What `op` made of `args`: a row where these are rows, and numbers."""
    if op == "matmul" and isinstance(args[0], Row) and found.ndim == 1:
        return row(found)
    if op in _KEPT and found.ndim == 1 and all(isinstance(arg, Row) or not arg.ndim for arg in args):
        return row(found)
    return found
