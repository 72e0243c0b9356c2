"""Graphs written as SymPy's expressions: what was typed, and the same values when they come back."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import (
    Determinant,
    MatrixSymbol,
    Trace,
    sin,
    symbols,
)

from graphengine import (
    GraphError,
    LimitError,
    evaluate,
    explain,
    from_sympy,
    parse,
    to_sympy,
)
from tests.oracles.programs import Author

x, y, z = symbols("x y z")
A = MatrixSymbol("A", 2, 2)


@pytest.mark.parametrize(
    "program",
    [
        "where((x > 1) & ~(y <= 2), x, where(x != 0, y, 3))",
        "a - b/c",
        "x*y + x*y",
        "sqrt(x**2)*sin(x)",
        "-x - (y - x)",
        "2**x*pi",
        "max(x, y)**2",
        "(x + x)*3",
    ],
)
def test_what_was_typed_comes_out_and_goes_in_again(program: str) -> None:
    graph = parse(program)
    again = from_sympy(to_sympy(graph), dict(graph.values))
    assert [node.op.name for node in again.nodes if node.op] == [n.op.name for n in graph.nodes if n.op]
    assert evaluate(again) == pytest.approx(evaluate(graph))


def test_matrices_come_out_as_wholes_and_the_rest_by_elements() -> None:
    inputs = "X = [[1, 2], [3, 4], [5, 6]]; w = [1, -1]; A = [[2, 1], [1, 3]]"
    x, w = MatrixSymbol("X", 3, 2), MatrixSymbol("w", 2, 1)
    assert to_sympy(parse("X @ w", inputs)) == {"y": sympy.MatMul(x, w)}
    assert to_sympy(parse("2*A.T - A*A", inputs))["y"].has(sympy.HadamardProduct)
    assert to_sympy(parse("trace(inv(A)) + det(A)", inputs)) == {
        "y": sympy.Add(Trace(A.inv()), Determinant(A), evaluate=False)
    }
    explicit = to_sympy(parse("sum(sigmoid(X @ w))", inputs))["y"]
    assert explicit.atoms(sympy.matrices.expressions.matexpr.MatrixElement) >= {x[2, 1], w[0, 0]}
    assert to_sympy(parse("softmax(w)", inputs))["y"].shape == (2, 1)


@pytest.mark.parametrize(
    "program",
    [
        "sum(log(sigmoid(X @ w)))",
        "logdet(A @ A.T) + w @ A @ w",
        "mse(w, v) + cross_entropy(w, [0, 1])",
        "norm(w) + max(A) + logsumexp(w) + std(v) + sum(var(A, axis=0))",
        "sum(solve(A + w, w) * outer(w, v))",
        "sum(kron(A, A)) + sum(layernorm(A)[0])",
        "where(step(w[0]), w[1]**2, 3) + prod(v)",
        "sum(softmax(X, axis=0)**2)",
    ],
)
def test_values_are_kept(program: str) -> None:
    inputs = "X = [[1, 2], [3, 4], [5, 6]]; w = [1, -1]; v = [2, 0.5]; A = [[2, 1], [1, 3]]"
    graph = parse(program, inputs)
    (found,) = to_sympy(graph).values()
    given: dict[Any, Any] = {}
    for name, array in graph.values.items():
        shape = (*array.shape, 1)[:2]
        symbol = MatrixSymbol(name, *shape)
        given |= {symbol[place]: array.reshape(shape)[place] for place in np.ndindex(shape)}
        given[symbol] = sympy.Matrix(array.reshape(shape).tolist())
    expected = float(found.subs(given).doit().subs(given).evalf())
    (ours,) = evaluate(graph).values()
    assert float(ours) == pytest.approx(expected, rel=1e-9)


def test_what_has_no_formula_is_said() -> None:
    with pytest.raises(GraphError, match="argmax has no formula in SymPy here"):
        to_sympy(parse("argmax(x)*x", "x = [1, 2]"))


def test_an_expression_is_walked_as_its_program() -> None:
    document = explain(from_sympy(sin(x) * z, {"x": 1, "z": 2}))
    assert document["program"]["text"] == "y = z * sin(x)"
    assert document["results"]["gradient"]["x"] == pytest.approx(2 * np.cos(1))


def test_sympy_is_loaded_when_it_is_needed() -> None:
    code = "import sys, graphengine; graphengine.explain('x*y'); assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("seed", range(40))
def test_random_programs_come_back_from_sympy(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    try:
        again = from_sympy(to_sympy(graph), dict(graph.values))
    except LimitError:  # a tree does not share, and may be much larger than the graph
        return
    ours, theirs = evaluate(graph), evaluate(again)
    for name, expected in ours.items():
        np.testing.assert_allclose(
            np.ravel(theirs[name]), np.ravel(expected), rtol=1e-7, err_msg=program.text
        )


def test_class_numbers_stay_numbers() -> None:
    graph = parse("L = cross_entropy(x, t)", "x = [[1, 2], [3, -1]]; t = [1, 0]")
    (expression,) = to_sympy(graph).values()
    assert not expression.has(sympy.nan)
    assert {str(symbol) for symbol in expression.free_symbols} == {"x"}


def test_a_choice_is_made_by_any_number_but_zero() -> None:
    graph = parse("sum(where(c, x, x**2))", "c = [2, 0, -1]; x = [3, 4, 5]")
    (expression,) = to_sympy(graph).values()
    given = {MatrixSymbol(name, 3, 1)[k, 0]: graph.values[name][k] for name in "cx" for k in range(3)}
    assert float(expression.subs(given)) == 3 + 16 + 5
