"""Parts of arrays, and arrays put together from parts: parts are linear in each argument, concat and stack
in all together. How an index is kept is told in `places`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, Operand, shape_text
from .places import WHOLE, Index, Place, bounded, is_list, places
from .record import Op, Rule, Shape, differential, linear
from .said import Level
from .shaping import reshape


def _part(shape: Shape, index: Index) -> Shape:
    if sum(part is not None and part is not ... for part in index) > len(shape):
        raise ShapeError(
            N_("An array of shape {shape} has no {count} indices.", shape=shape_text(shape), count=len(index))
        )
    if index.count(...) > 1:
        raise ShapeError(N_("An index has ... only once."))
    bounded(index, shape)
    try:
        return tuple(np.empty(shape, np.bool)[places(index)].shape)
    except (IndexError, OverflowError) as beyond:
        raise ShapeError(
            N_("The index is outside the array, whose shape is {shape}.", shape=shape_text(shape)),
            hint=N_("Indices count from 0; negative ones count from the end."),
        ) from beyond


def scattered(x: Array, index: Index, shape: Shape) -> Array:
    """Zeros of `shape` with `x` added at `index`: the transpose of taking a part."""
    result = np.zeros(shape, np.result_type(x, float))
    if any(is_list(part) for part in index):
        np.add.at(result, places(index), x)
    else:
        result[places(index)] = x
    return result


def _taken_back(g: Operand, x: Operand, index: Index) -> Operand:
    """The transpose of taking a part; where that takes all, and only names new axes, they go again."""
    if all(part in (None, ..., WHOLE) for part in index):
        return reshape(g, shape=x.shape)
    return scatter(g, index=index, shape=x.shape)


part: Op = linear(
    "index(x)",
    lambda x, index: x[places(index)],
    _taken_back,
    parameters={"index": ()},
    shape=_part,
    symbol="[ ]",
    latex="{#1}_{#index}",
    level=Level.POWER,
    text="x[index]",
    code="x[places(index)]",
    analytic=True,
    cost=0,
    helper=True,
    shapes=(((3, 2),),),
    options=(
        {"index": (0,)},
        {"index": ((1, None, None), -1)},
        {"index": ((None, None, -2),)},
        {"index": (..., None, 1)},
        {"index": (WHOLE, None)},
        {"index": (((2, 0, 2),),)},
        {"index": (((2, 0, 2),), ((1, 1, 1),))},
    ),
)

scatter: Op = linear(
    "scatter(x)",
    scattered,
    lambda g, index: part(g, index=index),
    parameters={"index": (), "shape": ()},
    shape=lambda x, index, shape: shape,
    symbol="[ ]ᵀ",
    latex=r"\operatorname{place}_{#index}(#1)",
    analytic=True,
    cost=0,
    helper=True,
    shapes=(((2,),),),
    options=({"index": (0,), "shape": (3, 2)}, {"index": (((1, 1),), ((0, 1),)), "shape": (3, 2)}),
)


def _joined(*shapes: Shape, axis: int) -> Shape:
    first = shapes[0]
    if first and isinstance(axis, int) and -len(first) <= axis < len(first):
        axis %= len(first)
        rest = {(*shape[:axis], *shape[axis + 1 :]) for shape in shapes if len(shape) == len(first)}
        if len(rest) == 1 and all(len(shape) == len(first) for shape in shapes):
            return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])
    raise ShapeError(
        N_(
            "concat cannot join the shapes {shapes} along axis {axis}.",
            shapes=", ".join(map(shape_text, shapes)),
            axis=axis,
        )
    )


def _stacked(*shapes: Shape, axis: int) -> Shape:
    first = shapes[0]
    if len(set(shapes)) == 1 and isinstance(axis, int) and -len(first) <= axis + 1 <= len(first) + 1:
        axis %= len(first) + 1
        return (*first[:axis], len(shapes), *first[axis:])
    raise ShapeError(
        N_(
            "stack takes arrays of one shape, and an axis of the result; not {shapes} along axis {axis}.",
            shapes=", ".join(map(shape_text, shapes)),
            axis=axis,
        )
    )


def _at(rank: int, axis: int, there: Place) -> Index:
    return (*(WHOLE,) * (axis % rank), there)


def _placed(count: int, number: int, where: Callable[[list[Shape], int], Place]) -> Rule:
    """The differential of what puts `count` arrays in one, by one of them: its tangent among zeros.

    `where(shapes, axis)` tells the place of the last of `shapes`.
    """
    names = _names(count)[: number + 1]

    def rule(y: Operand, axis: int, **reads: Operand) -> Operand:
        moved = reads.pop(f"d{names[number]}")
        shapes = [reads[name].shape for name in names[:number]] + [moved.shape]
        return scatter(moved, index=_at(len(y.shape), axis, where(shapes, axis)), shape=y.shape)

    named = [*names[:number], "y", "axis", f"d{names[number]}"]
    rule.reads = tuple(named)  # type: ignore[attr-defined]
    return rule


def _names(count: int) -> list[str]:
    return [f"x{i}" for i in range(1, count + 1)]


@lru_cache(maxsize=64)
def _concat(count: int) -> Op:
    """concat of so many arrays."""

    def where(shapes: list[Shape], axis: int) -> Place:
        start = sum(shape[axis] for shape in shapes[:-1])
        return (start, start + shapes[-1][axis], None)

    listed = ", ".join(_names(count))
    return differential(
        f"concat({listed})",
        lambda *arrays, axis: np.concatenate(arrays, axis=axis),
        *(_placed(count, i, where) for i in range(count)),
        aliases=("concatenate",),
        elsewhere=("cat",),
        numpy=(np.concatenate,),
        parameters={"axis": 0},
        shape=_joined,
        forms=lambda *shapes: _concat(len(shapes)),
        variadic=True,
        symbol="[a b]",
        latex=_bracketed(count),
        level=Level.ATOM,
        operands=(Level.ANY,) * count,
        complex=True,
        cost=0,
        shapes=(((2,), (3,)), ((2, 3), (1, 3)), ((0,), (2,))),
    )


@lru_cache(maxsize=64)
def _stack(count: int) -> Op:
    """stack of so many arrays."""
    listed = ", ".join(_names(count))
    return differential(
        f"stack({listed})",
        lambda *arrays, axis: np.stack(arrays, axis=axis),
        *(_placed(count, i, lambda shapes, axis: len(shapes) - 1) for i in range(count)),
        numpy=(np.stack,),
        parameters={"axis": 0},
        shape=_stacked,
        forms=lambda *shapes: _stack(len(shapes)),
        variadic=True,
        symbol="[a, b]",
        latex=_bracketed(count),
        level=Level.ATOM,
        operands=(Level.ANY,) * count,
        complex=True,
        cost=0,
        shapes=(((), ()), ((3,), (3,)), ((2, 3), (2, 3))),
        options=({}, {"axis": -1}),
    )


def _bracketed(count: int) -> str:
    return r"\left[" + ", ".join(f"#{i}" for i in range(1, count + 1)) + r"\right]"


concat, stack = _concat(2), _stack(2)

INDEXING = (part, scatter, concat, stack)
