"""Sums over axes, and the broadcasting that they undo: all linear, each the transpose of another."""

from __future__ import annotations

import math

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, shape_text
from .parameters import Axis, Params
from .record import Op, Shape, linear
from .said import Level


def _axes(shape: Shape, axis: Axis) -> tuple[int, ...]:
    """`axis` (None, a number or several) as sorted positions in `shape`; ShapeError if there is none such."""
    chosen = range(len(shape)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    for number in chosen:
        if not -len(shape) <= number < len(shape):
            message = N_("There is no axis {axis} in an array of shape {shape}.", axis=number, shape=shape)
            raise ShapeError(message)
    found = sorted(number % len(shape) for number in chosen)
    if len(set(found)) < len(found):
        raise ShapeError(N_("An axis is named twice in {axes}.", axes=axis))
    return tuple(found)


def along(shape: Shape, axis: Axis) -> Shape:
    """`shape` itself, which what goes along one axis keeps; ShapeError for several axes, or no such."""
    if isinstance(axis, tuple):
        raise ShapeError(N_("One axis is wanted here, not {axis}.", axis=axis))
    _axes(shape, axis)
    return shape


def reduced(shape: Shape, axis: Axis = None, keepdims: bool = False) -> Shape:
    """The shape of a reduction of an array of `shape` along `axis`; ShapeError if there is no such axis."""
    axes = _axes(shape, axis)
    if keepdims:
        return tuple(1 if i in axes else n for i, n in enumerate(shape))
    return tuple(n for i, n in enumerate(shape) if i not in axes)


def kept(shape: Shape, axis: Axis) -> Shape:
    """The same with sizes of 1 in the place of what was reduced; ShapeError if there is no such axis."""
    return reduced(shape, axis, keepdims=True)


def sum_to_shape(x: Array, shape: Shape) -> Array:
    """Undo a broadcast from `shape`: `x` summed over the axes that it added or repeated."""
    x = np.asarray(x)
    extra = tuple(range(x.ndim - len(shape)))
    x = x.sum(axis=extra) if extra else x
    repeated = tuple(i for i, n in enumerate(shape) if n == 1 and x.shape[i] != 1)
    return x.sum(axis=repeated, keepdims=True) if repeated else x


def count(shape: Shape, axis: Axis) -> int:
    """How many elements meet in each element of a reduction; ShapeError if there is no such axis."""
    return math.prod(shape[i] for i in _axes(shape, axis))


def flipped(x: Shape) -> Shape:
    """The shape of the transpose of a matrix, or of a stack of them; ShapeError for fewer than two axes."""
    if len(x) < 2:
        raise ShapeError(N_("The transpose is of matrices, not of the shape {shape}.", shape=shape_text(x)))
    return (*x[:-2], x[-1], x[-2])


def averaged(shape: Shape, axis: Axis = None, keepdims: bool = False) -> Shape:
    """The shape of a mean; ShapeError if there is no such axis, and where there is nothing to take it of."""
    if not count(shape, axis):
        raise ShapeError(N_("There is no mean of nothing: the array has shape {shape}.", shape=shape))
    return reduced(shape, axis, keepdims)


REDUCE: Params = {"axis": None, "keepdims": False}

total = linear(
    "sum(x)",
    np.sum,
    lambda g, x, axis: expand(reshape(g, shape=kept(x.shape, axis)), shape=x.shape),
    numpy=(np.sum,),
    parameters=REDUCE,
    shape=reduced,
    symbol="Σ",
    latex=r"\sum #1",
    level=Level.TOTAL,
    operands=(Level.FUNCTION,),
    verb=N_("Add up the elements of {a}"),
    transposed="sum(x.T)",
    specimens=((1.5,), (-2.0,)),
)

mean = linear(
    "mean(x)",
    np.mean,
    lambda g, x, axis: expand(reshape(g / count(x.shape, axis), shape=kept(x.shape, axis)), shape=x.shape),
    numpy=(np.mean,),
    parameters=REDUCE,
    shape=averaged,
    symbol="mean",
    latex=r"\operatorname{mean}(#1)",
    transposed="mean(x.T)",
    averages=True,
    specimens=((1.5,), (-2.0,)),
)

# What rules do with shapes is not worth a sign in a formula; what a user does is.
reshape: Op = linear(
    "reshaped(x)",
    lambda x, shape: np.reshape(x, shape),
    lambda g, x: reshape(g, shape=x.shape),
    parameters={"shape": ()},
    shape=lambda x, shape: shape,
    latex="#1",
    level=Level.ATOM,
    transposed="x.T",
    cost=0,
    helper=True,
    specimens=((1.5,),),
)


def _rearranged(x: Shape, shape: int | Shape) -> Shape:
    sizes = shape if isinstance(shape, tuple) else (shape,)
    try:
        return tuple(np.empty(x, np.bool).reshape(sizes).shape)
    except ValueError as misfit:
        raise ShapeError(
            N_("An array of shape {shape} cannot be rearranged as {wanted}.", shape=x, wanted=sizes),
            hint=N_("The number of elements stays; one of the sizes may be -1, and is then found."),
        ) from misfit


rearranged: Op = linear(
    "reshape(x)",
    lambda x, shape: np.reshape(x, shape),
    lambda g, x: reshape(g, shape=x.shape),
    numpy=(np.reshape,),
    parameters={"shape": -1},
    shape=_rearranged,
    latex=r"\operatorname{reshape}(#1)",
    cost=0,
    shapes=(((2, 3),), ((0, 2),), ((),)),
    options=({}, {"shape": (1, -1)}),
)

# What broadcasting does to an argument, and its transpose.
expand: Op = linear(
    "expand(x)",
    lambda x, shape: np.broadcast_to(x, shape),
    lambda g, x: sum_to(g, shape=x.shape),
    parameters={"shape": ()},
    shape=lambda x, shape: shape,
    latex="#1",
    level=Level.ATOM,
    transposed="x.T",
    cost=0,
    helper=True,
    specimens=((1.5,),),
)

sum_to: Op = linear(
    "sum_to(x)",
    sum_to_shape,
    lambda g, x: expand(g, shape=x.shape),
    parameters={"shape": ()},
    shape=lambda x, shape: shape,
    symbol="Σ",
    latex=r"\sum #1",
    level=Level.TOTAL,
    operands=(Level.FUNCTION,),
    transposed="sum(x.T)",
    helper=True,
    specimens=((1.5,),),
)

SHAPING = (total, mean, rearranged, reshape, expand, sum_to)
