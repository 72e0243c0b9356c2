"""What there is to know about each operator: for the page of notation and docs/operators.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..graph import Shape
from ..messages import Message
from ..notation import rules
from ..ops import FAMILIES, Op
from ..ops.complexes import COMPLEXES
from ..program import parse
from . import explain
from .shapes import Value


@dataclass(frozen=True)
class Entry:
    """One operator: how it is written, its formula and derivatives in LaTeX, and an example to open.

    `steps` are the rules as reverse mode shows them; `derivatives` the partial derivatives, or the same
    rules where the operator is linear and has an adjoint instead.
    """

    op: Op
    written: tuple[str, ...]
    formula: str
    derivatives: tuple[str, ...]
    steps: tuple[str, ...]
    call: str
    program: str
    inputs: str


def families() -> Iterator[tuple[Message, list[Entry]]]:
    """Every family of operators that can be written, with its title."""
    for title, ops in FAMILIES:
        yield title, [entry(op) for op in ops if not op.helper]


def entry(op: Op) -> Entry:
    """All about one operator, at its first specimen."""
    listed = list(op.arguments)
    for name, value in op.options[0].items():
        if isinstance(value, str):  # text stands first
            listed.insert(0, repr(value))
        else:
            listed.append(f"{name}={value!r}")
    call = f"{op.name}({', '.join(listed)})"
    values = dict(zip(op.arguments, specimen(op), strict=True))
    graph = parse(call, values)
    derivable = None not in graph.nodes[-1].op.rules  # type: ignore[union-attr]
    document = explain(call, values, wrt=None if derivable else [])
    steps = tuple(step["rule"] for step in document["steps"] if step["kind"] == "contribute")
    # What others make up has no rule of its own.
    derivatives = steps = () if op.kind == "composite" else steps
    if op.kind == "elementwise" and derivable:
        derivatives = tuple(
            rules.derivative(graph, len(graph.nodes) - 1, i) for i in range(len(op.arguments))
        )
    signs = infix(op)
    formula = document["graph"]["nodes"][-1]["latex"]
    inputs = "; ".join(f"{name} = {value}" for name, value in values.items())
    program = signs[-1] if signs else call
    return Entry(op, (*signs, *op.aliases), formula, derivatives, steps, call, program, inputs)


def specimen(op: Op) -> list[Value]:
    """Typical arguments: numbers, or small arrays of such numbers as are easily checked by hand."""
    if op in COMPLEXES:
        return [(np.array(_array(shape)) * (1 - 2j)).tolist() for shape in op.shapes[0]]
    if not (op.shapes or op.specimens):  # the last argument chooses, by whole numbers
        return [*([[1, 2, 3]] * (len(op.arguments) - 1)), [1, 0]]
    if "< 1" in op.domain and op.shapes:  # of probabilities
        return [(np.array(_array(s)) / (np.prod(s, dtype=int) + 1)).tolist() for s in op.shapes[0]]
    if op.shapes:
        return [_array(shape) for shape in op.shapes[0]]
    # Sums and means have nothing to show on a scalar.
    return [[x, x] if op.shape else x for x in op.specimens[0]]


def _array(shape: Shape) -> Value:
    numbers = np.arange(1.0, np.prod(shape, dtype=int) + 1).reshape(shape)
    if len(shape) == 2 and shape[0] == shape[1]:
        numbers = np.eye(shape[0]) + np.minimum.outer(np.arange(shape[0]), np.arange(shape[0]))
    return numbers.tolist()


def infix(op: Op) -> list[str]:
    """How a program writes the operator with a sign, if it does."""
    text = op.said.text
    if "(" in text or "." in text:
        return []
    return [text, text.replace(" ** ", "^")] if "**" in text else [text]
