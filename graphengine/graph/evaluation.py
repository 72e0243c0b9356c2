"""The numbers of a graph alone."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence

import numpy as np

from ..limits import bounded, spend
from ..messages import N_, Message
from ..values import Array, freeze
from . import Graph, Node
from .traversal import run


def ignored(name: str) -> Message:
    """What to say of a value that no input takes; a text that is no name is quoted."""
    return N_(
        "The program has no input {name}; its value is ignored.",
        name=name if name.isidentifier() else repr(name),
    )


@bounded
def evaluate(graph: Graph, inputs: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """The outputs' values by name, without steps; `inputs` replace the graph's own values.

    Raises ShapeError where they do not fit, LimitError where it is too much;
    warns of a value that no input takes.
    """
    for name in inputs or {}:
        if name not in graph.inputs:
            warnings.warn(str(ignored(name)), stacklevel=2)
    given = {**graph.values, **(inputs or {})}

    def leaf(position: int) -> Array | None:
        node = graph.nodes[position]
        return freeze(given[node.label]) if node.kind == "input" else node.value

    with np.errstate(all="ignore"):
        values = run(graph.nodes, leaf, _applied)
    return {name: values[position] for name, position in graph.outputs.items()}


def _applied(node: Node, args: Sequence[Array]) -> Array:
    assert node.op is not None
    spend("numbers", math.prod(node.shape))
    return node.op.compute(*args, **dict(node.params))
