"""Values for inputs that were given none: such that the program has a value.

They depend on the names, the shapes and the program alone. The usual ones lie between 0.2 and 0.95; where the
program leaves the real numbers there, a fixed sequence of others is tried: larger, smaller, negative,
ascending, descending, and symmetric positive definite matrices. Class numbers, indices and counts are whole
numbers that make sense where they are used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import cast

import numpy as np

from ..graph import Graph, Node, Shape
from ..graph.evaluation import stays_finite
from ..graph.roles import counted, wanted
from ..limits import spend
from ..values import Array, freeze
from .literals import random_bits

ATTEMPTS = 60
"""How many sets of values are tried."""
OPERATIONS = 20_000
"""Scalar operations of a graph from which on nothing is tried."""
NODES = 10_000
"""Nodes that are computed to find defaults, at most."""


def default(name: str, shape: Shape = ()) -> Array:
    """The usual value of an input: between 0.2 and 0.95, the same for the same name always.

    Raises LimitError where the arrays of a request have too many elements together.
    """
    count = math.prod(shape)
    spend("numbers", count)
    steps = (random_bits(name, count) % np.uint64(16)).astype(float)
    return freeze((0.2 + 0.05 * steps).round(2).reshape(shape))


def with_defaults(graph: Graph) -> Graph:
    """`graph`, its defaults such that it has a value, if some are found.

    Raises LimitError where that is too much work.
    """
    whole = _whole(graph)
    free = [name for name in graph.inputs if name in graph.defaults and name not in whole]
    graph = replace(graph, values={**graph.values, **whole})
    if not graph.defaults or graph.unknown or graph.operations > OPERATIONS:
        return graph
    tries = (replace(graph, values={**graph.values, **values}) for values in _candidates(graph, free, whole))
    attempts = min(ATTEMPTS, NODES // len(graph.nodes))
    return next((tried for tried in islice(tries, attempts) if stays_finite(tried)), graph)


# ---- numbers ------------------------------------------------------------------------------------------

_CHANGES: tuple[Callable[[Array, float], Array], ...] = (
    lambda x, rank: _definite(x),
    lambda x, rank: x + 1,
    lambda x, rank: x / 4,
    lambda x, rank: x + rank,
    lambda x, rank: x + 1 - rank,
    lambda x, rank: -x,
    lambda x, rank: x + 3,
    lambda x, rank: x / 16,
    lambda x, rank: _definite(x) if np.ndim(x) == 2 else x + 1,
    lambda x, rank: x + 10,
    lambda x, rank: -x - 1,
    lambda x, rank: x + 30,
    lambda x, rank: -x - 10,
)
"""Other values, out of the usual ones and of an input's rank among the inputs, from 0 to 1."""


def _definite(x: Array) -> Array:
    """A square matrix as a symmetric positive definite one; anything else as it is."""
    if np.ndim(x) != 2 or len(x) != len(x.T):
        return x
    return (x + x.T) / 2 + len(x) * np.eye(len(x))


def _candidates(graph: Graph, free: Sequence[str], whole: Mapping[str, Array]) -> Iterator[dict[str, Array]]:
    """Values for the inputs `free`: the usual ones, all of them changed, one of them changed.

    Last come larger `whole` numbers.
    """
    yield {}
    last = max(len(free) - 1, 1)
    changed = [
        {name: freeze(change(graph.values[name], rank / last).round(3)) for rank, name in enumerate(free)}
        for change in _CHANGES
    ]
    yield from changed
    if len(free) > 1:
        yield from ({name: values[name]} for values in changed for name in free)
    counts = {graph.nodes[source].label for source, _ in counted(graph)} & {*whole}
    yield from ({name: freeze(whole[name] + more) for name in counts} for more in (1.0, 2.0))


# ---- whole numbers ------------------------------------------------------------------------------------


def _whole(graph: Graph) -> dict[str, Array]:
    """The labels, indices and counts among the defaults: numbers that make sense where they are used."""
    found = {graph.nodes[source].label: _count(graph, total) for source, total in counted(graph)}
    asked = {name: role for name, role in graph.roles.items() if role not in ("parameter", "data")}
    for name, role in asked.items():
        shape = graph.nodes[graph.inputs[name]].shape
        found.setdefault(name, freeze(np.full(shape, 2.0 if role == "count" else 0.0)))
    for source, place, want in wanted(graph):
        node = graph.nodes[source]
        found[node.label] = _labels(graph, node, place) if want == "label" else freeze(np.zeros(node.shape))
    return {name: value for name, value in found.items() if name in graph.defaults}


def _count(graph: Graph, total: int) -> Array:
    """How many numbers meet in each element of a sum or product, but no less than two."""
    summed, result = graph.nodes[graph.nodes[total].args[0]].shape, graph.nodes[total]
    is_sum = result.op is not None and not result.op.said.product
    terms = math.prod(summed) // max(math.prod(result.shape), 1) if is_sum else summed[-1]
    return freeze(float(max(terms, 2)))


def _labels(graph: Graph, node: Node, place: int) -> Array:
    """One-hot rows where the labels have the shape of what is labelled, else class numbers."""
    user = graph.nodes[place]
    size = cast(int, dict(user.params).get("size", 0))  # of one_hot, which has nothing but the labels
    labelled = graph.nodes[user.args[0]].shape if len(user.args) > 1 else (size,)
    classes = labelled[-1] if labelled else 2
    count = math.prod(node.shape[:-1] if node.shape == labelled else node.shape)
    numbers = random_bits(node.label, count) % np.uint64(max(classes, 1))
    if node.shape != labelled or not labelled:
        return freeze(numbers.astype(float).reshape(node.shape))
    rows = np.equal(numbers[:, None], np.arange(classes))
    return freeze(rows.astype(float).reshape(node.shape))
