"""Automatic differentiation, all of it: one loop over the edges backwards, and one forwards.

Reverse mode goes along the active edges from the last node to the first. An edge has its turn when the
adjoint of the node that it enters is complete, and adds what that node sends back to its argument:

    argument's adjoint += ∂node/∂argument · node's adjoint

Forward mode goes along the same edges the other way, with tangents. Numbers and Symbols are carried alike: of
numbers come gradients and Jacobians, of Symbols come graphs of gradients and rules that follow from others.
Who shows each contribution by itself, as the walk does in its steps and a listing in its lines, goes along
`backwards` too. (Griewank and Walther, "Evaluating Derivatives", 2008, sections 3.1 and 3.2. The same loop is
`backward_pass` in autograd and `compute_gradient` in tinygrad.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol

from ..graph import Edge, Node
from ..values import Operand


class Rules(Protocol):
    """What the operator of one node makes of tangents and adjoints; a `Call` is that."""

    def adjoint(self, argument: int, g: Operand) -> Operand: ...

    def tangent(self, argument: int, da: Operand) -> Operand: ...


def pull(
    nodes: Sequence[Node],
    active: Collection[int],
    adjoints: dict[int, Operand],
    rules: Callable[[int], Rules],
    lift: Callable[[Operand], Operand] = lambda contribution: contribution,
) -> dict[int, Operand]:
    """Reverse accumulation: `adjoints`, which hold that of the last node, are filled in for all active ones.

    `rules` gives those of the operator at a place; `lift` makes of what one sends back what is added up. An
    adjoint has the shape of its node. Raises DerivativeError where an operator on the way has no rule.
    """
    for edge in backwards(nodes, active):
        sent = rules(edge.target).adjoint(edge.argument, adjoints[edge.target])
        add(adjoints, edge.source, lift(sent))
    return adjoints


def push(
    nodes: Sequence[Node],
    active: Collection[int],
    tangents: dict[int, Operand],
    rules: Callable[[int], Rules],
) -> dict[int, Operand]:
    """Forward accumulation: `tangents`, which hold that of the first node, are filled in for the active.

    A tangent has the shape of its node. Raises DerivativeError where an operator on the way has no rule.
    """
    for edge in forwards(nodes, active):
        moved = rules(edge.target).tangent(edge.argument, tangents[edge.source])
        add(tangents, edge.target, moved)
    return tangents


def add(sums: dict[int, Operand], place: int, part: Operand) -> None:
    """sums[place] += part, where nothing is there yet too."""
    sums[place] = sums[place] + part if place in sums else part


def backwards(nodes: Sequence[Node], active: Collection[int]) -> Iterator[Edge]:
    """The edges between `active` nodes, from the last node to the first; those of one node by argument."""
    return _edges(nodes, active, sorted(active, reverse=True))


def forwards(nodes: Sequence[Node], active: Collection[int]) -> Iterator[Edge]:
    """The edges between `active` nodes, from the first node to the last; those of one node by argument."""
    return _edges(nodes, active, sorted(active))


def _edges(nodes: Sequence[Node], active: Collection[int], order: Iterable[int]) -> Iterator[Edge]:
    for target in order:
        for argument, source in enumerate(nodes[target].args):
            if source in active:
                yield Edge(source, target, argument)
