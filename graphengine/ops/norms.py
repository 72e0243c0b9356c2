"""Norms of vectors and matrices, as NumPy tells them apart: by order, along an axis or a pair of axes."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, Operand
from .complexes import complex_norm
from .decompositions import stretched, svdvals
from .parameters import Axis
from .record import Op, Shape, differential
from .reductions import shares
from .said import Level
from .shaping import expand, kept, reduced, reshape

Order: TypeAlias = Any
"""None, a number, ∞, or "fro" or "nuc"."""


def _is_matrix(rank: int, order: Order, axis: Axis) -> bool:
    """Whether a norm of matrices is meant that is not the length of all their elements."""
    pair = len(axis) == 2 if isinstance(axis, tuple) else axis is None and rank == 2
    return pair and order not in (None, "fro")


def norm_of(x: Array, order: Order, axis: Axis, keepdims: bool) -> Array:
    """The norm of `x`; the length, √Σx², is written out, for it makes sense of any objects that multiply."""
    length = order is None or (order == 2 and not _is_matrix(np.ndim(x), order, axis))
    if length:
        return np.sqrt(np.sum(np.square(x), axis=axis, keepdims=keepdims))
    return np.linalg.norm(x, order, axis, keepdims)


def _measured(x: Shape, ord: Order, axis: Axis, keepdims: bool) -> Shape:  # noqa: A002 - NumPy's
    shape = reduced(x, axis, keepdims)
    rank = len(x) if axis is None else np.size(axis)
    if ord is not None and (rank not in (1, 2) or 0 in x):
        raise ShapeError(
            N_("A norm with an order is of vectors or matrices, not of the shape {shape}.", shape=x)
        )
    matrix = _is_matrix(len(x), ord, axis)
    known = (1, 2, math.inf, "nuc") if matrix else (None, "fro") if rank == 2 else ()
    if (matrix and ord not in known) or (not matrix and rank == 1 and (isinstance(ord, str) or ord == 0)):
        raise ShapeError(
            N_("There is no norm of the order {ord} here.", ord=ord),
            hint=N_("Of matrices there are 1, 2, inf, 'fro' and 'nuc'; of vectors inf and any number but 0."),
        )
    if matrix and ord in (2, "nuc") and axis not in (None, (-2, -1), (len(x) - 2, len(x) - 1)):
        raise ShapeError(N_("The norms by singular values are of the last two axes."))
    return shape


def _wide(y: Operand, x: Operand, axis: Axis) -> Operand:
    return reshape(y, shape=kept(x.shape, axis))


def _grown(x: Operand, dx: Operand, y: Operand, ord: Order, axis: Axis, keepdims: bool) -> Operand:  # noqa: A002
    def total(part: Operand) -> Operand:
        return part.sum(axis=axis, keepdims=keepdims)

    if _is_matrix(len(x.shape), ord, axis):
        return _grown_matrix(x, dx, y, ord, axis, keepdims)
    if ord in (None, 2, "fro"):
        return total(x * dx) / y
    if ord == 1:
        return total(np.sign(x) * dx)
    if math.isinf(float(ord)):
        return total(shares(np.abs(x), _wide(y, x, axis)) * (np.sign(x) * dx))
    power = float(ord) - 1
    return total(np.sign(x) * np.abs(x) ** power * dx) / y**power


def _grown_matrix(x: Operand, dx: Operand, y: Operand, ord: Order, axis: Axis, keepdims: bool) -> Operand:  # noqa: A002
    rows, columns = (-2, -1) if axis is None else axis  # type: ignore[misc]
    if ord in (1, math.inf):
        sums = np.abs(x).sum(axis=rows if ord == 1 else columns, keepdims=True)
        largest = expand(shares(sums, _wide(y, x, axis)), shape=x.shape)
        return (largest * (np.sign(x) * dx)).sum(axis=(rows, columns), keepdims=keepdims)
    values = svdvals(x)
    grown = stretched(x, dx, values)
    if ord == 2:
        grown = shares(values, reshape(y, shape=(*values.shape[:-1], 1))) * grown
    moved = grown.sum(axis=-1)
    return _wide(moved, x, axis) if keepdims else moved


def _bars(ord: Order, **_: object) -> tuple[str, Level]:  # noqa: A002 - NumPy's
    signs = {math.inf: r"\infty", -math.inf: r"-\infty", "fro": "F", "nuc": "*"}
    order = "" if ord is None else f"_{{{signs.get(ord) or f'{ord:g}'}}}"
    return rf"\left\|#1\right\|{order}", Level.ATOM


norm: Op = differential(
    "norm(x)",
    lambda x, ord, axis, keepdims: norm_of(x, ord, axis, keepdims),  # noqa: A006 - NumPy's
    _grown,
    elsewhere=("vector_norm", "matrix_norm"),
    numpy=(np.linalg.norm,),
    parameters={"ord": None, "axis": None, "keepdims": False},
    shape=_measured,
    symbol="‖x‖",
    latex=r"\left\|#1\right\|",
    written=_bars,
    level=Level.ATOM,
    operands=(Level.ANY,),
    domain="x ≠ 0",
    code="np.linalg.norm(x, ord, axis, keepdims)",
    analytic=False,
    complex=complex_norm,
    cost=lambda x: 2 * int(np.prod(x)) + 1,
    shapes=(((3,),), ((2, 3),), ((1,),)),
    options=(
        {},
        {"ord": 1.0},
        {"ord": math.inf},
        {"ord": 3.0, "axis": -1},
        {"ord": 2.0, "axis": 0, "keepdims": True},
    ),
)

NORMS = (norm,)
