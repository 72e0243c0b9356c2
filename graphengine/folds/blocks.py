"""What repeats in a program: runs of statements that do the same, such as the layers of a network.

Two statements do the same if their operators and the edges between these do; what comes from outside, and
its shape, may differ.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from ..graph import Graph, Scope

LONGEST = 8
"""Statements of a block."""


def marked(graph: Graph) -> Graph:
    """`graph` with a scope around each repetition of the block that repeats over the most statements."""
    statements = [
        i for i, scope in enumerate(graph.scopes) if scope.kind == "statement" and scope.parent is None
    ]
    runs = _runs(_signatures(graph, statements))
    if not runs:
        return graph
    scopes = list(graph.scopes)
    for start, length in runs:
        inside = statements[start : start + length]
        last = scopes[inside[-1]]
        span = (scopes[inside[0]].span or (0, 0))[0], (last.span or (0, 0))[1]
        scopes.append(Scope(f"b{len(scopes) - len(graph.scopes) + 1}", "block", last.name, None, span))
        for i in inside:
            scopes[i] = replace(scopes[i], parent=len(scopes) - 1)
    return replace(graph, scopes=tuple(scopes))


def _signatures(graph: Graph, statements: Sequence[int]) -> list[Hashable]:
    """For each statement what it does, equal for those that do the same."""
    outermost: list[int] = []
    for i, scope in enumerate(graph.scopes):  # a scope comes after the one around it
        outermost.append(i if scope.parent is None else outermost[scope.parent])
    members: dict[int, list[int]] = {statement: [] for statement in statements}
    for position, node in enumerate(graph.nodes):
        if node.scope is not None and outermost[node.scope] in members:
            members[outermost[node.scope]].append(position)
    return [_done(graph, members[statement]) for statement in statements]


def _done(graph: Graph, members: Sequence[int]) -> Hashable:
    places = {position: place for place, position in enumerate(members)}
    return tuple(
        (
            node.op and node.op.name,
            node.params,
            tuple(places.get(i) for i in node.args),
            None if node.value is None or node.shape else abs(node.value).item(),
        )
        for node in (graph.nodes[i] for i in members)
    )


def _runs(signatures: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The repetitions (first statement, length) of the block of two or more that covers the most."""
    best: list[tuple[int, int]] = []
    for length in range(2, min(LONGEST, len(signatures) // 2) + 1):
        for start in range(len(signatures) - 2 * length + 1):
            block = signatures[start : start + length]
            if not all(block) or len(set(block)) == 1:
                continue  # a statement alone that repeats is a node as it is
            end = start + length
            while signatures[end : end + length] == block:
                end += length
            found = [(at, length) for at in range(start, end, length)]
            if len(found) > 1 and end - start > len(best) * (best[0][1] if best else 0):
                best = found
    return best
