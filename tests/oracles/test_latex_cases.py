"""LaTeX of public threads and of lecture notes, read as it was meant: values and gradients of others' making.

A reading is right in value and gradient, or there is none: then a sentence says why, or asks.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphengine import GraphError, compile_gradient, evaluate, parse
from graphengine.errors import AmbiguousError
from graphengine.graph.roles import discrete
from graphengine.program.formulas import understand

CASES = Path(__file__).parent.parent / "cases"
PUBLIC = [
    case for case in json.loads((CASES / "public.json").read_text("utf-8")) if case["format"] == "latex"
]
LECTURES = json.loads((CASES / "lectures.json").read_text("utf-8"))
"""Formulas as lecture notes print them, with programs written by hand; none where a reading is a guess."""
RENAMED = {"w_1^{(2)}": "w_1_sup2", "w_{1,2}": "w_1_2", "h_{t-1}": "h_tm1", "h_{t,1}": "h_t_1"}
"""Names that are written in LaTeX in the public cases, as they are spelled apart."""


def summed(program: str) -> str:
    """The program, with the sum over the elements of its last line."""
    *lines, last = program.split("\n")
    found = re.match(r"(\w+) = ", last)
    name = found[1] if found else "the_value"
    return "\n".join([*lines, last if found else f"the_value = {last}", f"the_sum = sum({name})"])


def agree(program: str, inputs: Mapping[str, Any], value: Any, expected: Mapping[str, Any]) -> None:
    """The program has this value, and the sum of its elements these derivatives."""
    *_, found = evaluate(parse(program, inputs)).values()
    np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12, err_msg=program)
    graph = parse(summed(program), inputs)
    wanted = {RENAMED.get(name, name): np.asarray(derivative) for name, derivative in expected.items()}
    asked = [name for name in wanted if name in graph.inputs and name not in discrete(graph)]
    derivatives = compile_gradient(graph, "the_sum", asked)(graph.values)[1] if asked else {}
    for name, derivative in wanted.items():
        if name in discrete(graph):
            continue  # how many there are is no number to differentiate by
        found = derivatives.get(name, np.zeros_like(derivative))
        np.testing.assert_allclose(found, derivative, rtol=1e-7, atol=1e-9, err_msg=f"{name} of {program}")


def outcome(case: Mapping[str, Any]) -> str:
    """ "right", or how the reader says that it does not know; what is read wrongly fails."""
    try:
        reading = understand(case["program"], case["inputs"])
    except GraphError as error:
        return said(error)
    agree(reading.program, case["inputs"], case["expect_value"], case["expect_gradient"])
    return "right"


def said(error: GraphError) -> str:
    """Whether an error asks, with several meanings, or refuses with a sentence."""
    sentence = str(error.message)
    if not isinstance(error, AmbiguousError):
        assert len(sentence.split()) > 3, sentence
        return "refused"
    assert sentence.endswith("?")
    assert len(error.alternatives) > 1, sentence
    return "asked"


def with_names(case: Mapping[str, Any]) -> dict[str, Any]:
    """A case whose inputs were merged: the two names that were one have its one value each."""
    renamed = [RENAMED[name] for name in case["expect_gradient"] if name in RENAMED]
    values = {name: value for name, value in case["inputs"].items() if name not in ("w_1_2", "h_t_1")}
    one = case["inputs"].get("w_1_2", case["inputs"].get("h_t_1"))
    return {**case, "inputs": {**values, **dict.fromkeys(renamed, one)}} if renamed else dict(case)


@pytest.mark.parametrize("case", PUBLIC, ids=[case["id"] for case in PUBLIC])
def test_a_public_formula_is_read_rightly_or_not_at_all(case: dict[str, Any]) -> None:
    assert outcome(with_names(case)) in ("right", "asked", "refused")


def test_most_public_formulas_are_right() -> None:
    found = Counter(outcome(with_names(case)) for case in PUBLIC)
    print(dict(found))
    assert found["right"] >= 35


def lecture(case: Mapping[str, Any]) -> str:
    """The outcome of a formula of lecture notes, compared with the program that was written by hand."""
    try:
        reading = understand(case["formula"], case["inputs"])
    except GraphError as error:
        return said(error)
    assert case["program"] is not None, f"{reading.program} is a guess"
    graph = parse(summed(case["program"]), case["inputs"])
    *_, value = evaluate(parse(case["program"], case["inputs"])).values()
    known = [name for name in graph.inputs if name not in discrete(graph)]
    _, expected = compile_gradient(graph, "the_sum", known)(graph.values) if known else (None, {})
    agree(reading.program, case["inputs"], value, expected)
    return "right"


@pytest.mark.parametrize("case", LECTURES, ids=[case["id"] for case in LECTURES])
def test_a_formula_of_lecture_notes_is_read_rightly_or_not_at_all(case: dict[str, Any]) -> None:
    assert lecture(case) in ("right", "asked", "refused")


def test_most_formulas_of_lecture_notes_are_right() -> None:
    found = Counter(lecture(case) for case in LECTURES)
    print(dict(found), "of", len(LECTURES))
    assert len(LECTURES) >= 150
    assert found["right"] >= 150
