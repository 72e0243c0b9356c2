"""Indices that are inputs: parts by NumPy and PyTorch, the backward a scatter-add, no slope by indices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from graphengine import from_function
from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.errors import ShapeError
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from graphengine.notation.latex import program_latex
from graphengine.program.writing import program_text
from graphengine.sweeps import forward, reverse
from tests.engine.test_listings import check_numpy, check_torch

C = np.arange(8.0).reshape(4, 2) ** 1.5 - 3
X = np.array([[2, 0, 2], [3, 3, 1]])
LP = np.linspace(-2, 1, 12).reshape(3, 4)
Y = np.array([3, 0, 3])

CASES: dict[str, tuple[Callable[..., Any], tuple[Any, ...], str]] = {
    # name: function, inputs, formula
    "an embedding": (lambda table, i: table[i], (C, X), r"_{i}"),
    "a pick": (lambda table, i: table[np.arange(3), i], (LP, Y), r"_{[0, 1, 2], i}"),
    "columns": (lambda table, i: table[:, i], (LP, Y), r"_{:, i}"),
    "negative": (lambda table, i: table[..., i - 4], (LP, Y), r"_{..., i - 4}"),
    "two": (lambda table, i, j: table[i, j], (LP, np.array([[0], [2]]), Y), r"_{i, j}"),
    "one number": (lambda table, i: table[i], (C, np.float64(2)), r"_{i}"),
}


def recorded(name: str) -> tuple[Graph, Any, list[Any]]:
    f, inputs, _ = CASES[name]
    return from_function(f, *map(np.asarray, inputs)), f, [np.asarray(x) for x in inputs]


@pytest.mark.parametrize("name", CASES)
def test_values_and_adjoints_by_numpy(name: str) -> None:
    graph, f, (table, *chosen) = recorded(name)
    expected = f(table, *(x.astype(int) for x in chosen))
    np.testing.assert_array_equal(evaluate(graph)["y"], expected)
    rng = np.random.default_rng(3)
    g, dx = rng.normal(size=expected.shape), rng.normal(size=table.shape)
    swept = reverse(graph, seed={"y": g})
    pulled = swept.adjoints[0]
    pushed = f(dx, *(x.astype(int) for x in chosen))
    np.testing.assert_allclose(np.sum(pulled * dx), np.sum(g * pushed), 1e-12)
    for position in range(1, len(chosen) + 1):
        assert position not in swept.adjoints, "a whole number is not moved"
    trace = forward(graph, seed={graph.nodes[0].label: dx})
    np.testing.assert_array_equal(trace.tangents[graph.outputs["y"]], pushed)
    ones = reverse(graph, seed={"y": np.ones(expected.shape)}).adjoints[0]
    first = graph.nodes[0].label
    np.testing.assert_allclose(evaluate(gradient_graph(graph))[f"dy_d{first}"], ones)
    np.testing.assert_allclose(compile_gradient(graph)(graph.values)[1][first], ones)


@pytest.mark.parametrize("name", CASES)
def test_the_gradient_of_pytorch(name: str) -> None:
    torch = pytest.importorskip("torch")
    _, f, (table, *chosen) = recorded(name)
    x = torch.tensor(table, requires_grad=True)
    f(x, *(torch.tensor(i).long() for i in chosen)).square().sum().backward()
    squared = from_function(lambda *args: np.sum(f(*args) ** 2), table, *chosen)
    np.testing.assert_allclose(reverse(squared).adjoints[0], x.grad.numpy(), 1e-12)


@pytest.mark.parametrize("name", CASES)
def test_formulas_programs_and_listings(name: str) -> None:
    graph, _, _ = recorded(name)
    formula = program_latex(graph)
    assert CASES[name][2] in formula, formula
    assert "[" in program_text(graph)
    check_numpy(graph, name)
    check_torch(graph, name, checked=False)  # differences by whole numbers lead astray


def test_a_row_that_is_taken_twice_gets_both_adjoints() -> None:
    graph = from_function(lambda table, i: table[i], C, np.array([1.0, 1.0, 3.0]))
    pulled = reverse(graph, seed={"y": np.array([[1.0, 2], [3, 4], [5, 6]])}).adjoints[0]
    np.testing.assert_array_equal(pulled, [[0, 0], [4, 6], [0, 0], [5, 6]])


@pytest.mark.parametrize("wrong", [4.0, -5.0, 0.5])
def test_what_is_no_place_of_the_array_is_not_a_number(wrong: float) -> None:
    graph = from_function(lambda table, i: table[i], C, np.array([0.0, 1.0]))
    assert np.all(np.isnan(evaluate(graph, {"i": np.array([0.0, wrong])})["y"]))
    stopped = reverse(from_function(lambda table, i: np.sum(table[i]), C, np.array([0.0, wrong])))
    assert stopped.error is not None and "i ∈ {0" in str(stopped.error)


def test_more_indices_than_axes_are_refused() -> None:
    with pytest.raises(ShapeError, match="cannot be indexed"):
        from_function(lambda x, i: x[i, i], np.ones(3), np.array([0.0]))
