"""The numbers of a graph alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..limits import bounded, spend
from ..values import Array, freeze
from . import Graph


@bounded
def evaluate(graph: Graph, inputs: Mapping[str, Any] | None = None) -> dict[str, Array]:
    """The outputs' values by name, without steps; `inputs` replace the graph's own values."""
    given = {**graph.values, **(inputs or {})}
    values: list[Array] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            spend("work")
            spend("numbers", math.prod(node.shape))
            if node.op is None:
                values.append(freeze(given[node.label]) if node.kind == "input" else node.value)
            else:
                args = (values[i] for i in node.args)
                values.append(freeze(node.op.evaluate(*args, **dict(node.params))))
    return {name: values[position] for name, position in graph.outputs.items()}
