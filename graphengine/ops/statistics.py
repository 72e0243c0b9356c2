"""Variance, standard deviation, covariance."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Operand
from .parameters import Axis, Params
from .record import Op, Shape, differential
from .shaping import REDUCE, count, reduced

SPREAD: Params = {**REDUCE, "ddof": 0.0}
NOTE = N_("As in NumPy it is divided by n; with ddof=1 by n − 1, as PyTorch does.")


def _spread(x: Shape, axis: Axis, keepdims: bool, ddof: float) -> Shape:
    if not x:
        raise ShapeError(N_("A single number has no variance: give several, as in [1, 2, 4]."))
    if count(x, axis) <= ddof:
        message = N_("{count} numbers have no variance with ddof={ddof}.", count=count(x, axis), ddof=ddof)
        raise ShapeError(message)
    return reduced(x, axis, keepdims)


def _paired(x: Shape, ddof: float) -> Shape:
    if len(x) not in (1, 2) or x[-1] <= ddof or not x[0] or not ddof.is_integer():
        raise ShapeError(
            N_(
                "cov takes a matrix whose rows are variables, with enough numbers in each: not {shape}.",
                shape=x,
            )
        )
    return () if x[:-1] in ((), (1,)) else (x[0], x[0])


def _scattered(x: Operand, dx: Operand, axis: Axis, keepdims: bool) -> Operand:
    """The sum of (x − mean) dx, half of how the sum of squares changes."""
    return ((x - x.mean(axis=axis, keepdims=True)) * dx).sum(axis=axis, keepdims=keepdims)


def _shared(x: Operand, axis: Axis, ddof: float) -> float:
    return count(x.shape, axis) - ddof


var: Op = differential(
    "var(x)",
    np.var,
    lambda x, dx, axis, keepdims, ddof: 2 * _scattered(x, dx, axis, keepdims) / _shared(x, axis, ddof),
    numpy=(np.var,),
    parameters=SPREAD,
    shape=_spread,
    symbol="Var",
    latex=r"\operatorname{Var}(#1)",
    note=NOTE,
    analytic=True,
    cost=lambda x: 4 * int(np.prod(x)),
    averages=True,
    shapes=(((3,),), ((2, 3),), ((4, 3, 2),)),
    options=({}, {"axis": -1, "ddof": 1.0}, {"axis": 0, "keepdims": True}),
)

std: Op = differential(
    "std(x)",
    np.std,
    lambda x, dx, y, axis, keepdims, ddof: _scattered(x, dx, axis, keepdims) / (_shared(x, axis, ddof) * y),
    numpy=(np.std,),
    parameters=SPREAD,
    shape=_spread,
    symbol="std",
    latex=r"\operatorname{std}(#1)",
    note=NOTE,
    analytic=True,
    cost=lambda x: 4 * int(np.prod(x)) + 1,
    averages=True,
    shapes=(((3,),), ((2, 3),), ((4, 3, 2),)),
    options=({}, {"axis": -1, "ddof": 1.0}, {"axis": 0, "keepdims": True}),
)


def _moved(x: Operand, dx: Operand, ddof: float) -> Operand:
    if x.shape[:-1] == (1,):  # of one variable it is a number
        x, dx = x[0], dx[0]
    centred = x - x.mean(axis=-1, keepdims=True)
    return (dx @ centred.T + centred @ dx.T) / (x.shape[-1] - ddof)


cov: Op = differential(
    "cov(x)",
    lambda x, ddof: np.cov(x, ddof=ddof),
    _moved,
    numpy=(np.cov,),
    parameters={"ddof": 1.0},
    shape=_paired,
    symbol="Cov",
    latex=r"\operatorname{Cov}(#1)",
    note=N_("As in NumPy rows are variables, and it is divided by n − 1; with ddof=0 by n."),
    analytic=True,
    cost=lambda x: 2 * int(np.prod(x)) * x[0] + 2 * int(np.prod(x)),
    averages=True,
    shapes=(((2, 3),), ((3, 4),), ((4,),), ((1, 3),)),
    options=({}, {"ddof": 0.0}),
)

STATISTICS = (var, std, cov)
