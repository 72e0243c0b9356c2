"""The gamma function and its kin, and the error functions beside erf."""

from __future__ import annotations

import numpy as np
from scipy import special

from ..messages import N_
from .activations import TWO_OVER_ROOT_PI
from .constants import Constant
from .record import Op, elementwise
from .said import Level

HALF_ROOT_PI = Constant(np.sqrt(np.pi) / 2, r"\frac{\sqrt{\pi}}{2}", "sqrt(pi) / 2")

# ψ⁽ⁿ⁾, the n-th derivative of digamma.
polygamma: Op = elementwise(
    "polygamma(x)",
    lambda x, n: special.polygamma(n, x),
    lambda x, n: polygamma(x, n=n + 1),
    aliases=("trigamma",),
    parameters={"n": 1},
    code="special.polygamma(n, x)",
    symbol="ψ⁽ⁿ⁾",
    latex=r"\psi^{(n)}(#1)",
    sympy="polygamma(n, x)",
    analytic=True,
    domain="x > 0",
    note=N_("polygamma(x, n=1) is the n-th derivative of digamma(x), trigamma for n = 1."),
    cost=10,
    shapes=(((3,),), ((),)),
    options=({}, {"n": 2}),
)

digamma = elementwise(
    "digamma(x)",
    special.digamma,
    lambda x: polygamma(x, n=1),
    aliases=("ψ",),
    numpy=(special.digamma,),
    elsewhere=("psi",),
    symbol="ψ",
    latex=r"\psi(#1)",
    sympy="digamma(x)",
    analytic=True,
    domain="x > 0",
    cost=10,
    specimens=((1.5,), (0.2,)),
)

GAMMAS = (
    elementwise(
        "gamma_function(x)",
        special.gamma,
        lambda x, y: y * digamma(x),
        aliases=("Γ",),
        elsewhere=("gamma",),
        symbol="Γ",
        latex=r"\Gamma(#1)",
        sympy="gamma(x)",
        analytic=True,
        domain="x > 0",
        cost=10,
        specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "gammaln(x)",
        special.gammaln,
        lambda x: digamma(x),
        aliases=("lgamma", "loggamma"),
        symbol="ln Γ",
        latex=r"\ln\Gamma(#1)",
        sympy="loggamma(x)",
        analytic=True,
        domain="x > 0",
        cost=10,
        specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "factorial(x)",
        lambda x: special.gamma(x + 1),
        lambda x, y: y * digamma(x + 1),
        symbol="x!",
        latex="{#1}!",
        level=Level.POWER,
        operands=(Level.ATOM,),
        sympy="gamma(x + 1)",
        analytic=True,
        domain="x > −1",
        cost=11,
        specimens=((1.5,), (4.0,)),
    ),
    digamma,
    polygamma,
    elementwise(
        "erfc(x)",
        special.erfc,
        lambda x: -(TWO_OVER_ROOT_PI * np.exp(-(x**2))),
        latex=r"\operatorname{erfc}(#1)",
        sympy="erfc(x)",
        analytic=True,
        cost=4,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "erfinv(x)",
        special.erfinv,
        lambda y: HALF_ROOT_PI * np.exp(y**2),
        latex=r"\operatorname{erf}^{-1}(#1)",
        sympy="erfinv(x)",
        domain="−1 < x < 1",
        cost=10,
        specimens=((0.5,), (-0.7,)),
    ),
)
