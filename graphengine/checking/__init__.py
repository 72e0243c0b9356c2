"""Check my backward: a backward pass written by hand, judged gradient by gradient.

Nothing that is pasted is run: each right side is read as an expression of the language, and its numbers are
compared with the reverse sweep's, at the given inputs and at random ones near them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from ..derivatives.activity import active_nodes, choose_output, choose_wrt
from ..errors import GraphError, LimitError, ProgramError, Span, ValueProblem
from ..graph import Graph
from ..graph.evaluation import needs_numbers
from ..limits import bounded, limits, spend
from ..messages import N_, Message
from ..notation import rules
from ..notation.spelling import spelled
from ..values import DIGITS, Array, format_number, shape_text
from . import functions, shapes
from .assignments import Assignment
from .cases import Case
from .lines import NAME, assignments
from .sheet import Entry, Sheet
from .slips import explanation
from .spelling import adjoint_names
from .truth import Truth, same, truths

LINES = 200
"""Assignments of one text."""
ELEMENTS = 20_000
"""Numbers of all nodes together, at one point."""


@dataclass(frozen=True)
class Verdict:
    """One gradient: whether it is right, what is wrong with it, and by how much and where it is most."""

    node: int
    kind: shapes.Kind
    sentences: tuple[Message, ...]
    spans: tuple[Span, ...] = ()
    absolute: float | None = None
    relative: float | None = None
    place: tuple[int, ...] | None = None
    found: Array = None
    right: Array = None
    error: GraphError | None = None


@dataclass(frozen=True)
class Report:
    """The verdicts in the order of the program's backward pass, on a text."""

    graph: Graph
    output: str
    text: str
    points: int
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every gradient is there and right."""
        return all(verdict.kind == "right" for verdict in self.verdicts)


@bounded
def check_backward(
    graph: Graph, text: str, output: str | None = None, wrt: Sequence[str] | None = None
) -> Report:
    """Judge the backward pass `text` of `graph`; the adjoint of the output is 1 unless the text says more.

    Raises GraphError for text that cannot be read, for unknown names, and where values leave the reals.
    """
    needs_numbers(graph)
    end = choose_output(graph, output)
    names = choose_wrt(graph, wrt)
    if len(text) > limits().characters:
        raise LimitError(N_("The text is longer than {limit} characters.", limit=limits().characters))
    lines = assignments(text)
    if len(lines) > LINES:
        raise LimitError(N_("The text has more than {limit} lines.", limit=LINES))
    if sum(int(np.prod(node.shape)) for node in graph.nodes) > ELEMENTS:
        raise LimitError(N_("The program has more than {limit} numbers, too many to check.", limit=ELEMENTS))
    points = truths(graph, end, names, seeded=_seeded(graph, end, text, lines))
    if not points:
        raise ValueProblem(N_("At these inputs the program or its gradient is not finite: choose others."))
    sheet = Sheet(graph, graph.outputs[end], points, text)
    for line in lines:
        sheet.write(line)
    if not sheet.entries:
        raise ProgramError(
            N_("No gradient is assigned here."),
            text=text,
            hint=N_(
                "Call them d{name}, {name}_bar, grad_{name}, {name}.grad or ∂{output}/∂{name}.",
                name=names[0] if names else "x",
                output=end,
            ),
        )
    wanted = [graph.inputs[name] for name in names]
    inner = sorted({*sheet.entries} - {*wanted}, reverse=True)
    order = [*inner, *wanted]
    with np.errstate(all="ignore"):  # what was written may be infinite, or not a number
        verdicts = [_judged(sheet, points, position) for position in order]
    return Report(graph, end, text, len(points), tuple(verdicts))


def _seeded(graph: Graph, output: str, text: str, lines: Sequence[Assignment]) -> bool:
    """Whether the adjoint of the output comes from outside: it is read, or the text is a class."""
    if functions.assignments(text) is not None:
        return True
    position = graph.outputs[output]
    names = {name for name, of in adjoint_names(graph, position).items() if of == position}
    read = {word for line in lines for word in re.findall(NAME, line.source)}
    return bool(names & read) and not names & {line.name for line in lines}


def _judged(sheet: Sheet, points: Sequence[Truth], position: int) -> Verdict:
    node, entry = sheet.graph.nodes[position], sheet.entries.get(position)
    right = [_right(point, position) for point in points]
    if entry is None:
        return Verdict(position, "missing", (N_("No line gives this gradient."),), right=right[0])
    spans = tuple(entry.spans)
    if entry.error is not None:
        return Verdict(position, "error", (), spans, right=right[0], error=entry.error)
    if position not in points[0].adjoints:
        points = [Truth(p.graph, p.values, {**p.adjoints, position: np.zeros(node.shape)}) for p in points]
    agreed = [same(*pair) for pair in zip(entry.right, right, strict=True)]
    if all(agreed):
        return _fed(sheet, entry, position, right, points)
    slip = explanation(Case(position, points, entry.right))
    slips: tuple[Message, ...] = (slip,) if slip else ()
    told: tuple[Message, ...]
    if agreed[0]:
        lucky = N_("It is right at these numbers and wrong at others: what was left out is 1 or 0 here.")
        k = agreed.index(False)
        return Verdict(position, "lucky", (lucky, *slips), spans, **_difference(entry.right[k:], right[k:]))
    if np.shape(entry.right[0]) != np.shape(right[0]):
        misfit = N_(
            "Its shape is {found}; that of {name} is {right}.",
            name=node.label,
            found=_shape(entry.right[0]),
            right=_shape(right[0]),
        )
        told = (misfit, *slips)
        return Verdict(position, "shape", told, spans, found=entry.right[0], right=right[0])
    told = slips or (N_("None of the known slips explains it."),)
    return Verdict(position, "wrong", told, spans, **_difference(entry.right, right))


def _fed(
    sheet: Sheet, entry: Entry, position: int, right: Sequence[Array], points: Sequence[Truth]
) -> Verdict:
    """A line that is right by itself; what it reads may be wrong."""
    spans = tuple(entry.spans)
    if all(same(*pair) for pair in zip(entry.own, right, strict=True)):
        return Verdict(position, "right", (), spans, found=entry.own[0], right=right[0])
    wrong = [
        sheet.graph.nodes[i].label
        for i in sorted(entry.reads)
        if (other := sheet.entries.get(i)) is not None
        and not (other.own and all(same(x, _right(p, i)) for x, p in zip(other.own, points, strict=True)))
    ]
    told = N_("The line is right; it reads what is wrong: {names}.", names=", ".join(wrong) or "–")
    k = next(k for k, pair in enumerate(zip(entry.own, right, strict=True)) if not same(*pair))
    return Verdict(position, "fed", (told,), spans, **_difference(entry.own[k:], right[k:]))


def _right(point: Truth, position: int) -> Array:
    """The true adjoint; zeros for a node that the output does not use."""
    return point.adjoints.get(position, np.zeros(point.graph.nodes[position].shape))


class _Difference(TypedDict, total=False):
    """What a `Verdict` says in numbers."""

    found: Array
    right: Array
    absolute: float
    relative: float | None
    place: tuple[int, ...]


def _difference(found: Sequence[Array], right: Sequence[Array]) -> _Difference:
    """By how much, and at which element most, at the first of the points."""
    first, expected = np.asarray(found[0]), np.asarray(right[0])
    told: _Difference = {"found": first, "right": expected}
    if first.shape == expected.shape and first.size:
        gaps = np.abs(first - expected)
        place = np.unravel_index(int(np.argmax(gaps)), gaps.shape) if gaps.ndim else ()
        size = float(np.abs(expected[place]))
        told |= {
            "absolute": float(gaps[place]),
            "relative": float(gaps[place]) / size if size else None,
            "place": tuple(int(i) for i in place),
        }
    return told


def _shape(value: Array) -> str:
    return shape_text(np.shape(value)) if np.ndim(value) else "()"


def as_dict(report: Report, language: str = "en", digits: int = DIGITS) -> shapes.Report:
    """A report as JSON, in the reader's language."""
    return {
        "passed": report.passed,
        "points": report.points,
        "output": report.output,
        "verdicts": [_verdict_dict(report, verdict, language, digits) for verdict in report.verdicts],
    }


