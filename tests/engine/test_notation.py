"""Formulas as people write them, and graphs printed as programs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import compile_gradient, evaluate, explain, from_function, gradient_graph, parse
from graphengine.errors import ValueProblem
from graphengine.notation.latex import program_latex
from graphengine.notation.names import latex_name
from graphengine.program.writing import program_text

X = {"X": [[1.0, 2.0], [3.0, 4.0]], "k": 2.0}


@pytest.mark.parametrize(
    ("program", "latex"),
    [
        ("a*b + c", r"a \, b + c"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a - -c", r"a - \left(-c\right)"),
        ("(-a)^2 * 2^3 * 3", r"{\left(-a\right)}^{2} \cdot {2}^{3} \cdot 3"),
        ("2*3*a - 2*-a", r"2 \cdot 3 \, a - 2 \cdot \left(-a\right)"),
        ("sin(a)*b", r"\sin a \cdot b"),
        ("a*sin(b)*c", r"a \, \sin b \cdot c"),
        ("-sin(a)*c", r"\left(-\sin a\right) \, c"),
        ("a*b*sin(c)", r"a \, b \, \sin c"),
        ("sin(a)^2 + sin(cos(a))", r"{\left(\sin a\right)}^{2} + \sin \left(\cos a\right)"),
        ("σ(a)^2 + σ(a*b)", r"{\sigma(a)}^{2} + \sigma(a \, b)"),
        ("σ(a/b)", r"\sigma\mathopen{}\left(\frac{a}{b}\right)"),
        ("max(a/b, c)", r"\max\mathopen{}\left(\frac{a}{b}, c\right)"),
        ("a/b/c", r"\frac{\frac{a}{b}}{c}"),
        ("(a/b)^c", r"{\left(\frac{a}{b}\right)}^{c}"),
        ("abs(a/b) + sqrt(a + b)", r"\left|\frac{a}{b}\right| + \sqrt{a + b}"),
        ("e^(-a^2/2)", r"{e}^{\frac{-{a}^{2}}{2}}"),
        ("(1 - a)*(1 + a)", r"\left(1 - a\right) \, \left(1 + a\right)"),
        ("alpha*w_1 + loss", r"\alpha \, w_{1} + \mathrm{loss}"),
        ("1e-5*a", r"10^{-5} \, a"),
        ("-sum(X)", r"-\sum X"),
        ("sum(X)*k + k*sum(X)", r"\left(\sum X\right) \, k + k \, \left(\sum X\right)"),
        ("k - sum(X*k)/2", r"k - \frac{\sum \left(X \, k\right)}{2}"),
        ("sum(X*X)", r"\sum \left(X \odot X\right)"),
        ("sum([1e-5, 2]*X)", r"\sum \left(\begin{bmatrix} 10^{-5} \\ 2 \end{bmatrix} \odot X\right)"),
    ],
)
def test_programs_are_printed_as_formulas(program: str, latex: str) -> None:
    inputs: dict[str, Any] = X if "X" in program else {}
    assert program_latex(parse(program, inputs)).partition(" = ")[2] == latex


@pytest.mark.parametrize(
    ("program", "rules"),
    [
        ("x/3", [r"\bar{y} \cdot \frac{1}{3}"]),
        ("x/z", [r"\bar{y} \cdot \frac{1}{z}", r"\bar{y} \cdot \left(-\frac{y}{z}\right)"]),
        ("x^2", [r"\bar{y} \cdot 2 \, x"]),
        ("x^z", [r"\bar{y} \cdot z \, {x}^{z - 1}", r"\bar{y} \cdot y \ln x"]),
        ("relu(x)", [r"\bar{y} \cdot [x > 0]"]),
        ("σ(x)", [r"\bar{y} \cdot y \, \left(1 - y\right)"]),
        ("erf(x)", [r"\bar{y} \cdot \frac{2}{\sqrt{\pi}} \, e^{-{x}^{2}}"]),
        ("log2(x)", [r"\bar{y} \cdot \frac{1}{x \, \ln 2}"]),
        (
            "atan2(x, z)",
            [
                r"\bar{y} \cdot \frac{z}{{x}^{2} + {z}^{2}}",
                r"\bar{y} \cdot \left(-\frac{x}{{x}^{2} + {z}^{2}}\right)",
            ],
        ),
        ("asinh(x)", [r"\bar{y} \cdot \frac{1}{\operatorname{hypot}(x, 1)}"]),
        ("mean(X)", [r"\frac{\bar{y}}{4}"]),
        ("sum(X*k)", [r"\bar{y}", r"\bar{v}_{1} \cdot k", r"\sum \left(\bar{v}_{1} \odot X\right)"]),
    ],
)
def test_rules_are_printed_as_in_the_book(program: str, rules: list[str]) -> None:
    document = explain(program, {**X, "x": 0.5, "z": 2.0})
    steps = [step for step in document["steps"] if step["kind"] == "contribute"]
    assert [step["rule"].partition(r" \mathrel{+}= ")[2] for step in steps] == rules


def test_numbers_take_the_places_of_names() -> None:
    document = explain("x^3*max(x, z)", "x = -2; z = 1")
    told = {step["rule"]: step["substituted"] for step in document["steps"]}
    assert told[r"v_{1} = {x}^{3}"] == r"{\left(-2\right)}^{3}"
    assert told[r"v_{2} = \max(x, z)"] == r"\max(-2, 1)"
    contribution = r"\bar{x} \mathrel{+}= \bar{v}_{1} \cdot 3 \, {x}^{2}"
    assert told[contribution] == r"0 + 1 \cdot 3 \, {\left(-2\right)}^{2}"
    assert told[r"y = v_{1} \, v_{2}"] == r"\left(-8\right) \cdot 1"


def test_a_long_name_is_overlined_as_a_whole() -> None:
    assert latex_name("loss", "bar") == r"\overline{\mathrm{loss}}"
    assert latex_name("alpha_0", "bar") == r"\bar{\alpha}_{0}"
    assert latex_name("потеря", "bar") == r"\overline{\text{потеря}}"


# ---- programs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("a = 2; y = a*x", "a = 2\ndy_dx = a"),
        ("log2(x)", "dy_dx = 1 / (x * log(2))"),
        ("pi*x", "dy_dx = π"),
        ("relu(x)", "dy_dx = x > 0"),
        ("x^k", "y = x ** k\ndy_dx = k * x ** (k - 1)\ndy_dk = xlogy(y, x)"),
        ("[1, 2]*x", "dy_dx = 3"),
    ],
)
def test_a_gradient_is_a_program(program: str, text: str) -> None:
    graph = parse(program, {"x": 3, "k": 2} if "k" in program else {"x": 3})
    assert program_text(gradient_graph(graph)) == text


def test_options_stay_in_a_recorded_function() -> None:
    graph = from_function(lambda x: np.sum(x * 2, axis=0, keepdims=True) / np.mean(x), X["X"])
    assert program_text(graph) == "y = sum(x * 2, axis=0, keepdims=True) / mean(x)"
    again = parse(program_text(graph), graph.values)
    assert evaluate(again)["y"].tolist() == evaluate(graph)["y"].tolist()


# ---- compiled source --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "value"), [("x*(1/0)", np.inf), ("x*0^-1", np.inf), ("x*(-8)^0.5", np.nan), ("x/0*0", np.nan)]
)
def test_literals_are_arrays_in_compiled_code_too(program: str, value: float) -> None:
    found, gradient = compile_gradient(parse(program, {"x": 1}))({"x": 1})
    assert np.array_equal(found, value, equal_nan=True)
    assert np.isrealobj(found) and np.isrealobj(gradient["x"])


def test_constant_gradients_cannot_be_changed_by_a_caller() -> None:
    compiled = compile_gradient(parse("sum(x)", {"x": [1, 2, 3]}))
    (gradient,) = compiled({"x": [1, 2, 3]})[1].values()
    with pytest.raises(ValueError, match="read-only"):
        gradient[0] = 7
    assert compiled({"x": [1, 2, 3]})[1]["x"].tolist() == [1, 1, 1]


def test_numbers_that_are_too_large_for_a_float_are_refused() -> None:
    with pytest.raises(ValueProblem):
        compile_gradient(parse("x*x", {"x": 1}))({"x": 10**400})


# ---- sentences --------------------------------------------------------------------------------------


TWICE = "y sends its adjoint 1 times the local derivative 1 to x: 1, added to the 1 that had arrived: 2."


@pytest.mark.parametrize(
    ("program", "mode", "sentence"),
    [
        ("x^2", "forward", "y moves with x: the tangent 1 times the local derivative 1 gives 1."),
        ("x*z", "forward", "Every argument moves y by its tangent times its local derivative: 2 + 0 = 2."),
        ("mean(X)", "forward", "y moves with X: mean is linear, so it maps the tangent 2×2 to 1."),
        ("x - z", "reverse", "y sends its adjoint 1 times the local derivative −1 to z: −1."),
        ("sum(X)", "reverse", "y sends its adjoint back to X: 2×2."),
        ("x + x", "reverse", TWICE),
    ],
)
def test_sentences(program: str, mode: str, sentence: str) -> None:
    document = explain(program, {**X, "x": 0.5, "z": 2.0}, mode)
    assert document["steps"][-1]["sentence"] == sentence


def test_a_seed_of_zeros_says_that_nothing_moves() -> None:
    document = explain("sum(X*k)", X, "forward", seed={"k": 1})
    assert "X does not move: its tangent is 0." in [step["sentence"] for step in document["steps"]]


def test_helpers_have_words_of_their_own() -> None:
    gradient = gradient_graph(parse("relu(x) + x^k + max(x, k)", "x = 2; k = 3"))
    sentences = [step["sentence"] for step in explain(gradient)["steps"]]
    for words in ("Ask whether 2 is greater than 0: ", "Ask whether 2 equals 3: ", "by the logarithm of 2: "):
        assert any(words in sentence for sentence in sentences)
    names = ("scaled", "xlogy", "greater to", "equal to")
    assert not any(name in sentence for sentence in sentences for name in names)
