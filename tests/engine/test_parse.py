"""The language: what was typed is what is drawn, nothing typed is executed, and every error has a caret."""

from __future__ import annotations

import builtins
import os
from typing import Any

import numpy as np
import pytest

import graphengine
from graphengine.errors import GraphError, LimitError, NameProblem, ProgramError, ShapeError
from graphengine.graph.evaluation import evaluate
from graphengine.limits import Limits
from graphengine.program import parse, parse_values
from graphengine.program.writing import program_text

HERE = {"x": 1.3, "y": 0.7, "a": 2.0, "b": 0.4, "w1": 2.0, "x1": -1.0, "w2": -3.0, "x2": -2.0}


def value(program: str, **inputs: float) -> Any:
    graph = parse(program, {k: v for k, v in {**HERE, **inputs}.items() if k in program or k in inputs})
    return list(evaluate(graph).values())[-1]


def ops(program: str) -> list[str]:
    return [node.op.name for node in parse(program).nodes if node.op is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2sin(x)cos(y)", 2 * np.sin(1.3) * np.cos(0.7)),
        ("w1 x1 + w2 x2", 4.0),
        ("f(t) = t^2; f(2x)", 2.6**2),
        ("(a+b)(a-b)", 2.0**2 - 0.4**2),
        ("1e-3x", 0.0013),
        ("3(x+1)", 6.9),
        ("2x", 2.6),
        ("-x^2", -(1.3**2)),
        ("2^-x", 2**-1.3),
        ("x**y**2", 1.3 ** (0.7**2)),
        ("a - b - x", 2.0 - 0.4 - 1.3),
        ("a / b / x", 2.0 / 0.4 / 1.3),
        ("a·b × x ⊙ y − x ÷ y", 2.0 * 0.4 * 1.3 * 0.7 - 1.3 / 0.7),
        ("x² + x⁻¹", 1.3**2 + 1 / 1.3),
        ("√x + √(x+1) + ∛y", 1.3**0.5 + 2.3**0.5 + 0.7 ** (1 / 3)),
        ("σ(x) - sigmoid(x)", 0.0),
        ("π/pi", 1.0),
        ("e^x", np.e**1.3),
        ("ln(x) - log(x) + lg(x) - log10(x)", 0.0),
        ("tg(x) + ctg(x) - tan(x) - cot(x)", 0.0),
        ("arctg(x) + arcsin(y) - atan(x) - asin(y)", 0.0),
        ("sh(x) + ch(x) - th(x)", np.sinh(1.3) + np.cosh(1.3) - np.tanh(1.3)),
        ("max(x, y) + min(x, y)", 2.0),
        ("+x", 1.3),
        (".5x + 1.", 1.65),
        ("x # a comment (with a bracket\n", 1.3),
        ("(x +\n y)", 2.0),
        ("\ufeffx\u200b + y", 2.0),
        ("w₁ = 3x; w1 y", 3.9 * 0.7),
        ("α = x; β = 2α; α + β", 3.9),
        ("sum([1, 2, 3]*x)", 7.8),
        ("mean([1, 2, 3])", 2.0),
    ],
)
def test_expressions_mean_what_a_lecturer_means(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_what_was_typed_is_what_is_drawn() -> None:
    assert ops("a - b") == ["sub"]
    assert ops("b/c") == ["div"]
    assert ops("x*y + x*y") == ["mul", "mul", "add"]
    assert ops("x - 1") == ["sub"]
    assert ops("-2*x") == ["mul"]  # −2 is a number
    assert ops("-2^2") == ["pow", "neg"]
    assert ops("x*1 + 0") == ["mul", "add"]
    graph = parse("x*x + x*x")
    assert len([node for node in graph.nodes if node.kind == "input"]) == 1


def test_ids_are_counted_and_operators_come_first() -> None:
    graph = parse("exp(w1*x1 + w0)")
    assert [node.id for node in graph.nodes] == ["v4", "v5", "v6", "v1", "v2", "v3"]
    assert [node.label for node in graph.nodes] == ["w1", "x1", "w0", "v1", "v2", "y"]


def test_no_label_stands_twice_when_a_user_names_something_v1() -> None:
    labels = [node.label for node in parse("v2 = v1*x + x; sin(v2)*v2").nodes]
    assert len(set(labels)) == len(labels)
    assert labels == ["v1", "x", "v3", "v2", "v5", "y"]


def test_outputs_are_what_nothing_uses() -> None:
    assert list(parse("c = a + b; d = b + 1; y = c*d").outputs) == ["y"]
    assert list(parse("c = a + b; d = b + 1").outputs) == ["c", "d"]
    assert list(parse("c = a + b; c*2").outputs) == ["y"]
    assert list(parse("x*y").outputs) == ["f"]
    assert list(parse("y*f + g").outputs) == ["out"]


def test_constants_are_shadowed_by_assignments_and_inputs() -> None:
    assert list(parse("e*x").inputs) == ["x"]
    assert list(parse("e*x", {"e": 2}).inputs) == ["e", "x"]
    assert value("e = 3; e*x") == pytest.approx(3.9)
    assert value("pi = 3; pi*x") == pytest.approx(3.9)


def test_functions_see_earlier_names_and_their_own_parameters() -> None:
    assert value("k = 3; f(t) = k*t; f(x) + f(2)") == pytest.approx(9.9)
    assert value("f(x, y) = x - y; f(y, x)") == pytest.approx(-0.6)
    assert value("g(t) = t*t; f(t) = g(t) + 1; f(g(a))") == pytest.approx(17)


def test_positions_survive() -> None:
    text = "a = x + 1 # c\ny = 2sin(a)"
    graph = parse(text)
    spans = {
        node.op.name: text[slice(*node.span)] for node in graph.nodes if node.op is not None and node.span
    }
    assert spans == {"add": "x + 1", "sin": "sin(a)", "mul": "2sin(a)"}


def test_division_before_an_implicit_product_is_warned_about() -> None:
    graph = parse("1/2x", {"x": 4})
    assert evaluate(graph) == {"y": 2.0}
    assert "(1/2)·x" in str(graph.warnings[0])
    assert not parse("(1/2)x").warnings


@pytest.mark.parametrize(
    ("text", "kind", "marked", "words"),
    [
        ("sni(x)", NameProblem, "sni", "Did you mean sin?"),
        ("x + x(y+1)", NameProblem, "x", r"x\*\(y\+1\)"),
        ("foo(x)", NameProblem, "foo", "Define it first"),
        ("a = 1\na(t) = 2", NameProblem, "a", "twice"),
        ("y = a; a = 2", NameProblem, "a", "before it is assigned"),
        ("exp + 1", NameProblem, "exp", r"exp\(…\)"),
        ("x +", ProgramError, "+", "too early"),
        ("y = ; x", ProgramError, "=", "too early"),
        ("(x + 1", ProgramError, "(", "never closed"),
        ("x + 1)", ProgramError, ")", "never opened"),
        ("(x + 1]", ProgramError, "]", "never opened"),
        ("2,5*x", ProgramError, "2,5", "point"),
        ("x,y", ProgramError, ",", "point"),
        ("x = y = 2", ProgramError, "=", "one ="),
        ("x; y", ProgramError, "x", "last line"),
        ("2 = x", ProgramError, "2", "name"),
        ("f(2) = x", ProgramError, "2", "names"),
        ("f(t, t) = t; f(1, 2)", ProgramError, "f(t, t)", "same name"),
        ("f(t) = f(t); f(1)", ProgramError, "f(t)", "calls itself"),
        ("f(t) = t; f(1, 2)", ProgramError, "f(1, 2)", "1 argument"),
        ("f(t) = t", ProgramError, "f(t) = t", "nothing"),
        ("sin(x, y)", ProgramError, "sin(x, y)", "1 argument"),
        ("sum(x, axis=y)", ProgramError, "y", "whole number"),
        ("sum(x, 2=3)", ProgramError, "2", "option"),
        ("sum(x, axis=0, axis=0)", ProgramError, "axis", "twice"),
        ("sum(x, foo=3)", GraphError, "sum(x, foo=3)", "no option foo"),
        ("sum(x, axis=3)", ShapeError, "sum(x, axis=3)", "axis 3"),
        ("1 2", ProgramError, "2", "missing"),
        ("x 2", ProgramError, "2", "missing"),
        ("1e999", ProgramError, "1e999", "too large"),
        ("x < ", ProgramError, "<", "too early"),
        ('"abc"', ProgramError, '"abc"', "quotes"),
        ("sin('x')", ProgramError, "'x'", "quotes"),
        ("x + {y}", ProgramError, "{", "Braces"),
        ("|x + 1", ProgramError, "|", "never closed"),
        ("x.real", ProgramError, ".", "This is Python"),
        ("2 @ y", ShapeError, "2 @ y", "scalar"),
        ("reshape(x, (y, 2))", ProgramError, "y", "whole number"),
        ("(1, [2]) * x", ProgramError, "(1, [2])", "round brackets"),
        ("[1, 2] + [1, 2, 3]", ShapeError, "[1, 2] + [1, 2, 3]", r"\(2,\) and \(3,\)"),
        ("x^1001", LimitError, "1001", "exponent"),
    ],
)
def test_errors_say_what_where_and_how_to_mend_it(
    text: str, kind: type[GraphError], marked: str, words: str
) -> None:
    with pytest.raises(kind, match=words) as caught:
        parse(text)
    error = caught.value
    assert error.span is not None
    assert text[slice(*error.span)] == marked
    assert "^" * len(marked.split("\n")[0]) in str(error)


def test_of_a_long_line_the_surroundings_are_shown() -> None:
    with pytest.raises(NameProblem) as caught:
        parse("x+" * 300 + "sni(x)" + "+y" * 300)
    line, marks = str(caught.value).splitlines()[2:4]
    assert len(line) < 130
    assert line[marks.index("^") :].startswith("sni(x)")


def test_a_suggestion_is_a_program_that_works() -> None:
    for text in ("2 + sni(x)", "y*x(y + 1)"):
        with pytest.raises(NameProblem) as caught:
            parse(text)
        assert caught.value.suggestion is not None
        parse(caught.value.suggestion)


@pytest.mark.parametrize("text", ["", "  \n ;; ", "# nothing"])
def test_an_empty_program_says_so(text: str) -> None:
    with pytest.raises(ProgramError, match="empty"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        '__import__("os").system("touch /tmp/owned")',
        "__import__('os')",
        "eval(x)",
        "exec(x)",
        "open(x)",
        "print(x)",
        "x.__class__.__bases__",
        "().__class__",
        "lambda x: x",
        "[x for x in y]",
        "f'{x}'",
        "getattr(x, y)",
        "import os",
        "{{7*7}}",
        "x := 2",
        "`x`",
        "$x",
        "\\x",
        "x\x00y",
        "Integer(2)",
        "Function(x)",
        "__builtins__",
    ],
)
def test_user_text_is_refused_and_never_executed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("user text was executed")

    monkeypatch.setattr(os, "system", forbidden)
    monkeypatch.setattr(builtins, "eval", forbidden)
    monkeypatch.setattr(builtins, "exec", forbidden)
    if text in ("x if y else z", "import os", "[x for x in y]"):
        names = parse(text).inputs  # words side by side are a product of inputs, and nothing else
        assert set(names) == set(text.strip("[]").split())
        return
    with pytest.raises(GraphError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("x" + " + x" * 3000, "characters"),
        ("+".join(["x"] * (Limits().nodes + 2)), "nodes"),
        ("(" * 2000 + "x" + ")" * 2000, "depth"),
        ("-" * 2000 + "x", "depth"),
        ("2^" * 1000 + "x", "depth"),
        ("[" * 2000 + "1" + "]" * 2000, "depth"),
        ("f0(t)=t*t;" + "".join(f"f{i}(t)=f{i - 1}(f{i - 1}(t));" for i in range(1, 12)) + "f11(x)", "nodes"),
    ],
)
def test_work_is_bounded_before_it_is_done(text: str, limit: str) -> None:
    with pytest.raises(LimitError, match=f"`{limit}`"):
        parse(text)


