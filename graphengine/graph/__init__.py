"""The computational graph: immutable, its nodes in evaluation order.

Arguments are positions in `Graph.nodes`, so "backwards" is `reversed(graph.nodes)` and no node can
read one that comes after it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import numpy as np

from ..errors import Span
from ..messages import Message
from ..ops import Op

Shape = tuple[int, ...]

_CALL = re.compile(r"(\w+)\s*\(")
Kind = Literal["input", "literal", "operator"]
Role = Literal["parameter", "data", "label", "index", "count"]
"""What an input is."""


@dataclass(frozen=True)
class Scope:
    """What can be drawn as one node: a statement, the call of a function, an operator, a block that repeats.

    `id` is counted ("s2"), or that of the node which an opened operator was; `parent` is the place in
    `Graph.scopes` of the scope around it; `span` is where it stands in the text.
    """

    id: str
    kind: Literal["statement", "call", "operator", "block"]
    name: str
    parent: int | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Node:
    """One node; `id` is counted ("v3"), never made from a user's name, and "" on a Tape.

    `args` are positions in the graph; `value` is a literal's read-only array and None elsewhere. `scope` is
    the place in `Graph.scopes` of the innermost scope that the node belongs to. `complex` tells the kind of
    its numbers, which is static like the shape.
    """

    id: str
    kind: Kind
    shape: Shape
    op: Op | None = None
    args: tuple[int, ...] = ()
    params: tuple[tuple[str, Hashable], ...] = ()
    name: str | None = None
    value: np.ndarray | None = None
    span: Span | None = None
    scope: int | None = None
    complex: bool = False

    @property
    def label(self) -> str:
        """What people call it: the user's name, or the id."""
        return self.name or self.id

    def but(self, **changes: object) -> Node:
        """The node with other fields, as `dataclasses.replace` makes it; that takes eight times as long."""
        other = object.__new__(Node)
        other.__dict__.update(self.__dict__, **changes)
        return other


@dataclass(frozen=True)
class Edge:
    """The `argument`-th argument of node `target` is node `source` (positions)."""

    source: int
    target: int
    argument: int


@dataclass(frozen=True)
class Graph:
    """Nodes in evaluation order (inputs first), named outputs, and the inputs' values.

    `values` holds every input's read-only array; those in `defaults` were not given by the user. `roles` are
    those that were written down; the others follow from use (`graphengine.graph.roles`).
    """

    nodes: tuple[Node, ...]
    outputs: Mapping[str, int]
    text: str = ""
    values: Mapping[str, np.ndarray] = field(default_factory=dict)
    defaults: frozenset[str] = frozenset()
    warnings: tuple[Message, ...] = ()
    scopes: tuple[Scope, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outputs", MappingProxyType(dict(self.outputs)))
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "roles", MappingProxyType(dict(self.roles)))

    @cached_property
    def inputs(self) -> dict[str, int]:
        """The inputs' names and positions, in the order of their first appearance."""
        return {n.label: i for i, n in enumerate(self.nodes) if n.kind == "input"}

    @property
    def operations(self) -> int:
        """Scalar operations of one evaluation."""
        return sum(
            node.op.operations(node.shape, tuple(self.nodes[i].shape for i in node.args), dict(node.params))
            for node in self.nodes
            if node.op is not None
        )

    @cached_property
    def unknown(self) -> frozenset[int]:
        """The positions whose values have no numbers: what follows from functions known by name alone."""
        found: set[int] = set()
        for position, node in enumerate(self.nodes):
            if (node.op is not None and node.op.unknown) or not found.isdisjoint(node.args):
                found.add(position)
        return frozenset(found)

    def edges(self) -> Iterator[Edge]:
        """Every edge, by the node that it enters and then by argument."""
        for target, node in enumerate(self.nodes):
            for argument, source in enumerate(node.args):
                yield Edge(source, target, argument)

    def operator(self, node: Node) -> str:
        """The operator of a node as messages call it: as it was typed (log or ln), else by its symbol."""
        assert node.op is not None
        typed = _CALL.match(self.text, node.span[0], node.span[1]) if node.span else None
        name = unicodedata.normalize("NFKC", typed[1]) if typed else ""
        return name if name in (node.op.name, *node.op.aliases) else node.op.said.symbol

    def position(self, name: str) -> int:
        """The position of the node called `name`, by the user's name or by id; KeyError if none is."""
        for i, node in enumerate(self.nodes):
            if name in (node.name, node.id):
                return i
        raise KeyError(name)
