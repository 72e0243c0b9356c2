"""Rounding, and what is left of a division: steps, whose derivative is 0 wherever there is one."""

from __future__ import annotations

import numpy as np

from ..messages import N_
from ..values import Function
from .record import Op, Shape, elementwise
from .said import Level

FLAT = N_("Rounding jumps; its derivative is taken as 0 everywhere.")
REST = N_(
    "What is left of a division jumps where nothing is left; the derivative is that of a − qb with q fixed."
)
LISTS: tuple[tuple[Shape, ...], ...] = (((3,),), ((2, 3),), ((),))
PAIRS: tuple[tuple[Shape, ...], ...] = (((3,), (3,)), ((2, 1), (3,)), ((), ()))


def _rounded(name: str, function: Function, latex: str, formula: str, *numpy: Function) -> Op:
    return elementwise(
        f"{name}(x)",
        function,
        lambda: 0.0,
        numpy=(function, *numpy),
        latex=latex,
        sympy=formula,
        analytic=True,  # as any constant
        note=FLAT,
        shapes=LISTS,
    )


ROUNDING = (
    _rounded("floor", np.floor, r"\lfloor #1 \rfloor", "floor(x)"),
    _rounded("ceil", np.ceil, r"\lceil #1 \rceil", "ceiling(x)"),
    _rounded("round", np.rint, r"\operatorname{round}(#1)", "floor(x + Rational(1, 2))", np.round),
    _rounded("trunc", np.trunc, r"\operatorname{trunc}(#1)", "sign(x) * floor(Abs(x))", np.fix),
    elementwise(
        "mod(a, b)",
        np.mod,
        lambda: 1.0,
        lambda a, b: -np.floor(a / b),
        aliases=("remainder",),
        latex=r"#1 \bmod #2",
        level=Level.PRODUCT,
        operands=(Level.PRODUCT, Level.FRACTION),
        sympy="a - b * floor(a / b)",
        analytic=True,
        domain="b ≠ 0",
        note=REST,
        cost=3,
        shapes=PAIRS,
    ),
    elementwise(
        "fmod(a, b)",
        np.fmod,
        lambda: 1.0,
        lambda a, b: -np.trunc(a / b),
        elsewhere=("rem",),
        sympy="a - b * sign(a / b) * floor(Abs(a / b))",
        domain="b ≠ 0",
        note=REST,
        cost=3,
        shapes=PAIRS,
    ),
    elementwise(
        "floor_divide(a, b)",
        np.floor_divide,
        lambda: 0.0,
        lambda: 0.0,
        symbol="//",
        latex=r"\left\lfloor \frac{#1}{#2} \right\rfloor",
        level=Level.ATOM,
        sympy="floor(a / b)",
        analytic=True,
        domain="b ≠ 0",
        note=FLAT,
        cost=2,
        shapes=PAIRS,
    ),
)
