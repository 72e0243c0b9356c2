"""The inverses of sec, csc, cot and their hyperbolic kin."""

from __future__ import annotations

import numpy as np

from ..messages import N_
from .record import elementwise

INVERSES = (
    elementwise(
        "acot(x)",
        lambda x: np.arctan(1 / x),
        lambda x: -(1 / (1 + x**2)),
        aliases=("arccot",),
        latex=r"\operatorname{arccot} #1",
        domain="x ≠ 0",
        note=N_("acot(x) is arctan(1/x), between −π/2 and π/2; arcctg(x) lies between 0 and π."),
        cost=2,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "arcctg(x)",
        lambda x: np.arctan2(1.0, x),
        lambda x: -(1 / (1 + x**2)),
        latex=r"\operatorname{arcctg} #1",
        sympy="pi / 2 - atan(x)",
        analytic=True,
        cost=2,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "asec(x)",
        lambda x: np.arccos(1 / x),
        lambda x: 1 / (np.abs(x) * np.sqrt(x**2 - 1)),
        aliases=("arcsec",),
        latex=r"\operatorname{arcsec} #1",
        domain="|x| ≥ 1",
        cost=2,
        specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "acsc(x)",
        lambda x: np.arcsin(1 / x),
        lambda x: -(1 / (np.abs(x) * np.sqrt(x**2 - 1))),
        aliases=("arccsc", "arccosec"),
        latex=r"\operatorname{arccsc} #1",
        domain="|x| ≥ 1",
        cost=2,
        specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "acoth(x)",
        lambda x: np.arctanh(1 / x),
        lambda x: 1 / ((1 - x) * (1 + x)),
        aliases=("arccoth", "arcoth", "arcth"),
        spellings={"ru": "arcth"},
        latex=r"\operatorname{arcoth} #1",
        domain="|x| > 1",
        cost=2,
        specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "asech(x)",
        lambda x: np.arccosh(1 / x),
        lambda x: -(1 / (x * np.sqrt(1 - x**2))),
        aliases=("arcsech", "arsech"),
        latex=r"\operatorname{arsech} #1",
        domain="0 < x ≤ 1",
        cost=2,
        specimens=((0.5,), (0.9,)),
    ),
    elementwise(
        "acsch(x)",
        lambda x: np.arcsinh(1 / x),
        lambda x: -(1 / (np.abs(x) * np.sqrt(1 + x**2))),
        aliases=("arccsch", "arcsch"),
        latex=r"\operatorname{arcsch} #1",
        domain="x ≠ 0",
        cost=2,
        specimens=((1.5,), (-0.7,)),
    ),
)
