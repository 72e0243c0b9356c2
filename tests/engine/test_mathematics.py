"""Mathematics as it is typed: what stands side by side and above is read where it has one meaning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import explain, gradient_graph
from graphengine.errors import AmbiguousError, DerivativeError, GraphError, LimitError, ProgramError
from graphengine.graph.evaluation import evaluate
from graphengine.program import parse

GIVEN: dict[str, Any] = {
    "A": np.array([[2.0, 1.0], [1.0, 3.0]]),
    "B": np.array([[1.0, 2.0], [3.0, 4.0]]),
    "X": np.arange(1.0, 7).reshape(2, 3),
    "v": np.array([1.0, 2.0]),
    "u": np.array([3.0, 5.0]),
    "w": np.array([1.0, 2.0, 3.0]),
    "x": 2.0,
    "y": 3.0,
}
A, B, X, V, U, W = (GIVEN[name] for name in "ABXvuw")


def value(program: str, names: str = "ABXvuwxy") -> Any:
    return list(evaluate(parse(program, {name: GIVEN[name] for name in names})).values())[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A v", A @ V),
        ("X w", X @ W),
        ("2 A v + B v", 2 * A @ V + B @ V),
        ("v^T u", V @ U),
        ("vᵀ u", V @ U),
        ("v^⊤ u", V @ U),
        ("v u^T", np.outer(V, U)),
        ("v^T A v", V @ A @ V),
        ("(A v - u)^T (A v - u)", np.sum((A @ V - U) ** 2)),
        ("(v - u)^T(v - u)", np.sum((V - U) ** 2)),
        ("r = v^T; r A u", V @ A @ U),
        ("(2v - u)' B u", (2 * V - U) @ B @ U),
        ("A'A", A.T @ A),
        ("A^T B A", A.T @ B @ A),
        ("X X^T", X @ X.T),
        ("w^T X^T", X @ W),
        ("X'(v)", X.T @ V),
        ("A^-1 v", np.linalg.solve(A, V)),
        ("B^{-1}", np.linalg.inv(B)),
        ("B^-T u", np.linalg.inv(B).T @ U),
        ("B⁻¹", np.linalg.inv(B)),
        ("X X", X * X),
        ("X^2", X**2),
        ("v^2", V**2),
        ("B**2", B**2),
        ("sum(B^2)", np.sum(B**2)),
        ("sum(sum(B, axis=0, keepdims=True)^2)", np.sum(B.sum(0) ** 2)),
        ("sum(v)/len(v) + len(X)", 3.5),
        ("‖v‖^2 + ‖w‖_2²", 5 + 14),
        ("||v - u||_1 + ‖w‖_∞", 5 + 3),
        ("‖B‖_F", np.linalg.norm(B)),
        ("v.T * u", V * U),
        ("v ⊙ u + x·v", V * U + 2 * V),
        ("⟨v, u⟩ x", 2 * V @ U),
        ("v @ u.T", V @ U),
    ],
)
def test_arrays_beside_each_other_are_what_mathematics_writes(text: str, expected: Any) -> None:
    np.testing.assert_allclose(value(text), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sin x", np.sin(2)),
        ("sin 2x", np.sin(4)),
        ("sin²(x) + cos^2 x", 1),
        ("2 sin x cos x", np.sin(4)),
        ("-ln x^2", -np.log(4)),
        ("sin^-1(y - 2.5)", np.arcsin(0.5)),
        ("ln sin x", np.log(np.sin(2))),
        ("1/cos x", 1 / np.cos(2)),
        ("f(t) = t^2; 2 f x", 8),
        ("|x - 5| + 2|x|", 7),
        ("|x||y|", 6),
        ("3! x", 12),
        ("xy + 2xy", 18),
        ("x_{1} + x", 4),
    ],
)
def test_numbers_and_functions_are_written_as_on_a_board(text: str, expected: float) -> None:
    given = {"x": 2.0, "y": 3.0} | ({"x_1": 2.0} if "x_{1}" in text else {})
    assert list(evaluate(parse(text, given)).values())[-1] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("A B", A @ B, A * B),
        ("A B A", A @ B @ A, A * B * A),
        ("v u", V @ U, V * U),
        ("v A", V @ A, V * A),
        ("A^2", A @ A, A**2),
        ("1 + B³", 1 + B @ B @ B, 1 + B**3),
        ("B^-2", np.linalg.inv(B @ B), B**-2.0),
        ("|v|", np.linalg.norm(V), np.abs(V)),
        ("|B|", np.linalg.det(B), np.abs(B)),
        ("v^T * u", V @ U, V * U),
        ("A' * B", A.T @ B, A.T * B),
        ("v·u", V @ U, V * U),
        ("A × B", A @ B, A * B),
        ("w × w", np.zeros(3), W * W),
        ("A * B'", A @ B.T, A * B.T),
        ("v * u'", np.outer(V, U), V * U),
        ("v @ u^T", np.outer(V, U), V @ U),
        ("sin x y", np.sin(6), np.sin(2) * 3),
        ("max(0,5, x)", 2, 5),
    ],
)
def test_what_means_two_things_is_asked_and_both_answers_are_programs(
    text: str, first: Any, second: Any
) -> None:
    with pytest.raises(AmbiguousError) as caught:
        value(text)
    assert caught.value.span is not None and caught.value.text == text
    answers = [value(each.program) for each in caught.value.alternatives]
    np.testing.assert_allclose(answers[0], first)
    np.testing.assert_allclose(answers[1], second)


def test_a_reading_by_shapes_is_noted_in_the_document() -> None:
    warnings = [each["message"] for each in explain("v^T A v", {"A": A, "v": V})["warnings"]]
    assert any("v^T A v is read as v^T @ A @ v." in warning for warning in warnings)
    assert not parse("2x sin(x)", {"x": 2}).warnings


def test_a_transpose_tells_that_an_input_is_an_array() -> None:
    assert {node.label: node.shape for node in parse("x^T A x").nodes if node.op is None} == {
        "x": (2,),
        "A": (2, 2),
    }
    assert parse("‖A x - b‖").nodes[-1].shape == ()


@pytest.mark.parametrize("text", ["x^T", "x^H", "x + y + xy", "2i x"])
def test_no_input_is_invented_from_a_sign(text: str) -> None:
    with pytest.raises(AmbiguousError) as caught:
        parse(text)
    for each in caught.value.alternatives:
        parse(each.program)


@pytest.mark.parametrize(
    "text", ["f'(x)", "d/dx x^2", "d/dx(x^2)", "dy/dx", "E[x]", "x!!", "log^-1(x)", "f(t) = t; f^2(x)", "sin"]
)
def test_a_sign_of_mathematics_that_is_not_here_is_said(text: str) -> None:
    with pytest.raises(GraphError) as caught:
        parse(text, {"x": 2.0})
    assert caught.value.span is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xy^2", 18),
        ("1/xy²", 1 / 18),
        ("xy!", 12),
        ("Av", [3, 8]),
        ("XA^T", [[2, 5], [3, 9], [5, 13]]),
        ("‖XA − X‖^2", 185),
    ],
)
def test_what_stands_above_letters_without_a_gap_is_that_of_the_last(text: str, expected: Any) -> None:
    given = {"x": 2.0, "y": 3.0, "v": [1.0, 2.0], "A": [[1.0, 1], [2, 3]], "X": [[1.0, 1], [0, 3], [2, 3]]}
    graph = parse(text, {name: value for name, value in given.items() if name in text})
    (found,) = evaluate(graph).values()
    np.testing.assert_allclose(found, expected)
    assert "is read as" in str(graph.warnings[0])


@pytest.mark.parametrize("text", ["X/AB", "sin AB", "2 AB", "w^Tx + b", "x^TAx", "A^TB"])
def test_letters_without_a_gap_that_mean_two_things_are_a_question(text: str) -> None:
    square = [[1.0, 2.0], [3.0, 4.0]]
    given = {name: square for name in ("A", "B", "X") if name in text}
    with pytest.raises(AmbiguousError) as caught:
        parse(text, given)
    first, second = (each.program for each in caught.value.alternatives)
    assert first in ("X/(A @ B)", "sin (A @ B)", "2 (A @ B)", "w^T x + b", "x^T A x", "A^T B")
    assert second in ("X/(A * B)", "sin (A * B)", "2 (A * B)", "w^(Tx) + b", "x^(TAx)", "A^(TB)")


def test_what_was_given_is_what_it_was_given_as() -> None:
    assert list(evaluate(parse("x^T", {"x": 2.0, "T": 3.0})).values()) == [8]
    assert list(parse("xy", {"x": 2.0, "y": 3.0, "xy": 5.0}).inputs) == ["xy"]
    assert list(parse("E*x", {"E": 2.0}).inputs) == ["E", "x"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(t) = t^3; f'(x)", 12),
        ("f(t) = t^3; f''(x) + f'''(x)", 18),
        ("f(t) = y t^2; f'(2x)", 24),
        ("g(t) = sin(t); f(t) = g(t)^2; f'(x)", np.sin(4)),
        ("f(t) = y t; f'(x)", 3),
        ("f(t) = 5; f'(x)", 0),
        ("f(t) = t^2^2; f'(x)", 32),
        ("f(t) = t^2; f'(v)", 2 * V),
        ("tanh'(x)", 1 / np.cosh(2) ** 2),
    ],
)
def test_a_prime_is_the_derivative_of_a_function_that_is_defined(text: str, expected: Any) -> None:
    np.testing.assert_allclose(value(text, "vxy"), expected)
    if text == "f(t) = t^3; f'(x)":
        slope = evaluate(gradient_graph(parse(text, {"x": 2.0})))
        assert list(slope.values()) == [12]  # 6x


def test_the_derivative_of_what_mixes_elements_is_refused() -> None:
    with pytest.raises((ProgramError, DerivativeError), match="element by element"):
        value("f(t) = softmax(t); f'(v)", "v")


def test_answers_fit_into_what_stands_around_them() -> None:
    for text in ("v^T A²", "1/A²", "x^2|A|", "2 v u"):
        with pytest.raises(AmbiguousError) as caught:
            value(text)
        for each in caught.value.alternatives:
            value(each.program)


@pytest.mark.parametrize("text", ["det(A)/det(B)", "dot(x, y)/dot(x, x)", "sum(diag(A)/diag(B))"])
def test_a_quotient_of_operators_is_no_derivative(text: str) -> None:
    assert "div" in [node.op.name for node in parse(text).nodes if node.op is not None]


@pytest.mark.parametrize(
    "text",
    [
        "sin " * 2000 + "x",
        "f(t) = sin(t)^5*exp(t)*t^3; f" + "'" * 14 + "(x)",
        "x" + " if x > 0 else x" * 500,
        "|x|" * 3000,
    ],
)
def test_what_is_too_much_is_refused_by_its_limit(text: str) -> None:
    with pytest.raises(LimitError):
        value(text, "x")


@pytest.mark.parametrize("program", ["b' @ inv(A) × b", "b·c", "A × A", "b' * c"])
def test_the_answers_of_a_question_about_a_sign_ask_no_more(program: str) -> None:
    given = "A = [[2, 1], [1, 3]]; b = [1, 2]; c = [3, 4]"
    with pytest.raises(AmbiguousError) as asked:
        parse(program, given)
    for answer in asked.value.alternatives:
        parse(answer.program, given)
