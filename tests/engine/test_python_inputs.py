"""Which inputs a pasted Python text has: each layer, leaf and draw of random numbers is one of its own."""

from __future__ import annotations

import pytest

from graphengine import parse
from graphengine.formulas import read, understand

BLOCKS = """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
    def forward(self, x):
        return self.layer(x)
one, two = Block(), Block()
x = two(one(x))
"""


@pytest.mark.parametrize(
    "made",
    [
        "for layer in [nn.Linear(2, 2), nn.Linear(2, 2)]: x = layer(x)",
        "layer = nn.Linear(2, 2)\nx = layer(x)\nlayer = nn.Linear(2, 2)\nx = layer(x)",
        BLOCKS,
    ],
)
def test_two_layers_that_one_name_goes_through_have_parameters_of_their_own(made: str) -> None:
    program = read(f"import torch.nn as nn\n{made}\ny = x.sum()")
    assert "layer_weight.T + layer_bias" in program
    assert "layer2_weight.T + layer2_bias" in program


def test_a_layer_that_is_called_twice_has_the_same_parameters() -> None:
    program = read("import torch.nn as nn\nlayer = nn.Linear(2, 2)\ny = layer(layer(x)).sum()")
    assert program.count("layer_weight") == 2


def test_two_parameters_of_one_name_are_two_inputs() -> None:
    leaves = "ws = [torch.randn(3, requires_grad=True) for i in range(2)]\n"
    program = read(f"import torch\n{leaves}for w in ws: x = x*w\nfor w in ws: x = x + w\ny = x.sum()")
    assert sorted(parse(program).inputs) == ["w", "w2", "x"]


def test_each_draw_of_random_numbers_is_an_input_of_its_own() -> None:
    """One name for two draws was one input; a list that is gone through twice has the same ones twice."""
    begun = "import numpy as np\nx = np.ones(3)\nWs = [np.random.randn(3, 3) for i in range(2)]\n"
    once = understand(begun + "for W in Ws:\n    x = W @ x\n")
    twice = understand(begun + "for i in range(2):\n    for W in Ws:\n        x = W @ x\n")
    assert once.inputs == twice.inputs == "W = randn(3, 3); W2 = randn(3, 3)"
    assert len(twice.program.splitlines()) == 4
