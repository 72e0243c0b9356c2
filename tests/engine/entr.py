"""What an operator gets from its record alone: test_record.py runs this in a copy that has entr."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphengine import OPS, check_backward, closed_form, compile_gradient, explain, formulas, parse
from graphengine.document import reference
from graphengine.listings.files import KINDS, listing
from graphengine.ops import FAMILIES
from graphengine.program.writing import program_text

ROOT = Path(__file__).resolve().parents[2]
PROGRAM, INPUTS = "L = sum(entr(x)**2)", "x = [2, 0.5]"
SLOPE = [2 * x * math.log(x) * (1 + math.log(x)) for x in (2, 0.5)]
"""2 x ln x (1 + ln x) by hand."""


def test_entr_is_completed() -> None:
    op = OPS["entr"]
    assert (op.code, op.sympy, op.analytic) == ("-x * np.log(x)", "-x * log(x)", True)
    assert op.said.latex == r"\operatorname{entr} #1"


@pytest.mark.parametrize("name", ["entr", "entropy_of"])
def test_entr_is_parsed_and_written(name: str) -> None:
    graph = parse(f"y = {name}(x)", "x = 2")
    assert [node.op.name for node in graph.nodes if node.op] == ["entr"]
    assert program_text(graph) == "y = entr(x)"
    assert formulas.read(r"\operatorname{entr}(x)") == "entr(x)"


def test_entr_is_walked_both_ways_and_printed() -> None:
    for mode, found in (("forward", "tangent"), ("reverse", "gradient")):
        document = explain("y = entr(x)", "x = 2", mode=mode)
        results: Mapping[str, Any] = document["results"]
        assert results["value"]["y"] == pytest.approx(-2 * math.log(2))
        assert [*results[found].values()] == pytest.approx([-1 - math.log(2)])
    assert document["program"]["latex"] == r"y = \operatorname{entr} x"
    assert ">entr<" in document["graph"]["svg"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Apply entr to 2: y = "), ("ru", "entr")], ids=["en", "ru"]
)
def test_entr_is_put_into_words(language: str, words: str) -> None:
    said = [step["sentence"] for step in explain("y = entr(x)", "x = 2", language=language)["steps"]]
    assert any(words in sentence for sentence in said)
    assert any("Apply" in sentence for sentence in said) == (language == "en")


@pytest.mark.parametrize("kind", KINDS)
def test_entr_is_listed(kind: str) -> None:
    text = listing(parse(PROGRAM, INPUTS), kind).text
    module = {"numpy": "np", "jax": "jnp", "sympy": "sympy"}.get(kind, "torch")
    assert f"{module}.log(x)" in text
    library = {"numpy": "numpy", "jax": "jax", "sympy": "sympy"}.get(kind, "torch")
    if importlib.util.find_spec(library):
        exec(compile(text, kind, "exec"), {"__name__": "__main__"})  # noqa: S102 - it checks itself by differences


def test_entr_is_checked() -> None:
    graph = parse("y = entr(x)\nL = sum(y**2)", INPUTS)
    right, wrong = "dy = 2*y\ndx = -dy * (1 + np.log(x))", "dy = 2*y\ndx = -dy * np.log(x)"
    assert check_backward(graph, right).passed
    assert not check_backward(graph, wrong).passed


def test_entr_is_closed_and_compiled() -> None:
    graph = parse(PROGRAM, INPUTS)
    closed = closed_form(parse("entr(x)", "x = 2"))["x"]
    assert closed.points > 1 and closed.latex == r"-\left(1 + \ln x\right)"
    assert compile_gradient(graph)({"x": np.array([2.0, 0.5])})[1]["x"] == pytest.approx(SLOPE)


def test_entr_is_documented() -> None:
    loader = SourceFileLoader("document_operators", str(ROOT / "script" / "document-operators"))
    script: Any = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(script)
    entry = reference.entry(OPS["entr"])
    assert script.row(entry).startswith("| `entr` | `entropy_of` | $`\\operatorname{entr} x`$ |")
    assert OPS["entr"] in [op for _, family in FAMILIES for op in family], "the table and the page have it"
