"""A coarse layout for graphs with long edges: ranks in columns, and curves that may pass behind cards.

Graphviz keeps an edge away from the cards that it passes by a point in every rank between its ends, which for
a variable used at each of 500 depths are 120,000. Here nothing is kept away, and the time follows the edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from ..graph import Edge
from .cards import Card
from .edges import Point

Corners = dict[str, Point]
Controls = dict[str, list[Point]]

LEVEL = 12.0
"""What of an edge is level at either end."""
RISE = 50.0
"""How far an edge rises that passes a rank; one that passes more rises by their root."""
TURN = 60.0
"""In what room it does."""
BITS = 64
"""Straight bits in which the curve of an edge is followed, for it may be very long."""
ROUNDS = 4
"""Times that each rank is put in the order of its neighbours in the others, from either side in turn."""


def ranks(count: int, arrows: Sequence[Edge]) -> list[int]:
    """The rank of each node, one more than its arguments'; a leaf stands just before its first consumer."""
    found = [0] * count
    for arrow in arrows:  # by the node that they enter, in evaluation order
        found[arrow.target] = max(found[arrow.target], found[arrow.source] + 1)
    first: dict[int, int] = {}
    for arrow in arrows:
        first[arrow.source] = min(first.get(arrow.source, count), found[arrow.target])
    inner = {arrow.target for arrow in arrows}
    return [rank if i in inner else first.get(i, 1) - 1 for i, rank in enumerate(found)]


def points_between(places: Sequence[int], arrows: Sequence[Edge]) -> int:
    """The ranks that edges pass without ending there, all edges together."""
    return sum(places[arrow.target] - places[arrow.source] - 1 for arrow in arrows)


def placed(
    nodes: Sequence[Card], arrows: Sequence[Edge], places: Sequence[int], across: float, apart: float
) -> tuple[Corners, Controls]:
    """Upper left corners of the cards, and the controls of each edge's curve.

    Cards of one rank in `places` stand `apart`, and ranks `across` from each other.
    """
    columns: dict[int, list[int]] = {}
    for node, rank in enumerate(places):
        columns.setdefault(rank, []).append(node)
    heights = _ordered(nodes, columns, _neighbours(len(nodes), arrows), apart)
    corners: Corners = {}
    x = 0.0
    for rank in sorted(columns):
        for node in columns[rank]:
            corners[nodes[node].id] = x, heights[node] - nodes[node].height / 2
        x += max(nodes[node].width for node in columns[rank]) + across
    ports = Counter(arrow.target for arrow in arrows)
    curves: Controls = {}
    for arrow in arrows:
        passed = places[arrow.target] - places[arrow.source] - 1
        curves[f"{nodes[arrow.target].id}_{arrow.argument}"] = _curve(nodes, corners, arrow, ports, passed)
    return corners, curves


def _neighbours(count: int, arrows: Sequence[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    """For each node those before it and those after it."""
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for arrow in arrows:
        before[arrow.target].append(arrow.source)
        after[arrow.source].append(arrow.target)
    return before, after


def _ordered(
    nodes: Sequence[Card],
    columns: Mapping[int, list[int]],
    neighbours: tuple[list[list[int]], list[list[int]]],
    apart: float,
) -> list[float]:
    """The middle of each card, once each column is in the order of the middles of its neighbours."""
    middles = [0.0] * len(nodes)
    for column in columns.values():
        _stacked(nodes, column, middles, apart)
    for number in range(ROUNDS):
        sides = neighbours[number % 2]
        for rank in sorted(columns, reverse=bool(number % 2)):
            wanted = {node: fmean(middles[k] for k in sides[node] or (node,)) for node in columns[rank]}
            columns[rank].sort(key=wanted.__getitem__)
            _stacked(nodes, columns[rank], middles, apart, fmean(wanted.values()))
    return middles


def _stacked(
    nodes: Sequence[Card], column: Sequence[int], middles: list[float], apart: float, around: float = 0.0
) -> None:
    """Put the cards of a column below each other, its middle at `around`."""
    y = around - (sum(nodes[node].height + apart for node in column) - apart) / 2
    for node in column:
        middles[node] = y + nodes[node].height / 2
        y += nodes[node].height + apart


def _curve(
    nodes: Sequence[Card], corners: Corners, arrow: Edge, ports: Mapping[int, int], passed: int
) -> list[Point]:
    """From the middle of the argument's right side to the consumer's port: level where the arrowheads lie.

    An edge that has ranks to pass does so above its ends, or a row of cards would hide it.
    """
    source, target = nodes[arrow.source], nodes[arrow.target]
    x, y = corners[source.id]
    start = x + source.width, y + source.height / 2
    left, top = corners[target.id]
    end = left, top + target.height * (arrow.argument + 0.5) / ports[arrow.target]
    way = [start, (start[0] + LEVEL, start[1]), (end[0] - LEVEL, end[1]), end]
    if passed:
        height = min(start[1], end[1]) - RISE * passed**0.5
        way[2:2] = [(way[1][0] + TURN, height), (way[2][0] - TURN, height)]
    return [start, *(control for a, b in pairwise(way) for control in _turn(a, b))]


def _turn(a: Point, b: Point) -> list[Point]:
    """The cubic from `a` to `b` that is level at both."""
    middle = (a[0] + b[0]) / 2
    return [(middle, a[1]), (middle, b[1]), b]
