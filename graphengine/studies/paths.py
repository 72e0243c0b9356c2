"""The chain rule as a sum over paths: of products of local derivatives, a product for each way to the output.

Sweeps add up the same products without listing them, edge by edge: the number of paths may grow exponentially
with the number of edges. Griewank and Walther, "Evaluating Derivatives", 2008, section 2.2 (Bauer's formula).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..derivatives.accumulation import forwards
from ..derivatives.activity import active
from ..derivatives.calls import Call
from ..graph import Edge, Graph
from ..limits import spend
from ..values import Array, freeze

LISTED = 24
"""Paths that are listed one by one; the shortest come first."""


@dataclass(frozen=True)
class Path:
    """One way from `by` to `of`: its edges in evaluation order.

    `tangents` hold what has come along after each edge from a seed of ones on `by`, `adjoints` what has come
    back before each edge from ones on `of`.
    """

    edges: tuple[Edge, ...]
    tangents: tuple[Array, ...]
    adjoints: tuple[Array, ...]

    @property
    def product(self) -> Array:
        """Its share of ∂of/∂by, in the shape of `by`."""
        return self.adjoints[0]


def between(graph: Graph, by: int, of: int) -> list[Edge]:
    """The edges that lie on a path from `by` to `of`."""
    return list(forwards(graph.nodes, active(graph.nodes, [by], [of])))


def count(graph: Graph, by: int, of: int) -> int:
    """How many paths there are from `by` to `of`: counted without listing them."""
    ways = {by: 1}
    for edge in between(graph, by, of):  # in the order of their targets
        ways[edge.target] = ways.get(edge.target, 0) + ways.get(edge.source, 0)
    return ways.get(of, 0)


def paths(graph: Graph, values: Mapping[int, Array], by: int, of: int) -> list[Path]:
    """Up to `LISTED` paths from `by` to `of`, the shortest first, with what each contributes at `values`.

    Raises DerivativeError where an operator on the way has no rule, LimitError for too many numbers.
    """
    found = []
    with np.errstate(all="ignore"):
        for edges in _routes(graph, by, of):
            found.append(_followed(graph, values, edges) if edges else _still(graph, by))
            if len(found) == LISTED:
                break
    return found


def _routes(graph: Graph, by: int, of: int) -> Iterator[tuple[Edge, ...]]:
    """Paths by their number of edges, and of one length in the order of their nodes."""
    leaving: dict[int, list[Edge]] = {}
    for edge in between(graph, by, of):
        leaving.setdefault(edge.source, []).append(edge)
    lengths = _lengths(graph, by, of)
    for length in sorted(lengths[by]):
        yield from _of_length(leaving, lengths, by, of, length)


def _lengths(graph: Graph, by: int, of: int) -> dict[int, set[int]]:
    """How many edges the paths from each node to `of` may have."""
    lengths: dict[int, set[int]] = {of: {0}}
    for edge in reversed(between(graph, by, of)):
        for length in lengths.get(edge.target, ()):
            lengths.setdefault(edge.source, set()).add(length + 1)
    return {by: set(), **lengths}


def _of_length(
    leaving: Mapping[int, list[Edge]], lengths: Mapping[int, set[int]], at: int, of: int, length: int
) -> Iterator[tuple[Edge, ...]]:
    if length == 0 and at == of:
        yield ()
        return
    for edge in leaving.get(at, ()):
        if length - 1 in lengths.get(edge.target, ()):
            for rest in _of_length(leaving, lengths, edge.target, of, length - 1):
                yield (edge, *rest)


def _still(graph: Graph, by: int) -> Path:
    """The path from a node to itself."""
    ones = freeze(np.ones(graph.nodes[by].shape))
    return Path((), (ones,), (ones,))


def _followed(graph: Graph, values: Mapping[int, Array], edges: tuple[Edge, ...]) -> Path:
    spend("numbers", sum(np.size(values[edge.source]) + np.size(values[edge.target]) for edge in edges))
    calls = [Call.at(graph.nodes, values, edge.target) for edge in edges]
    tangents, moved = [], freeze(np.ones(graph.nodes[edges[0].source].shape))
    for edge, each in zip(edges, calls, strict=True):
        moved = freeze(each.tangent(edge.argument, moved))
        tangents.append(moved)
    adjoints, sent = [], freeze(np.ones(graph.nodes[edges[-1].target].shape))
    for edge, each in zip(reversed(edges), reversed(calls), strict=True):
        sent = freeze(each.adjoint(edge.argument, sent))
        adjoints.append(sent)
    return Path(edges, tuple(tangents), tuple(reversed(adjoints)))
