"""What there is to know about each operator: for the page of notation and docs/operators.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .document import explain
from .errors import GraphError
from .messages import Message
from .notation import rules
from .ops import FAMILIES, Op
from .parse import parse


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
    program: str
    inputs: str


def families() -> Iterator[tuple[Message, list[Entry]]]:
    """Every family of operators that can be written, with its title."""
    for title, ops in FAMILIES:
        yield title, [entry(op) for op in ops if not op.helper]


def entry(op: Op) -> Entry:
    """All about one operator, at its first specimen."""
    call = f"{op.name}({', '.join(op.arguments)})"
    # Sums and means have nothing to show on a scalar.
    values = {name: [x, x] if op.shape else x for name, x in zip(op.arguments, op.specimens[0], strict=True)}
    document = explain(call, values)
    steps = tuple(step["rule"] for step in document["steps"] if step["kind"] == "contribute")
    derivatives = steps
    if op.kind == "elementwise":
        graph = parse(call, values)
        derivatives = tuple(
            rules.derivative(graph, len(graph.nodes) - 1, i) for i in range(len(op.arguments))
        )
    signs = infix(op)
    return Entry(
        op, (*signs, *op.aliases), document["graph"]["nodes"][-1]["latex"], derivatives, steps,
        signs[-1] if signs else call, "; ".join(f"{name} = {value}" for name, value in values.items()),
    )  # fmt: skip


def infix(op: Op) -> list[str]:
    """How a program writes the operator with a sign, if its code means that in a program too."""
    try:
        drawn = [node.op for node in parse(op.code).nodes if node.op]
    except GraphError:
        return []
    if drawn != [op] or "(" in op.code:
        return []
    return [op.code, op.code.replace(" ** ", "^")] if "**" in op.code else [op.code]
