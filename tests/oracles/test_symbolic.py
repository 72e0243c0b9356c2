"""Graph to SymPy: exact, unevaluated, on symbols of our own, and never by way of text."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import sympy

from graphengine import evaluate, gradient_graph, parse
from graphengine.errors import LimitError
from graphengine.notation import symbolic
from graphengine.notation.symbolic import expressions
from graphengine.ops import OPS
from tests.oracles import references as oracles
from tests.oracles.programs import Author


def one(program: str, **inputs: Any) -> tuple[Any, list[Any]]:
    """The expression of a program's only output, and the symbols of its inputs."""
    found = expressions(parse(program, inputs))
    (expression,) = found.outputs.values()
    return expression, list(found.inputs.values())


def test_what_was_typed_is_what_is_built() -> None:
    expression, (x, y) = one("x*y + x*y - (x - x)", x=1, y=2)
    assert expression.doit() == 2 * x * y
    assert expression.count_ops() > (2 * x * y).count_ops()  # nothing is collected and nothing cancels
    expression, (x,) = one("sqrt(x**2)", x=1)
    assert expression != expression.doit() == sympy.Abs(x)  # symbols are real


@pytest.mark.parametrize(
    ("program", "exact"),
    [
        ("0.1 + 0.2 + x", sympy.Rational(3, 10)),
        ("pi*e + x", sympy.pi * sympy.E),
        ("2/3 - 1e-7 + x", sympy.Rational(2, 3) - sympy.Rational(1, 10**7)),
        ("sin(pi/3) + x", sympy.sqrt(3) / 2),
        ("log2(8) + x", sympy.Integer(3)),
        ("cbrt(-8) + x", sympy.Integer(-2)),
        ("sigmoid(0) + gelu(0) + step(0) + max(2, 5) + x", sympy.Rational(11, 2)),
    ],
)
def test_numbers_are_exact(program: str, exact: Any) -> None:
    expression, (x,) = one(program, x=1)
    assert sympy.simplify(expression.doit() - x - exact) == 0


def test_constants_of_rules_are_exact_and_a_shadowed_name_is_a_number() -> None:
    gradient = gradient_graph(parse("log2(x) + erf(x)", {"x": 3}))
    (expression,), (x,) = expressions(gradient).outputs.values(), expressions(gradient).inputs.values()
    assert (
        sympy.simplify(expression - 1 / (x * sympy.log(2)) - 2 * sympy.exp(-(x**2)) / sympy.sqrt(sympy.pi))
        == 0
    )
    expression, (x,) = one("e = 3; pi = 2; e*pi*x", x=1)
    assert expression.doit() == 6 * x
    expression, (x,) = one("x * 0.1234567890123456", x=1)
    assert expression.has(sympy.Float)


def test_no_text_of_a_users_takes_part() -> None:
    graph = parse("lambda*S + E*I", {"lambda": 2, "S": 3, "E": 5, "I": 7})
    found = expressions(graph)
    assert {str(symbol) for symbol in found.inputs.values()} == {
        node.id for node in graph.nodes if not node.op
    }
    assert found.outputs["y"].free_symbols == set(found.inputs.values())


@pytest.mark.parametrize(
    "template", ["open(x)", "x.real", "[x]", "lambda: x", "sympify(x)", "x if x else x", "'x'"]
)
def test_a_template_holds_nothing_but_listed_names(template: str) -> None:
    op = dataclasses.replace(OPS["exp"], sympy=template)
    with pytest.raises(AssertionError, match="no place in a template"):
        symbolic.apply(op, [sympy.Symbol("v1")])


def test_arrays_are_arrays_of_expressions() -> None:
    graph = parse("mean(x*k) + sum(x, axis=0)", {"x": [[1, 2], [3, 4]], "k": 2})
    found = expressions(graph)
    assert found.inputs["x"].shape == (2, 2) and found.outputs["y"].shape == (2,)
    for name, value in evaluate(graph).items():
        assert oracles.numbers_of(graph, name, graph.values) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("seed", range(25))
def test_random_programs_have_the_same_values_and_gradients_in_sympy(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    size = 1.0 + len(graph.nodes)
    for name, value in evaluate(graph).items():
        found = oracles.numbers_of(graph, name, graph.values)
        oracles.close(found, value, 1e-11, 1e-13 * size, f"{name} of {program.text!r}")
    if len(graph.nodes) > 30:
        return
    gradient = gradient_graph(graph)
    for title, value in evaluate(gradient).items():
        found = oracles.numbers_of(gradient, title, graph.values)
        oracles.close(found, value, 1e-10, 1e-12 * size, f"{title} of {program.text!r}")


@pytest.mark.parametrize("seed", range(40))
def test_the_gradient_of_a_small_random_program_is_sympys_own(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    if len(graph.nodes) > 16 or any(node.shape for node in graph.nodes):
        return
    found = expressions(graph)
    numbers = {found.inputs[name]: oracles.many_digits(value) for name, value in program.inputs.items()}
    for output, expression in found.outputs.items():
        gradient = evaluate(gradient_graph(graph, output)).values()
        for symbol, value in zip(found.inputs.values(), gradient, strict=True):
            slope = sympy.sympify(expression).diff(symbol).subs(numbers).doit().evalf(30)
            oracles.close(float(slope), value, 1e-10, 1e-12, f"∂{output} of {program.text!r}")


def test_what_is_nested_too_deeply_is_a_limit_error() -> None:
    functions = ["f0(t) = sin(sin(t))", *(f"f{i}(t) = f{i - 1}(f{i - 1}(t))" for i in range(1, 9))]
    graph = parse("; ".join([*functions, "f8(f7(f6(x)))"]))  # 896 sines
    with pytest.raises(LimitError, match="too deeply"):
        expressions(gradient_graph(graph))


def test_sympy_is_imported_only_when_it_is_asked_for() -> None:
    code = "import sys, graphengine; graphengine.explain('x*x', {'x': 2}); print('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_infinite_literal_stays_infinite() -> None:
    graph = gradient_graph(parse("x / 0", {"x": 1}))
    assert list(expressions(graph).outputs.values()) == [sympy.oo]
    assert np.isinf(next(iter(evaluate(graph).values())))
