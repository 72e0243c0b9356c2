"""Losses, as PyTorch defines them: means over all elements. Each is one node, made of other operators."""

from __future__ import annotations

import numpy as np
from scipy import special

from ..errors import ShapeError
from ..messages import N_
from ..values import shape_text
from .composites import classified, likelihood_of
from .parameters import Axis
from .record import Op, Rule, Shape, composite
from .said import Field
from .shaping import averaged, count, reduced

PAIRS: tuple[tuple[Shape, ...], ...] = (((3,), (3,)), ((2, 3), (2, 3)), ((), ()))


def _loss(call: str, definition: Rule, cost: int, **record: Field) -> Op:
    name = call.partition("(")[0]

    def compared(y: Shape, t: Shape, **_: object) -> Shape:
        if y != t:
            message = N_(
                "{op} compares two arrays of one shape, not {a} and {b}.",
                op=name,
                a=shape_text(y),
                b=shape_text(t),
            )
            raise ShapeError(message)
        return averaged(y)

    shared = {"latex": rf"\operatorname{{{record.get('symbol', name)}}}(#1, #2)", "shapes": PAIRS}
    return composite(call, definition, shape=compared, cost=cost, averages=True, **{**shared, **record})


def _similar(a: Shape, b: Shape, axis: Axis, eps: float) -> Shape:
    if len(a) != len(b) or count(a, axis) != count(b, axis):  # each length is summed by itself
        raise ShapeError(
            N_(
                "{op} compares two arrays of one shape, not {a} and {b}.",
                op="cosine_similarity",
                a=shape_text(a),
                b=shape_text(b),
            )
        )
    return reduced(np.broadcast_shapes(a, b), axis)


LOSSES = (
    _loss("mse(y, t)", lambda y, t: ((y - t) ** 2).mean(), 4, symbol="mse", elsewhere=("mse_loss",)),
    _loss(
        "l1_loss(y, t)", lambda y, t: np.abs(y - t).mean(), 3, aliases=("mae",), symbol="mae", analytic=False
    ),
    _loss(
        "huber(y, t)",
        lambda y, t, delta: (
            np.clip(y - t, -delta, delta) * (y - t - np.clip(y - t, -delta, delta) / 2)
        ).mean(),
        8,
        elsewhere=("huber_loss",),
        parameters={"delta": 1.0},
        symbol="Huber",
        options=({}, {"delta": 0.5}),
        note=N_("A square up to an error of delta, and from there on straight."),
    ),
    _loss(
        "smooth_l1(y, t)",
        lambda y, t, beta: (
            np.clip(y - t, -beta, beta) * (y - t - np.clip(y - t, -beta, beta) / 2) / beta
        ).mean(),
        9,
        elsewhere=("smooth_l1_loss",),
        parameters={"beta": 1.0},
        symbol="smoothL1",
        options=({}, {"beta": 0.5}),
        note=N_("A square up to an error of beta, and from there on straight; huber divided by beta."),
    ),
    _loss(
        "bce(y, t)",
        lambda y, t: -(special.xlogy(t, y) + special.xlogy(1 - t, 1 - y)).mean(),
        9,
        elsewhere=("binary_cross_entropy",),
        symbol="BCE",
        wants=("", "label"),
        domain="0 < y < 1",
    ),
    _loss(
        "bce_with_logits(x, t)",
        lambda x, t: (np.logaddexp(0.0, x) - x * t).mean(),
        7,
        elsewhere=("binary_cross_entropy_with_logits",),
        symbol="BCE",
        wants=("", "label"),
        latex=r"\operatorname{BCE}(\sigma(#1), #2)",
    ),
    _loss(
        "kl_div(x, t)",
        lambda x, t: (special.xlogy(t, t) - t * x).mean(),
        6,
        symbol="KL",
        domain="t > 0",
        note=N_(
            "As in PyTorch, x are logarithms of probabilities, t probabilities, and the mean is over all"
            " elements; the divergence itself is their sum."
        ),
    ),
    _loss(
        "hinge(y, t)",
        lambda y, t: np.maximum(1 - t * y, 0.0).mean(),
        4,
        elsewhere=("hinge_loss",),
        symbol="hinge",
        note=N_("The mean of max(0, 1 − t y), for labels t of −1 and 1."),
    ),
    composite(
        "nll_loss(x, t)",
        likelihood_of,
        shape=classified,
        symbol="NLL",
        latex=r"\operatorname{NLL}(#1, #2)",
        analytic=True,
        wants=("", "label"),
        cost=lambda x, t: 3 * int(np.prod(x)),
        averages=True,
        shapes=PAIRS[:2],
    ),
    composite(
        "cosine_similarity(a, b)",
        lambda a, b, axis, eps: (
            (a * b).sum(axis=axis)
            / np.sqrt(np.maximum((a**2).sum(axis=axis), eps**2) * np.maximum((b**2).sum(axis=axis), eps**2))
        ),
        parameters={"axis": -1, "eps": 1e-8},
        shape=_similar,
        symbol="cos",
        latex=r"\cos(#1, #2)",
        cost=lambda a, b: 6 * int(np.prod(a)) + 4,
        shapes=PAIRS[:2],
        options=({}, {"axis": 0}),
    ),
)
