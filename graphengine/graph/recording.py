"""A Tape: nodes in the order of their recording, which become a Graph.

A Tape either keeps every node as it came, for what was typed is what is drawn; or it is a `Shortening`, for
what the engine itself derives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from math import prod
from typing import Literal, TypedDict, Unpack

import numpy as np

from ..errors import GraphError, LimitError, Span
from ..limits import limits, spend
from ..messages import N_, Message
from ..ops import Constant, Op
from ..ops.parameters import Given
from ..values import Array, Operand, array, freeze
from . import Graph, Node, Role, Scope, Shape
from .symbols import Symbol
from .traversal import upstream

RECORDED = 3
"""Pieces of work of a node."""


class About(TypedDict, total=False):
    """What a Graph holds besides its nodes and outputs."""

    text: str
    values: Mapping[str, Array]
    defaults: frozenset[str]
    warnings: tuple[Message, ...]
    scopes: tuple[Scope, ...]
    roles: Mapping[str, Role]


class Tape:
    """Nodes in the order of their recording; a graph made of them gives them ids."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.scopes: list[Scope] = []
        self._scope: int | None = None

    @contextmanager
    def within(self, kind: Literal["statement", "call"], name: str, span: Span) -> Iterator[None]:
        """What is recorded meanwhile belongs to a new scope; LimitError for too much work."""
        spend("work", RECORDED)
        outer, self._scope = self._scope, len(self.scopes)
        self.scopes.append(Scope(f"s{len(self.scopes) + 1}", kind, name, outer, span))
        try:
            yield
        finally:
            self._scope = outer

    def input(self, name: str, shape: Shape, span: Span | None = None, is_complex: bool = False) -> Symbol:
        """A new input of `shape`, complex or real; LimitError for too much work."""
        return self.add(_input(name, shape, span, is_complex))

    def literal(self, value: Array | float, name: str | None = None, span: Span | None = None) -> Symbol:
        """A constant; a `Constant` brings its own name along. LimitError for too much work."""
        if name is None and isinstance(value, Constant):
            name = value.latex
        value = freeze(value)
        kind = np.iscomplexobj(value)
        return self.add(
            Node(
                "", "literal", value.shape, name=name, value=value, span=span, scope=self._scope, complex=kind
            )
        )

    def lift(self, thing: Operand) -> Symbol:
        """`thing` as a Symbol of this tape: numbers and arrays become literals.

        Raises GraphError for a Symbol of another tape, ValueProblem and LimitError as `values.array` does.
        """
        if isinstance(thing, Symbol):
            if thing.tape is not self:
                raise GraphError(N_("Symbols of two recordings cannot be mixed."))
            return thing
        return self.literal(thing if isinstance(thing, Constant) else array(thing, constant=True))

    def apply(
        self, op: Op, args: Sequence[Operand], params: Mapping[str, Given], span: Span | None = None
    ) -> Symbol:
        """Record `op(*args, **params)`.

        Raises ShapeError if the shapes do not fit, ValueProblem for an option of another kind or complex
        numbers where `op` takes none, and LimitError if it is too much.
        """
        spend("work", RECORDED)
        symbols = [self.lift(arg) for arg in args]
        is_complex = any(s.complex for s in symbols)
        op = op.resolve(tuple(s.shape for s in symbols)).over(is_complex)
        bound = op.bind(params)
        shape = op.infer(tuple(s.shape for s in symbols), bound)
        if prod(shape) > limits().elements:
            raise LimitError(
                N_(
                    "The result of {op} has shape {shape}; the limit `elements` is {limit}.",
                    op=op.name,
                    shape=shape,
                    limit=limits().elements,
                )
            )
        frozen = tuple(sorted(bound.items()))
        kind = is_complex if not op.result else op.result == "complex"
        args = tuple(s.index for s in symbols)
        return self.add(
            Node("", "operator", shape, op, args, frozen, span=span, scope=self._scope, complex=kind)
        )

    def copy(self, graph: Graph) -> list[Symbol]:
        """Append every node of `graph` as it is: their Symbols, in its order; LimitError for too many."""
        symbols: list[Symbol] = []
        for node in graph.nodes:
            symbols.append(self.take(node, symbols))
        return symbols

    def take(self, node: Node, symbols: Sequence[Symbol] | Mapping[int, Symbol]) -> Symbol:
        """Append a node as it is; its arguments are places in `symbols`. LimitError for too much work."""
        args = tuple(symbols[i].index for i in node.args)
        scope = node.scope if self.scopes else None
        return self.append(node.but(id="", args=args, scope=scope))

    def graft(self, node: Node, symbols: Sequence[Symbol], span: Span) -> Symbol:
        """Append a node of another recording as if it were recorded here, at `span` and without its name."""
        args = tuple(symbols[i].index for i in node.args)
        name = node.name if node.kind == "literal" else None
        return self.append(node.but(id="", name=name, args=args, scope=self._scope, span=span))

    def christen(self, symbol: Symbol, name: str | None) -> None:
        """Call a node `name`, unless it has a name."""
        if not symbol.node.name:
            self.nodes[symbol.index] = symbol.node.but(name=name)

    def graph(self, outputs: Mapping[str, Symbol], **about: Unpack[About]) -> Graph:
        """What the outputs need, and all inputs, as a Graph; `about` fills its other fields."""
        needed = upstream(self.nodes, (symbol.index for symbol in outputs.values()))
        inputs = [i for i, node in enumerate(self.nodes) if node.kind == "input"]
        others = [i for i in sorted(needed) if self.nodes[i].kind != "input"]
        order = inputs + others
        places = {index: place for place, index in enumerate(order)}
        chosen = [self.nodes[i] for i in order]
        nodes = tuple(
            node.but(id=name, args=tuple(places[i] for i in node.args))
            for name, node in zip(_ids(chosen), chosen, strict=True)
        )
        found = {name: places[symbol.index] for name, symbol in outputs.items()}
        fields: About = {"scopes": tuple(self.scopes), **about}
        return Graph(nodes, found, **fields)

    @property
    def symbols(self) -> list[Symbol]:
        """The Symbols of all nodes so far."""
        return [Symbol(self, i) for i in range(len(self.nodes))]

    def symbol(self, index: int) -> Symbol:
        """The Symbol of the node at `index`."""
        return Symbol(self, index)

    def add(self, node: Node) -> Symbol:
        """Append what is recorded, or find what may stand for it; LimitError for too much work."""
        return self.append(node)

    def append(self, node: Node) -> Symbol:
        """Append a node as it is; LimitError for too much work."""
        self.nodes.append(node)
        return Symbol(self, len(self.nodes) - 1)


@lru_cache(maxsize=4096)
def _input(name: str, shape: Shape, span: Span | None, is_complex: bool) -> Node:
    """Rules are recorded on the same inputs again and again."""
    return Node("", "input", shape, name=name, span=span, complex=is_complex)


def _ids(nodes: Sequence[Node]) -> list[str]:
    """Operators are v1 … vk in evaluation order, as in the literature; leaves are counted after them.

    A number that a user gave away, by calling something v3, is passed over: no label stands twice.
    """
    taken = {node.name for node in nodes}
    free = (name for name in map("v{}".format, count(1)) if name not in taken)
    operators = [k for k, node in enumerate(nodes) if node.kind == "operator"]
    leaves = [k for k, node in enumerate(nodes) if node.kind != "operator"]
    ids = dict(zip([*operators, *leaves], free, strict=False))
    return [ids[k] for k in range(len(nodes))]


def free_name(taken: Mapping[str, object]) -> str:
    """What an unnamed result is called: y, or the first of f, g, out that is free."""
    candidates = ["y", "f", "g", "out", *(f"out{i}" for i in range(2, len(taken) + 3))]
    return next(name for name in candidates if name not in taken)
