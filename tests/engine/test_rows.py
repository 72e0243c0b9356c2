"""The Jacobian layout: adjoints as rows, formulas transposed, results unchanged."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from graphengine import closed_form, explain, parse
from graphengine.errors import ValueProblem

DATA = "X = [[1, 2], [3, 4], [5, 6]]; w = [0.1, 0.2]; b = 0.3; y = [0, 1, 1]"
LOSS = "z1 = X @ w\nz2 = z1 + b\nz3 = sigmoid(z2)\nQ = -sum(y*log(z3) + (1 - y)*log(1 - z3))"


def rules(program: str, given: str, **options: Any) -> dict[tuple[str, str], str]:
    document = explain(program, given, layout="jacobian", **options)
    names = {node["id"]: node["name"] for node in document["graph"]["nodes"]}
    return {
        (names[step["source"] or ""], names[step["node"]]): step["rule"].partition(r"\mathrel{+}= ")[2]
        for step in document["steps"]
        if step["kind"] == "contribute"
    }


def test_logistic_regression_with_rows() -> None:
    """The other convention of the lecture: ∂Q/∂w = ∂Q/∂z1 X, with ∂Q/∂z1 a row."""
    found = rules(LOSS, DATA, wrt=["w", "b"], grain="statement")
    assert found["z1", "w"] == r"\bar{z}_{1} \, X"
    assert found["z2", "b"] == r"\sum \bar{z}_{2}"
    assert found["z3", "z2"] == r"\bar{z}_{3} \odot {z_{3}}^{\top} \odot \left(1 - {z_{3}}^{\top}\right)"
    graph = parse(LOSS, DATA)
    assert closed_form(graph, "Q", ["w"])["w"].row == (
        r"\left({\sigma(X \, w + b)}^{\top} - {y}^{\top}\right) \, X"
    )


def test_the_derivative_of_a_product_by_its_vector_is_the_matrix_or_its_transpose() -> None:
    given = "A = [[1, 2], [3, 4]]; x = [1, 2]"
    assert rules("y = A @ x", given)["y", "x"] == r"\bar{y} \, A"
    step = explain("y = A @ x", given)["steps"][-1]
    assert step["rule"].endswith(r"{A}^{\top} \, \bar{y}")


def test_numbers_lie_and_results_stay() -> None:
    usual = explain("y = A @ x", "A = [[1, 2], [3, 4]]; x = [1, 2]")
    lying = explain("y = A @ x", "A = [[1, 2], [3, 4]]; x = [1, 2]", layout="jacobian")
    assert (usual["layout"], lying["layout"]) == ("gradient", "jacobian")
    assert lying["results"] == usual["results"]
    last = lying["steps"][-1]
    assert last["result_latex"] == r"\begin{bmatrix} 4 & 6 \end{bmatrix}"
    assert last["result"] == [4, 6]
    with pytest.raises(ValueProblem, match="layout"):
        explain("x", layout="rows")


@pytest.mark.parametrize(
    "program", ["L = sum(A @ X @ B)", "L = tr(A @ X @ B)", "L = sum((A @ X)*B)", "L = a @ X @ c"]
)
def test_the_transposed_formula_is_the_transposed_matrix(program: str) -> None:
    """Each rule, read back as a program with the rows given, is the transpose of the adjoint."""
    rng = np.random.default_rng(2)
    given = {name: rng.normal(size=(2, 2)) for name in "AXB"} | {
        "a": rng.normal(size=2),
        "c": rng.normal(size=2),
    }
    graph = parse(program, {name: given[name] for name in parse(program, given).inputs})
    for name, closed in closed_form(graph).items():
        if np.ndim(graph.values[name]) != 2:
            continue
        text = (
            closed.row.replace(r"\mathbf{1}", "O")
            .replace(r"\odot", "*")
            .replace(r"\left", "")
            .replace(r"\right", "")
        )
        text = re.sub(r"\{([^{}]*)\}\^\{\\top\}", r"col(\1).T", text).replace(r" \, ", " @ ")
        scope = {key: np.reshape(value, (2, -1)) for key, value in given.items()}
        value = eval(text, {"col": lambda v: v, "O": np.ones((2, 2)), **scope})  # noqa: S307 - a formula of ours
        expected = np.asarray(explain(program, given)["results"]["gradient"][name])
        np.testing.assert_allclose(value, expected.T, 1e-9, 1e-11, err_msg=closed.row)