def _verdict_dict(report: Report, verdict: Verdict, language: str, digits: int) -> shapes.Verdict:
    graph = report.graph
    node = graph.nodes[verdict.node]
    rules_of = [] if verdict.kind == "right" else _rules(graph, verdict.node, report.output, language)
    place = None if not verdict.place else [i + 1 for i in verdict.place]

    def number(value: Array | None) -> str | None:
        if value is None or (np.ndim(value) and verdict.place is None):
            return None
        return format_number(np.asarray(value)[verdict.place or ()], digits)

    return {
        "node": node.id,
        "name": node.label,
        "kind": verdict.kind,
        "sentences": [message.text(language) for message in verdict.sentences],
        "spans": [list(span) for span in verdict.spans],
        "absolute": None if verdict.absolute is None else format_number(verdict.absolute, digits),
        "relative": None if verdict.relative is None else format_number(verdict.relative, 3),
        "place": place,
        "found": number(verdict.found),
        "right": number(verdict.right),
        "rules": rules_of,
        "sum": r" \;+\; ".join(rules_of),
        "error": None if verdict.error is None else verdict.error.as_dict(language),
    }


def _rules(graph: Graph, position: int, output: str, language: str) -> list[str]:
    """What is right: the contributions that make up an adjoint, as formulas."""
    spend("work", 1 + len(graph.nodes) // 10)
    active = active_nodes(graph, list(graph.inputs), [graph.outputs[output]])
    edges = [edge for edge in graph.edges() if edge.source == position and edge.target in active]
    return [spelled(rules.contribution(graph, edge.target, edge.argument), language) for edge in edges]
