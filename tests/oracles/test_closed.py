"""Closed forms of gradients: the literature's formulas as the yardstick, random programs against errors."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from graphengine import closed_form, parse
from graphengine.derivatives.gradients import gradient_graph
from graphengine.derivatives.rewriting.check import agreeing_points
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from tests.oracles.array_programs import ArrayAuthor
from tests.oracles.closed_forms import ROWS
from tests.oracles.programs import Author

LONGER = 5
"""Rows of the yardstick whose closed form has an operator more than the literature's."""


def values() -> dict[str, Any]:
    rng = np.random.default_rng(3)
    found: dict[str, Any] = {name: rng.uniform(0.2, 0.9, 3) for name in ("a", "b", "c3", "x")}
    found |= {name: rng.uniform(0.1, 0.4, (3, 3)) + np.eye(3) for name in "ABCX"}
    return {**found, "c": 0.7, "d": 0.4}


def read(program: str) -> Graph:
    names = set(parse(program, values()).inputs)
    return parse(program, {name: value for name, value in values().items() if name in names})


def size(graph: Graph) -> int:
    """Operators that the last output needs."""
    needed = {list(graph.outputs.values())[-1]}
    for i in range(len(graph.nodes) - 1, -1, -1):
        if i in needed:
            needed |= set(graph.nodes[i].args)
    return sum(graph.nodes[i].op is not None for i in needed)


@pytest.mark.parametrize(
    ("program", "by", "expected", "source"), ROWS, ids=lambda text: text.replace("::", ":")
)
def test_it_is_the_formula_of_the_literature(program: str, by: str, expected: str, source: str) -> None:
    graph = read(program)
    found = closed_form(graph, list(graph.outputs)[-1], [by])[by]
    assert found.graph is not None
    assert found.points >= 2
    literature = evaluate(read(expected))
    np.testing.assert_allclose(
        next(iter(evaluate(found.graph).values())), list(literature.values())[-1], 1e-9, 1e-11, err_msg=source
    )
    assert size(found.graph) <= size(read(expected)) + 1


def test_nearly_all_are_as_short_as_there(capsys: pytest.CaptureFixture[str]) -> None:
    longer = []
    for program, by, expected, _source in ROWS:
        graph = read(program)
        found = closed_form(graph, list(graph.outputs)[-1], [by])[by]
        if found.graph is None or size(found.graph) > size(read(expected)):
            longer.append(f"{program} by {by}: {found.latex}")
    with capsys.disabled():
        print(f"\nClosed forms: {len(ROWS) - len(longer)} of {len(ROWS)} as short as in the literature.")
        print("Longer:", *longer, sep="\n")
    assert len(longer) <= LONGER


@pytest.mark.parametrize(
    ("program", "by", "latex"),
    [
        ("x @ A @ x", "x", r"\left(A + {A}^{\top}\right) \, x"),
        ("det(X)", "X", r"\det X \cdot {X}^{-\top}"),
        ("sum((A @ x - b)^2)", "x", r"2 \, {A}^{\top} \, \left(A \, x - b\right)"),
        ("tr(A @ inv(X))", "X", r"-{X}^{-\top} \, {A}^{\top} \, {X}^{-\top}"),
        ("sum(sigmoid(x))", "x", r"\sigma(x) \odot \left(1 - \sigma(x)\right)"),
        ("sum(A @ x)", "x", r"{A}^{\top} \, \mathbf{1}"),
        ("logsumexp(x)", "x", r"\operatorname{softmax}(x)"),
        (
            "s = 1/(1 + exp(-(A @ x + c))); Q = -sum(b*log(s) + (1 - b)*log(1 - s))",
            "x",
            r"{A}^{\top} \, \left(\sigma(A \, x + c) - b\right)",
        ),
        ("1/(1 + exp(-c))", "c", r"\sigma(c) \, \left(1 - \sigma(c)\right)"),
    ],
)
def test_how_it_is_printed(program: str, by: str, latex: str) -> None:
    graph = read(program)
    assert closed_form(graph, list(graph.outputs)[-1], [by])[by].latex == latex


def test_the_way_is_told_step_by_step() -> None:
    way = closed_form(read("x @ A @ x"), wrt=["x"])["x"].rewritings
    assert [str(step.rule) for step in way][-1] == "AB + AC = A(B + C)"
    assert way[0].before == r"{x}^{\top} \, A"
    assert way[0].after == r"{A}^{\top} \, x"


def test_what_numbers_do_not_confirm_is_not_shown() -> None:
    graph, other = read("sum(x*x)"), read("sum(x*x*x)")
    assert agreeing_points(graph, other, 5) == 0
    outside = closed_form(parse("sqrt(-1 - c*c)", "c = 0.5"), wrt=["c"])["c"]
    assert (outside.graph, outside.latex) == (None, "")
    assert outside.reason is not None
    assert closed_form(parse("1/0*x", "x = 2"))["x"].graph is None


@pytest.mark.parametrize("author", [Author, ArrayAuthor])
def test_of_random_programs_none_is_wrong_and_each_ends(author: Any) -> None:
    """Compared at the programs' own points, which the check has not seen."""
    shown = 0
    for seed in range(60):
        program = author(seed).write()
        graph = parse(program.text, program.inputs)
        output = list(graph.outputs)[-1]
        start = time.monotonic()
        found = closed_form(graph, output)
        assert time.monotonic() - start < 5, program.text
        for name, closed in found.items():
            if closed.graph is None:
                continue
            shown += 1
            (expected,) = evaluate(gradient_graph(graph, output, [name])).values()
            ours = next(iter(evaluate(closed.graph).values()))
            large = 1 + float(np.max(np.abs(expected)))
            if np.all(np.isfinite(expected)):
                np.testing.assert_allclose(ours, expected, 1e-7, 1e-9 * large, err_msg=program.text)
    assert shown > 60


def test_the_api_answers_the_link(client: FlaskClient) -> None:
    answer = client.get("/api/v1/closed?e=x@A@x&at=A=[[1,2],[3,4]];x=[1,2]&view=closed:y:x").get_json()
    (found,) = answer["formulas"]
    assert found["latex"] == r"\left(A + {A}^{\top}\right) \, x"
    assert found["points"] == 5
    assert [step["rule"] for step in found["rewritings"]]
    every = client.get("/api/v1/closed?e=x*y&view=closed").get_json()
    assert [formula["by"]["name"] for formula in every["formulas"]] == ["x", "y"]
