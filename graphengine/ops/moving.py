"""The same numbers under other axes: linear all, each with its way back."""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from ..errors import LimitError, ShapeError
from ..messages import N_
from ..values import Operand
from .parameters import Axis
from .record import Op, Shape, linear
from .shaping import count, reduced, reshape, sum_to

_AXES = 32
"""As many as NumPy walks along at once."""


def _wide(x: Shape, shape: int | Shape) -> Shape:
    sizes = shape if isinstance(shape, tuple) else (shape,)
    if len(sizes) > _AXES:
        raise LimitError(
            N_(
                "The result of {op} has {count} axes; NumPy takes up to {limit}.",
                op="broadcast_to",
                count=len(sizes),
                limit=_AXES,
            )
        )
    try:
        found = np.broadcast_shapes(x, sizes)
    except ValueError:
        found = ()
    if found != sizes:
        raise ShapeError(
            N_("An array of shape {shape} cannot be repeated to {wanted}.", shape=x, wanted=sizes),
            hint=N_("Sizes of 1 can be repeated, and axes can be added in front."),
        )
    return sizes


broadcast_to: Op = linear(
    "broadcast_to(x)",
    lambda x, shape: np.broadcast_to(x, shape),
    lambda g, x: sum_to(g, shape=x.shape),
    elsewhere=("expand",),
    parameters={"shape": ()},
    shape=_wide,
    latex=r"\operatorname{broadcast}(#1)",
    cost=0,
    shapes=(((3,),),),
    options=({"shape": (2, 3)}, {"shape": (3,)}),
)


def _without(x: Shape, axis: Axis) -> Shape:
    ones = tuple(i for i, n in enumerate(x) if n == 1) if axis is None else axis
    if count(x, ones) != 1:
        raise ShapeError(N_("Only axes of length 1 can be squeezed out."), hint=N_("Leave out axis."))
    return reduced(x, ones)


squeeze: Op = linear(
    "squeeze(x)",
    np.squeeze,
    lambda g, x: reshape(g, shape=x.shape),
    parameters={"axis": None},
    shape=_without,
    latex=r"\operatorname{squeeze}(#1)",
    cost=0,
    shapes=(((1, 3, 1),), ((1, 2),)),
    options=({}, {"axis": 0}),
)


def _with_ones(x: Shape, axis: Axis) -> Shape:
    if not isinstance(axis, int):
        raise ShapeError(N_("One axis is wanted here, not {axis}.", axis=axis))
    return tuple(np.expand_dims(np.empty(x, np.bool), axis).shape)


expand_dims: Op = linear(
    "expand_dims(x)",
    np.expand_dims,
    lambda g, x: reshape(g, shape=x.shape),
    elsewhere=("unsqueeze",),
    parameters={"axis": 0},
    shape=_with_ones,
    latex=r"\operatorname{expand}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": -1}),
)

flatten: Op = linear(
    "flatten(x)",
    lambda x: np.reshape(x, (-1,)),
    lambda g, x: reshape(g, shape=x.shape),
    aliases=("ravel", "vec"),
    shape=lambda x: (math.prod(x),),
    latex=r"\operatorname{vec}(#1)",
    cost=0,
    shapes=(((2, 3),), ((),), ((0, 2),)),
)


def _order(rank: int, axes: Axis) -> tuple[int, ...]:
    if axes is None:
        return tuple(range(rank))[::-1]
    nested = isinstance(axes, tuple) and any(isinstance(axis, tuple) for axis in axes)
    order = () if nested else normalize_axis_tuple(axes, rank)
    if len(order) != rank or nested:
        raise ShapeError(
            N_("An order of {count} axes names each of them, not {axes}.", count=rank, axes=axes)
        )
    return order


def _turned(x: Shape, axes: Axis) -> Shape:
    return tuple(x[i] for i in _order(len(x), axes))


def _turned_back(g: Operand, axes: Axis) -> Operand:
    order = _order(len(g.shape), axes)
    return permute(g, axes=tuple(order.index(i) for i in range(len(order))))


permute: Op = linear(
    "permute(x)",
    np.transpose,
    _turned_back,
    aliases=("permute_dims",),
    parameters={"axes": None},
    shape=_turned,
    latex=r"\operatorname{permute}(#1)",
    cost=0,
    shapes=(((2, 3, 4),),),
    options=({"axes": (2, 0, 1)}, {"axes": (0, 2, 1)}, {}),
)

swapaxes: Op = linear(
    "swapaxes(x)",
    lambda x, axis1, axis2: np.swapaxes(x, axis1, axis2),
    lambda g, axis1, axis2: swapaxes(g, axis1=axis1, axis2=axis2),
    parameters={"axis1": 0, "axis2": 1},
    shape=lambda x, axis1, axis2: tuple(np.swapaxes(np.empty(x, np.bool), axis1, axis2).shape),
    latex=r"\operatorname{swap}(#1)",
    cost=0,
    shapes=(((2, 3),), ((2, 3, 4),)),
    options=({}, {"axis1": 0, "axis2": -1}),
)

moveaxis: Op = linear(
    "moveaxis(x)",
    lambda x, source, destination: np.moveaxis(x, source, destination),
    lambda g, source, destination: moveaxis(g, source=destination, destination=source),
    elsewhere=("movedim",),
    parameters={"source": 0, "destination": -1},
    shape=lambda x, source, destination: tuple(np.moveaxis(np.empty(x, np.bool), source, destination).shape),
    latex=r"\operatorname{move}(#1)",
    cost=0,
    shapes=(((2, 3, 4),),),
    options=({}, {"source": (0, 1), "destination": (1, 2)}),
)

MOVING = (broadcast_to, squeeze, expand_dims, flatten, permute, swapaxes, moveaxis)