def test_a_long_sum_within_the_limits_is_read_without_recursion() -> None:
    graph = parse("+".join(["x"] * 500), {"x": 1})
    assert evaluate(graph) == {"y": 500.0}
    assert graphengine.compile_gradient(graph)(graph.values) == (500.0, {"x": 500.0})


def test_values_are_read_in_the_same_notation() -> None:
    values = parse_values("x = 2; w = -pi/2\nv = [[1, 2], [3, 1/2]]; w₁ = 3")
    assert values["x"] == 2.0
    assert values["w"] == -np.pi / 2
    assert values["v"].tolist() == [[1, 2], [3, 0.5]]
    assert values["w1"] == 3.0
    assert parse_values(" ; ") == {}
    with pytest.raises(NameProblem, match="given twice"):
        parse_values("x = 1; x = 2")
    with pytest.raises(GraphError, match="rows"):
        parse_values("x = [1, [2]]")


def test_program_text_can_be_read_back() -> None:
    for text in (
        "c = a + b; d = b + 1; y = c*d",
        "exp(-(a - b)/(a + b)) - a^-2",
        "s = sin(x); s*s + max(s, 0.5)",
    ):
        graph = parse(text, HERE | {"x": 0.3})
        again = parse(program_text(graph), graph.values)
        assert evaluate(again) == pytest.approx(evaluate(graph), rel=1e-15)
