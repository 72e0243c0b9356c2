"""Which is larger: maxima, steps, and the Iverson brackets that their rules need."""

from __future__ import annotations

import numpy as np

from ..messages import N_
from .record import Level, elementwise

COMPARISONS = (
    elementwise(
        "max(a, b)", np.maximum, lambda a, b: (a > b) + (a == b) / 2, lambda a, b: (b > a) + (a == b) / 2,
        aliases=("maximum",), latex=r"\max(#1, #2)", sympy="Max(a, b)", where_undefined=np.equal,
        note=N_("max(a, b) has no derivative where a = b; each takes one half."),
        specimens=((1.5, -2.0), (0.3, 3.0)),
    ),
    elementwise(
        "min(a, b)", np.minimum, lambda a, b: (a < b) + (a == b) / 2, lambda a, b: (b < a) + (a == b) / 2,
        aliases=("minimum",), latex=r"\min(#1, #2)", sympy="Min(a, b)", where_undefined=np.equal,
        note=N_("min(a, b) has no derivative where a = b; each takes one half."),
        specimens=((1.5, -2.0), (0.3, 3.0)),
    ),
    elementwise(
        "where(c, a, b)", lambda c, a, b: np.where(c, a, b), lambda: 0.0, lambda c: 1 - (c == 0),
        lambda c: (c == 0) * 1.0, latex=r"\operatorname{where}(#1, #2, #3)", numpy=(np.where,),
        code="np.where(c, a, b)", sympy="c * a + (1 - c) * b", shapes=(((3,), (3,), ()), ((2, 1), (), (3,))),
    ),
    elementwise(
        "clip(x, a, b)", np.clip, lambda x, a, b: (x > a) * (x < b) * 1.0, lambda x, a: (x < a) * 1.0,
        lambda x, b: (x > b) * 1.0, latex=r"\operatorname{clip}(#1, #2, #3)", numpy=(np.clip,),
        code="np.clip(x, a, b)", sympy="Min(Max(x, a), b)", shapes=(((3,), (), ()), ((2, 3), (3,), ())),
        note=N_("clip(x, a, b) has no derivative where x = a or x = b; 0 is taken."),
        where_undefined=lambda x, a, b: np.logical_or(np.equal(x, a), np.equal(x, b)),
    ),
    elementwise(
        "step(x)", lambda x: np.heaviside(x, 0.0), lambda: 0.0,
        latex=r"\operatorname{step}(#1)", code="np.heaviside(x, 0.0)", sympy="Heaviside(x, 0)",
        where_undefined=lambda x: np.equal(x, 0),
        note=N_("step(x) jumps at 0, where it is taken as 0; its derivative is taken as 0 everywhere."),
        specimens=((1.5,), (-2.0,)),
    ),
    elementwise(
        "greater(a, b)", lambda a, b: np.greater(a, b) * 1.0, lambda: 0.0, lambda: 0.0,
        numpy=(np.greater,), symbol=">", latex="[#1 > #2]", level=Level.ATOM, operands=(Level.ANY, Level.ANY),
        code="(a > b) * 1.0", sympy="Heaviside(a - b, 0)", specimens=((1.5, -2.0), (0.3, 3.0)), helper=True,
    ),
    elementwise(
        "less(a, b)", lambda a, b: np.less(a, b) * 1.0, lambda: 0.0, lambda: 0.0,
        numpy=(np.less,), symbol="<", latex="[#1 < #2]", level=Level.ATOM, operands=(Level.ANY, Level.ANY),
        code="(a < b) * 1.0", sympy="Heaviside(b - a, 0)", specimens=((1.5, -2.0), (0.3, 3.0)), helper=True,
    ),
    elementwise(
        "equal(a, b)", lambda a, b: np.equal(a, b) * 1.0, lambda: 0.0, lambda: 0.0,
        numpy=(np.equal,), symbol="=", latex="[#1 = #2]", level=Level.ATOM, operands=(Level.ANY, Level.ANY),
        code="(a == b) * 1.0", sympy="1 - sign(a - b)**2", specimens=((1.5, -2.0), (0.3, 0.3)), helper=True,
    ),
)  # fmt: skip
