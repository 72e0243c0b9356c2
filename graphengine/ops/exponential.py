"""Exponentials, logarithms and hyperbolic functions."""

from __future__ import annotations

import numpy as np

from .constants import Constant
from .record import elementwise
from .said import Level

LN_2 = Constant(np.log(2.0), r"\ln 2", "log(2)")
LN_10 = Constant(np.log(10.0), r"\ln 10", "log(10)")

EXPONENTIAL = (
    elementwise(
        "exp(x)",
        np.exp,
        lambda y: y,
        latex="e^{#1}",
        level=Level.POWER,
        complex=True,
        specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "log(x)",
        np.log,
        lambda x: 1 / x,
        aliases=("ln",),
        symbol="ln",
        latex=r"\ln #1",
        domain="x > 0",
        stable={"sigmoid": "logsigmoid(x)"},
        complex=True,
        specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "log2(x)",
        np.log2,
        lambda x: 1 / (x * LN_2),
        aliases=("lb",),
        symbol="log₂",
        latex=r"\log_2 #1",
        domain="x > 0",
        complex=True,
        specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "log10(x)",
        np.log10,
        lambda x: 1 / (x * LN_10),
        aliases=("lg",),
        symbol="lg",
        spellings={"ru": "lg"},
        latex=r"\log_{10} #1",
        domain="x > 0",
        complex=True,
        specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "sinh(x)",
        np.sinh,
        lambda x: np.cosh(x),
        aliases=("sh",),
        inverse={"sinh": "arsinh", "sh": "arsh"},
        spellings={"ru": "sh"},
        latex=r"\sinh #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "cosh(x)",
        np.cosh,
        lambda x: np.sinh(x),
        aliases=("ch",),
        inverse={"cosh": "arcosh", "ch": "arch"},
        spellings={"ru": "ch"},
        latex=r"\cosh #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "tanh(x)",
        np.tanh,
        lambda y: 1 - y**2,
        aliases=("th",),
        inverse={"tanh": "artanh", "th": "arth"},
        spellings={"ru": "th"},
        latex=r"\tanh #1",
        complex=True,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "asinh(x)",
        np.arcsinh,
        lambda x: 1 / np.hypot(x, 1),
        aliases=("arcsinh", "arsinh", "arsh"),
        spellings={"ru": "arsh"},
        latex=r"\operatorname{arsinh} #1",
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "acosh(x)",
        np.arccosh,
        lambda x: 1 / (np.sqrt(x - 1) * np.sqrt(x + 1)),
        aliases=("arccosh", "arcosh", "arch"),
        spellings={"ru": "arch"},
        latex=r"\operatorname{arcosh} #1",
        domain="x ≥ 1",
        complex=True,
        specimens=((1.5,), (3.0,)),
    ),
    elementwise(
        "atanh(x)",
        np.arctanh,
        lambda x: 1 / ((1 - x) * (1 + x)),
        aliases=("arctanh", "artanh", "arth"),
        spellings={"ru": "arth"},
        latex=r"\operatorname{artanh} #1",
        domain="−1 < x < 1",
        complex=True,
        specimens=((0.5,), (-0.7,)),
    ),
)
