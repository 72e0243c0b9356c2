"""Values of inputs that were given none: the program has a value there, and they stay the same."""

from __future__ import annotations

import numpy as np
import pytest

from graphengine import explain, parse
from graphengine.limits import request
from graphengine.program.defaults import default

PROGRAMS = [
    "logdet(X)",
    "log(det(A))",
    "sqrt(x^2 - 1)",
    "log(1 - x - y)",
    "log(1 - w @ x)",
    "acos(x)",
    "acos(2*x)",
    "acosh(x)",
    "asin(x + y)",
    "atanh(x + y + z)",
    "sqrt(1 - x^2 - y^2)",
    "sqrt(y - x) + sqrt(x - y + 1)",
    "log(a - b - c)",
    "log(x - 5)",
    "log(log(log(x)))",
    "sqrt(-x)",
    "-log(1 - exp(x))",
    "acosh(x)*acos(y)",
    "inv(A)",
    "nll_loss(log_softmax(X @ W), t)",
    "bce(sigmoid(X @ w), t)",
    "sum(C[i])",
    "take(x, i)",
    "sum(inv(A - B))",
    "solve(A, b)",
    "sum((x - mean(x))^2)/(n - 1)",
    "sum((x - mean(x))^2)/(n - 2)",
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_walks_at_its_own_defaults(program: str) -> None:
    document = explain(program)
    assert "error" not in document
    assert document["program"]["defaults"] == list(document["program"]["inputs"])
    gradient = document["results"]["gradient"]
    assert gradient and all(np.all(np.isfinite(value)) for value in gradient.values())
    assert explain(program)["program"]["inputs"] == document["program"]["inputs"]


@pytest.mark.parametrize("program", ["x*y + sin(x)", "acos(x)", "X @ w", "log(x)/y", "sqrt(x - y)"])
def test_defaults_that_are_fine_are_the_usual_ones(program: str) -> None:
    graph = parse(program)
    for name, value in graph.values.items():
        assert np.array_equal(value, default(name, value.shape))
        assert np.all((value >= 0.2) & (value <= 0.95))


def test_what_was_given_stays_and_the_rest_fits_it() -> None:
    graph = parse("log(x - y)", {"x": -3})
    assert graph.values["x"] == -3
    assert graph.values["y"] < -3


def test_where_nothing_helps_the_walk_stops_at_the_usual_defaults() -> None:
    document = explain("log(0*x - 1)")
    assert document["program"]["inputs"] == {"x": default("x")}
    assert document["error"]["kind"] == "value"


@pytest.mark.parametrize(
    ("program", "inputs"),
    [
        ("x^(1/3)", {"x": -8.0}),
        ("acos(x)", {"x": 1.5}),
        ("sum(inv(A))", {"A": [[1.0, 2.0], [2.0, 4.0]]}),
        ("sqrt(x)", {"x": -1.0}),
        ("x^(2/3)", {"x": -8.0}),
        ("x^2.5", {"x": -1.0}),
    ],
)
def test_values_outside_the_domain_are_kept_and_told(program: str, inputs: dict[str, object]) -> None:
    """Those of people, from public threads: there is no number to invent in their place."""
    document = explain(program, inputs)
    assert document["program"]["inputs"] == inputs
    assert document["error"]["kind"] == "value" and document["error"]["node"]


@pytest.mark.parametrize(
    ("program", "numbers"),
    [
        ("softmax(Q @ K.T / sqrt(d)) @ V", "d"),
        ("softmax(X @ W / T)", "T"),
        ("(X @ W)**p", "p"),
        ("sum((X @ w - y)**2)/(2n) + c*sum(w**2)", "nc"),
        ("A @ x / s", "s"),
    ],
)
def test_a_number_where_only_a_number_makes_sense(program: str, numbers: str) -> None:
    graph = parse(program)
    assert {name for name, value in graph.values.items() if not value.shape} == set(numbers)


def test_counts_labels_and_indices_are_whole_numbers_that_make_sense() -> None:
    counted = parse("sum(x)/n", {"x": [1, 2, 3, 4, 5]})
    assert counted.values["n"] == 5
    attention = parse("softmax(Q @ K.T / sqrt(d)) @ V", {"Q": np.ones((2, 3)), "K": np.ones((4, 3))})
    assert attention.values["d"] == 3
    classes = parse("cross_entropy(X @ W, t)", {"X": np.ones((5, 2)), "W": np.ones((2, 3))}).values["t"]
    assert classes.shape == (5,) and set(classes) <= {0, 1, 2}
    rows = parse("cross_entropy(z, t)").values["t"]
    assert sorted(rows) == [0, 1]
    assert parse("bce(sigmoid(x), t)").values["t"] in (0, 1)
    assert set(parse("bce(sigmoid(X @ w), t)").values["t"]) <= {0, 1}
    assert not np.any(parse("sum(C[i])").values["i"])


def test_finding_them_is_work_within_bounds() -> None:
    program = "log(0*x - 1)" + " + x*y" * 300
    with request() as budget:
        parse(program)
    with request() as given:
        parse(program, {"x": 1, "y": 2})
    assert budget.spent["work"] - given.spent["work"] < 11_000
    assert budget.spent["numbers"] < 20_000
