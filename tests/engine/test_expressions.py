"""SymPy in and out: what it says is what is read, and what was typed is what is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy
from sympy import (
    Abs,
    Determinant,
    Heaviside,
    IndexedBase,
    Integral,
    MatrixSymbol,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    Sum,
    Symbol,
    Trace,
    UnevaluatedExpr,
    exp,
    log,
    sign,
    sin,
    sqrt,
    symbols,
)

from graphengine import (
    GraphError,
    LimitError,
    NameProblem,
    ShapeError,
    evaluate,
    from_sympy,
    limited,
)

x, y, z = symbols("x y z")
n = symbols("n")
i, j, k = symbols("i j k", integer=True)
AT = {"x": 1.3, "y": 0.4, "z": -2.0}
A = MatrixSymbol("A", 2, 2)
B = MatrixSymbol("B", 2, 3)
v = MatrixSymbol("v", 2, 1)
MATRICES = {"A": [[2.0, 0.5], [-1.0, 3.0]], "B": [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]], "v": [[1.0], [-2.0]]}
ARRAYS: dict[str, Any] = {
    "a": [1.0, -2.0, 0.5],
    "b": [3.0, 1.0, 2.0],
    "W": [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]],
}
a, b, W = (IndexedBase(name, shape=np.shape(value)) for name, value in ARRAYS.items())


def value(expression: Any, inputs: Any) -> Any:
    (found,) = evaluate(from_sympy(expression, inputs)).values()
    return found


@pytest.mark.parametrize(
    ("expression", "program"),
    [
        (x - 1, "y = x - 1"),
        (x * z / 2 - 3 * x / z, "y = x * z / 2 - 3 * x / z"),
        (x * Rational(1, 3), "y = x / 3"),
        (exp(-x) / z, "y = exp(-x) / z"),
        (sqrt(x) * sin(z) ** 2, "y = sqrt(x) * sin(z) ** 2"),
        (1 / (1 + exp(-x)), "y = 1 / (1 + exp(-x))"),
        (A * v, "y = A @ v"),
        (v.T * A.inv() * v, "y = v.T @ inv(A) @ v"),
        (Trace(A) + Determinant(A), "y = det(A) + trace(A)"),
        (sympy.hadamard_product(A, A.T), "y = A * A.T"),
        (Sum(a[i] * b[i], (i, 0, 2)), "y = sum(a * b)"),
    ],
)
def test_an_expression_is_read_as_it_is_printed(expression: Any, program: str) -> None:
    assert from_sympy(expression).text == program


def test_what_sympy_has_not_evaluated_stays_as_it_is() -> None:
    with sympy.evaluate(False):
        assert from_sympy(x * z + x * z).text == "y = x * z + x * z"
        assert from_sympy(z - z + x).text == "y = z - z + x"
        assert from_sympy(UnevaluatedExpr(x + x) * sqrt(x**2)).text == "y = (x + x) * sqrt(x ** 2)"
    assert from_sympy(sympy.Add(z, x, evaluate=False)).text == "y = z + x"


@pytest.mark.parametrize(
    "expression",
    [
        Max(x, 0, y) - Min(x, z) + Abs(z) * sign(z),
        Heaviside(z) + Heaviside(x, 0) + 3 * Heaviside(x - 1.3),
        Piecewise((x**2, x > 1), (-x, True)),
        Piecewise((x**2, (x > 0) & (x <= 1)), (-x, (z < -3) | ~(y >= 1)), (1, True)),
        Piecewise((y, sympy.Eq(x, 1.3)), (z, True)) + Piecewise((y, sympy.Ne(x, 1.3)), (z, True)),
        log(x, 2) + log(x, 10, evaluate=False) + sympy.pi * x + sympy.E**y,
        (x + 1) / (x - 1) - Rational(2, 7) * z - 1 / (x * y),
        sympy.atan2(x, y) + sympy.erf(z) + sympy.cot(x) + sympy.asinh(y),
        x**y - x**-3 + 1 / sqrt(x),
        Sum(k * x**k, (k, 1, 4)) + Product(x + k, (k, 1, 3)) + Sum(z, (k, 1, 5)) + Product(y, (k, 1, 3)),
    ],
)
def test_values_are_those_of_sympy(expression: Any) -> None:
    expected = complex(expression.doit().subs(AT).evalf()).real
    assert value(expression, {name: AT[name] for name in map(str, expression.free_symbols)}) == pytest.approx(
        expected, rel=1e-12
    )


@pytest.mark.parametrize(
    "expression",
    [
        2 * A - A.T / 3 + A**3,
        A * B * B.T * v,
        sympy.KroneckerProduct(A, B),
        A.inv() * sympy.Matrix([[x, 1], [2, y]]),
        sympy.HadamardPower(A, 2) + sympy.Identity(2) + sympy.OneMatrix(2, 2),
        A.applyfunc(sin),
        Trace(A * B * B.T) * v,
        sympy.Adjoint(A) * v * Determinant(A),
        Sum(A[i, i] * v[i, 0], (i, 0, 1)) * v,
    ],
)
def test_matrices_are_those_of_sympy(expression: Any) -> None:
    inputs = {name: np.array(MATRICES.get(name, AT.get(name))) for name in map(str, expression.free_symbols)}
    given = {sy: sympy.Matrix(MATRICES[str(sy)]) for sy in (A, B, v)}
    expected = expression.subs(given).doit().subs(AT).doit()
    expected = expected.as_explicit() if hasattr(expected, "as_explicit") else expected
    np.testing.assert_allclose(value(expression, inputs), np.array(expected.tolist(), float), rtol=1e-12)


NP = {name: np.array(given) for name, given in ARRAYS.items()}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (Sum(W[i, j] * a[j], (j, 0, 2), (i, 0, 1)), (NP["W"] @ NP["a"]).sum()),
        (Sum(Sum(W[i, j] * a[j], (j, 0, 2)) ** 2, (i, 0, 1)), ((NP["W"] @ NP["a"]) ** 2).sum()),
        (Sum(a[i + 1] - a[i], (i, 0, 1)), NP["a"][-1] - NP["a"][0]),
        (Sum(a[i] * Sum(b[j], (j, 0, 2)), (i, 0, 2)), NP["a"].sum() * NP["b"].sum()),
        (Sum(W[i, j], (i, 0, 1), (j, 1, 2)), NP["W"][:, 1:].sum()),
        (Sum(a[i] * b[j] * i, (i, 0, 2), (j, 0, 2)), (NP["a"] * [0, 1, 2]).sum() * NP["b"].sum()),
        (Product(a[i] + 3, (i, 0, 2)) + W[1, 2], (NP["a"] + 3).prod() + 7),
        (Sum(W[i, i + 1], (i, 0, 1)), 2 + 7),
        (log(Sum(exp(a[i]), (i, 0, 2))), np.log(np.exp(NP["a"]).sum())),
    ],
)
def test_sums_over_indices_are_sums_along_axes(expression: Any, expected: float) -> None:
    used = {name: NP[name] for name in map(str, expression.atoms(IndexedBase))}
    assert value(expression, used) == pytest.approx(expected, rel=1e-12)


def test_sizes_that_are_symbols_follow_from_values() -> None:
    wide = MatrixSymbol("X", n, 2)
    graph = from_sympy(wide * v, {"X": [[1, 2], [3, 4], [5, 6]], "v": [1, -1]})  # a vector for a column
    assert evaluate(graph)["y"].tolist() == [[-1.0], [-1.0], [-1.0]]
    assert from_sympy(wide, {"n": 4}).values["X"].shape == (4, 2)
    unknown = from_sympy(wide * v)
    assert [str(message) for message in unknown.warnings] == ["The size n is not given: 2 is taken."]
    assert unknown.defaults == {"X", "v"}
    c = IndexedBase("c")
    assert from_sympy(Sum(c[i + 1], (i, 0, 3))).values["c"].shape == (5,)
    assert evaluate(from_sympy(Sum(c[i], (i, 0, n - 1)) / n, {"n": 2, "c": [3, 5]})) == {"y": 4.0}


@pytest.mark.parametrize(
    ("expression", "kind", "said"),
    [
        (Integral(x, x), GraphError, "Integral is not carried out here"),
        (sympy.LambertW(x), GraphError, "LambertW of SymPy has no operator here"),
        (Symbol("x_{1}") + 1, NameProblem, r"x_\{1\} cannot be the name"),
        (Symbol("e") + 1, NameProblem, "e cannot be the name"),
        (x + Symbol("x", real=True), NameProblem, "Two different symbols are called x"),
        (Piecewise((x, x > 0)), GraphError, "no value where none of its conditions hold"),
        (Sum(a[i], (i, 1, 3)), ShapeError, r"a\[i\] reaches from 1 to 3; its places are 0 to 2"),
        (Sum(W[i, j], (j, 0, i), (i, 0, 1)), GraphError, "bounds of j depend on another index"),
        (a[i], GraphError, "i is no index of a sum"),
        (A ** Rational(1, 2), GraphError, "whole powers"),
        (sympy.oo * x, GraphError, "Infinity of SymPy has no operator"),
        ("x + 1", GraphError, "no expression of SymPy's"),
        (object(), GraphError, "no expression of SymPy's"),
    ],
)
def test_what_cannot_be_read_is_said(expression: Any, kind: type[GraphError], said: str) -> None:
    with pytest.raises(kind, match=said):
        from_sympy(expression)


def test_work_is_bounded() -> None:
    doubled = x
    with sympy.evaluate(False):
        for _ in range(60):
            doubled = doubled + doubled
        deep = x
        for _ in range(3000):
            deep = deep + 1
    with pytest.raises(LimitError):
        from_sympy(doubled)
    with pytest.raises(LimitError):
        from_sympy(deep)
    with pytest.raises(GraphError), limited(elements=100):
        from_sympy(Sum(k, (k, 1, 10**9)))


@pytest.mark.parametrize(
    "name",
    "sec csc coth sech csch acot asech acsch erfc erfinv gamma loggamma digamma factorial sinc floor ceiling"
    " cbrt tan cosh asin atanh erf".split(),
)
def test_functions_of_one_number_are_those_of_sympy(name: str) -> None:
    expression = getattr(sympy, name)(x)
    assert value(expression, {"x": 0.3}) == pytest.approx(float(expression.subs(x, 0.3).evalf()), rel=1e-9)
