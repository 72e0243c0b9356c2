"""Kinks, ties and far-out numbers: what is taken where mathematics is silent or floats are short."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import special

from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.graph.evaluation import evaluate
from graphengine.ops import OPS, Op
from graphengine.program import parse
from graphengine.sweeps import reverse
from tests.oracles.points import (
    every,
    graph_of,
    scalars,
    tie,
)
from tests.oracles.references import by_sympy, calling, close

# ---- conventions ---

INFINITE, NOT_REAL = np.inf, np.nan


@pytest.mark.parametrize(
    ("name", "point", "value", "partials"),
    [
        ("abs", (0,), 0, (0,)),
        ("relu", (0,), 0, (0,)),
        ("leaky_relu", (0,), 0, (0.01,)),
        ("prelu", (0, 0.2), 0, (0.2, 0)),
        ("elu", (0,), 0, (1,)),
        ("elu_scaled", (0, 0.5), 0, (0.5, 0)),
        ("hardtanh", (1,), 1, (0,)),
        ("relu6", (6,), 6, (0,)),
        ("hardswish", (3,), 3, (1,)),
        ("softsign", (0,), 0, (1,)),
        ("floor", (2,), 2, (0,)),
        ("round", (2.5,), 2, (0,)),
        ("mod", (-7, 3), 2, (1, 3)),
        ("fmod", (-7, 3), -1, (1, 2)),
        ("less", (2, 2), 0, (0, 0)),
        ("less_equal", (2, 2), 1, (0, 0)),
        ("equal", (2, 2), 1, (0, 0)),
        ("not_equal", (2, 2), 0, (0, 0)),
        ("sinc", (0,), 1, (0,)),
        ("sign", (0,), 0, (0,)),
        ("step", (0,), 0, (0,)),
        ("max", (2, 2), 2, (0.5, 0.5)),
        ("min", (2, 2), 2, (0.5, 0.5)),
        ("max", (3, 2), 3, (1, 0)),
        ("min", (3, 2), 2, (0, 1)),
        ("pow", (0, 0), 1, (0, -INFINITE)),
        ("pow", (0, 1), 0, (1, 0)),
        ("pow", (0, 2), 0, (0, 0)),
        ("pow", (0, 3), 0, (0, 0)),
        ("pow", (0, 0.5), 0, (INFINITE, 0)),
        ("pow", (-2, 3), -8, (12, NOT_REAL)),
        ("pow", (-2, -1), -0.5, (-0.25, NOT_REAL)),
        ("pow", (1, 0), 1, (0, 0)),
        ("pow", (-8, 1 / 3), NOT_REAL, (NOT_REAL, NOT_REAL)),
        ("sqrt", (0,), 0, (INFINITE,)),
        ("cbrt", (0,), 0, (INFINITE,)),
        ("cbrt", (-8,), -2, (1 / 12,)),
        ("log", (0,), -INFINITE, (INFINITE,)),
        ("log", (-1,), NOT_REAL, (-1,)),
        ("asin", (1,), np.pi / 2, (INFINITE,)),
        ("acosh", (1,), 0, (INFINITE,)),
        ("scaled", (0, INFINITE), 0, (INFINITE, 0)),
        ("xlogy", (0, 0), 0, (-INFINITE, NOT_REAL)),
        ("hypot", (0, 0), 0, (NOT_REAL, NOT_REAL)),
        ("hypot", (0, -2), 2, (0, -1)),
        ("atan2", (0, -1), np.pi, (-1, 0)),
    ],
)
def test_conventions_where_mathematics_is_silent(
    name: str, point: Sequence[float], value: float, partials: Sequence[float]
) -> None:
    with np.errstate(all="ignore"):
        call = calling(OPS[name], [np.float64(x) for x in point], {})
        found = [float(call.tangent(i, np.float64(1))) for i in range(len(point))]
    assert float(call.result) == pytest.approx(value, nan_ok=True)
    assert found == pytest.approx(partials, nan_ok=True)


@every
def test_a_convention_is_told_where_it_is_taken_and_only_there(op: Op) -> None:
    told = [str(op.note)] if op.kinks is not None and op.note is not None else []
    corner = tie(op)
    if op.kinks is not None and not told and not op.helper:
        with np.errstate(all="ignore"):
            slope = calling(op, corner, {}).tangent(0, np.float64(1))
            ahead, behind = (
                op.evaluate(corner[0] + h, *corner[1:]) - op.evaluate(*corner) for h in (1e-9, -1e-9)
            )
        exists = np.allclose([ahead / 1e-9, behind / -1e-9], slope, 1e-6)
        assert exists or not np.isfinite(slope), "where there is no derivative, the number tells by itself"
    if told:
        assert [str(notice.message) for notice in reverse(graph_of(op, corner)).notices] == told
    for point in scalars(op, 1):
        assert reverse(graph_of(op, point)).notices == ()


def test_the_second_derivative_of_a_square_at_0_is_2() -> None:
    for program in ("x**2", "x**k", "square(x)", "x*x"):
        graph = parse(program, {"x": 0, "k": 2} if "k" in program else {"x": 0})
        second = gradient_graph(gradient_graph(graph, wrt=["x"]), wrt=["x"])
        assert list(evaluate(second).values()) == [2.0], program


# ---- numbers far out ---

FAR: dict[str, list[tuple[float, ...]]] = {
    "sigmoid": [(-800,), (-740,), (-40,), (800,), (1e-300,)],
    "logsigmoid": [(-800,), (-1e6,), (-40,), (40,), (100,), (800,), (1e-300,)],
    "softplus": [(800,), (1e6,), (40,), (-40,), (-100,), (-800,), (-1e-300,)],
    "silu": [(-800,), (-700,), (-40,), (40,), (800,), (1e-300,), (-1e-300,), (1e200,)],
    "gelu": [(-40,), (-30,), (-20,), (-6,), (6,), (40,), (1e-300,), (-1e-300,), (1e5,)],
    "mish": [(-700,), (-40,), (40,), (800,), (1e-300,)],
    "elu": [(-800,), (800,), (1e-300,), (-1e-300,)],
    "softsign": [(1e150,), (-1e150,), (1e-300,)],
    "log1p": [(1e-300,), (-1e-17,), (1e200,), (-1 + 1e-16,)],
    "expm1": [(1e-300,), (-1e-17,), (-800,), (700,)],
    "logaddexp": [(800, 790), (-800, -801), (0, -745), (1e5, -1e5)],
    "erfc": [(-40,), (26,), (1e-300,)],
    "logit": [(1e-300,), (1e-17,)],
    "sinc": [(1e-9,), (0.0299,), (0.0301,), (-0.02,)],
    "tanh": [(-800,), (800,), (20,), (1e-300,), (1e-8,), (1e200,)],
    "erf": [(-40,), (40,), (1e-300,), (6,)],
    "hypot": [(3e200, 4e200), (3e-200, 4e-200), (1e200, 1e-200), (0, -1e300)],
    "atan": [(1e150,), (-1e-300,)],
    "asinh": [(1e200,), (-1e200,), (1e-300,)],
    "acosh": [(1e200,), (1 + 1e-12,)],
    "atanh": [(1e-300,), (1 - 1e-12,)],
    "reciprocal": [(1e150,), (1e-150,)],
}
ABSOLUTE = {"sigmoid": 1e-16, "tanh": 4e-16}
"""σ' = y (1 − y) and tanh' = 1 − y² are as in the book: far out they keep their absolute precision only."""

RELATIVE = {"gelu": 1e-13, "sinc": 1e-13}
"""SciPy's Φ is that exact, far below 0; the slope of sinc near it, where it goes over to a series."""


