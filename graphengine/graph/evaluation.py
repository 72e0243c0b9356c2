"""The numbers of a graph alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..limits import bounded, spend
from ..values import Array, freeze
from . import Graph, Node
from .traversal import run


@bounded
def evaluate(graph: Graph, inputs: Mapping[str, Any] | None = None) -> dict[str, Array]:
    """The outputs' values by name, without steps; `inputs` replace the graph's own values."""
    given = {**graph.values, **(inputs or {})}

    def leaf(position: int) -> Array | None:
        node = graph.nodes[position]
        return freeze(given[node.label]) if node.kind == "input" else node.value

    with np.errstate(all="ignore"):
        values = run(graph.nodes, leaf, _applied)
    return {name: values[position] for name, position in graph.outputs.items()}


def _applied(node: Node, args: Sequence[Array]) -> Array:
    assert node.op is not None
    spend("work")
    spend("numbers", math.prod(node.shape))
    return freeze(node.op.evaluate(*args, **dict(node.params)))
