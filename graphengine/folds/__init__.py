"""How much of a program one node stands for: statements, calls and composite operators fold and open.

Both ways are from Graph to Graph, and what stays keeps its id: a folded node has that of its result, and the
nodes inside an opened operator v3 are v3_1, v3_2 …, its result v3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ..graph import Graph, Node, Role, Scope
from ..graph.recording import Tape
from ..limits import spend
from . import blocks
from .operator import operator

Grain = Literal["operator", "statement"]
GRAINS: tuple[Grain, ...] = ("operator", "statement")
LARGE = 60
"""Nodes from which on a graph opens folded, if that makes it smaller."""


class Folds:
    """A graph's scopes: what belongs to each, and which can be drawn as one node."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def around(self, scope: int | None) -> Iterator[int]:
        """A scope and those around it, from the innermost."""
        while scope is not None:
            yield scope
            scope = self.graph.scopes[scope].parent

    @cached_property
    def members(self) -> Mapping[int, frozenset[int]]:
        """The positions of the nodes in each scope."""
        found: dict[int, set[int]] = {i: set() for i in range(len(self.graph.scopes))}
        for position, node in enumerate(self.graph.nodes):
            for scope in self.around(node.scope):
                found[scope].add(position)
        return {scope: frozenset(positions) for scope, positions in found.items()}

    @cached_property
    def results(self) -> Mapping[int, int]:
        """The scopes that can fold, and their results: of more than one node, of which one is used outside.

        Of scopes with the same nodes one counts: an opened operator, else the outermost.
        """
        users: dict[int, set[int]] = {position: set() for position in self.graph.outputs.values()}
        for edge in self.graph.edges():
            users.setdefault(edge.source, set()).add(edge.target)
        outputs = set(self.graph.outputs.values())
        same: dict[frozenset[int], list[int]] = {}
        for scope, members in self.members.items():
            same.setdefault(members, []).append(scope)
        found = {}
        for scope, members in self.members.items():
            ends = [i for i in members if i in outputs or not users.get(i, set()) <= members]
            first = min(same[members], key=lambda other: self.graph.scopes[other].kind != "operator")
            if len(ends) == 1 and len(members) > 1 and scope == first and _arguments(self.graph, members):
                found[scope] = ends[0]
        return found

    def offered(self, scope: int | None) -> list[tuple[str, str]]:
        """What a node of `scope` can be folded into, by id and name, from the innermost."""
        found = [i for i in self.around(scope) if i in self.results]
        scopes = self.graph.scopes
        return [(scopes[i].id, scopes[i].name or self.graph.nodes[self.results[i]].label) for i in found]


@dataclass(frozen=True)
class View:
    """A graph as it is drawn, and what of it can be opened or folded."""

    graph: Graph
    folds: Folds
    grain: Grain
    toggled: tuple[str, ...]
    """Those of the ids asked for that the graph has."""

    def opens(self, node: Node) -> str | None:
        """The id under which a node opens, if there is something inside it."""
        if _composite(node):
            return node.id
        return self._scope(node).id if _is_folded(node) else None

    def folds_into(self, node: Node) -> list[tuple[str, str]]:
        """What a node can be folded into, by id and name, from the innermost."""
        if node.kind == "input":
            return []
        return self.folds.offered(self._scope(node).parent if _is_folded(node) else node.scope)

    def _scope(self, node: Node) -> Scope:
        assert node.scope is not None
        return self.graph.scopes[node.scope]


def view(graph: Graph, grain: Grain, toggled: Collection[str] = ()) -> View:
    """`graph` with a node for each operator or for each statement, but for the scopes and nodes `toggled`.

    Ids that it does not have are passed over. Raises LimitError for too much work.
    """
    asked = list(dict.fromkeys(toggled))
    folds, outermost = _chosen(graph, grain, asked)
    drawn = _folded(folds, outermost) if outermost else folds.graph
    foldable = {folds.graph.scopes[i].id for i in folds.results}
    return View(drawn, folds, grain, tuple(name for name in asked if name in foldable))


def _chosen(graph: Graph, grain: Grain, asked: Collection[str]) -> tuple[Folds, set[int]]:
    """What of `graph` can be folded, once what was asked for is open, and the scopes that are."""
    graph = blocks.marked(graph)
    while composites := [i for i, node in enumerate(graph.nodes) if _composite(node) and node.id in asked]:
        graph = _opened(graph, composites[0])
    folds = Folds(graph)
    foldable = {graph.scopes[i].id: i for i in folds.results}
    folded = {name: _starts_folded(graph, graph.scopes[i], grain) for name, i in foldable.items()}
    chosen = {
        i
        for name, i in foldable.items()
        if graph.scopes[i].kind != "operator" and (name in asked) != folded[name]
    }
    return folds, {i for i in chosen if chosen.isdisjoint(list(folds.around(i))[1:])}


