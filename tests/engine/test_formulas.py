r"""LaTeX becomes programs: a table of formulas against numbers, our own formulas read back, hostile text."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from math import log
from typing import Any

import numpy as np
import pytest

from graphengine import GraphError, evaluate, parse
from graphengine.notation.latex import program_latex
from graphengine.notation.names import latex_name
from graphengine.program.formulas import read, understand
from tests.engine.test_examples import EXAMPLES
from tests.oracles.formulas import AT, FORMULAS
from tests.oracles.programs import Author


@pytest.mark.parametrize(("latex", "expected"), FORMULAS, ids=[latex for latex, _ in FORMULAS])
def test_formulas_mean_what_they_say(latex: str, expected: float) -> None:
    program = read(latex)
    graph = parse(program, {name: AT[name] for name in parse(program).inputs})
    (found,) = evaluate(graph).values()
    assert found == pytest.approx(expected, rel=1e-12), program


def test_sums_over_an_index_are_sums_of_arrays() -> None:
    arrays = {"y": [1.0, 0.0, 1.0], "z": [0.9, 0.2, 0.6]}
    expected = -(log(0.9) + log(0.8) + log(0.6))
    latex = r"Q = -\sum_{i=1}^{n} \left( y_i \ln z_i + (1 - y_i) \ln (1 - z_i) \right)"
    assert evaluate(parse(read(latex), arrays))["Q"] == pytest.approx(expected)
    assert read(r"2\sum_k y_k z_k + 1") == "2*(y @ z) + 1"


@pytest.mark.parametrize(
    ("latex", "program"),
    [
        (r"\frac{1}{2}(x - y)^2", "1/2*(x - y)**2"),
        (r"z_1 = w_1 x + b \\ y = \sigma(z_1)", "z1 = w1*x + b\ny = sigmoid(z1)"),
        (r"a - (b + c)", "a - (b + c)"),
        (r"((x))", "x"),
        (r"\tg 2x", "tg(2*x)"),
        (r"2 \times 10^{-3} x", "2*10**-3*x"),
        (r"-x^2/2\sigma^2", "-x**2/(2*sigma**2)"),
        (r"\frac{d}{c} + σ(x)", "d/c + sigmoid(x)"),
        (r"(x^2)^3", "(x**2)**3"),
        (r"x^{-2}", "x**-2"),
        (r"x^{y^2}", "x**(y**2)"),
    ],
)
def test_programs_are_short(latex: str, program: str) -> None:
    assert read(latex) == program


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\sin^{-1} x", "inverse function"),
        (r"\log x", "natural logarithm"),
        (r"\sin x y", "all the factors"),
        (r"loss", r"\text{loss}"),
        (r"y = x^2, \; x > 0", "condition"),
        (r"x^2/2\sigma^2", "denominator"),
    ],
)
def test_what_could_be_meant_otherwise_is_noted(latex: str, words: str) -> None:
    assert words in " ".join(map(str, understand(latex).notes))


def looks(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by how their names look: w_1 is printed, and read, as w1."""
    return {latex_name(name): value for name, value in values.items()}


def again(text: str, inputs: dict[str, Any]) -> None:
    """The printed formula of a program, read back, has the same values."""
    graph = parse(text, inputs)
    program = read(program_latex(graph))
    given = looks(graph.values)
    shown = parse(program, {name: given[latex_name(name)] for name in parse(program).inputs})
    expected, found = looks(evaluate(graph)), looks(evaluate(shown))
    for name, value in found.items():
        np.testing.assert_allclose(value, expected[name], rtol=1e-3, atol=1e-6, err_msg=program)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source)
def test_the_formulas_of_the_literature_are_read_back(example: Any) -> None:
    graph = parse(example.program, example.at)
    again(example.program, dict(graph.values))


@pytest.mark.parametrize("seed", range(150))
def test_our_own_formulas_are_read_back(seed: int) -> None:
    author = Author(seed)
    author.scalar = True
    program = author.write()
    if any(np.ndim(value) for value in program.inputs.values()):
        return
    again(program.text, program.inputs)


