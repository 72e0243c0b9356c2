"""What can be typed: comparisons, choices, indices, options as PyTorch names them, names assigned again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import check_backward, explain
from graphengine.errors import GraphError, NameProblem, ProgramError, ShapeError, ValueProblem
from graphengine.graph.evaluation import evaluate
from graphengine.listings.files import listing
from graphengine.program import parse
from graphengine.program.writing import program_text

X = np.arange(1.0, 7).reshape(2, 3)
V = np.array([1.0, 2.0, 4.0])


def value(program: str, **inputs: object) -> Any:
    return list(evaluate(parse(program, inputs)).values())[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(v*(v > 1))", 6),
        ("sum(v >= 2) + sum(v ≤ 1) + sum(v != 4)", 5),
        ("sum(1 < v < 4)", 1),
        ("sum((v == 1) | (v == 4))", 2),
        ("sum(v == 1 or not v < 3)", 2),
        ("sum(v > 1 and v < 3)", 1),
        ("sum(v > 1 & ~(v > 3))", 1),
        ("v[0] if v[1] > 3 else -v[2]", -4),
        ("1 if v[0] > 3 else 2 if v[1] > 3 else 3", 3),
        ("sum(where(v > 1, v^2, 0))", 20),
        ("sum((v[:, None] - v[None, :])^2)", 28),
        ("sum(X[..., 0])", 5),
        ("sum(v[[0, 0, 2]])", 6),
        ("sum(X[[0, 1], [2, 0]])", 7),
        ("n = 2; v[n - 1]", 2),
        ("sum(sum(X, dim=0, keepdim=True)[0])", 21),
        ("sum(X, axis=(0, 1))", 21),
        ("sum(X, (0, 1))", 21),
        ("max(v[0], v[1], v[2]) - min(v[0], v[1], 0, 3)", 4),
        ("sum(concatenate([v, v]))", 14),
        ("k = 3; sum(zeros(k) + ones((3,)))", 3),
    ],
)
def test_arrays_are_typed_as_people_type_them(text: str, expected: float) -> None:
    inputs = {name: array for name, array in {"v": V, "X": X}.items() if name in text}
    assert value(text, **inputs) == pytest.approx(expected)


def test_an_input_of_whole_numbers_is_an_index() -> None:
    assert value("C[b]", C=X, b=[1, 0, 1]).tolist() == X[[1, 0, 1]].tolist()
    with pytest.raises(ShapeError, match="How many elements"):
        parse("v[v > 1]", {"v": V})


@pytest.mark.parametrize(
    ("text", "expected", "labels"),
    [
        ("c = x + 1; c = c*2; c += 3; c", 11, ["c", "c′", "c′′"]),
        ("y = x; y = y^2", 9, ["y′"]),
        ("x = 2x; x -= 1", 5, ["x′", "x′′"]),
        ("c = x; c *= 2 + 1; c /= 3; c **= 2; c", 9, ["v1", "c′", "c′′", "c′′′"]),
        ("c = x + 0; c += 1; c += 1; c += 1; c += 1; c += 1", 8, ["c", "c′", "c′′", "c′′′", "c′4", "c′5"]),
    ],
)
def test_a_name_assigned_again_is_a_version_of_it(text: str, expected: float, labels: list[str]) -> None:
    graph = parse(text, {"x": 3})
    assert list(evaluate(graph).values()) == [expected]
    assert [node.label for node in graph.nodes if node.op is not None] == labels


def test_versions_have_marks_in_formulas_and_numbers_in_code() -> None:
    text = "w1 = 2x; w1 += 1; w1 *= w1"
    document = explain(text, {"x": 3})
    assert document["program"]["latex"].count("w'_{1}") == 3
    assert document["results"] == {"value": {"w1′′": 49.0}, "gradient": {"x": 28.0}}
    code = listing(parse(text, {"x": 3})).text
    assert "w1_2 = w1 + 1" in code and "w1_3 = w1_2 * w1_2" in code
    again = parse(program_text(parse(text, {"x": 3})), {"x": 3})
    assert list(evaluate(again).values()) == [49]


def test_a_version_that_nothing_uses_is_said() -> None:
    graph = parse("b = a + a; b = 3", {"a": 1})
    assert list(graph.outputs) == ["b′"]
    assert "before it is used" in str(graph.warnings[0])


def test_a_name_of_ones_own_wins_over_an_operators() -> None:
    assert value("max = 3; x*max", x=2) == 6
    assert value("relu(t) = t^2; relu(x)", x=-2) == 4


def test_full_width_characters_and_indices_in_braces_are_the_usual_ones() -> None:
    assert value("ｘ＋１", x=2) == 3
    assert value("x_{1} + w_{1,2}", x_1=1, w_1_2=2) == 3


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("(x <)", ProgramError, ")"),
        ("x[0.5]", ProgramError, "0.5"),
        ("x[1/0]", ProgramError, "1/0"),
        ("x[[0, 1]*(0/0)]", ProgramError, "[0, 1]*(0/0)"),
        ("x[1:5:0]", ProgramError, "1:5:0"),
        ("y = a; a = 2", NameProblem, "a"),
        ("sum(x, axis=0, dim=0)", ProgramError, "dim"),
        ("sum(x, axis='a')", ValueProblem, "sum(x, axis='a')"),
        ("f('x') = 2; f(1)", ProgramError, "'x'"),
        ("f(t) = t; f('a')", ProgramError, "'a'"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, kind: type[GraphError], marked: str) -> None:
    with pytest.raises(kind) as caught:
        parse(text, {"x": V} if "[" in text else {})
    assert caught.value.span is not None and text[slice(*caught.value.span)] == marked


def test_a_program_without_inputs_says_that_there_is_nothing_to_differentiate_by() -> None:
    warnings = [each["message"] for each in explain("a = 3; a^2")["warnings"]]
    assert any("nothing to differentiate by" in warning for warning in warnings)


def test_a_backward_pass_by_hand_names_versions_as_code_does() -> None:
    graph = parse("c = x + 1; c *= c; c += x; L = c*c", {"x": 2})
    text = "dc_3 = 2*c_3\ndc_2 = dc_3\ndc = dc_2*2*c\ndx = dc_3 + dc"
    assert check_backward(graph, text).passed
