"""Along the axes of an array: products, maxima, norms, softmax and its kin, running sums."""

from __future__ import annotations

import numpy as np
from scipy import special

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, Function, Operand
from .exponential import EXPONENTIAL
from .parameters import Axis, Params
from .record import Op, Shape, differential, elementwise, linear
from .repeating import flip
from .said import Level
from .shaping import REDUCE, along, count, expand, kept, reduced, reshape

_exp = next(op for op in EXPONENTIAL if op.name == "exp")


def _nonempty(shape: Shape, axis: Axis = None, keepdims: bool = False) -> Shape:
    if not count(shape, axis):
        raise ShapeError(N_("There is no maximum of nothing: the array has shape {shape}.", shape=shape))
    return reduced(shape, axis, keepdims)


def _summed(shape: Shape, axis: Axis, keepdims: bool) -> Shape:
    if axis == () or (keepdims and not shape):  # where SciPy would make a vector of a number
        raise ShapeError(N_("There is no axis to sum along: leave out axis and keepdims."))
    return _nonempty(shape, axis, keepdims)


def _weighed(shape: Shape, axis: Axis) -> Shape:
    _nonempty(shape, axis)
    return shape


def _along(shape: Shape, axis: Axis) -> Shape:
    kept(shape, axis)  # ShapeError if there is no such axis
    return shape


def _wide(y: Operand, x: Operand, axis: Axis) -> Operand:
    """A reduction of `x`, repeated to the shape of `x`."""
    return expand(reshape(y, shape=kept(x.shape, axis)), shape=x.shape)


def product_of_others(x: Array, axis: Axis) -> Array:
    """For each element of `x` the product of all others along `axis`; a zero takes no part in its own."""
    axes = tuple(range(np.ndim(x))) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    x = np.asarray(x, float)
    zeros = np.sum(x == 0, axis=axes, keepdims=True)
    rest = np.prod(np.where(x == 0, 1.0, x), axis=axes, keepdims=True)
    return np.where(x == 0, (zeros == 1) * rest, np.where(zeros == 0, rest / np.where(x == 0, 1.0, x), 0.0))


prod: Op = differential(
    "prod(x)",
    np.prod,
    lambda x, dx, axis, keepdims: (others(x, axis=axis) * dx).sum(axis=axis, keepdims=keepdims),
    numpy=(np.prod,),
    parameters=REDUCE,
    shape=reduced,
    symbol="Π",
    latex=r"\prod #1",
    level=Level.TOTAL,
    operands=(Level.FUNCTION,),
    shapes=(((3,),), ((2, 3),), ((2, 1, 2),)),
    options=({}, {"axis": -1}, {"axis": 0, "keepdims": True}),
)

# The product of all but one; its own differential is that of y/x, where no element is 0.
others: Op = differential(
    "others(x)",
    product_of_others,
    lambda x, dx, y, axis: y * (_total(dx / x, x, axis) - dx / x),
    parameters={"axis": None},
    shape=_along,
    symbol="Π/x",
    latex=r"\prod_{\neq} #1",
    level=Level.TOTAL,
    operands=(Level.FUNCTION,),
    sympy="1",
    analytic=True,
    helper=True,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": -1}),
)


def _total(x: Operand, like: Operand, axis: Axis) -> Operand:
    return _wide(x.sum(axis=axis, keepdims=True), like, axis)


def shared_by_ties(x: Array, y: Array) -> Array:
    """1 where `x` is `y`, in the shape of `x`; shared among ties along the axes where `y` has the size 1."""
    ties = np.equal(x, y) * 1.0
    axes = tuple(i for i, (n, m) in enumerate(zip(np.shape(x), np.shape(y), strict=True)) if n != m)
    return ties / np.maximum(np.sum(ties, axis=axes, keepdims=True), 1.0)


def _extreme(name: str, function: Function) -> Op:
    return differential(
        f"{name}_of(x)",
        function,
        lambda x, y, dx, axis, keepdims: (shares(x, reshape(y, shape=kept(x.shape, axis))) * dx).sum(
            axis=axis, keepdims=keepdims
        ),
        aliases=(name, f"a{name}"),
        numpy=(function,),
        parameters=REDUCE,
        shape=_nonempty,
        symbol=name,
        latex=rf"\{name}(#1)",
        level=Level.ATOM,
        operands=(Level.ANY,),
        text=f"{name}(x)",
        note=N_("Where several elements are the largest or smallest, they share the derivative equally."),
        shapes=(((3,),), ((2, 3),), ((2, 1, 2),)),
        options=({}, {"axis": -1}, {"axis": 0, "keepdims": True}),
    )


# Who attains the maximum; piecewise constant.
shares: Op = elementwise(
    "shares(a, b)",
    shared_by_ties,
    lambda: 0.0,
    lambda: 0.0,
    latex="[#1 = #2]",
    helper=True,
    shapes=(((2, 3), (2, 1)), ((3,), (1,))),
)

AXIS: Params = {"axis": -1}

softmax: Op = differential(
    "softmax(x)",
    special.softmax,
    lambda y, dx, axis: y * (dx - (y * dx).sum(axis=axis, keepdims=True)),
    parameters=AXIS,
    shape=_weighed,
    latex=r"\operatorname{softmax}(#1)",
    cost=4,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": 0}),
)

log_softmax: Op = differential(
    "log_softmax(x)",
    special.log_softmax,
    lambda y, dx, axis: dx - (_exp(y) * dx).sum(axis=axis, keepdims=True),
    parameters=AXIS,
    shape=_weighed,
    latex=r"\operatorname{log\,softmax}(#1)",
    cost=5,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": 0}),
)

logsumexp: Op = differential(
    "logsumexp(x)",
    special.logsumexp,
    lambda x, y, dx, axis, keepdims: (_exp(x - _wide(y, x, axis)) * dx).sum(axis=axis, keepdims=keepdims),
    parameters=REDUCE,
    shape=_summed,
    symbol="ln Σ exp",
    latex=r"\ln \sum e^{#1}",
    level=Level.FUNCTION,
    cost=lambda x: 4 * int(np.prod(x)),
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": 0}, {"axis": -1, "keepdims": True}),
)


def _summed_back(g: Operand, x: Operand, axis: int | None) -> Operand:
    """The transpose of a running sum: one from the end; without an axis, of all elements in a row."""
    line = 0 if axis is None else axis
    return reshape(flip(cumsum(flip(g, axis=line), axis=line), axis=line), shape=x.shape)


def _running(x: Shape, axis: int | None) -> Shape:
    return (int(np.prod(x, dtype=int)),) if axis is None else along(x, axis)


cumsum: Op = linear(
    "cumsum(x)",
    np.cumsum,
    _summed_back,
    numpy=(np.cumsum,),
    parameters={"axis": None},
    shape=_running,
    symbol="Σ…",
    latex=r"\operatorname{cumsum}(#1)",
    shapes=(((3,),), ((2, 3),), ((0,),)),
    options=({}, {"axis": -1}, {"axis": 0}),
)

argmax: Op = elementwise(
    "argmax(x)",
    lambda x, axis: np.argmax(x, axis=axis) * 1.0,
    None,
    parameters={"axis": None},
    shape=lambda x, axis: _nonempty(along(x, axis), axis),
    symbol="argmax",
    latex=r"\operatorname{argmax}(#1)",
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": -1}),
)

REDUCTIONS = (
    prod,
    others,
    _extreme("max", np.max),
    _extreme("min", np.min),
    shares,
    softmax,
    log_softmax,
    logsumexp,
    cumsum,
    argmax,
)
