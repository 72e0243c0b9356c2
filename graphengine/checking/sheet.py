"""A backward pass that somebody wrote, worked out line by line: from the right adjoints, and from its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec

import numpy as np

from ..errors import GraphError, LimitError, NameProblem, ShapeError, Span
from ..graph import Graph
from ..graph.evaluation import evaluate
from ..messages import N_
from ..names import coded
from ..ops import OPS
from ..program import parse
from ..program.python import translated
from ..values import Array
from .assignments import Assignment
from .lines import NAME
from .spelling import adjoint_names
from .truth import Truth

P = ParamSpec("P")
Environment = dict[str, Array]


@dataclass
class Entry:
    """What was written for one gradient: per point its number by right adjoints and by the writer's own."""

    right: list[Array] = field(default_factory=list)
    own: list[Array] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reads: set[int] = field(default_factory=set)
    """Adjoints that the lines read, as positions."""
    error: GraphError | None = None

    def with_line(self, sign: str, right: list[Array], own: list[Array]) -> tuple[list[Array], list[Array]]:
        """The numbers after a line that assigns, adds or subtracts; ShapeError where they do not fit."""
        if sign == "-":
            right, own = [-x for x in right], [-x for x in own]
        if not (sign and self.right):
            return right, own
        add = OPS["add"].compute
        totals = [add(old, new) for old, new in zip(self.right, right, strict=True)]
        return totals, [_tried(add, old, new) for old, new in zip(self.own, own, strict=True)]


class Sheet:
    """The lines of a text, one after the other."""

    def __init__(self, graph: Graph, output: int, points: Sequence[Truth], text: str) -> None:
        self.graph, self.output, self.points, self.text = graph, output, points, text
        self.adjoints = adjoint_names(graph, output)
        self.places = {name: i for i, node in enumerate(graph.nodes) for name in (node.id, coded(node.label))}
        self.entries: dict[int, Entry] = {}
        self.helpers: list[tuple[Environment, Environment]] = [({}, {}) for _ in points]
        self.sources: dict[str, set[int]] = {}

    def write(self, line: Assignment) -> None:
        """Work out one assignment; what is wrong with a gradient is kept with it.

        Raises GraphError for what is wrong with a helper, and LimitError for either.
        """
        position = self.adjoints.get(line.name)
        entry = None if position is None else self.entries.setdefault(position, Entry())
        known = self._known(position, set(re.findall(NAME, line.source)))
        try:
            graph, reads = self._graph(line, known[0])
            rights = [_number(graph, right) for right, _own in known]
            owns = [_tried(_number, graph, own) for _right, own in known]
            if entry is not None:
                rights, owns = entry.with_line(line.sign, rights, owns)
        except GraphError as error:
            if entry is None or isinstance(error, LimitError):
                raise
            entry.error = error
            entry.spans.append(line.span)
            return
        if entry is None or position is None:
            for (right, own), first, second in zip(self.helpers, rights, owns, strict=True):
                right[line.name], own[line.name] = first, second
            self.sources[line.name] = reads
            return
        if not line.sign:
            entry.error, entry.spans, entry.reads = None, [], set()
        entry.reads |= reads - {position}
        entry.spans.append(line.span)
        entry.right, entry.own = rights, owns

    def _known(self, position: int | None, names: set[str]) -> list[tuple[Environment, Environment]]:
        """At each point the numbers that go by `names`: with right adjoints, and with the writer's own."""
        return [
            (
                {**self._values(k, names), **self._adjoints(k, names, {position}, "right"), **right},
                {**self._values(k, names), **self._adjoints(k, names, self.entries, "own"), **own},
            )
            for k, (right, own) in enumerate(self.helpers)
        ]

    def _values(self, k: int, names: set[str]) -> Environment:
        return {name: self.points[k].values[i] for name, i in self.places.items() if name in names}

    def _adjoints(self, k: int, names: set[str], written: Container[int | None], column: str) -> Environment:
        """The adjoints at a point: as far as they are `written` so far, and else the right ones.

        So a line that adds to itself reads what it adds to.
        """
        found = {}
        for name in names & self.adjoints.keys():
            i = self.adjoints[name]
            so_far = getattr(self.entries[i], column) if i in written and i in self.entries else []
            right = self.points[k].adjoints.get(i, np.zeros(self.graph.nodes[i].shape))
            found[name] = so_far[k] if so_far else right
        return found

    def _graph(self, line: Assignment, known: tuple[Environment, Environment]) -> tuple[Graph, set[int]]:
        """The right side as a graph of the names that it reads, and the adjoints among these."""
        env = known[0]
        used = {name for name in re.findall(NAME, line.source) if name in env}
        given = {name: env[name] for name in used}

        def shape_of(source: str) -> tuple[int, ...]:
            inner = parse(source, given)
            return inner.nodes[list(inner.outputs.values())[-1]].shape

        try:
            source = translated(line.source, shape_of)
        except SyntaxError:
            source = line.source  # a formula of the language, which is no Python
        except GraphError as error:
            raise self._placed(error, line, "") from error
        try:
            graph = parse(source, given)
        except GraphError as error:
            raise self._placed(error, line, source) from error
        for name in graph.inputs:
            if name not in env:
                raise NameProblem(
                    N_("Nothing is called {name}.", name=name),
                    span=line.span,
                    text=self.text,
                    hint=N_(
                        "There are the program's names, adjoints such as d{name}, and what you assign.",
                        name=next(iter(self.graph.inputs), "x"),
                    ),
                )
        reads = {self.adjoints[name] for name in used if name in self.adjoints}
        for name in used:
            reads |= self.sources.get(name, set())
        return graph, reads

    def _placed(self, error: GraphError, line: Assignment, source: str) -> GraphError:
        """The same error, with its place in what was pasted."""
        span = line.span
        if line.exact and error.span is not None and source == line.source:
            span = (line.span[0] + error.span[0], line.span[0] + error.span[1])
        error.span, error.text = span, self.text
        return error


def _number(graph: Graph, env: Environment) -> Array:
    return next(iter(evaluate(graph, {name: env[name] for name in graph.inputs}).values()))


def _tried(work: Callable[P, Array], *args: P.args, **more: P.kwargs) -> Array:
    """What `work` gives; an array of nothing where what the writer has so far does not fit."""
    try:
        return work(*args, **more)
    except ShapeError:
        return np.empty(0)