@pytest.mark.parametrize(("name", "point"), [(name, point) for name in FAR for point in FAR[name]])
def test_values_and_slopes_are_exact_far_out_and_nothing_is_warned_about(
    name: str, point: tuple[float, ...]
) -> None:
    op = OPS[name]
    arguments = [np.float64(x) for x in point]
    with np.errstate(all="raise", under="ignore"):
        call = calling(op, arguments, {})
        slopes = [call.tangent(i, np.float64(1)) for i in range(len(point))]
    relative = RELATIVE.get(name, 1e-15)
    expected = by_sympy(op, point, digits=400)
    close(call.result, expected, relative, 1e-320, f"{name} at {point}")
    for i, slope in enumerate(slopes):
        expected = by_sympy(op, point, i, digits=400)
        close(slope, expected, relative, ABSOLUTE.get(name, 1e-320), f"slope of {name} at {point}")


@pytest.mark.parametrize(
    ("program", "x", "value", "slope"),
    [
        ("sigmoid(x)", -800, 0.0, 0.0),
        ("sigmoid(x)", 800, 1.0, 0.0),
        ("softplus(x)", 800, 800.0, 1.0),
        ("softplus(x)", -800, 0.0, 0.0),
        ("logsigmoid(x)", -800, -800.0, 1.0),
        ("logsigmoid(x)", 800, 0.0, 0.0),
        ("silu(x)", 800, 800.0, 1.0),
        ("gelu(x)", -800, 0.0, 0.0),
        ("gelu(x)", 800, 800.0, 1.0),
        ("tanh(x)", 800, 1.0, 0.0),
        ("hypot(x, x)", 1e200, np.sqrt(2) * 1e200, np.sqrt(2)),
    ],
)
def test_stable_programs_have_no_warning(program: str, x: float, value: float, slope: float) -> None:
    graph = parse(program, {"x": x})
    trace = reverse(graph)
    assert trace.notices == () and trace.error is None
    assert float(trace.values[graph.outputs["y"]]) == pytest.approx(value, rel=1e-15, abs=0)
    assert float(trace.adjoints[graph.inputs["x"]]) == pytest.approx(slope, rel=1e-15, abs=0)
    assert compile_gradient(graph)({"x": x})[1]["x"] == pytest.approx(slope, rel=1e-15, abs=0)


def test_erf_is_scipys_and_gelu_is_exact() -> None:
    x = np.linspace(-5, 5, 41)
    assert np.array_equal(OPS["erf"](x), special.erf(x))
    for number in (-3.0, -1.2, -0.1, 0.3, 2.5):  # the usual tanh formula is off by up to 5e-4
        exact = by_sympy(OPS["gelu"], [number])
        assert float(OPS["gelu"](np.float64(number))) == pytest.approx(exact, rel=1e-14)
