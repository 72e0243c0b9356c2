"""Recording: NumPy code becomes a Graph, and what cannot be recorded says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special

import graphengine
from graphengine import from_function
from graphengine.errors import GraphError
from graphengine.graph.evaluation import evaluate
from graphengine.graph.recording import Tape


def test_a_numpy_function_is_recorded_with_the_names_of_its_parameters() -> None:
    def f(w: Any, x: Any, b: Any) -> Any:
        return 1 / (1 + np.exp(-(w * x + b)))

    graph = from_function(f, 2.0, -1.0, 0.5)
    assert list(graph.inputs) == ["w", "x", "b"]
    assert evaluate(graph)["y"] == pytest.approx(f(2.0, -1.0, 0.5), rel=1e-15)
    assert [node.op.name for node in graph.nodes if node.op] == ["mul", "add", "neg", "exp", "add", "div"]


def test_arrays_methods_and_scipy_functions_are_recorded() -> None:
    def f(x: Any, k: Any) -> Any:
        return (special.expit(x) * np.maximum(x, k)).sum(axis=0) + np.mean(x, axis=1, keepdims=True).mean()

    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    graph = from_function(f, x, 0.1)
    assert evaluate(graph)["y"] == pytest.approx(f(x, 0.1), rel=1e-15)


def test_a_shared_result_is_one_node_and_unused_inputs_stay() -> None:
    def f(x: Any, unused: Any) -> Any:
        square = x * x
        return square + square

    graph = from_function(f, 3.0, 1.0)
    assert len([node for node in graph.nodes if node.op]) == 2
    assert list(graph.inputs) == ["x", "unused"]
    assert graphengine.explain(graph)["results"]["gradient"] == {"x": 12.0, "unused": 0.0}


def test_several_results() -> None:
    assert list(from_function(lambda x: (x, x + 1), 1.0).outputs) == ["y1", "y2"]
    assert list(from_function(lambda x: {"c": x, "d": 2.0}, 1.0).outputs) == ["c", "d"]
    assert list(from_function(lambda y: y * 2, 1.0).outputs) == ["f"]


REFUSED: list[Callable[[Any], Any]] = [
    lambda x: x if x > 0 else -x,
    lambda x: math.exp(x),
    lambda x: float(x),
    lambda x: np.asarray(x),
    lambda x: np.add(x, 1, out=np.zeros(())),
    lambda x: np.add.reduce(x),
    lambda x: np.linalg.svd(x),
    lambda x: np.sum(x, dtype=int),
    lambda x: np.fft.fft(x),
    lambda x: list(x),
    lambda x: x[0],
    lambda x: x + "a",
    lambda x: Tape().input("z", ()) + x,
]


@pytest.mark.parametrize("f", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_recorded_is_refused_in_words(f: Callable[[Any], Any]) -> None:
    with pytest.raises(GraphError):
        from_function(f, 1.0)


def test_the_number_of_example_inputs_must_fit() -> None:
    with pytest.raises(GraphError, match="2 parameters"):
        from_function(lambda a, b: a, 1.0)


def test_folding_shortens_only_what_the_engine_derives() -> None:
    gradient = graphengine.gradient_graph(graphengine.parse("x*1 + 3*x", "x=2"))
    assert [node.op for node in gradient.nodes] == [None, None]  # the input, and 1 + 3
    assert evaluate(gradient) == {"dy_dx": 4.0}
    names = [node.op.name for node in graphengine.parse("--x + x*1").nodes if node.op]
    assert names == ["neg", "neg", "mul", "add"]


def test_a_folded_gradient_keeps_every_bit() -> None:
    text = "exp(a*b - c)/(1 + a**2) + max(a, b)*sqrt(c) - tanh(a*c)**3"
    graph = graphengine.parse(text, "a = 0.3; b = -1.7; c = 2.2")
    folded = evaluate(graphengine.gradient_graph(graph))
    swept = graphengine.explain(graph)["results"]["gradient"]
    assert {name.removeprefix("dy_d"): float(value) for name, value in folded.items()} == pytest.approx(
        swept, rel=4e-16
    )
