"""The two passes of a sweep as lines: values, then adjoints or tangents, in the order of the steps."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

import numpy as np

from ..derivatives.accumulation import backwards
from ..derivatives.activity import active_nodes, choose_output, choose_wrt
from ..derivatives.rules import Role, derive
from ..graph import Graph, Node
from ..graph.traversal import downstream
from .dialects import Dialect
from .lines import Line, Printer
from .terms import MODULE, TAKEN, Names, Term


@dataclass(frozen=True)
class Part:
    """Lines that belong together, and the inputs whose gradients they serve."""

    lines: tuple[Line, ...]
    serves: frozenset[str] = frozenset()


class Passes:
    """A graph and one of its outputs in a dialect, `wrt` some inputs.

    Its passes raise DerivativeError where an operator on the way has no derivative.
    """

    def __init__(
        self, graph: Graph, dialect: Dialect, output: str | None = None, wrt: Sequence[str] | None = None
    ) -> None:
        self.graph = graph
        self.dialect = dialect
        self.wrt = choose_wrt(graph, wrt)
        self.output = choose_output(graph, output)
        self.end = graph.outputs[self.output]
        self.names = Names(graph, dialect.reserved | TAKEN)
        self.printer = Printer(dialect, self.names.temporaries())
        self.active = active_nodes(graph, self.wrt, [self.end])

    @property
    def inputs(self) -> list[int]:
        """The positions of the inputs."""
        return list(self.graph.inputs.values())

    @cached_property
    def by(self) -> list[int]:
        """The positions of the inputs that are differentiated by."""
        return [self.graph.inputs[name] for name in self.wrt]

    @property
    def arguments(self) -> list[str]:
        """The names of all inputs in code."""
        return [self.names.values[position] for position in self.inputs]

    @property
    def given(self) -> list[str]:
        """Marks of the line that takes the inputs: their values, and in forward mode their tangents."""
        nodes = [self.graph.nodes[position] for position in self.inputs]
        return [f"node_{node.id}.{slot}" for node in nodes for slot in ("value", "tangent")]

    @property
    def seed(self) -> str:
        """The name of the output's adjoint."""
        return self.names.adjoints[self.end]

    @property
    def seeded(self) -> list[str]:
        """Marks of the line that takes it."""
        return [f"node_{self.graph.nodes[self.end].id}.adjoint"]

    def gradient(self, position: int) -> str:
        """What `backward` returns for an input."""
        return self.names.adjoints[position] if position in self.active else self.zero(position)

    @property
    def tangent(self) -> str:
        """What `forward` returns as the output's tangent in forward mode."""
        if self.end in downstream(self.graph.nodes, self.by):
            return self.names.tangents[self.end]
        return f"{self.dialect.module}.zeros_like({self.names.values[self.end]})"

    @cached_property
    def _needs(self) -> Mapping[str, str]:
        return {
            name: self.names.fresh(f"need_{self.names.values[i]}") for name, i in self.graph.inputs.items()
        }

    def need(self, name: str) -> str:
        """What says in a Function whether an input's gradient is asked for."""
        return self._needs[name]

    def kept(self, name: str) -> str:
        """The attribute of a Module that is the input `name`."""
        own = self.names.values[self.graph.inputs[name]]
        return f"{own}_" if own.startswith("_") or own in MODULE else own

    def value(self, position: int) -> Term:
        """What stands for the value of a node where it is read: its name, or a number without one."""
        node = self.graph.nodes[position]
        if node.kind == "literal" and not self._stated(node):
            return self.printer.literal(node.value)
        return Term(self.names.values[position], node.shape, complex=node.complex)

    # ---- values ----

    @cached_property
    def values(self) -> list[Line]:
        """One line or more for every node but the inputs."""
        lines = []
        for position, node in enumerate(self.graph.nodes):
            if node.op is None:
                if node.kind == "literal" and self._stated(node):
                    lines.append(Line(f"{self.names.values[position]} = {self.dialect.array(node.value)}"))
                continue
            args = [self.value(i) for i in node.args]
            before, term = self.printer.operator(node.op, args, dict(node.params), node.shape)
            mark = (f"node_{node.id}.value",)
            lines += [Line(text, mark) for text in before]
            lines.append(Line(f"{self.names.values[position]} = {term.text}", mark))
        return lines

    @staticmethod
    def _stated(node: Node) -> bool:
        """Whether a literal has a line: an array, or what the user gave a name."""
        return bool(node.shape) or (node.name is not None and node.name.isidentifier())

    # ---- adjoints ----

    @cached_property
    def adjoints(self) -> list[Part]:
        """The contributions by the node that sends them, from the output to the inputs."""
        parts, arrived = [], {self.end}
        for position, edges in groupby(backwards(self.graph.nodes, self.active), attrgetter("target")):
            comment: tuple[Line, ...] = (Line(f"# {self.names.values[position]} = {self._said(position)}"),)
            for edge in edges:
                part = self._contribution(position, edge.argument, edge.source in arrived)
                parts.append(Part((*comment, *part.lines), part.serves))
                arrived.add(edge.source)
                comment = ()
        return parts

    def reached(self, position: int) -> frozenset[str]:
        """The inputs to whose gradients the adjoint of a node contributes."""
        return frozenset(name for name in self.wrt if position in self._after[name])

    @cached_property
    def _after(self) -> Mapping[str, frozenset[int]]:
        return {name: downstream(self.graph.nodes, [self.graph.inputs[name]]) for name in self.wrt}

    def _contribution(self, position: int, argument: int, again: bool) -> Part:
        node = self.graph.nodes[position]
        source = node.args[argument]
        found = derive("adjoint", self.graph, position, argument)
        before, term = self._rule(position, argument, found.nodes, found.result, found.roles)
        if term.number is not None:
            # A number of Python's own has no shape; the gradient has that of the argument.
            term = Term(f"{self.dialect.module}.full_like({self.names.values[source]}, {term.text})")
        name = self.names.adjoints[source]
        whole = f"{name} + {_summand(term.text)}" if again else term.text
        mark = (f"edge_{node.id}_{argument}",)
        lines = [*before, f"{name} = {whole}"]
        return Part(tuple(Line(text, mark) for text in lines), self.reached(source))

    def _rule(
        self, position: int, argument: int, nodes: Sequence[Node], result: int, roles: Mapping[int, Role]
    ) -> tuple[list[str], Term]:
        node = self.graph.nodes[position]
        leaves = {}
        # The argument itself first: its shape is the one that a contribution must have.
        for index, (role, i) in sorted(roles.items(), key=lambda item: item[1] != ("arg", argument)):
            if role == "arg":
                leaves[index] = self.value(node.args[i])
            elif role == "d":
                moved = self.graph.nodes[node.args[i]]
                leaves[index] = Term(self.names.tangents[node.args[i]], moved.shape, complex=moved.complex)
            else:
                of = self.names.values if role == "y" else self.names.adjoints
                leaves[index] = Term(of[position], node.shape, complex=node.complex)
        return self.printer.lines(nodes, result, leaves)

    def _said(self, position: int) -> str:
        """The right side of a node's line of values."""
        text = next(
            line.text for line in reversed(self.values) if _target(line.text) == self.names.values[position]
        )
        return text.partition(" = ")[2]

    @cached_property
    def saved(self) -> list[str]:
        """The values that the adjoints read, in the order of the graph."""
        read = _read(line.text for part in self.adjoints for line in part.lines)
        unused = [i for i in self.by if i not in self.active]
        read |= {self.names.values[i] for i in unused if self.graph.nodes[i].shape}
        return [name for name in self.names.values if name in read]

    def zero(self, position: int) -> str:
        """A gradient of zeros, of an input that the output does not use."""
        node = self.graph.nodes[position]
        if not node.shape:
            return self.dialect.array(np.zeros((), complex if node.complex else float))
        return f"{self.dialect.module}.zeros_like({self.names.values[position]})"

    # ---- tangents ----

    @cached_property
    def tangents(self) -> list[Line]:
        """Each node's value, then its tangent, as forward mode goes."""
        moving = downstream(self.graph.nodes, self.by)
        written: dict[str, list[Line]] = {}
        for line in self.values:
            written.setdefault("".join(line.marks), []).append(line)
        lines = written.pop("", [])
        for position, node in enumerate(self.graph.nodes):
            lines += written.get(f"node_{node.id}.value", [])
            if node.op is not None and position in moving:
                lines += self._tangent(position, moving)
        return lines

    def _tangent(self, position: int, moving: frozenset[int]) -> list[Line]:
        node = self.graph.nodes[position]
        before, terms = [], []
        for argument, source in enumerate(node.args):
            if source in moving:
                found = derive("tangent", self.graph, position, argument)
                first, term = self._rule(position, argument, found.nodes, found.result, found.roles)
                before += first
                terms.append(term.text)
        total = terms[0] if len(terms) == 1 else " + ".join(map(_summand, terms))
        mark = (f"node_{node.id}.tangent",)
        return [Line(text, mark) for text in [*before, f"{self.names.tangents[position]} = {total}"]]


def _summand(text: str) -> str:
    """An expression as a part of a sum."""
    tree = ast.parse(text, mode="eval").body
    loose = isinstance(tree, (ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda))
    return f"({text})" if loose or text.startswith("-") else text


def _target(text: str) -> str:
    return text.partition(" = ")[0]


def _read(texts: Iterable[str]) -> set[str]:
    return {node.id for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
