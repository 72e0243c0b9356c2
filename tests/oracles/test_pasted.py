"""What is pasted means what Python means by it: value and gradients of snippets, against Python itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphengine import compile_gradient, parse
from graphengine.formulas import understand

SNIPPETS = json.loads((Path(__file__).parent.parent / "cases" / "pasted.json").read_text("utf-8"))
"""Code as notebooks, courses and the documentation of PyTorch have it: each ends in `loss`."""
TORCH, NUMPY = SNIPPETS["torch"], SNIPPETS["numpy"]

torch = pytest.importorskip("torch")

GIVEN: dict[str, Any] = {
    "X": np.array([[0.5, -1.2, 0.8], [1.1, 0.3, -0.4]]),
    "W": np.array([[0.7, -0.6, 0.2], [-0.3, 0.9, 1.3]]),
    "x": np.array([0.4, -0.7, 1.2]),
    "z": np.array([-0.9, 0.6, 0.35]),
    "y": np.array([1, 0]),
}
REAL = ("X", "W", "x", "z")


def ours(text: str) -> tuple[float, dict[str, Any]]:
    found = understand(text, GIVEN)
    needed = parse(found.program, GIVEN).inputs
    graph = parse(found.program, {name: value for name, value in GIVEN.items() if name in needed})
    wrt = [name for name in REAL if name in graph.inputs]
    output = "loss" if "loss" in graph.outputs else [*graph.outputs][-1]
    value, gradients = compile_gradient(graph, output, wrt)(graph.values)
    return float(value), gradients


@pytest.mark.parametrize("name", TORCH)
def test_snippets_of_pytorch(name: str) -> None:
    leaves = {key: torch.tensor(GIVEN[key], dtype=torch.float64, requires_grad=True) for key in REAL}
    scope = {
        **leaves,
        "y": torch.tensor(GIVEN["y"]),
        "torch": torch,
        "nn": torch.nn,
        "F": torch.nn.functional,
    }
    torch.set_default_dtype(torch.float64)
    try:
        exec(TORCH[name], scope)  # noqa: S102 - they stand beside
    finally:
        torch.set_default_dtype(torch.float32)
    scope["loss"].backward()
    value, gradients = ours(f"import torch\n{TORCH[name]}")
    assert value == pytest.approx(scope["loss"].item(), rel=1e-9)
    for key, found in gradients.items():
        expected = np.zeros_like(found) if leaves[key].grad is None else leaves[key].grad
        np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-10, err_msg=key)
    unused = {key for key, leaf in leaves.items() if leaf.grad is not None} - {*gradients}
    assert not unused


@pytest.mark.parametrize("name", NUMPY)
def test_snippets_of_numpy(name: str) -> None:
    def at(given: dict[str, Any]) -> float:
        scope: dict[str, Any] = {"np": np, **{key: np.copy(value) for key, value in given.items()}}
        exec(NUMPY[name], scope)  # noqa: S102 - they stand beside
        return float(scope["loss"])

    value, gradients = ours(f"import numpy as np\n{NUMPY[name]}")
    assert value == pytest.approx(at(GIVEN), rel=1e-9)
    for key, found in gradients.items():
        expected = np.zeros_like(GIVEN[key])
        for place in np.ndindex(expected.shape):
            ends = []
            for sign in (1, -1):
                moved = {**GIVEN, key: GIVEN[key].copy()}
                moved[key][place] += sign * 1e-6
                ends.append(at(moved))
            expected[place] = (ends[0] - ends[1]) / 2e-6
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7, err_msg=key)
