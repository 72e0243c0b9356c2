"""Parts of arrays, and arrays put together from parts: all but concat linear in
each argument, concat in both together.

An index is kept as a tuple of numbers and of (start, stop, step), for a slice cannot be a key of a cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import shape_text
from .record import Level, Op, Shape, differential, linear

Index = tuple[int | tuple[int | None, int | None, int | None], ...]


def places(index: Index) -> tuple[Any, ...]:
    """A kept index as NumPy takes it."""
    return tuple(slice(*part) if isinstance(part, tuple) else part for part in index)


def hashable(index: Any) -> Index:
    """An index as it is written in NumPy, in the form in which it is kept; ShapeError for another kind."""
    parts = index if isinstance(index, tuple) else (index,)
    if not all(isinstance(part, (int, slice)) for part in parts):
        raise ShapeError(N_("An index is made of whole numbers and slices."))
    return tuple((p.start, p.stop, p.step) if isinstance(p, slice) else p for p in parts)


def _part(shape: Shape, index: Index) -> Shape:
    if len(index) > len(shape):
        raise ShapeError(
            N_("An array of shape {shape} has no {count} indices.", shape=shape_text(shape), count=len(index))
        )
    try:
        return tuple(np.empty(shape, np.bool)[places(index)].shape)
    except IndexError as beyond:
        raise ShapeError(
            N_("The index is outside the array, whose shape is {shape}.", shape=shape_text(shape)),
            hint=N_("Indices count from 0; negative ones count from the end."),
        ) from beyond


def scattered(x: Any, index: Index, shape: Shape) -> Any:
    """Zeros of `shape` with `x` at `index`: the transpose of taking a part."""
    result = np.zeros(shape)
    result[places(index)] = x
    return result


def index_code(index: Index) -> str:
    """An index as it is written: 0, 1:, ::2."""
    parts = (
        str(part)
        if not isinstance(part, tuple)
        else ":".join("" if n is None else str(n) for n in (part[:2] if part[2] is None else part))
        for part in index
    )
    return ", ".join(parts)


part: Op = linear(
    "index(x)", lambda x, index: x[places(index)],
    lambda g, x, index: scatter(g, index=index, shape=x.shape),
    parameters={"index": ()}, shape=_part, symbol="[ ]", latex="{#1}_{#index}", level=Level.POWER,
    operands=(Level.ATOM,), code="x[places(index)]", sympy="x", cost=0, helper=True, shapes=(((3, 2),),),
    options=({"index": (0,)}, {"index": ((1, None, None), -1)}, {"index": ((None, None, -2),)}),
)  # fmt: skip

scatter: Op = linear(
    "scatter(x)", scattered, lambda g, index: part(g, index=index),
    parameters={"index": (), "shape": ()}, shape=lambda x, index, shape: shape, symbol="[ ]ᵀ",
    latex=r"\operatorname{place}_{#index}(#1)", level=Level.ATOM, operands=(Level.ANY,),
    code="scattered(x, index, shape)", sympy="x", cost=0, helper=True, shapes=(((2,),),),
    options=({"index": (0,), "shape": (3, 2)},),
)  # fmt: skip


def _joined(a: Shape, b: Shape, axis: int) -> Shape:
    if len(a) != len(b) or not a or not -len(a) <= axis < len(a):
        raise ShapeError(N_("concat cannot join the shapes {a} and {b} along axis {axis}.",
                            a=shape_text(a), b=shape_text(b), axis=axis))  # fmt: skip
    axis %= len(a)
    if any(n != m for i, (n, m) in enumerate(zip(a, b, strict=True)) if i != axis):
        raise ShapeError(N_("concat cannot join the shapes {a} and {b} along axis {axis}.",
                            a=shape_text(a), b=shape_text(b), axis=axis))  # fmt: skip
    return (*a[:axis], a[axis] + b[axis], *a[axis + 1 :])


def _at(shape: Shape, axis: int, start: int | None, stop: int | None) -> Index:
    return (*((None, None, None),) * (axis % len(shape)), (start, stop, None))


concat: Op = differential(
    "concat(a, b)", lambda a, b, axis: np.concatenate((a, b), axis=axis),
    lambda da, y, axis: scatter(da, index=_at(y.shape, axis, 0, da.shape[axis]), shape=y.shape),
    lambda a, db, y, axis: scatter(db, index=_at(y.shape, axis, a.shape[axis], None), shape=y.shape),
    parameters={"axis": 0}, shape=_joined, symbol="[a b]", latex=r"\left[#1, #2\right]", level=Level.ATOM,
    operands=(Level.ANY, Level.ANY), code="np.concatenate((a, b), axis=axis)", sympy="a", cost=0,
    shapes=(((2,), (3,)), ((2, 3), (1, 3)), ((0,), (2,))),
)  # fmt: skip

INDEXING = (part, scatter, concat)
