"""One budget for each request, and limits that are settings."""

from __future__ import annotations

import dataclasses

import pytest

import graphengine
from graphengine import LimitError, ValueProblem, explain, limited
from graphengine.limits import Limits, limits, request, spend


def test_limits_are_raised_for_what_is_done_inside() -> None:
    many = [0.5] * (Limits().elements + 1)
    with pytest.raises(LimitError, match="`elements`"):
        graphengine.parse("sum(x)", {"x": many})
    with limited(elements=200_000) as kept:
        assert kept.elements == 200_000
        assert graphengine.evaluate(graphengine.parse("sum(x)", {"x": many}))["y"] == len(many) / 2
    with pytest.raises(LimitError, match="`elements`"):
        graphengine.parse("sum(x)", {"x": many})


@pytest.mark.parametrize(
    "bounds", [{"node": 5}, {"nodes": 0}, {"nodes": -1}, {"nodes": True}, {"nodes": 2.5}]
)
def test_a_limit_that_is_none_is_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueProblem), limited(**bounds):
        pass


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("characters", lambda: explain("x" * 30)),
        ("depth", lambda: explain("sin(sin(sin(x)))")),
        ("nodes", lambda: explain("x + x + x + x")),
        ("elements", lambda: explain("sum(x)", {"x": [1, 2, 3]})),
        ("numbers", lambda: explain("sum(x)", {"x": [1, 2, 3]})),
        ("operations", lambda: explain("x + x + x + x")),
        ("work", lambda: explain("x + x + x + x")),
        ("exponent", lambda: explain("x^9")),
        ("jacobian", lambda: explain("x*x", {"x": [1, 2]}, jacobian=True)),
        ("document", lambda: explain("x")),
    ],
)
def test_every_limit_is_kept_and_named(name: str, ask) -> None:
    assert name in {field.name for field in dataclasses.fields(Limits)}
    with limited(**{name: 2}), pytest.raises(LimitError, match=f"`{name}`, 2|limit `{name}` is 2"):
        ask()
    ask()


def test_every_limit_is_tried() -> None:
    (marked,) = (mark for mark in test_every_limit_is_kept_and_named.pytestmark if mark.name == "parametrize")
    assert {name for name, _ in marked.args[1]} == {field.name for field in dataclasses.fields(Limits)}


def test_parts_of_a_request_share_a_budget_and_requests_do_not() -> None:
    with limited(work=10):
        with request():
            spend("work", 6)
            with request(), pytest.raises(LimitError, match="`work`, 10"):
                spend("work", 6)
        with request():
            spend("work", 6)
    assert limits() == Limits()


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graphengine.parse("x + x"),
        lambda graph: graphengine.explain(graph),
        lambda graph: graphengine.closed_form(graph),
        lambda graph: graphengine.check_backward(graph, "dx = 2*x"),
        lambda graph: graphengine.gradient_graph(graph),
        lambda graph: graphengine.compile_gradient(graph),
        lambda graph: graphengine.evaluate(graph),
        lambda graph: graphengine.from_function(lambda x: x * x + x, 2.0),
        lambda graph: graphengine.formulas.read("x^2"),
    ],
)
def test_every_public_door_opens_a_budget(ask) -> None:
    graph = graphengine.parse("x*x + x", "x = 2")
    with limited(work=1, characters=1), pytest.raises(LimitError):
        ask(graph)
