"""The rules of the lecture, section 8: the differential of each operator as a formula and as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from graphengine import explain, parse
from graphengine.derivatives.calls import Call
from graphengine.graph.evaluation import evaluate
from graphengine.notation.rules import differential
from graphengine.ops import OPS
from graphengine.sweeps import forward

d = r"\mathrm{d}"
ADJUGATE = rf"\operatorname{{tr}}(\operatorname{{adj}}(X) \, {d}X)"
BY_INVERSE = rf"\operatorname{{tr}}({{X}}^{{-1}} \, {d}X)"
THIRTEEN = {
    "constant": ("C + X", rf"{d}\left(C + X\right) = {d}X"),
    "scalar multiple": ("3*X", rf"{d}\left(3 \, X\right) = 3 \cdot {d}X"),
    "sum": ("X + Y", rf"{d}\left(X + Y\right) = {d}X + {d}Y"),
    "difference": ("X - Y", rf"{d}\left(X - Y\right) = {d}X - {d}Y"),
    "trace": ("tr(X)", rf"{d}\operatorname{{tr}}(X) = \operatorname{{tr}}({d}X)"),
    "product": ("X @ Y", rf"{d}\left(X \, Y\right) = {d}X \, Y + X \, {d}Y"),
    "Hadamard product": ("X ⊙ Y", rf"{d}\left(X \odot Y\right) = Y \odot {d}X + X \odot {d}Y"),
    "Kronecker product": ("X ⊗ Y", rf"{d}\left(X \otimes Y\right) = {d}X \otimes Y + X \otimes {d}Y"),
    "inverse": ("inv(X)", rf"{d}\left({{X}}^{{-1}}\right) = -{{X}}^{{-1}} \, {d}X \, {{X}}^{{-1}}"),
    "determinant": ("det(X)", rf"{d}\det X = {ADJUGATE} = \det X \cdot {BY_INVERSE}"),
    "log-determinant": ("logdet(X)", rf"{d}\ln \det X = {BY_INVERSE}"),
    "transpose": ("X.T", rf"{d}\left({{X}}^{{\top}}\right) = {{\left({d}X\right)}}^{{\top}}"),
}
"""The lecture's rules (section 8) as they are printed."""


@pytest.mark.parametrize("rule", THIRTEEN)
def test_the_rules_of_the_lecture_as_formulas_and_as_numbers(rule: str) -> None:
    """The printed differential, and forward mode along a direction against a difference of values."""
    text, printed = THIRTEEN[rule]
    program = f"C = [[1, 2], [3, 4]]\nZ = {text}" if "C" in text else f"Z = {text}"
    rng = np.random.default_rng(8)
    graph = parse(program, {"X": [[2, 1], [0.5, 3]], "Y": [[1, -1], [2, 0.5]]})
    position = graph.outputs["Z"]
    assert differential(graph, position) == printed
    directions = {name: rng.normal(size=(2, 2)) for name in graph.inputs}
    trace = forward(graph, seed=directions)
    there, back = (
        evaluate(graph, {name: graph.values[name] + h * u for name, u in directions.items()})["Z"]
        for h in (1e-6, -1e-6)
    )
    np.testing.assert_allclose(trace.tangents[position], (there - back) / 2e-6, 1e-7, 1e-8)


def test_both_forms_of_the_determinants_differential_are_equal() -> None:
    graph = parse("det(X)", {"X": [[2, 1, 0], [0.5, 3, 1], [1, 1, 1]]})
    x, du = graph.values["X"], np.random.default_rng(1).normal(size=(3, 3))
    call = Call(OPS["det"], [x], OPS["det"](x), {})
    np.testing.assert_allclose(call.tangent(0, du), call.alternative(0, du), 1e-12)


def test_the_step_of_a_tangent_shows_the_differential() -> None:
    document = explain("Z = X @ Y", "X = [[1, 2], [3, 4]]; Y = [[1, 0], [2, 1]]", mode="forward")
    parts = document["steps"][-1]["parts"]
    assert parts[0] == {"name": "differential", "latex": THIRTEEN["product"][1]}
    scalars = explain("x*y", mode="forward")["steps"][-1]["parts"]
    assert "differential" not in [part["name"] for part in scalars]
