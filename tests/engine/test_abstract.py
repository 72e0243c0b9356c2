"""Functions known by their names alone: a graph and a walk in symbols, and no number that is not known."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy

from graphengine import (
    GraphError,
    NameProblem,
    check_backward,
    closed_form,
    compile_gradient,
    evaluate,
    explain,
    from_sympy,
    gradient_graph,
    parse,
    to_sympy,
)
from graphengine.listings.files import KINDS, listing
from graphengine.program.writing import program_text
from graphengine.studies import jacobian_study, paths_study

CHAIN = "f, g, h: functions\ny = f(g(h(x)))"


@pytest.mark.parametrize(
    "line", ["f, g, h: functions\n", "f: function; g,h : functions; ", "f, g, h: функции  # слова\n"]
)
def test_a_line_declares_functions(line: str) -> None:
    graph = parse(line + "y = f(g(h(x)))")
    assert [node.op.name for node in graph.nodes if node.op] == ["h", "g", "f"]
    assert [*graph.inputs] == ["x"] and graph.text == line + "y = f(g(h(x)))"
    assert program_text(graph) == CHAIN


def test_the_gradient_is_the_chain_rule() -> None:
    assert program_text(gradient_graph(parse(CHAIN))) == (
        "f, g, h: functions\nv1 = h(x)\ndy_dx = f'(g(v1)) * g'(v1) * h'(x)"
    )
    again = parse(program_text(gradient_graph(parse(CHAIN))))  # a derivative can be typed
    assert {node.op.said.symbol for node in again.nodes if node.op} == {"h", "g", "f′", "g′", "h′", "×"}
    two = program_text(gradient_graph(parse("f: functions; y = f(x, x*t)")))
    assert "∂₁f(x, v1) + " in two and "∂₂f(x, v1)" in two
    twice = gradient_graph(gradient_graph(parse("f: functions; y = f(x)")))
    assert program_text(twice).endswith("= f''(x)")


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("grain", ["operator", "statement"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_walk_is_in_symbols(mode: str, grain: str, language: str) -> None:
    document: Any = explain(
        "f, g: functions\nu = g(x)\ny = f(u, x) * sin(u)", mode=mode, grain=grain, language=language
    )
    assert "error" not in document
    names = "f, g: known by name alone" if language == "en" else "f, g: известно только имя"
    assert document["warnings"][-1]["message"].startswith(names)
    assert "NaN" not in json.dumps(document) and "nan" not in json.dumps(document["steps"]).lower()
    assert document["results"]["value"] == {"y": "f(g(x), x) * sin(g(x))"}
    assert all(step["result_latex"] == "" and step["substituted"] == "" for step in document["steps"])
    assert all(step["sentence"] and step["rule"] for step in document["steps"])


def test_both_bracketings_of_the_lecture() -> None:
    reverse: Any = explain(CHAIN)
    assert [step["rule"] for step in reverse["steps"][-3:]] == [
        r"\bar{v}_{2} \mathrel{+}= \bar{y} \cdot f'(v_{2})",
        r"\bar{v}_{1} \mathrel{+}= \bar{v}_{2} \cdot g'(v_{1})",
        r"\bar{x} \mathrel{+}= \bar{v}_{1} \cdot h'(x)",
    ]
    assert reverse["results"]["gradient"] == {"x": "f'(g(h(x))) * g'(h(x)) * h'(x)"}
    forward: Any = explain(CHAIN, mode="forward")
    assert [step["rule"] for step in forward["steps"] if step["kind"] == "tangent"] == [
        r"\dot{v}_{1} = h'(x) \cdot \dot{x}",
        r"\dot{v}_{2} = g'(v_{1}) \cdot \dot{v}_{1}",
        r"\dot{y} = f'(v_{2}) \cdot \dot{v}_{2}",
    ]
    (path,) = paths_study(parse(CHAIN))["listed"]
    assert path["chain"] == r"f'(v_{2}) \cdot g'(v_{1}) \cdot h'(x)"
    assert path["product"] == "" and r"\bar{y}" in path["reverse"] and r"\dot{x}" in path["forward"]


def test_what_needs_numbers_says_so() -> None:
    graph = parse(CHAIN)
    asked: list[Any] = [
        lambda: evaluate(graph),
        lambda: compile_gradient(graph),
        lambda: closed_form(graph),
        lambda: check_backward(graph, "dx = 1"),
        lambda: jacobian_study(graph),
        *(lambda kind=kind: listing(graph, kind) for kind in KINDS),
    ]
    for ask in asked:
        with pytest.raises(GraphError, match="no more than the name is known"):
            ask()


def test_an_unknown_function_is_offered_as_one() -> None:
    with pytest.raises(NameProblem, match="f is not a function") as caught:
        parse("y = f(g(h(x)))")
    assert caught.value.suggestion == "y = f*(g(h(x)))"  # as before
    (offered,) = caught.value.alternatives
    assert offered.program == CHAIN and str(offered.said) == "Functions known by their names: f, g, h"
    assert parse(offered.program).unknown
    with pytest.raises(NameProblem) as caught:
        parse("y = x(t + 1) + x")  # x is a number here
    assert not caught.value.alternatives
    with pytest.raises(NameProblem, match="sin is an operator"):
        parse("sin: functions\ny = sin(x)")
    with pytest.raises(NameProblem, match="f is a function"):
        parse("f: functions\ny = f + f(x)")
    with pytest.raises(NameProblem, match="assigned twice"):
        parse("f: functions\nf(t) = t\ny = f(x)")


def test_known_parts_keep_their_numbers() -> None:
    document: Any = explain("f: functions\nu = x**2\ny = u*f(t)", "x = 3; t = 1")
    by_name = {step["node"] + step["slot"]: step["result"] for step in document["steps"]}
    assert 9.0 in by_name.values() and "9 * f(t)" not in by_name.values()
    with_log: Any = explain("f: functions\ny = f(x) + log(t)", "x = 1; t = -1")
    assert with_log["error"]["message"].startswith("log is not defined at")


def test_sympy_knows_them_too() -> None:
    x = sympy.Symbol("x", real=True)
    f, g = sympy.Function("f"), sympy.Function("g")
    assert from_sympy(f(g(x)) * x).text == "f, g: functions\ny = x * f(g(x))"
    assert to_sympy("f, g: functions\ny = f(g(x)) * x") == {"y": sympy.Mul(f(g(x)), x, evaluate=False)}
