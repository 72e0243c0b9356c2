"""What an operator gets from its record alone: test_record.py runs this in a copy that has softsign."""

from __future__ import annotations

import importlib.util
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
PROGRAM, INPUTS = "L = sum(softsign(x)**2)", "x = [2, -1]"
SLOPE = [2 * (2 / 3) / 9, 2 * (-1 / 2) / 4]
"""2 y (1 + |x|)⁻² by hand."""


def test_softsign_is_completed() -> None:
    op = OPS["softsign"]
    assert (op.code, op.sympy, op.analytic) == ("x / (1 + np.abs(x))", "x / (1 + Abs(x))", False)
    assert op.said.latex == r"\operatorname{softsign} #1"


@pytest.mark.parametrize("name", ["softsign", "ssign"])
def test_softsign_is_parsed_and_written(name: str) -> None:
    graph = parse(f"y = {name}(x)", "x = 2")
    assert [node.op.name for node in graph.nodes if node.op] == ["softsign"]
    assert program_text(graph) == "y = softsign(x)"
    assert formulas.read(r"\operatorname{softsign}(x)") == "softsign(x)"


def test_softsign_is_walked_both_ways_and_printed() -> None:
    for mode, found in (("forward", "tangent"), ("reverse", "gradient")):
        document = explain("y = softsign(x)", "x = 2", mode=mode)
        results: Mapping[str, Any] = document["results"]
        assert results["value"]["y"] == pytest.approx(2 / 3)
        assert [*results[found].values()] == pytest.approx([1 / 9])
    assert document["program"]["latex"] == r"y = \operatorname{softsign} x"
    assert ">softsign<" in document["graph"]["svg"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Apply softsign to 2: y = "), ("ru", "softsign")], ids=["en", "ru"]
)
def test_softsign_is_put_into_words(language: str, words: str) -> None:
    said = [step["sentence"] for step in explain("y = softsign(x)", "x = 2", language=language)["steps"]]
    assert any(words in sentence for sentence in said)
    assert any("Apply" in sentence for sentence in said) == (language == "en")


@pytest.mark.parametrize("kind", KINDS)
def test_softsign_is_listed(kind: str) -> None:
    text = listing(parse(PROGRAM, INPUTS), kind).text
    absolute = {"numpy": "np.abs(x)", "jax": "jnp.abs(x)", "sympy": "sympy.Abs(x)"}.get(kind, "torch.abs(x)")
    assert absolute in text
    library = {"numpy": "numpy", "jax": "jax", "sympy": "sympy"}.get(kind, "torch")
    if importlib.util.find_spec(library):
        exec(compile(text, kind, "exec"), {"__name__": "__main__"})  # noqa: S102 - it checks itself by differences


def test_softsign_is_checked() -> None:
    graph = parse("y = softsign(x)\nL = sum(y**2)", INPUTS)
    right, wrong = "dy = 2*y\ndx = dy / (1 + np.abs(x))**2", "dy = 2*y\ndx = dy / (1 + np.abs(x))"
    assert check_backward(graph, right).passed
    assert not check_backward(graph, wrong).passed


def test_softsign_is_closed_and_compiled() -> None:
    graph = parse(PROGRAM, INPUTS)
    closed = closed_form(parse("softsign(x)", "x = 2"))["x"]
    assert closed.points > 1 and closed.latex == r"\frac{1}{{\left(1 + \left|x\right|\right)}^{2}}"
    assert compile_gradient(graph)({"x": np.array([2.0, -1.0])})[1]["x"] == pytest.approx(SLOPE)


def test_softsign_is_documented() -> None:
    loader = SourceFileLoader("document_operators", str(ROOT / "script" / "document-operators"))
    script: Any = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(script)
    entry = reference.entry(OPS["softsign"])
    assert script.row(entry).startswith("| `softsign` | `ssign` | $`\\operatorname{softsign} x`$ |")
    assert OPS["softsign"] in [op for _, family in FAMILIES for op in family], (
        "the table and the page have it"
    )
