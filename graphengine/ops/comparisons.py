"""Which is larger: maxima, steps, and comparisons, which are masks of 0 and 1 (Iverson brackets)."""

from __future__ import annotations

import numpy as np

from ..messages import N_, Message
from .record import Op, elementwise
from .said import Level

FLAT = N_("A comparison jumps where both sides are equal; its derivative is taken as 0 everywhere.")


def _comparison(ufunc: np.ufunc, text: str, sign: str, latex: str, verb: Message) -> Op:
    """1 where the comparison holds, else 0. A step, so its derivative is 0 wherever there is one."""
    return elementwise(
        f"{ufunc.__name__}(a, b)",
        lambda a, b: ufunc(a, b) * 1.0,
        lambda: 0.0,
        lambda: 0.0,
        numpy=(ufunc,),
        symbol=sign,
        latex=f"[#1 {latex} #2]",
        text=text,
        verb=verb,
        kinks=np.subtract,
        note=FLAT,
        specimens=((1.5, -2.0), (0.3, 3.0)),
    )


def _logical(ufunc: np.ufunc, text: str, sign: str, latex: str, verb: Message, shapes: object) -> Op:
    """1 where the mask of the masks holds, else 0; as in NumPy, any number but 0 is true."""
    count = ufunc.nin
    return elementwise(
        f"{ufunc.__name__}({'a, b' if count == 2 else 'x'})",
        (lambda a, b: ufunc(a, b) * 1.0) if count == 2 else lambda x: ufunc(x) * 1.0,
        *[lambda: 0.0] * count,
        numpy=(ufunc,),
        symbol=sign,
        latex=latex,
        level=Level.FUNCTION,
        operands=(Level.FUNCTION,) * count,
        text=text,
        verb=verb,
        shapes=shapes,
    )


PAIRS = (((3,), (3,)), ((2, 1), (3,)), ((), ()))

FUNCTIONS = (
    elementwise(
        "max(a, b)",
        np.maximum,
        lambda a, b: (a > b) + (a == b) / 2,
        lambda a, b: (b > a) + (a == b) / 2,
        aliases=("maximum", "fmax"),
        latex=r"\max(#1, #2)",
        kinks=np.subtract,
        note=N_("max(a, b) has no derivative where a = b; each takes one half."),
        specimens=((1.5, -2.0), (0.3, 3.0)),
    ),
    elementwise(
        "min(a, b)",
        np.minimum,
        lambda a, b: (a < b) + (a == b) / 2,
        lambda a, b: (b < a) + (a == b) / 2,
        aliases=("minimum", "fmin"),
        latex=r"\min(#1, #2)",
        kinks=np.subtract,
        note=N_("min(a, b) has no derivative where a = b; each takes one half."),
        specimens=((1.5, -2.0), (0.3, 3.0)),
    ),
    elementwise(
        "where(c, a, b)",
        np.where,
        lambda: 0.0,
        lambda c: 1 - (c == 0),
        lambda c: (c == 0) * 1.0,
        elsewhere=("ifelse",),
        sympy="Piecewise((a, Ne(c, 0)), (b, True))",
        numpy=(np.where,),
        latex=r"\operatorname{where}(#1, #2, #3)",
        shapes=(((3,), (3,), ()), ((2, 1), (), (3,))),
    ),
    elementwise(
        "clip(x, a, b)",
        np.clip,
        lambda x, a, b: (x > a) * (x < b) * 1.0,
        lambda x, a: (x < a) * 1.0,
        lambda x, b: (x > b) * 1.0,
        elsewhere=("clamp",),
        numpy=(np.clip,),
        latex=r"\operatorname{clip}(#1, #2, #3)",
        kinks=lambda x, a, b: np.minimum(np.abs(x - a), np.abs(x - b)),
        note=N_("clip(x, a, b) has no derivative where x = a or x = b; 0 is taken."),
        shapes=(((3,), (), ()), ((2, 3), (3,), ())),
    ),
    elementwise(
        "step(x)",
        lambda x: np.heaviside(x, 0.0),
        lambda: 0.0,
        latex=r"\operatorname{step}(#1)",
        kinks=lambda x: x,
        note=N_("step(x) jumps at 0, where it is taken as 0; its derivative is taken as 0 everywhere."),
        specimens=((1.5,), (-2.0,)),
    ),
)

COMPARISONS = (
    *FUNCTIONS,
    _comparison(np.less, "a < b", "<", "<", N_("Ask whether {a} is less than {b}")),
    _comparison(np.less_equal, "a <= b", "≤", r"\le", N_("Ask whether {a} is at most {b}")),
    _comparison(np.greater, "a > b", ">", ">", N_("Ask whether {a} is greater than {b}")),
    _comparison(np.greater_equal, "a >= b", "≥", r"\ge", N_("Ask whether {a} is at least {b}")),
    _comparison(np.equal, "a == b", "=", "=", N_("Ask whether {a} equals {b}")),
    _comparison(np.not_equal, "a != b", "≠", r"\ne", N_("Ask whether {a} differs from {b}")),
    _logical(np.logical_and, "a and b", "∧", r"#1 \land #2", N_("Ask whether {a} and {b} both hold"), PAIRS),
    _logical(np.logical_or, "a or b", "∨", r"#1 \lor #2", N_("Ask whether {a} or {b} holds"), PAIRS),
    _logical(
        np.logical_not,
        "not x",
        "¬",
        r"\lnot #1",
        N_("Ask whether {a} does not hold"),
        (((3,),), ((2, 3),), ((),)),
    ),
)
