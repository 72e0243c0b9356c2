"""What is in order, and what is chosen by numbers along an axis: sort, take, take_along_axis, cumprod.

An order is piecewise constant: it says where the numbers go, and has no slope of its own.
"""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Operand
from .gathering import gather
from .moving import flatten, swapaxes
from .places import WHOLE, Index
from .record import Op, Shape, composite, differential
from .reductions import others
from .repeating import bounded, tril
from .shaping import along, expand, reshape


def _sorted(x: Shape, axis: int | None) -> Shape:
    if axis is None:
        raise ShapeError(N_("One axis is wanted here, not {axis}.", axis=axis))
    return along(x, axis)


argsort: Op = differential(
    "argsort(x)",
    lambda x, axis: np.argsort(x, axis=axis) * 1.0,
    lambda y: y * 0.0,
    parameters={"axis": -1},
    shape=_sorted,
    latex=r"\operatorname{argsort}(#1)",
    analytic=True,
    cost=lambda x: max(1, int(np.log2(max(1, *x, 1)))),
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": 0}),
)

sort: Op = differential(
    "sort(x)",
    np.sort,
    lambda x, dx, axis: picked(dx, argsort(x, axis=axis), axis),
    numpy=(np.sort,),
    parameters={"axis": -1},
    shape=_sorted,
    latex=r"\operatorname{sort}(#1)",
    note=N_("Where elements are equal, they keep their order."),
    analytic=True,
    cost=lambda x: max(1, int(np.log2(max(1, *x, 1)))),
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": 0}),
)


def _listed(size: int, rank: int, axis: int) -> tuple[object]:
    """0, 1, …, size − 1 along `axis` of an index of `rank` axes."""
    numbers = np.arange(size).reshape([-1 if i == axis else 1 for i in range(rank)]).tolist()

    def frozen(part: object) -> object:
        return tuple(map(frozen, part)) if isinstance(part, list) else part

    return (frozen(numbers),)


def picked(x: Operand, i: Operand, axis: int) -> Operand:
    """x with, along `axis`, the elements whose numbers `i` holds, line by line."""
    rank, line = len(x.shape), axis % len(x.shape)
    index = tuple(() if k == line else _listed(n, rank, k) for k, n in enumerate(i.shape))
    return gather(x, i, index=index)


def _picked(x: Shape, i: Shape, axis: int) -> Shape:
    _sorted(x, axis)
    line = axis % len(x)
    if len(x) != len(i) or any(n != m and k != line for k, (n, m) in enumerate(zip(x, i, strict=True))):
        raise ShapeError(
            N_(
                "take_along_axis wants an index for each line along axis {axis}: not {a} of {b}.",
                axis=axis,
                a=i,
                b=x,
            )
        )
    return i


take_along_axis: Op = composite(
    "take_along_axis(x, i)",
    picked,
    parameters={"axis": -1},
    shape=_picked,
    elsewhere=("take_along_dim",),
    latex="{#1}_{#2}",
    wants=("", "index"),
    analytic=True,
    complex=True,
    cost=0,
)


def taken(x: Operand, i: Operand, axis: int | None) -> Operand:
    """The parts of x along `axis` whose numbers `i` holds; without an axis, of all its elements in a row."""
    line = 0 if axis is None else axis % len(x.shape)
    index: Index = (*(WHOLE,) * line, ())
    return gather(flatten(x) if axis is None else x, i, index=index)


def _taken(x: Shape, i: Shape, axis: int | None) -> Shape:
    if axis is None:
        return i
    along(x, axis)
    line = axis % len(x)
    return (*x[:line], *i, *x[line + 1 :])


take: Op = composite(
    "take(x, i)",
    taken,
    elsewhere=("index_select",),
    parameters={"axis": None},
    shape=_taken,
    latex="{#1}_{#2}",
    wants=("", "index"),
    analytic=True,
    complex=True,
    cost=0,
)


def _beginnings(x: Operand) -> Operand:
    """A matrix for each line: its row i has the first i elements, and then ones."""
    n = x.shape[-1]
    bounded((*x.shape, n))
    wide = expand(reshape(x, shape=(*x.shape[:-1], 1, n)), shape=(*x.shape[:-1], n, n))
    return tril(wide, k=0) + (1.0 - np.tri(n))


def _running_slopes(x: Operand, dx: Operand, axis: int | None) -> Operand:
    """Row i sums, over the elements up to the i-th, their change times the product of the others."""
    line = 0 if axis is None else axis
    if axis is None:
        x, dx = flatten(x), flatten(dx)
    x, dx = (swapaxes(part, axis1=line, axis2=-1) for part in (x, dx))
    slopes = tril(others(_beginnings(x), axis=-1), k=0)
    moved = (slopes * reshape(dx, shape=(*dx.shape[:-1], 1, dx.shape[-1]))).sum(axis=-1)
    return swapaxes(moved, axis1=line, axis2=-1)


def _running(x: Shape, axis: int | None) -> Shape:
    return (int(np.prod(x, dtype=int)),) if axis is None else along(x, axis)


cumprod: Op = differential(
    "cumprod(x)",
    np.cumprod,
    _running_slopes,
    numpy=(np.cumprod,),
    parameters={"axis": None},
    shape=_running,
    symbol="Π…",
    latex=r"\operatorname{cumprod}(#1)",
    analytic=True,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": -1}, {"axis": 0}),
)

ORDERING = (sort, argsort, take, take_along_axis, cumprod)
