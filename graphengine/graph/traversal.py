"""Along the nodes in their order: what they come to, what follows from some of them, what some of them need.

The nodes are those of a Graph or of a Tape: arguments are places in the sequence, and stand before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from . import Node

T = TypeVar("T")


def run(
    nodes: Sequence[Node], leaf: Callable[[int], T | None], apply: Callable[[Node, list[T]], T]
) -> list[T]:
    """What each node comes to, in their order: `leaf(place)`, or `apply(node, what its arguments came to)`.

    An operator is applied where `leaf` says None; without one that is what the node comes to.
    """
    found: list[Any] = []  # T, and None where a leaf comes to nothing, which nobody reads
    for place, node in enumerate(nodes):
        known = leaf(place)
        opened = known is None and node.op is not None
        found.append(apply(node, [found[i] for i in node.args]) if opened else known)
    return found


def downstream(nodes: Sequence[Node], starts: Iterable[int]) -> frozenset[int]:
    """The places of everything that depends on `starts`, and these."""
    found = set(starts)
    for place, node in enumerate(nodes):
        if not found.isdisjoint(node.args):
            found.add(place)
    return frozenset(found)


def upstream(nodes: Sequence[Node], ends: Iterable[int]) -> frozenset[int]:
    """The places of everything that `ends` need, and these."""
    found = set(ends)
    for place in reversed(range(len(nodes))):
        if place in found:
            found.update(nodes[place].args)
    return frozenset(found)
