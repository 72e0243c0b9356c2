"""Exercises of real courses, pasted as their authors write them, give the right values and gradients.

The numbers of `tests/cases/courses.json` come from the courses' solutions and from PyTorch; `program` is the
exercise as one types it here, `python` as it stands in the course, loops and methods included.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphengine import compile_gradient, parse
from graphengine.formulas import understand, way

COURSES = json.loads((Path(__file__).parent.parent / "cases" / "courses.json").read_text("utf-8"))


def judged(program: str, given: dict[str, Any], case: dict[str, Any]) -> None:
    """The program's value and gradients are those of the course."""
    graph = parse(
        program, {name: value for name, value in given.items() if name in parse(program, given).inputs}
    )
    expected = case["expected"]
    output = case["output"] if case["output"] in graph.outputs else [*graph.outputs][-1]
    wrt = case["wrt"] or [name for name in graph.inputs if name in expected["gradients"]]
    assert set(wrt) <= set(graph.inputs), program
    value, gradients = compile_gradient(graph, output, wrt)(graph.values)
    np.testing.assert_allclose(value, expected["value"], rtol=1e-9)
    for name in wrt:
        np.testing.assert_allclose(
            gradients[name], expected["gradients"][name], rtol=1e-7, atol=1e-12, err_msg=name
        )


@pytest.mark.parametrize("case", COURSES, ids=[case["name"] for case in COURSES])
def test_an_exercise_typed_is_right(case: dict[str, Any]) -> None:
    judged(case["program"], case["inputs"], case)


@pytest.mark.parametrize("case", COURSES, ids=[case["name"] for case in COURSES])
def test_an_exercise_pasted_is_right(case: dict[str, Any]) -> None:
    given = {**case["inputs"], **case.get("python_inputs", {})}
    assert way(case["python"]) in ("python", "typed")  # a line of NumPy's may be one of the language too
    judged(understand(case["python"], given).program, given, case)


def test_all_exercises_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    pasted = [case["name"] for case in COURSES if case["python"]]
    with capsys.disabled():
        print(
            f"\n{len(pasted)} of {len(COURSES)} exercises of courses are pasted as their authors write them"
        )
    assert len(pasted) == len(COURSES) == 25
