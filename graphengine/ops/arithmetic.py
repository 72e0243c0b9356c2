"""Sums, products, powers and roots."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from ..messages import N_
from .complexes import modulus
from .record import Level, elementwise


def _zero_wins(a: Any, b: Any) -> Any:
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(np.equal(a, 0), 0.0, np.multiply(a, b))


# The product in which a zero first factor wins: 0 · ∞ = 0 in b·a**(b-1) at a = b = 0.
scaled = elementwise(
    "scaled(a, b)", _zero_wins, lambda b: b, lambda a: a,
    symbol="×", latex="#1 #2", level=Level.PRODUCT, operands=(Level.PRODUCT, Level.PRODUCT),
    code="np.where(np.equal(a, 0), 0.0, a * b)", sympy="a * b", helper=True,
    complex=True, specimens=((0.0, 2.0), (1.5, -2.0)),
)  # fmt: skip

# y·log(a) with 0·log(0) = 0: the other half of the power rule.
xlogy = elementwise(
    "xlogy(a, b)", special.xlogy, lambda b: np.log(b), lambda a, b: a / b,
    latex=r"#1 \ln #2", level=Level.PRODUCT, operands=(Level.PRODUCT, Level.ATOM),
    code="special.xlogy(a, b)", sympy="a * log(b)", domain="b ≥ 0", helper=True,
    complex=True, specimens=((0.7, 2.0), (-1.0, 0.5)),
)  # fmt: skip

ARITHMETIC = (
    elementwise(
        "add(a, b)", np.add, lambda: 1.0, lambda: 1.0,
        symbol="+", latex="#1 + #2", level=Level.SUM, operands=(Level.NEGATIVE, Level.SUM),
        code="a + b", sympy="a + b", complex=True, specimens=((1.5, -2.0), (0.0, 3.0)),
    ),
    elementwise(
        "sub(a, b)", np.subtract, lambda: 1.0, lambda: -1.0,
        symbol="−", latex="#1 - #2", level=Level.SUM, operands=(Level.NEGATIVE, Level.TOTAL),
        code="a - b", sympy="a - b", complex=True, specimens=((1.5, -2.0), (0.0, 3.0)),
    ),
    elementwise(
        "mul(a, b)", np.multiply, lambda b: b, lambda a: a,
        symbol="×", latex="#1 #2", level=Level.PRODUCT, operands=(Level.PRODUCT, Level.PRODUCT),
        code="a * b", sympy="a * b", complex=True, specimens=((1.5, -2.0), (0.0, 3.0)),
    ),
    elementwise(
        "div(a, b)", np.divide, lambda b: 1 / b, lambda b, y: -(y / b),
        symbol="÷", latex=r"\frac{#1}{#2}", level=Level.FRACTION, operands=(Level.ANY, Level.ANY),
        code="a / b", sympy="a / b", domain="b ≠ 0", complex=True, specimens=((1.5, -2.0), (-0.5, 3.0)),
    ),
    elementwise(
        "pow(a, b)", np.power, lambda a, b: scaled(b, a ** (b - 1)), lambda a, y: xlogy(y, a),
        symbol="^", latex="{#1}^{#2}", level=Level.POWER, operands=(Level.ATOM, Level.ANY),
        code="a ** b", sympy="a ** b", domain="a > 0 ∨ b ∈ ℤ", numpy=(np.power, np.float_power), cost=2,
        note=N_("0**0 is taken as 1."), complex=True, specimens=((1.5, -2.0), (0.3, 2.5), (2.0, 3.0)),
    ),
    elementwise(
        "neg(x)", np.negative, lambda: -1.0,
        symbol="−", latex="-#1", level=Level.NEGATIVE, operands=(Level.TOTAL,),
        code="-x", sympy="-x", complex=True, specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "square(x)", np.square, lambda x: 2 * x,
        symbol="x²", latex="{#1}^{2}", level=Level.POWER, code="x ** 2", sympy="x ** 2",
        complex=True, specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "reciprocal(x)", np.reciprocal, lambda y: -(y**2),
        symbol="1/x", latex=r"\frac{1}{#1}", level=Level.FRACTION, operands=(Level.ANY,),
        code="1 / x", sympy="1 / x", domain="x ≠ 0", complex=True, specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "sqrt(x)", np.sqrt, lambda y: 1 / (2 * y), aliases=("√",),
        symbol="√", latex=r"\sqrt{#1}", level=Level.ATOM, operands=(Level.ANY,),
        domain="x ≥ 0", complex=True, specimens=((1.5,), (0.2,)),
    ),
    elementwise(
        "cbrt(x)", np.cbrt, lambda y: 1 / (3 * y**2), aliases=("∛",),
        symbol="∛", latex=r"\sqrt[3]{#1}", level=Level.ATOM, operands=(Level.ANY,),
        sympy="sign(x) * Abs(x) ** Rational(1, 3)", specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "abs(x)", np.abs, lambda x: np.sign(x), aliases=("fabs",), numpy=(np.abs, np.fabs),
        symbol="|x|", latex=r"\left|#1\right|", level=Level.ATOM, operands=(Level.ANY,),
        code="np.abs(x)", sympy="Abs(x)", where_undefined=lambda x: np.equal(x, 0),
        note=N_("|x| has no derivative at 0; 0 is taken."), complex=modulus, specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "sign(x)", np.sign, lambda: 0.0, aliases=("sgn",),
        where_undefined=lambda x: np.equal(x, 0),
        note=N_("sign(x) jumps at 0; its derivative is taken as 0 everywhere."), specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "hypot(a, b)", np.hypot, lambda a, y: a / y, lambda b, y: b / y,
        code="np.hypot(a, b)", sympy="sqrt(a**2 + b**2)", cost=4, specimens=((1.5, -2.0), (3.0, 4.0)),
    ),
    scaled,
    xlogy,
)  # fmt: skip
