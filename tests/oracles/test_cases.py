"""Cases from public threads and lecture notes: read as they were meant, or asked about, or refused.

`tests/cases/public.json` has value and gradient of each, by HIPS autograd, PyTorch or by hand; where it has
none, no number is right but those of `BY_HAND`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from graphengine import explain
from graphengine.errors import GraphError
from graphengine.formulas import understand

Outcome = Literal["right", "stopped", "wrong"]

CASES = [
    case
    for case in json.loads((Path(__file__).parent.parent / "cases" / "public.json").read_text("utf-8"))
    if case["format"] == "program"
]
BY_HAND: dict[str, tuple[Any, dict[str, Any]]] = {
    "a74": (5.0, {"x": [2.0, 4.0]}),
    "e27": (1.0, {"x": "-Infinity"}),  # 0^x jumps from 1 to 0
    "e29": (1.0, {"x": "-Infinity"}),  # x^x (ln x + 1)
    "n19": (6.0, {"x": 2.0}),
    "n36": (2.0, {"x": 1.0}),
    "n40": (2.0, {"x": 2 * (1.5 - 0.5772156649015329)}),  # Γ(3) ψ(3)
    "n41": (9.0, {"x": 6.0}),
    "n62": (25.0, {"z": {"re": 6.0, "im": 8.0}}),
    "n64": ({"re": -3.0, "im": 4.0}, {"z": {"re": 2.0, "im": -4.0}}),
    "n65": (0.0, {"z": {"re": 0.0, "im": 0.0}}),
    "n69": (1.9061244801264121, {"w": {"re": -1.1312043837568135, "im": -2.4717266720048188}}),
}
OVERFLOW = {"n56": "x*x/x of 10^200 leaves the range of numbers on its way, and the page says ∞"}


def number(value: Any) -> Any:
    """What JSON says as numbers."""
    if isinstance(value, dict):
        return complex(float(value["re"]), float(value["im"]))
    return [number(each) for each in value] if isinstance(value, list) else float(value)


def given(case: dict[str, Any]) -> Any:
    """The inputs as one gives them: those with complex numbers are text."""
    inputs = case["inputs"]
    if isinstance(inputs, dict) and any(isinstance(value, str) for value in inputs.values()):
        return "; ".join(f"{name} = {value}" for name, value in inputs.items())
    return inputs or None


def outcome(case: dict[str, Any]) -> Outcome:
    """What happens to a case; a label has no gradient, nor an input that the program does not read."""
    try:
        reading = understand(case["program"], given(case))
        document = explain(reading.program, given(case) or reading.inputs or None, wrt=case["wrt"])
    except GraphError:
        return "stopped"
    if document.get("error"):
        return "stopped"
    value, gradients = case["expect_value"], case["expect_gradient"]
    if value is None:
        if case["id"] not in BY_HAND:
            return "wrong"
        value, gradients = BY_HAND[case["id"]]
    found = [*document["results"]["value"].values()][-1]
    right = np.allclose(number(found), number(value), rtol=1e-9, atol=1e-12)
    for name, expected in gradients.items():
        actual = document["results"]["gradient"].get(name)
        if actual is not None:
            right = right and np.allclose(number(actual), number(expected), rtol=1e-6, atol=1e-9)
    return "right" if right else "wrong"


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {case["id"]: outcome(case) for case in CASES}


def test_nothing_is_read_wrongly_in_silence(outcomes: dict[str, Outcome]) -> None:
    wrong = {name for name, found in outcomes.items() if found == "wrong"}
    assert wrong - OVERFLOW.keys() == set()


def test_what_has_an_answer_gets_it(outcomes: dict[str, Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    honest = {
        case["id"] for case in CASES if case["expect_value"] is None or case["kind"].startswith("honest-stop")
    }
    counts = Counter(outcomes.values())
    met = sum(found == "right" or (found == "stopped" and name in honest) for name, found in outcomes.items())
    refused = [
        f"{case['id']} {case['kind']}"
        for case in CASES
        if outcomes[case["id"]] == "stopped" and case["id"] not in honest
    ]
    with capsys.disabled():
        print(
            f"\nof {len(CASES)} programs of public threads {dict(counts)}; as expected {met};"
            f" stopped: {refused}"
        )
    assert met >= 200
