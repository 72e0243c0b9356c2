"""Angles."""

from __future__ import annotations

import numpy as np

from ..messages import N_
from ..values import Array
from .constants import Constant
from .record import elementwise
from .said import Level

DEGREE = Constant(np.pi / 180, r"\frac{\pi}{180}", "pi / 180")
RADIAN = Constant(180 / np.pi, r"\frac{180}{\pi}", "180 / pi")
PI_SQUARED = Constant(np.pi**2, r"\pi^{2}", "pi**2")


def _slope_of_sinc(x: Array) -> Array:
    """The derivative of sin(πx)/(πx); near 0, where its formula cancels, by its series."""
    z, small = PI_SQUARED * x**2, np.abs(x) < 0.03
    series = -(PI_SQUARED / 3 * x) * (1 - z / 10 * (1 - z / 28 * (1 - z / 54)))
    return np.where(small, series, (np.cos(np.pi * x) - np.sinc(x)) / np.where(small, 1.0, x))


_sinc_slope = elementwise(
    "sinc_slope(x)",
    _slope_of_sinc,
    lambda x, y: -(PI_SQUARED * np.sinc(x)) - 2 * y / x,
    symbol="sinc′",
    latex=r"\operatorname{sinc}'(#1)",
    text="(cos(pi*x) - sinc(x)) / x",
    sympy="cos(pi * x) / x - sin(pi * x) / (pi * x ** 2)",
    analytic=True,
    domain="x ≠ 0",
    cost=8,
    helper=True,
    specimens=((1.3,), (-0.7,)),
)

TRIGONOMETRY = (
    elementwise(
        "sin(x)",
        np.sin,
        lambda x: np.cos(x),
        inverse={"sin": "arcsin"},
        latex=r"\sin #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "cos(x)",
        np.cos,
        lambda x: -np.sin(x),
        inverse={"cos": "arccos"},
        latex=r"\cos #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "tan(x)",
        np.tan,
        lambda y: 1 + y**2,
        aliases=("tg",),
        inverse={"tan": "arctan", "tg": "arctg"},
        spellings={"ru": "tg"},
        latex=r"\tan #1",
        domain="x ≠ π/2 + πk",
        complex=True,
        specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "cot(x)",
        lambda x: 1 / np.tan(x),
        lambda y: -(1 + y**2),
        aliases=("ctg", "cotg"),
        spellings={"ru": "ctg"},
        latex=r"\cot #1",
        sympy="cot(x)",
        domain="x ≠ πk",
        complex=True,
        cost=2,
        specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "sec(x)",
        lambda x: 1 / np.cos(x),
        lambda x, y: y * np.tan(x),
        latex=r"\sec #1",
        domain="x ≠ π/2 + πk",
        complex=True,
        cost=2,
        specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "csc(x)",
        lambda x: 1 / np.sin(x),
        lambda x, y: -(y / np.tan(x)),
        aliases=("cosec",),
        spellings={"ru": "cosec"},
        latex=r"\csc #1",
        domain="x ≠ πk",
        complex=True,
        cost=2,
        specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "asin(x)",
        np.arcsin,
        lambda x: 1 / np.sqrt((1 - x) * (1 + x)),
        aliases=("arcsin",),
        spellings={"ru": "arcsin"},
        latex=r"\arcsin #1",
        domain="−1 ≤ x ≤ 1",
        complex=True,
        specimens=((0.5,), (-0.7,)),
    ),
    elementwise(
        "acos(x)",
        np.arccos,
        lambda x: -(1 / np.sqrt((1 - x) * (1 + x))),
        aliases=("arccos",),
        spellings={"ru": "arccos"},
        latex=r"\arccos #1",
        domain="−1 ≤ x ≤ 1",
        complex=True,
        specimens=((0.5,), (-0.7,)),
    ),
    elementwise(
        "atan(x)",
        np.arctan,
        lambda x: 1 / (1 + x**2),
        aliases=("arctan", "arctg"),
        spellings={"ru": "arctg"},
        latex=r"\arctan #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "atan2(a, b)",
        np.arctan2,
        lambda a, b: b / (a**2 + b**2),
        lambda a, b: -(a / (a**2 + b**2)),
        aliases=("arctan2",),
        kinks=lambda a, b: np.where(b < 0, a, np.hypot(a, b)),
        cost=2,
        specimens=((1.5, 2.0), (-0.7, -1.2)),
    ),
    elementwise(
        "sinc(x)",
        np.sinc,
        lambda x: _sinc_slope(x),
        numpy=(np.sinc,),
        sympy="sinc(pi * x)",
        latex=r"\operatorname{sinc}(#1)",
        note=N_("sinc(x) is sin(πx)/(πx), as in NumPy, and 1 at 0."),
        analytic=True,
        cost=3,
        specimens=((1.3,), (-0.7,)),
    ),
    elementwise(
        "deg2rad(x)",
        np.deg2rad,
        lambda: DEGREE,
        aliases=("radians",),
        numpy=(np.deg2rad, np.radians),
        symbol="·π/180",
        latex=r"\frac{\pi}{180} #1",
        level=Level.PRODUCT,
        operands=(Level.PRODUCT,),
        sympy="pi * x / 180",
        analytic=True,
        specimens=((90.0,), (-30.0,)),
    ),
    elementwise(
        "rad2deg(x)",
        np.rad2deg,
        lambda: RADIAN,
        aliases=("degrees",),
        numpy=(np.rad2deg, np.degrees),
        symbol="·180/π",
        latex=r"\frac{180}{\pi} #1",
        level=Level.PRODUCT,
        operands=(Level.PRODUCT,),
        sympy="180 * x / pi",
        analytic=True,
        specimens=((1.5,), (-0.7,)),
    ),
    _sinc_slope,
)
