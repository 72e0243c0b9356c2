"""What others make up: cross-entropy and normalisation. Each is one node, and consists of other operators."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Array, Operand, shape_text
from .arithmetic import ARITHMETIC
from .record import Op, Shape, composite, differential
from .reductions import log_softmax

_sqrt = next(op for op in ARITHMETIC if op.name == "sqrt")


def classified(x: Shape, t: Shape) -> Shape:
    """The shape of a mean over rows that have a class each; ShapeError unless `t` says which."""
    if not x or not np.prod(x) or t not in (x, x[:-1]):
        raise ShapeError(
            N_(
                "cross_entropy takes logits and one-hot targets of the same shape, or a class number for each"
                " row; not {a} and {b}.",
                a=shape_text(x),
                b=shape_text(t),
            )
        )
    return ()


def hot(x: Array, size: int) -> Array:
    """Class numbers of shape (…) as one-hot rows, (…, size); a number that is no class gives a row of NaN."""
    x = np.asarray(x)
    rows = np.equal(x[..., None], np.arange(size)) * 1.0
    return np.where(np.sum(rows, axis=-1, keepdims=True) == 1, rows, np.nan)


def _rows(x: Shape, size: int) -> Shape:
    if size < 0:
        raise ShapeError(N_("There is no negative number of classes."))
    return (*x, size)


def likelihood_of(x: Operand, t: Operand) -> Operand:
    """The mean over the batch of −Σ t x, for logarithms `x` of probabilities, of shape (…, classes).

    `t` holds one-hot rows in the shape of `x`, or class numbers, of shape (…).
    """
    rows = t if len(t.shape) == len(x.shape) else one_hot(t, size=x.shape[-1])
    return -(rows * x).sum(axis=-1).mean()


def cross_entropy_of(x: Operand, t: Operand) -> Operand:
    """The mean over the batch of −Σ t ln softmax(x), for logits `x` and targets as in `likelihood_of`."""
    return likelihood_of(log_softmax(x, axis=-1), t)


one_hot: Op = differential(
    "one_hot(x)",
    hot,
    lambda y: y * 0.0,
    parameters={"size": 2},
    shape=_rows,
    latex=r"\operatorname{onehot}(#1)",
    wants=("label",),
)

cross_entropy: Op = composite(
    "cross_entropy(x, t)",
    cross_entropy_of,
    shape=classified,
    symbol="CE",
    latex=r"\operatorname{CE}(#1, #2)",
    analytic=True,
    wants=("", "label"),
    cost=lambda x, t: 6 * int(np.prod(x)),
    averages=True,
    shapes=(((3,), (3,)), ((2, 3), (2, 3))),
)


def layernorm_of(x: Operand, eps: float) -> Operand:
    """The last axis with mean 0 and variance 1 (Ba, Kiros and Hinton, 2016, without gain and bias)."""
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / _sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)


def _normalised(x: Shape, eps: float) -> Shape:
    if not x or not x[-1]:
        raise ShapeError(
            N_("layernorm needs an axis with numbers, not the shape {shape}.", shape=shape_text(x))
        )
    return x


layernorm: Op = composite(
    "layernorm(x)",
    layernorm_of,
    parameters={"eps": 1e-5},
    shape=_normalised,
    latex=r"\operatorname{layernorm}(#1)",
    analytic=True,
    cost=8,
    averages=True,
    shapes=(((4,),), ((2, 3),)),
)

COMPOSITES = (cross_entropy, layernorm, one_hot)
