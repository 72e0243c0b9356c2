"""Sharing equal sub-expressions: fewer nodes, the same numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from graphengine import evaluate, explain, from_function, gradient_graph, parse
from graphengine.__main__ import main
from graphengine.graph.sharing import share
from tests.oracles.programs import Author


def operators(program: str, share: bool = False) -> int:
    return sum(node.kind == "operator" for node in parse(program, share=share).nodes)


@pytest.mark.parametrize(
    ("program", "typed", "shared"),
    [
        ("x*y + x*y", 3, 2),
        ("x*y + y*x", 3, 3),
        ("sin(x)**2 + sin(x)**2", 5, 3),
        ("x**2 + y**2", 3, 3),
        ("a = x*y; b = x*y; a + b", 3, 2),
        ("f(t) = exp(t)/(1 + exp(t)); f(x) + f(x)", 9, 4),
        ("sum(v) + sum(v)", 3, 2),
    ],
)
def test_equal_means_reads_the_same(program: str, typed: int, shared: int) -> None:
    assert operators(program) == typed
    assert operators(program, share=True) == shared


def test_a_shared_node_stands_where_it_was_typed_first_by_its_first_name() -> None:
    graph = parse("p = x*y + 1\nq = x*y\nr = x*y", share=True)
    product = graph.nodes[graph.outputs["q"]]
    assert graph.outputs["q"] == graph.outputs["r"]
    assert product.name == "q"
    assert graph.text[slice(*product.span or (0, 0))] == "x*y"
    assert product.span == (4, 7)


def test_the_document_says_what_is_drawn() -> None:
    document = explain("x*x + x*x", "x=3", share=True)
    assert document["results"] == {"value": {"y": 18.0}, "gradient": {"x": 12.0}}
    assert [node["op"] for node in document["graph"]["nodes"]] == ["input", "mul", "add"]
    assert explain("x*x + x*x", "x=3") == explain("x*x + x*x", "x=3", share=False)


def test_recorded_functions_can_be_shared_too() -> None:
    graph = from_function(lambda x: np.sin(x) * np.sin(x), 2.0)
    assert len(explain(graph, share=True)["graph"]["nodes"]) == len(graph.nodes) - 1


@pytest.mark.parametrize("seed", range(40))
def test_values_and_gradients_stay(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    shared = share(graph)
    assert len(shared.nodes) <= len(graph.nodes)
    assert len(share(shared).nodes) == len(shared.nodes)
    assert shared.inputs.keys() == graph.inputs.keys()
    values = evaluate(graph)
    for name, value in evaluate(shared).items():
        np.testing.assert_array_equal(value, values[name])
    for name in graph.outputs:
        slopes = evaluate(gradient_graph(graph, name))
        for found, expected in zip(
            evaluate(gradient_graph(shared, name)).values(), slopes.values(), strict=True
        ):
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_the_command_line_shares_and_leaves_numbers_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "x*x + x*x", "x=3", "--share", "--symbols"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["graph"]["nodes"]) == 3
    assert document["steps"][0]["sentence"] == "x is an input: its value is given."
