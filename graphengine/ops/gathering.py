"""Indices that are computed or given: x[i] with i an input of whole numbers, whose backward is a scatter-add.

Such a number chooses, and is not moved: it has no slope. What is no place of the array makes the result NaN.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, Operand, shape_text
from .places import Index, axes, bounded, places
from .record import Op, Shape, differential
from .said import Level


def _whole(x: Shape, arrays: tuple[Array, ...], index: Index) -> list[Array] | None:
    """`arrays` as whole numbers, or None if one of them is no place of an array of shape `x`."""
    found = [np.asarray(array) for array in arrays]
    for array, axis in zip(found, axes(index, len(x)), strict=True):
        size = x[axis]
        if np.iscomplexobj(array) or not np.all(
            (array == np.floor(array)) & (array >= -size) & (array < size)
        ):
            return None
    return [array.astype(np.intp) for array in found]


def gathered(x: Array, *arrays: Array, index: Index) -> Array:
    """`x[index]` with `arrays` at its open places; NaN if one of their numbers is no place of `x`."""
    x = np.asarray(x)
    whole = _whole(x.shape, arrays, index)
    if whole is None:
        return np.full(_chosen(x.shape, *map(np.shape, arrays), index=index), np.nan)
    return x[places(index, whole)]


def spread(x: Array, *arrays: Array, index: Index, shape: Shape) -> Array:
    """Zeros of `shape` with `x` added at `index`, whose open places are `arrays`: the transpose of gather."""
    whole = _whole(shape, arrays, index)
    result = np.zeros(shape, np.result_type(x, float))
    if whole is None:
        return result + np.nan
    np.add.at(result, places(index, whole), x)
    return result


def _chosen(x: Shape, *arrays: Shape, index: Index) -> Shape:
    bounded(index, x, arrays)
    try:
        return tuple(np.empty(x, np.bool)[places(index, [np.zeros(a, np.intp) for a in arrays])].shape)
    except IndexError as misfit:
        raise ShapeError(
            N_(
                "An array of shape {shape} cannot be indexed by numbers of the shapes {shapes}.",
                shape=shape_text(x),
                shapes=", ".join(map(shape_text, arrays)),
            )
        ) from misfit


def _names(count: int) -> list[str]:
    return [f"i{k}" for k in range(1, count + 1)]


@lru_cache(maxsize=64)
def _gather(count: int) -> Op:
    """x at so many arrays of whole numbers."""
    names = _names(count)

    def back(g: Operand, x: Operand, index: Index, **chosen: Operand) -> Operand:
        return _spread(count)(g, *(chosen[name] for name in names), index=index, shape=x.shape)

    back.reads = ("g", "x", "index", *names)  # type: ignore[attr-defined]
    return differential(
        f"gather(x, {', '.join(names)})",
        gathered,
        back,
        *(lambda y: y * 0.0,) * count,
        code=f"gathered(x, {', '.join(names)}, index=index)",
        parameters={"index": ((),)},
        shape=_chosen,
        forms=lambda _x, *arrays: _gather(len(arrays)),
        variadic=True,
        symbol="[i]",
        latex="{#1}_{#index}",
        level=Level.POWER,
        operands=(Level.ATOM, *(Level.ANY,) * count),
        text="x[index]",
        verb=N_("Take of {a} the elements at {b}"),
        domain="i ∈ {0, …, n − 1}",
        wants=("", *("index",) * count),
        complex=True,
        cost=0,
        helper=True,
    )


@lru_cache(maxsize=64)
def _spread(count: int) -> Op:
    """What so many arrays of whole numbers choose, put back where it came from."""
    names = _names(count)

    def back(g: Operand, index: Index, **chosen: Operand) -> Operand:
        return _gather(count)(g, *(chosen[name] for name in names), index=index)

    back.reads = ("g", "index", *names)  # type: ignore[attr-defined]
    return differential(
        f"scatter_add(x, {', '.join(names)})",
        spread,
        back,
        *(lambda y: y * 0.0,) * count,
        code=f"spread(x, {', '.join(names)}, index=index, shape=shape)",
        parameters={"index": ((),), "shape": ()},
        shape=lambda _x, *_arrays, index, shape: shape,
        forms=lambda _x, *arrays: _spread(len(arrays)),
        variadic=True,
        symbol="[i]ᵀ",
        latex=r"\operatorname{place}_{#index}(#1)",
        operands=(Level.ANY,) * (count + 1),
        verb=N_("Add {a} at the places {b}"),
        wants=("", *("index",) * count),
        complex=True,
        cost=lambda x, *_: 1,
        helper=True,
    )


gather, scatter_add = _gather(1), _spread(1)

GATHERING = (gather, scatter_add)
