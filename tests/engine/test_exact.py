"""Exact numbers: what is shown is what the decimals were rounded from, and no work is without end."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import sympy

from graphengine import explain, parse
from graphengine.notation.exact import exact_inputs, exact_numbers
from graphengine.sweeps import forward, reverse
from tests.oracles.programs import Author


def results(program: str, given: str, **options: Any) -> dict[str, str]:
    """What is shown of each adjoint when it is complete, in LaTeX, by the name of its node."""
    document = explain(program, given, exact=True, **options)
    names = {node["id"]: node["name"] for node in document["graph"]["nodes"]}
    return {
        names[step["node"]]: step["result_latex"] for step in document["steps"] if step["slot"] == "adjoint"
    }


def test_the_lecture_in_units_of_e() -> None:
    """The gradient of exp(w1 x1 + w2 x2 + w0) at the lecture's numbers: −e, 2e, −2e, −3e, e."""
    found = results("exp(w1*x1 + w2*x2 + w0)", "w1=2;x1=-1;w2=-3;x2=-2;w0=-3")
    assert {name: found[name] for name in ("w1", "x1", "w2", "x2", "w0")} == {
        "w1": "- e",
        "x1": "2 e",
        "w2": "- 2 e",
        "x2": "- 3 e",
        "w0": "e",
    }


def test_inputs_are_exact_as_they_were_written() -> None:
    found = exact_inputs("x = 1/3; y = sqrt(2); z = 0.1; w = -pi/6; v = [1, 1/2]")
    assert found["x"] == sympy.Rational(1, 3)
    assert found["y"] == sympy.sqrt(2)
    assert found["z"] == sympy.Rational(1, 10)
    assert found["w"] == -sympy.pi / 6
    assert results("x/3 + log(x)", "x = 1/3")["x"] == r"\frac{10}{3}"
    assert results("sqrt(x*x + y*y)", "x = 1; y = 1")["x"] == r"\frac{\sqrt{2}}{2}"


def test_the_picture_shows_what_fits_and_decimals_for_the_rest() -> None:
    document = explain("sin(x)/sqrt(y) + x^2", "x = pi/6; y = 2", exact=True)
    written = [change for step in document["steps"] for change in step["patch"].values()]
    texts = [change["text"] for change in written if "text" in change]
    assert {"π/6", "1/2", "√2", "√2/4", "0.2742", "×√3/2"} <= set(texts)
    assert document["results"] == explain("sin(x)/sqrt(y) + x^2", "x = pi/6; y = 2")["results"]


def test_without_the_wish_nothing_changes() -> None:
    step = explain("x/3", "x = 1/3")["steps"][1]
    assert step["result_latex"] == "0.1111"


@pytest.mark.parametrize("seed", range(60))
def test_exact_numbers_are_those_that_the_decimals_were_rounded_from(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    start = time.monotonic()
    for trace in (forward(graph), reverse(graph)):
        shown = exact_numbers(graph, trace, {})
        arrays = {id(step.result): step.result for step in trace.steps}
        for key, exact in shown.items():
            if key in arrays and re.fullmatch(r"−?\d+(/\d+)?", exact.text):
                fraction = sympy.Rational(exact.text.replace("−", "-"))
                assert float(fraction) == pytest.approx(float(arrays[key]), rel=1e-9)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "call", ["pad(a)", "pad(a[0])", "tril(outer(a, a))", "one_hot(a, 5)", "selu(pad(a))"]
)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_zeros_that_an_operator_puts_in_by_itself_are_exact_numbers_too(call: str, mode: str) -> None:
    program, given = f"y = sum({call}) + a[0]/3", "a = [1, 2, 3]"
    document = explain(program, given, mode=mode, exact=True)
    assert document["results"] == explain(program, given, mode=mode)["results"]


@pytest.mark.parametrize(
    ("program", "given"),
    [
        ("x^y", "x = 2; y = 1e6"),
        ("x^y", "x = 1.0000001; y = 1000000"),
        ("; ".join(f"a{i} = {'x' if i == 1 else f'a{i - 1}'}^16" for i in range(1, 8)), "x = 1.000001"),
        (
            "; ".join(f"a{i} = exp(sin({'x' if i == 1 else f'a{i - 1}'})) + 1/3" for i in range(1, 30)),
            "x = 1/7",
        ),
        ("acot(x)", "x = [0, 1]"),
        ("tanh(x)*asinh(x)*acosh(1 + x^2)*erf(x)*gelu(x)", "x = 22/7"),
    ],
)
def test_heavy_numbers_are_left_alone(program: str, given: str) -> None:
    start = time.monotonic()
    document = explain(program, given, exact=True)
    assert document["results"]["value"] == explain(program, given)["results"]["value"]
    assert time.monotonic() - start < 5
