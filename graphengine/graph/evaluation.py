"""The numbers of a graph alone."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ..errors import ValueProblem
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


def needs_numbers(graph: Graph) -> None:
    """ValueProblem for a graph with functions that are known by their names alone."""
    op = next((node.op for node in graph.nodes if node.op is not None and node.op.unknown), None)
    if op is not None:
        if op.inside is not None:
            needs_numbers(op.inside)
        name = op.name
        raise ValueProblem(
            N_("This needs numbers, and of {name} no more than the name is known.", name=name),
            hint=N_("Define it: {name}(t) = …", name=name),
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
    needs_numbers(graph)
    given = {**graph.values, **(inputs or {})}

    with np.errstate(all="ignore"):
        values = run(graph.nodes, _leaves(graph, given), _applied)
    return {name: values[position] for name, position in graph.outputs.items()}


def stays_finite(graph: Graph) -> bool:
    """Whether every operator has a value at the graph's own, and a finite one of finite arguments.

    Raises LimitError where that is too much.
    """

    def applied(node: Node, args: Sequence[Array]) -> Array:
        value = _applied(node, args)
        if np.any(np.isnan(value)) or (
            np.any(np.isinf(value)) and all(np.all(np.isfinite(arg)) for arg in args)
        ):
            raise _Left
        return value

    with np.errstate(all="ignore"):
        try:
            run(graph.nodes, _leaves(graph, graph.values), applied)
        except (_Left, ValueProblem):
            return False
    return True


class _Left(Exception):
    """A number has left the reals."""


def _leaves(graph: Graph, given: Mapping[str, Array]) -> Callable[[int], Array | None]:
    def leaf(position: int) -> Array | None:
        node = graph.nodes[position]
        return freeze(given[node.label]) if node.kind == "input" else node.value

    return leaf


def _applied(node: Node, args: Sequence[Array]) -> Array:
    assert node.op is not None
    spend("numbers", math.prod(node.shape))
    return node.op.compute(*args, **dict(node.params))