def _starts_folded(graph: Graph, scope: Scope, grain: Grain) -> bool:
    """Whether a scope is one node unless somebody asks otherwise; blocks only where there is a crowd."""
    if scope.kind == "block":
        statements = sum(each.kind == "statement" for each in graph.scopes)
        return grain == "statement" and statements >= LARGE // 2
    return grain == "statement"


def suited(graph: Graph) -> Grain:
    """The grain in which a graph opens: a large one folded, if a smaller one that can be walked remains."""
    if len(graph.nodes) < LARGE:
        return "operator"
    folds, outermost = _chosen(graph, "statement", ())
    hidden = _hidden(folds, outermost)
    drawn = [node for position, node in enumerate(graph.nodes) if position not in hidden]
    several = sum(node.op is not None for node in drawn) > 2
    return "statement" if several and 2 * len(drawn) <= len(graph.nodes) else "operator"


def _composite(node: Node) -> bool:
    return node.op is not None and node.op.kind == "composite" and node.op.inside is None


def _is_folded(node: Node) -> bool:
    return node.op is not None and node.op.inside is not None


# ---- opening ----------------------------------------------------------------------------------------


def _opened(graph: Graph, position: int) -> Graph:
    """`graph` with the operator at `position` replaced by what it consists of."""
    node = graph.nodes[position]
    assert node.op is not None
    spend("work", len(graph.nodes) // 3)
    tape = Tape()
    args = [
        tape.input(f"a{i}", graph.nodes[k].shape, is_complex=graph.nodes[k].complex)
        for i, k in enumerate(node.args)
    ]
    result = tape.lift(node.op.evaluate(*args, **dict(node.params)))
    scope = Scope(node.id, "operator", node.op.said.symbol, node.scope, node.span)
    inner = tape.graph({"y": result})
    last = inner.outputs["y"]
    places = dict(enumerate(node.args))
    made: list[Node] = []
    for k, part in enumerate(inner.nodes[len(args) :], len(args)):
        places[k] = position + len(made)
        label, name = (node.id, node.name) if k == last else (f"{node.id}_{len(made) + 1}", part.name)
        sources = tuple(places[i] for i in part.args)
        within = len(graph.scopes)
        made.append(replace(part, id=label, name=name, args=sources, span=node.span, scope=within))
    more = len(made) - 1
    rest = [
        other.but(args=tuple(i + more if i >= position else i for i in other.args))
        for other in graph.nodes[position + 1 :]
    ]
    outputs = {name: i + more if i >= position else i for name, i in graph.outputs.items()}
    nodes = (*graph.nodes[:position], *made, *rest)
    return replace(graph, nodes=nodes, outputs=outputs, scopes=(*graph.scopes, scope))


# ---- folding ----------------------------------------------------------------------------------------


def _hidden(folds: Folds, scopes: Collection[int]) -> set[int]:
    """The nodes that are not drawn once `scopes` are folded: all in them but their results."""
    return {i for scope in scopes for i in folds.members[scope] if i != folds.results[scope]}


def _folded(folds: Folds, scopes: Collection[int]) -> Graph:
    """The graph with each of `scopes`, none of which is within another, as one node."""
    graph, hidden = folds.graph, _hidden(folds, scopes)
    ends = {folds.results[scope]: scope for scope in scopes}
    places: dict[int, int] = {}
    nodes: list[Node] = []
    for position, node in enumerate(graph.nodes):
        if position in hidden:
            continue
        args: Sequence[int] = node.args
        if position in ends:
            args, node = _one(folds, ends[position])
        places[position] = len(nodes)
        nodes.append(replace(node, args=tuple(places[i] for i in args)))
    outputs = {name: places[i] for name, i in graph.outputs.items()}
    return replace(graph, nodes=tuple(nodes), outputs=outputs)


def _one(folds: Folds, scope: int) -> tuple[Sequence[int], Node]:
    """The node that a scope folds into, and the positions of its arguments."""
    graph = folds.graph
    members, end, about = folds.members[scope], folds.results[scope], graph.scopes[scope]
    arguments = _arguments(graph, members)
    tape = Tape()
    symbols = {
        i: tape.input(graph.nodes[i].label, graph.nodes[i].shape, is_complex=graph.nodes[i].complex)
        for i in arguments
    }
    for i in sorted(members):
        symbols[i] = tape.take(graph.nodes[i], symbols)
    # What is a label is known outside.
    moving: dict[str, Role] = {graph.nodes[i].label: "parameter" for i in arguments}
    inside = tape.graph({"y": symbols[end]}, roles=moving)
    inner = [graph.scopes[i] for i in folds.members if folds.members[i] == members]
    called = next((other.name for other in inner if other.kind == "call"), "")
    result = graph.nodes[end]
    op = operator(inside, called or "…")
    return arguments, replace(result, op=op, params=(), span=about.span, scope=scope)


def _arguments(graph: Graph, members: Collection[int]) -> list[int]:
    """What the members read from outside, in the order in which they do."""
    return list(dict.fromkeys(i for k in sorted(members) for i in graph.nodes[k].args if i not in members))
