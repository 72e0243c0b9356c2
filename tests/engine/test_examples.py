"""Worked examples of the literature: every number that is printed there, and every step of Baydin's tables.

Rows with matrices wait for their operators. A number in quotes is rounded and must agree in every digit;
any other is exact.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pytest

from graphengine import compile_gradient, evaluate, explain, gradient_graph, parse
from graphengine.document.shapes import Document
from graphengine.notation.symbolic import expressions

Number = float | str


@dataclass(frozen=True)
class Example:
    """A program at a point, its value and gradient; `printed` is what the source itself prints of them."""

    source: str
    program: str
    at: str
    value: Number
    gradient: dict[str, Number]
    printed: dict[str, Number]


EXAMPLES = [
    Example(
        "the lecture's forward and reverse task",
        "exp(w1*x1 + w2*x2 + w0)",
        "w1 = 2; x1 = -1; w2 = -3; x2 = -2; w0 = -3",
        "2.718281828",
        {
            "w1": "-2.718281828",
            "x1": "5.436563657",
            "w2": "-5.436563657",
            "x2": "-8.154845485",
            "w0": "2.718281828",
        },
        {},
    ),
    Example(
        "Baydin et al., JMLR 18(153), Tables 2 and 3",
        "log(x1) + x1*x2 - sin(x2)",
        "x1 = 2; x2 = 5",
        "11.652071",
        {"x1": 5.5, "x2": "1.716338"},
        {"value": "11.652", "x1": "5.5", "x2": "1.716"},
    ),
    Example(
        "Baydin et al., Table 1, the logistic map",
        "l2 = 4*x*(1 - x); l3 = 4*l2*(1 - l2); l4 = 4*l3*(1 - l3)",
        "x = 0.2",
        0.28901376,
        {"x": 9.0660864},
        {},
    ),
    Example(
        "Wikipedia, Automatic differentiation, code",
        "x*(x + y) + y*y",
        "x = 2; y = 3",
        19,
        {"x": 7, "y": 8},
        {"value": 19, "x": 7, "y": 8},
    ),
    Example(
        "CS231n, optimization-2",
        "(x + y)*z",
        "x = -2; y = 5; z = -4",
        -12,
        {"x": -4, "y": -4, "z": 3},
        {"value": -12, "x": -4, "y": -4, "z": 3},
    ),
    Example(
        "CS231n, optimization-2, the neuron (the page rounds the values of its gates)",
        "1/(1 + exp(-(w0*x0 + w1*x1 + w2)))",
        "w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3",
        "0.7310586",
        {"w0": "-0.1966119", "x0": "0.3932239", "w1": "-0.3932239", "x1": "-0.5898358", "w2": "0.1966119"},
        {"value": "0.73", "w0": "-0.20", "x0": "0.39", "w1": "-0.39", "x1": "-0.59"},
    ),
    Example(
        "CS231n, optimization-2, staged computation",
        "(x + sigmoid(y)) / (sigmoid(x) + (x + y)**2)",
        "x = 3; y = -4",
        "1.5456449",
        {"x": "2.0595698", "y": "1.5922328"},
        {},
    ),
    Example(
        "CS231n, optimization-2, add, max and multiply gates",
        "2*(x*y + max(z, w))",
        "x = 3; y = -4; z = 2; w = -1",
        -20,
        {"x": -8, "y": 6, "z": 2, "w": 0},
        {"value": -20, "x": -8, "y": 6, "z": 2, "w": 0},
    ),
    Example(
        "Olah, Calculus on Computational Graphs",
        "c = a + b; d = b + 1; y = c*d",
        "a = 2; b = 1",
        6,
        {"a": 2, "b": 5},
        {"value": 6, "a": 2, "b": 5},
    ),
]


def agrees(found: float, expected: Number) -> bool:
    """Whether a number is the expected one, in every digit shown if that is rounded."""
    if isinstance(expected, str):
        return f"{found:.{len(expected.partition('.')[2])}f}" == expected
    return found == pytest.approx(expected, rel=1e-14, abs=0)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source)
def test_values_and_gradients_of_the_literature(example: Example) -> None:
    results = explain(example.program, example.at)["results"]
    (value,), gradient = results["value"].values(), results["gradient"]
    assert agrees(value, example.value), value
    assert gradient.keys() == example.gradient.keys()
    for name, expected in example.gradient.items():
        assert agrees(gradient[name], expected), (name, gradient[name])
    for name, expected in example.printed.items():
        assert agrees(value if name == "value" else gradient[name], expected), name


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source)
def test_forward_mode_the_compiled_gradient_and_the_gradient_graph_say_the_same(example: Example) -> None:
    graph = parse(example.program, example.at)
    value, compiled = compile_gradient(graph)(graph.values)
    (output,) = graph.outputs
    assert agrees(value, example.value)
    for name, expected in example.gradient.items():
        pushed = explain(example.program, example.at, "forward", seed={name: 1})["results"]["tangent"][output]
        derived = evaluate(gradient_graph(graph, wrt=[name]))[f"d{output}_d{name}"]
        assert all(agrees(found, expected) for found in (pushed, derived, compiled[name]))


def test_wikipedias_formulas_hold_everywhere() -> None:
    graph = parse("x1*x2 + sin(x1)")
    gradient = gradient_graph(graph)
    for x1, x2 in [(0.5, 4.2), (-3.0, 0.0), (1e3, -1e-3)]:
        found = evaluate(gradient, {"x1": x1, "x2": x2})
        assert found == {"dy_dx1": pytest.approx(x2 + math.cos(x1), rel=1e-15), "dy_dx2": x1}


# ---- Baydin's tables, step by step ------------------------------------------------------------------

BAYDIN = ("log(x1) + x1*x2 - sin(x2)", "x1 = 2; x2 = 5")

FORMULAS = {
    "log": r"\ln x_{1}",
    "mul": r"x_{1} \, x_{2}",
    "sin": r"\sin x_{2}",
    "add": r"v_{1} + v_{2}",
    "sub": r"v_{3} - v_{4}",
}


def found_by_expression(document: Document) -> dict[str, str]:
    """The ids of the nodes: inputs by name, others by operator, with the formula that each must have."""
    found = {}
    for node in document["graph"]["nodes"]:
        key = node["name"] if node["kind"] == "input" else node["op"]
        assert node["kind"] == "input" or node["latex"] == FORMULAS[key]
        found[key] = node["id"]
    assert found.keys() == {"x1", "x2", *FORMULAS}
    return found


def written(document: Document, slot: str) -> dict[str, list[float]]:
    """What the steps write into a slot of each node, one after the other."""
    ids = {id_: key for key, id_ in found_by_expression(document).items()}
    found: dict[str, list[float]] = {key: [] for key in ids.values()}
    for step in document["steps"]:
        if step["slot"] == slot:
            found[ids[step["node"]]].append(step["result"])
    return found


def test_each_step_of_baydins_table_2() -> None:
    document = explain(*BAYDIN, "forward", seed={"x1": 1, "x2": 0})
    values: dict[str, Number] = {"x1": 2, "x2": 5, "log": "0.693147", "mul": 10, "sin": "-0.958924"}
    values |= {"add": "10.693147", "sub": "11.652071"}
    tangents: dict[str, Number] = {"x1": 1, "x2": 0, "log": 0.5, "mul": 5, "sin": 0, "add": 5.5, "sub": 5.5}
    for slot, expected in (("value", values), ("tangent", tangents)):
        for key, listed in written(document, slot).items():
            assert len(listed) == 1 and agrees(listed[0], expected[key]), (slot, key, listed)


def test_each_step_of_baydins_table_3() -> None:
    document = explain(*BAYDIN)
    adjoints: dict[str, list[Number]] = {"sub": [1], "add": [1], "sin": [-1], "log": [1], "mul": [1]}
    adjoints |= {"x1": [5, 5.5], "x2": ["-0.283662", "1.716338"]}
    for key, listed in written(document, "adjoint").items():
        assert len(listed) == len(adjoints[key]), key
        assert all(map(agrees, listed, adjoints[key])), (key, listed)


def test_each_contribution_of_baydins_table_3() -> None:
    document = explain(*BAYDIN)
    ids = found_by_expression(document)
    sent = {
        (step["source"], step["node"]): (step["upstream"], step["local"], step["contribution"])
        for step in document["steps"]
        if step["kind"] == "contribute"
    }
    expected: dict[tuple[str, str], tuple[Number, Number, Number]] = {
        ("sub", "add"): (1, 1, 1),
        ("sub", "sin"): (1, -1, -1),
        ("sin", "x2"): (-1, "0.283662", "-0.283662"),
        ("add", "log"): (1, 1, 1),
        ("add", "mul"): (1, 1, 1),
        ("mul", "x1"): (1, 5, 5),
        ("mul", "x2"): (1, 2, 2),
        ("log", "x1"): (1, 0.5, 0.5),
    }
    assert sent.keys() == {(ids[source], ids[node]) for source, node in expected}
    for (source, node), numbers in expected.items():
        assert all(map(agrees, sent[ids[source], ids[node]], numbers)), (source, node)


def test_the_hessian_by_the_gradient_graph_of_the_gradient_graph() -> None:
    expected: list[list[Number]] = [[-0.25, 1], [1, "-0.958924"]]
    gradient = gradient_graph(parse(*BAYDIN))
    for title, row in zip(gradient.outputs, expected, strict=True):
        again = gradient_graph(gradient, output=title)
        assert all(map(agrees, evaluate(again).values(), row))
        swept = explain(gradient, output=title)["results"]["gradient"]
        assert all(map(agrees, swept.values(), row))
    for i, name in enumerate(("x1", "x2")):  # a column each, forward over reverse
        column = explain(gradient, mode="forward", seed={name: 1})["results"]["tangent"].values()
        assert all(map(agrees, column, (row[i] for row in expected)))


# ---- other rows -------------------------------------------------------------------------------------


def test_the_graph_of_the_logistic_maps_derivative_does_not_swell_as_its_expression_does() -> None:
    nodes, operations = [], []
    for n in range(2, 8):
        lines = [f"l{i + 1} = 4*l{i}*(1 - l{i})" for i in range(1, n)]
        graph = gradient_graph(parse("; ".join(lines).replace("l1", "x"), "x = 0.2"))
        (expression,) = expressions(graph).outputs.values()
        nodes.append(len(graph.nodes))
        operations.append(expression.count_ops())
    assert len(set(np.diff(nodes))) == 1, "one more turn of the map adds the same number of nodes"
    assert all(later > 2 * earlier for earlier, later in itertools.pairwise(operations))


@pytest.mark.parametrize(
    ("program", "value", "tangent"), [("x**2", 9, 6), ("sin(x)*x", "0.42336", "-2.82886")]
)
def test_dual_numbers(program: str, value: Number, tangent: Number) -> None:
    results = explain(program, "x = 3", "forward", seed={"x": 1})["results"]
    assert agrees(results["value"]["y"], value) and agrees(results["tangent"]["y"], tangent)


def test_relu_and_sigmoid_on_a_vector_have_diagonal_jacobians() -> None:
    rows: list[tuple[str, list[Number]]] = [
        ("relu(x)", [0, 1, 1]),
        ("sigmoid(x)", ["0.196612", "0.235004", "0.104994"]),
    ]
    for program, diagonal in rows:
        for i, expected in enumerate(diagonal):
            seed = {"y": [float(i == j) for j in range(3)]}
            row = explain(program, {"x": [-1, 0.5, 2]}, seed=seed)["results"]["gradient"]["x"]
            assert agrees(row[i], expected)
            assert [number for j, number in enumerate(row) if j != i] == [0, 0]


def test_the_error_of_a_central_difference_falls_as_h_squared_and_then_grows() -> None:
    graph = parse("exp(x)", "x = 1")
    slope = explain(graph)["results"]["gradient"]["x"]
    errors = []
    for k in range(1, 13):
        h = 10.0**-k
        above, below = (float(evaluate(graph, {"x": 1 + sign * h})["y"]) for sign in (1, -1))
        errors.append(abs((above - below) / (2 * h) - slope))
    assert slope == pytest.approx(math.e, rel=1e-15)
    for k in (1, 2, 3):
        assert errors[k - 1] == pytest.approx(math.e / 6 * 10.0 ** (-2 * k), rel=0.01)  # e h² / 6
        assert errors[k - 1] / errors[k] == pytest.approx(100, rel=0.01)
    best = 1 + int(np.argmin(errors))
    assert 5 <= best <= 7 and errors[best - 1] < 2e-10
    assert all(errors[k - 1] < 4e-16 * math.e / 10.0**-k for k in range(7, 13))  # round-off / h
    assert errors[11] > 1e4 * errors[best - 1]
