"""Every rule of every operator, against oracles that share no rule with it; and the checks themselves."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.derivatives import calls
from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from graphengine.ops import OPS, Op
from graphengine.sweeps import forward, reverse
from tests.oracles import references as oracles
from tests.oracles.points import (
    ALL,
    Point,
    cases,
    every,
    every_elementwise,
    graph_of,
    named,
    ranges,
    sample,
    scalars,
    seeded,
    smooth,
    static,
)
from tests.oracles.references import by_sympy, calling, close

Check = Callable[[Op, Point, Mapping[str, Any], np.random.Generator], None]

# ---- derivatives ---


@every
@settings(derandomize=True, database=None, deadline=None, max_examples=10)
@given(data=st.data())
def test_rules_agree_with_differences_and_sympy_in_the_whole_domain(op: Op, data: st.DataObject) -> None:
    points = [st.one_of(*(st.floats(*ends) for ends in choice)) for choice in ranges(op)]
    point = [np.float64(x) for x in data.draw(st.tuples(*points).filter(lambda drawn: smooth(op, drawn)))]
    rng = np.random.default_rng(1)
    for check in (oracles.check_differences, oracles.check_transpose, oracles.check_sympy):
        check(op, point, static(op), rng)


@every
def test_rules_agree_with_differences_and_sympy_at_the_specimens(op: Op) -> None:
    for point in scalars(op, 0):
        for check in (oracles.check_differences, oracles.check_transpose, oracles.check_sympy):
            check(op, point, static(op), seeded(op))


@every
def test_tangents_and_adjoints_of_arrays_that_broadcast(op: Op) -> None:
    rng = seeded(op)
    for shapes, params in cases(op):
        point = sample(op, shapes, rng)
        oracles.check_differences(op, point, params, rng)
        oracles.check_transpose(op, point, params, rng)


@pytest.mark.parametrize("op", [op for op in ALL if op.name not in oracles.LACKING], ids=named)
def test_adjoints_agree_with_hips_autograd(op: Op) -> None:
    rng = seeded(op)
    for point in scalars(op):
        oracles.check_autograd(op, point, static(op), rng)
    for shapes, params in cases(op):
        oracles.check_autograd(op, sample(op, shapes, rng), params, rng)


def test_the_gaps_of_hips_autograd_are_real_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*oracles.LACKING, *oracles.WRITTEN):
        op = OPS[name]
        params = {"shape": (2, 3)} if name == "expand" else static(op)
        f = oracles.called(op.arguments, op.code, {**oracles.AUTOGRAD, **params})
        with pytest.raises((AttributeError, NotImplementedError, NameError, AssertionError)):
            oracles.by_autograd(f, op.specimens[0], 0, np.ones(params.get("shape", ())))
    compared = len(ALL) - len(oracles.LACKING)
    with capsys.disabled():
        print(
            f"\nHIPS autograd: {compared} of {len(ALL)} operators compared; it has no "
            f"{', '.join(oracles.LACKING)}, and took {', '.join(oracles.WRITTEN)} in other words."
        )


@every
def test_sweeps_gradient_graph_and_compiled_gradient_use_the_same_rules(op: Op) -> None:
    rng = seeded(op)
    for shapes, params in cases(op):
        point = sample(op, shapes, rng)
        graph, call = graph_of(op, point, params), calling(op, point, params)
        g = rng.normal(size=np.shape(call.result))
        swept = reverse(graph, seed={"y": g})
        ones = np.ones(np.shape(call.result))
        gradient, (value, compiled) = evaluate(gradient_graph(graph)), compile_gradient(graph)(graph.values)
        close(value, call.result, 1e-15, 0, f"value of {op.name}")
        for i, name in enumerate(op.arguments):
            position = graph.inputs[name]
            close(swept.adjoints[position], call.adjoint(i, g), 1e-15, 0, f"adjoint of {op.name}")
            expected = call.adjoint(i, ones)
            close(gradient[f"dy_d{name}"], expected, 1e-14, 1e-15, f"gradient of {op.name}")
            close(compiled[name], expected, 1e-14, 1e-15, f"compiled gradient of {op.name}")
            u = rng.normal(size=shapes[i])
            tangent = forward(graph, seed={name: u}).tangents[graph.outputs["y"]]
            moved = sum(call.tangent(j, u if j == i else np.zeros(shape)) for j, shape in enumerate(shapes))
            close(tangent, moved, 1e-14, 1e-15, f"tangent of {op.name}")


@every_elementwise
def test_second_derivatives_by_the_gradient_of_the_gradient_agree_with_sympy(op: Op) -> None:
    pairs = list(itertools.product(range(len(op.arguments)), repeat=2))
    for point in scalars(op):
        graph = graph_of(op, point)
        for i, j in pairs:
            first = gradient_graph(graph, wrt=[op.arguments[i]])
            (found,) = evaluate(gradient_graph(first, wrt=[op.arguments[j]])).values()
            what = f"second derivative of {op.name} by {op.arguments[i]} and {op.arguments[j]} at {point}"
            close(found, by_sympy(op, point, i, j), 1e-10, 1e-12, what)


@every_elementwise
def test_second_derivatives_agree_with_differences_of_the_first(op: Op) -> None:
    for point in scalars(op, 1):
        for i, j in itertools.product(range(len(op.arguments)), repeat=2):
            graph = graph_of(op, point)
            first = gradient_graph(graph, wrt=[op.arguments[i]])
            (title,) = first.outputs
            trace = forward(first, seed={op.arguments[j]: 1.0})
            found = trace.tangents.get(first.outputs[title], np.float64(0))

            def slope(x: Any, title: str = title, first: Graph = first, moved: str = op.arguments[j]) -> Any:
                return evaluate(first, {moved: x})[title]

            expected = oracles.differences(slope, point[j], np.float64(1))
            close(found, expected, 1e-6, 1e-8, f"second derivative of {op.name}")


# ---- the checks are checked ---


def spoiled(op: Op, argument: int) -> Op:
    """`op` with a rule that is wrong by 0.1 %; a derivative of 0 is wrong by 0.001."""
    rule = op.rules[argument]
    assert rule is not None
    always_zero = not inspect.signature(rule).parameters and rule() == 0

    @functools.wraps(rule)
    def wrong(**reads: Any) -> Any:
        return 0.001 if always_zero else 1.001 * rule(**reads)

    changed = tuple(wrong if i == argument else other for i, other in enumerate(op.rules))
    return dataclasses.replace(op, rules=changed)


def refuses(check: Check, op: Op, points: Sequence[Point], params: Mapping[str, Any]) -> bool:
    for point in points:
        try:
            check(op, point, params, seeded(op))
        except AssertionError:
            return True
    return False


@every
def test_a_rule_that_is_wrong_by_a_thousandth_is_found_by_every_check(op: Op) -> None:
    points = scalars(op)
    checks: list[Check] = [oracles.check_transpose]
    if op.kind == "elementwise":
        checks = [oracles.check_differences, oracles.check_sympy]
    if op.name not in oracles.LACKING:
        checks.append(oracles.check_autograd)
    for argument, check in itertools.product(range(len(op.arguments)), checks):
        assert not refuses(check, op, points, static(op))
        assert refuses(check, spoiled(op, argument), points, static(op)), (check.__name__, argument)


def test_a_value_that_is_wrong_by_a_thousandth_is_found() -> None:
    wrong = dataclasses.replace(OPS["exp"], evaluate=lambda x: 1.001 * np.exp(x))
    assert refuses(oracles.check_sympy, wrong, [[np.float64(1.0)]], {})


def test_an_adjoint_that_is_not_summed_over_the_broadcast_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    point = [np.ones(3), np.ones((2, 3))]
    assert not refuses(oracles.check_transpose, OPS["mul"], [point], {})
    monkeypatch.setattr(calls, "fit", lambda contribution, shape: contribution)
    assert refuses(oracles.check_transpose, OPS["mul"], [point], {})
