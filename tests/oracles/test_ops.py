"""The records of the operators: complete, told apart, their code and their formulas."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.errors import ShapeError
from graphengine.graph.recording import Tape
from graphengine.notation import latex, rules
from graphengine.notation.sentences import sentence
from graphengine.ops import BY_NUMPY, NAMES, OPS, Op
from graphengine.program import parse
from graphengine.program.writing import program_text
from graphengine.sweeps import forward, reverse
from tests.oracles import references as oracles
from tests.oracles.points import (
    Point,
    cases,
    every,
    graph_of,
    ranges,
    sample,
    seeded,
    static,
)
from tests.oracles.references import close


def test_names_and_aliases_are_told_apart() -> None:
    assert [op.name for op in OPS.values()] == list(OPS)
    for name, forms in NAMES.items():
        counts = [len(op.arguments) for op in forms]
        assert len(set(counts)) == len(counts), f"{name} means two operators with as many arguments"
        assert all(name in (op.name, *op.aliases) for op in forms)
    assert {op.name for forms in NAMES.values() for op in forms} == {
        op.name for op in OPS.values() if not op.helper
    }


def test_the_issues_operators_are_there() -> None:
    wanted = (
        "exp log ln log2 log10 sqrt cbrt square reciprocal abs sign sin cos tan cot asin acos atan atan2 sinh"
        " cosh tanh asinh acosh atanh sigmoid σ logsigmoid relu leaky_relu softplus silu gelu erf step max"
        " min hypot sum mean tg ctg arctg arcsin arccos sh ch th lg"
    ).split()
    assert set(wanted) <= set(NAMES)
    assert {"add", "sub", "mul", "div", "pow", "neg"} <= set(OPS)


@every
def test_a_record_is_complete(op: Op) -> None:
    assert (
        op.name.isidentifier()
        and op.said.symbol
        and op.said.latex
        and op.code
        and op.sympy
        and (callable(op.cost) or op.cost >= 0)
    )
    assert op.specimens and all(len(specimen) == len(op.arguments) for specimen in op.specimens)
    assert len(op.rules) == len(op.arguments) == len(op.said.operands)
    assert all(f"#{i}" in op.said.latex for i in range(1, len(op.arguments) + 1))
    assert ranges(op)
    assert op.kind == "elementwise" or op.shape is not None
    if op.kind == "elementwise":
        assert op.shape is None and not op.parameters


@every
def test_a_rule_reads_only_what_its_signature_names(op: Op) -> None:
    allowed = {*op.arguments, "y", *op.parameters} | ({"g"} if op.kind == "linear" else set())
    for rule in op.rules:
        assert rule is not None
        signature = inspect.signature(rule).parameters.values()
        assert {parameter.name for parameter in signature} <= allowed
        assert all(p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty for p in signature)
        assert not getattr(rule, "__closure__", None)


@every
def test_the_code_computes_what_evaluate_does(op: Op) -> None:
    rng = seeded(op)
    for shapes, params in cases(op):
        point = sample(op, shapes, rng)
        bound = op.bind(params)
        code = oracles.called(op.arguments, op.code, {**oracles.NUMPY, **bound})
        found, expected = np.asarray(code(*point)), np.asarray(op.evaluate(*point, **bound))
        assert found.tobytes() == expected.tobytes() and found.shape == expected.shape
        assert op.infer(tuple(shapes), bound) == expected.shape


@pytest.mark.parametrize(("shape", "axis"), [((0,), None), ((2, 0), None), ((2, 0), 1)])
def test_nothing_has_a_sum_but_no_mean(shape: tuple[int, ...], axis: int | None) -> None:
    tape = Tape()
    nothing = tape.input("x", shape)
    assert OPS["sum"](nothing, axis=axis).shape == (() if axis is None else (2,))
    with pytest.raises(ShapeError, match="no mean of nothing"):
        OPS["mean"](nothing, axis=axis)
    assert OPS["mean"](tape.input("y", (2, 0)), axis=0).shape == (0,)


def test_arrays_of_special_numbers_are_compiled() -> None:
    graph = parse("sum(x / [0, 1, 2])", {"x": [1, 2, 3]})
    value, gradient = compile_gradient(graph)(graph.values)
    assert value == np.inf and gradient["x"].tolist() == [np.inf, 1.0, 0.5]


@pytest.mark.parametrize(
    "function", [f for f, op in BY_NUMPY.items() if op.specimens], ids=lambda f: f"{f.__name__}"
)
def test_a_claimed_numpy_function_is_the_operator(function: Callable[..., Any]) -> None:
    op = BY_NUMPY[function]
    rng = seeded(op)
    for shapes, params in cases(op):
        point = sample(op, shapes, rng)
        found, expected = function(*point, **params), op(*point, **params)
        close(found, expected, 2e-16, 0, op.name)


@every
def test_formulas_and_sentences_are_printed(op: Op) -> None:
    rng = seeded(op)
    tried: list[tuple[Point, Mapping[str, Any]]] = [(point, static(op)) for point in op.specimens]
    tried += [(sample(op, shapes, rng), params) for shapes, params in cases(op)]
    for point, params in tried:
        graph = graph_of(op, point, params)
        texts = [latex.program_latex(graph), program_text(graph)]
        texts += [latex.program_latex(gradient_graph(graph))]
        for trace in (forward(graph), reverse(graph)):
            for step in trace.steps:
                texts += [*rules.rule(graph, step)[:1], rules.substituted(graph, trace, step)]
                texts += [rules.rule(graph, step)[1], sentence(graph, trace, step).text()]
                texts += [part["latex"] for part in rules.parts(graph, trace, step)]
        for text in texts:
            assert "#" not in text and "None" not in text and "nan" not in text, text
            assert text.count("{") == text.count("}") and text.count("(") == text.count(")"), text
            assert text.count(r"\left") == text.count(r"\right"), text