@pytest.mark.parametrize(
    ("latex", "words", "marked"),
    [
        (r"\sni x", r"\sni", r"\sni"),
        (r"\frac{1}{2", "never closed", "{"),
        (r"x)", "never opened", ")"),
        (r"\left( x \right]", "never opened", "]"),
        (r"x^23", "not expected", "3"),
        (r"x^2^3", "not expected", "^"),
        (r"x^{}", "empty", "{}"),
        (r"\mathbb{E}[x]", "expectation", r"\mathbb{E}"),
        (r"\mathrm{Var}(x)", "variance", r"\mathrm{Var}"),
        (r"\arg\max_w f", "best argument", r"\arg"),
        (r"\nabla f", "Derivatives", r"\nabla"),
        (r"f(x + 1)", "what the function f is", "f"),
        (r"\begin{tikzpicture}\end{tikzpicture}", "tikzpicture", r"\begin{tikzpicture}"),
        (r"x_1 + \ldots + x_n", "Dots", r"\ldots"),
        (r"x \le y", "comparison", r"\le"),
        (r"\frac{\partial y}{\partial x}", "Derivatives", r"\partial"),
        (r"\int x", "integral", r"\int"),
        (r"x \pm y", "±", r"\pm"),
        (r"x_{i+2y}", "letters and digits", "{i+2y}"),
        (r"\sin", "too early", "n"),
        (r"x +", "too early", "+"),
        (r"2x = 3", "name", "2x"),
        (r"\sin(a, b)", "1 argument", r"\sin"),
        (r"\sum_i i y_i", "index", "i"),
        (r"f'(x)", "Derivatives", "f'"),
        (r"\frac{dy}{dx}", "Derivatives", r"\frac"),
        (r"\frac{\mathrm{d}}{\mathrm{d}x} x^2", "Derivatives", r"\frac"),
        (r"\operatorname{softmx}(x)", "no function softmx", r"\operatorname{softmx}"),
        ("x ? 2", "not part", "?"),
    ],
)
def test_what_is_no_formula_is_said_with_its_place(latex: str, words: str, marked: str) -> None:
    with pytest.raises(GraphError) as caught:
        read(latex)
    assert words in str(caught.value)
    assert caught.value.span is not None
    assert latex[slice(*caught.value.span)] == marked


def test_a_slip_of_the_pen_is_mended() -> None:
    with pytest.raises(GraphError) as caught:
        read(r"x + \fraq{1}{2}")
    assert caught.value.suggestion == r"x + \frac{1}{2}"


HOSTILE: list[Callable[[], str]] = [
    lambda: "{" * 9_000,
    lambda: "(" * 90 + "x" + ")" * 90,
    lambda: "(" * 4_000 + "x" + ")" * 4_000,
    lambda: r"\sin " * 1_900 + "x",
    lambda: "-" * 9_000 + "x",
    lambda: r"x^" * 4_000 + "x",
    lambda: r"\frac" * 1_900 + "xx",
    lambda: "x" * 9_900,
    lambda: "x+" * 4_900 + "x",
    lambda: "|" * 9_999,
    lambda: "x" + " " * 9_900 + "=",
    lambda: "x\n" * 4_900,
    lambda: "x_" + "{" * 60 + "1" + "}" * 60,
    lambda: "x_{" + r"\mathrm" * 1_600 + "x}",
    lambda: "9" * 9_999,
    lambda: r"\def\x{\x\x}\x",
    lambda: r"\input{/etc/passwd}",
    lambda: r"\href{javascript:alert(1)}{x}",
    lambda: "__import__('os').system('true')",
    lambda: "\\",
    lambda: "x\\",
    lambda: "\0",
    lambda: "\ud800",
    lambda: "x_",
    lambda: r"\mathrm",
    lambda: r"\text{",
    lambda: "",
    lambda: " $$ ",
    lambda: "x" * 20_000,
    lambda: r"\sum" + "_{i}" * 2_000,
    lambda: "f(" + "x," * 2_000 + "x) = 1",
]


@pytest.mark.parametrize("make", HOSTILE)
def test_hostile_text_ends_soon_in_a_program_or_an_error(make: Callable[[], str]) -> None:
    start = time.monotonic()
    try:
        parse(read(make()))
    except GraphError as error:
        error.explain("ru")
    assert time.monotonic() - start < 4


@pytest.mark.parametrize("seed", range(40))
def test_random_pieces_of_latex_end_in_a_program_or_an_error(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pieces = (
        r"x _ ^ { } ( ) | \frac \sin \sqrt [ ] 2 . , ' - + = \left \right \sum _i \\ & \sigma \text{a}"
        r" \mathbf \hat ² x₁ \log_2 e^ \max \operatorname{f} f(x)= $ % ; \prime ^{(1)} Ω \begin{align}"
    ).split()
    for _ in range(60):
        text = "".join(rng.choice([*pieces, " ", "\n"], rng.integers(1, 14)))
        with contextlib.suppress(GraphError):
            parse(read(text))


def test_the_language_itself_knows_latex_when_it_sees_it() -> None:
    with pytest.raises(GraphError, match="LaTeX") as caught:
        parse(r"\frac{1}{x} + 1")
    assert caught.value.suggestion == "1/x + 1"
    with pytest.raises(GraphError, match="LaTeX") as caught:
        parse(r"\mathbf{X}^\top w")
    assert caught.value.suggestion == "X.T @ w"
