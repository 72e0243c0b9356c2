r"""Formulas in the Jacobian (numerator) layout: adjoints are rows, and everything stands transposed.

What is Xᵀ ḡ in the gradient layout is ḡ X here, ḡ being the row that the derivative of a scalar is. Each
formula is printed together with its transpose, by (AB)ᵀ = BᵀAᵀ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..derivatives.rules import derive
from ..graph import Graph
from ..graph.traversal import run
from ..ops import OPS, Level
from ..sweeps.steps import Step, Trace
from ..values import DIGITS, Array
from .latex import Formula, apply, number, symbol

Pair = tuple[Formula, Formula]
"""A formula and its transpose."""
Leaf = Callable[[int], Pair | None]


def turned(formula: Formula) -> Formula:
    """The transpose of a formula that is not taken apart."""
    if not formula.array:
        return formula
    return Formula(rf"{{{formula.within(Level.ATOM)}}}^{{\top}}", Level.POWER, True)


def print_rows(nodes: Sequence[Any], leaf: Leaf, digits: int = DIGITS) -> list[Pair]:
    """The formulas of all nodes with their transposes, in their order."""

    def known(position: int) -> Pair | None:
        pair = leaf(position)
        if pair is not None or nodes[position].op is not None:
            return pair
        formula = number(nodes[position].value, digits)
        return formula, turned(formula)

    return run(nodes, known, _applied)


def _applied(node: Any, pairs: Sequence[Pair]) -> Pair:
    """An operator on formulas, as it stands and transposed."""
    array = bool(node.shape)
    if node.op.kind == "elementwise":
        array = any(plain.array for plain, _ in pairs)
    formula = apply(node.op, [plain for plain, _ in pairs], array, dict(node.params))
    if not formula.array:
        lying = node.op.name in ("sum", "sum_to", "mean")
        row = apply(node.op, [row for _, row in pairs], False, dict(node.params)) if lying else formula
        return formula, row
    (first, first_row), (second, second_row) = pairs[0], pairs[-1]
    match node.op.name:
        case "matmul" | "matvec":
            return formula, apply(OPS["matmul"], [second_row, first_row], True)
        case "vecmat":  # a row already, which as a column is the transposed matrix times the vector
            return apply(OPS["matmul"], [second_row, first], True), formula
        case "outer":
            return formula, apply(OPS["matmul"], [second, first_row], True)
        case "transpose":
            return formula, first
        case "spread_diagonal" | "diag_matrix":
            return formula, formula
        case "add" | "sub" | "neg" | "mul" | "div" | "expand" | "reshaped":
            rows = [row for _, row in pairs]
            return formula, apply(node.op, rows, True, dict(node.params))
    return formula, turned(formula)


def rule(graph: Graph, step: Step) -> str:
    """The right side of a contribution in names, adjoints being rows."""
    return _contribution(graph, step, lambda role, i: symbol(graph, i, "bar" if role == "g" else ""))


def substituted(graph: Graph, trace: Trace, step: Step, digits: int = DIGITS) -> str:
    """The same with numbers, before what had arrived is added."""
    (term,) = step.terms

    def leaf(role: str, i: int) -> Formula:
        return row(term.incoming, digits) if role == "g" else number(trace.values[i], digits)

    text = _contribution(graph, step, leaf)
    return text if step.before is None else f"{row(step.before, digits).text} + {text}"


def row(value: Array, digits: int = DIGITS) -> Formula:
    """A number as a row: a vector lies, a matrix is transposed."""
    if np.ndim(value) == 1:
        return number(np.reshape(value, (1, -1)), digits)
    return number(np.swapaxes(value, -1, -2) if np.ndim(value) == 2 else value, digits)


def _contribution(graph: Graph, step: Step, leaf: Callable[[str, int], Formula]) -> str:
    """The adjoint rule of an edge, transposed; `leaf(role, position)` prints an adjoint as a row."""
    assert step.source is not None and step.argument is not None
    found = derive("adjoint", graph, step.source, step.argument)
    args = graph.nodes[step.source].args

    def pair(index: int) -> Pair | None:
        if index not in found.roles:
            return None
        role, i = found.roles[index]
        formula = leaf(role, args[i] if role == "arg" else step.source or 0)
        return (turned(formula), formula) if role == "g" else (formula, turned(formula))

    return print_rows(found.nodes, pair)[found.result][1].text
