"""Sweeps: one step for each slot and each active edge, with everything that explains it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from graphengine import limited, parse
from graphengine.errors import LimitError
from graphengine.graph import Graph
from graphengine.sweeps import forward, reverse
from graphengine.sweeps.steps import Trace

LECTURE = parse("exp(w1*x1 + w2*x2 + w0)", "w1=2; x1=-1; w2=-3; x2=-2; w0=-3")


def log(graph: Graph, trace: Trace) -> list[Any]:
    return [(s.kind, s.slot, graph.nodes[s.node].label, float(s.result)) for s in trace.steps]


def test_every_step_of_the_lectures_reverse_sweep() -> None:
    e = math.e
    values = [("w1", 2), ("x1", -1), ("w2", -3), ("x2", -2), ("w0", -3)]
    results = [("v1", -2), ("v2", 6), ("v3", 4), ("v4", 1), ("y", e)]
    adjoints = [("v4", e), ("v3", e), ("w0", e), ("v1", e), ("v2", e)]
    adjoints += [("w2", -2 * e), ("x2", -3 * e), ("w1", -e), ("x1", 2 * e)]
    expected: list[Any] = [("input", "value", *pair) for pair in values]
    expected += [("evaluate", "value", *pair) for pair in results]
    expected += [("seed", "adjoint", "y", 1.0)]
    expected += [("contribute", "adjoint", *pair) for pair in adjoints]
    assert log(LECTURE, reverse(LECTURE)) == [(*head, pytest.approx(number)) for *head, number in expected]


def test_every_step_of_the_lectures_forward_sweep() -> None:
    e = math.e
    expected = [
        ("w1", 2, 1),
        ("x1", -1, 0),
        ("w2", -3, 0),
        ("x2", -2, 0),
        ("w0", -3, 0),
        ("v1", -2, -1),
        ("v2", 6, 0),
        ("v3", 4, -1),
        ("v4", 1, -1),
        ("y", e, -e),
    ]
    steps = log(LECTURE, forward(LECTURE))
    assert [(label, number) for _, slot, label, number in steps if slot == "value"] == [
        (label, pytest.approx(value)) for label, value, _ in expected
    ]
    assert [(label, number) for _, slot, label, number in steps if slot == "tangent"] == [
        (label, pytest.approx(tangent)) for label, _, tangent in expected
    ]
    assert [slot for _, slot, _, _ in steps] == ["value", "tangent"] * 10  # dual numbers: v, then v̇


def test_a_fan_out_shows_every_arrival_and_the_running_sum() -> None:
    graph = parse("x*x + x*x", "x = 3")
    steps = [s for s in reverse(graph).steps if s.kind == "contribute" and graph.nodes[s.node].label == "x"]
    assert [float(s.result) for s in steps] == [3, 6, 9, 12]
    assert [s.before for s in steps] == [None, 3, 6, 9]
    assert [s.last for s in steps] == [False, False, False, True]
    assert [(graph.nodes[s.source or 0].id, s.argument) for s in steps] == [
        ("v2", 0),
        ("v2", 1),
        ("v1", 0),
        ("v1", 1),
    ]
    for step in steps:
        (term,) = step.terms
        assert (term.incoming, term.local, term.product) == (1.0, 3.0, 3.0)


def test_one_step_for_each_active_edge_and_none_for_the_others() -> None:
    graph = parse("a = x*y; b = a + 2; c = y*3; b*c", "x = 2; y = 5")
    trace = reverse(graph, wrt=["x"])
    edges = [edge for edge in graph.edges() if edge.source in trace.active and edge.target in trace.active]
    assert len([s for s in trace.steps if s.kind == "contribute"]) == len(edges) == 3
    assert {graph.nodes[i].label for i in trace.active} == {"x", "a", "b", "f"}
    assert graph.inputs["y"] not in trace.adjoints


def test_several_outputs_and_any_seed() -> None:
    graph = parse("c = a*b; d = a + b", "a = 2; b = 3")
    assert reverse(graph).seed == {"d": 1.0}
    by_c = reverse(graph, output="c")
    assert {name: float(by_c.adjoints[i]) for name, i in graph.inputs.items()} == {"a": 3, "b": 2}
    both = reverse(graph, seed={"c": 10, "d": -1})
    assert {name: float(both.adjoints[i]) for name, i in graph.inputs.items()} == {"a": 29, "b": 19}
    trace = forward(graph, seed={"a": 2, "b": -1})
    assert [float(trace.tangents[i]) for i in graph.outputs.values()] == [4, 1]


def test_forward_mode_leaves_what_does_not_move_without_a_tangent() -> None:
    graph = parse("y = x*k + exp(k)", "x = 2; k = 1")
    trace = forward(graph, wrt=["x"])
    assert graph.inputs["k"] not in trace.tangents
    assert trace.tangents[graph.outputs["y"]] == 1.0
    exp = next(i for i, node in enumerate(graph.nodes) if node.op is not None and node.op.name == "exp")
    assert exp not in trace.active


def test_no_rule_is_evaluated_for_a_constant_argument() -> None:
    trace = reverse(parse("x**2", "x = -2"))  # by the exponent it would be log(−2)
    assert trace.error is None
    assert list(trace.adjoints.values())[-1] == -4.0
    stopped = reverse(parse("x**k", "x = -2; k = 2"))
    assert stopped.error is not None and "not defined" in str(stopped.error)


def test_broadcasting_is_undone_in_the_contribution() -> None:
    graph = parse("sum(x*k)", {"x": [[1, 2], [3, 4]], "k": 2})
    trace = reverse(graph)
    assert trace.adjoints[graph.inputs["k"]] == 10.0
    assert trace.adjoints[graph.inputs["x"]].tolist() == [[2, 2], [2, 2]]


def test_arrays_in_a_trace_cannot_be_changed() -> None:
    trace = reverse(parse("sum(x*2)", {"x": [1, 2]}))
    for step in trace.steps:
        if np.ndim(step.result):
            with pytest.raises(ValueError, match="read-only"):
                step.result[0] = 7


def test_the_cost_counts_scalar_operations_by_the_records() -> None:
    # Values: 2 products, 2 sums, 1 exp. Reverse: 1 product at exp, 2 at each product, none at sums, no
    # arrivals to add up. Forward: 1 product at exp, 2 products and a sum at each product, a sum at each sum.
    assert reverse(LECTURE).cost == {"values": 5, "derivatives": 5}
    assert forward(LECTURE).cost == {"values": 5, "derivatives": 9}
    assert reverse(parse("x*x + x*x", "x = 3")).cost == {"values": 3, "derivatives": 4 + 3}


def test_operations_are_limited() -> None:
    with limited(operations=9), pytest.raises(LimitError, match="`operations`, 9"):
        reverse(LECTURE)


@pytest.mark.parametrize(
    ("program", "wrt", "tangent", "contributions"),
    [
        ("exp(x)", None, "y.value x.tangent", ["y.value y.adjoint"]),
        ("x + z", None, "x.tangent z.tangent", ["y.adjoint", "y.adjoint"]),
        ("x*z", None, "z.value x.value x.tangent z.tangent", ["z.value y.adjoint", "x.value y.adjoint"]),
        ("x*z", ["x"], "z.value x.tangent", ["z.value y.adjoint"]),
        ("x/z", ["z"], "z.value y.value z.tangent", ["z.value y.value y.adjoint"]),
        ("sum(x)", None, "x.tangent", ["y.adjoint"]),
    ],
)
def test_a_derivative_reads_what_its_rule_names(
    program: str, wrt: list[str] | None, tangent: str, contributions: list[str]
) -> None:
    graph = parse(program, {"x": 2, "z": 3})

    def reads(trace: Trace, kind: str) -> list[str]:
        steps = [step for step in trace.steps if step.kind == kind]
        return [" ".join(f"{graph.nodes[i].label}.{slot}" for i, slot in step.reads) for step in steps]

    assert reads(forward(graph, wrt), "tangent") == [tangent]
    assert reads(reverse(graph, wrt), "contribute") == contributions
