"""One budget for each request, and limits that are settings."""

from __future__ import annotations

import dataclasses

import pytest

import graphengine
from graphengine import LimitError, ValueProblem, explain, limited
from graphengine.limits import Limits, limits, priced, request, spend


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


@pytest.mark.parametrize(
    "program",
    [
        "exp(w1*x1 + w0)",
        "y = det([[a, b], [b, c]]) + a",
        "f(t) = 1/(1 + exp(-t)); z = f(w*x + b); L = (z - y)^2",
        "; ".join(f"l{k} = cross_entropy(layernorm(x*ones({k + 2})), ones({k + 2}))" for k in range(9)),
        "; ".join(f"y{k} = softmax(x*ones({k + 2})) @ ones({k + 2})" for k in range(9)),
    ],
)
@pytest.mark.parametrize("grain", ["operator", "statement"])
def test_what_a_request_costs_does_not_depend_on_what_is_kept(program: str, grain: str) -> None:
    found = []
    for _ in range(3):
        with request() as budget:
            explain(program, grain=grain)
        found.append(dict(budget.spent))
    assert found[0] == found[1] == found[2]


def test_what_is_kept_is_paid_once_by_each_request() -> None:
    @priced(8)
    def inner(n: int) -> int:
        spend("work", n)
        return n

    @priced(8)
    def outer(n: int) -> int:
        spend("work", 1)
        return inner(n) + inner(n)

    def spent(*asks) -> int:
        with request() as budget:
            for ask, n in asks:
                ask(n)
        return budget.spent["work"]

    assert spent((outer, 5)) == spent((outer, 5)) == 6
    assert (
        spent((outer, 5), (outer, 5)) == spent((inner, 5), (outer, 5)) == spent((outer, 5), (inner, 5)) == 6
    )
    assert spent((inner, 5)) == 5
    assert spent((outer, 7), (inner, 5)) == spent((outer, 7), (inner, 5)) == 13
    assert inner(3) == 3  # outside of a request nobody pays
    assert spent((inner, 3)) == 3
    with limited(work=4), pytest.raises(LimitError), request():
        outer(5)


def test_layers_that_differ_in_their_names_are_simplified_once() -> None:
    """SymPy takes milliseconds an expression; a network of sixty layers has one."""
    with request() as budget:
        explain("; ".join(f"z{i} = w*{f'h{i - 1}' if i else 'x'} + b; h{i} = tanh(z{i})" for i in range(60)))
    assert budget.spent["work"] < Limits().work / 2
