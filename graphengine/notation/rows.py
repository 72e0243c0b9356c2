r"""Formulas in the Jacobian (numerator) layout: adjoints are rows, and everything stands transposed.

What is Xᵀ ḡ in the gradient layout is ḡ X here, ḡ being the row that the derivative of a scalar is. Each
formula is printed together with its transpose, by (AB)ᵀ = BᵀAᵀ.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

import numpy as np

from ..derivatives.rules import derive
from ..graph import Graph, Node
from ..graph.traversal import run
from ..ops import OPS, Level
from ..sweeps.steps import Step, Trace
from ..values import DIGITS, Array
from .latex import UNSAID, Formula, apply, number, symbol

Pair = tuple[Formula, Formula]
"""A formula and its transpose."""
Leaf = Callable[[int], Pair | None]


def turned(formula: Formula) -> Formula:
    """The transpose of a formula that is not taken apart."""
    if not formula.array:
        return formula
    return Formula(rf"{{{formula.within(Level.ATOM)}}}^{{\top}}", Level.POWER, True)


def print_rows(nodes: Sequence[Node], leaf: Leaf, digits: int = DIGITS) -> list[Pair]:
    """The formulas of all nodes with their transposes, in their order."""

    def known(position: int) -> Pair | None:
        pair = leaf(position)
        if pair is not None or nodes[position].op is not None:
            return pair
        formula = number(nodes[position].value, digits)
        return formula, turned(formula)

    return run(nodes, known, _applied)


def _applied(node: Node, pairs: Sequence[Pair]) -> Pair:
    """An operator on formulas, as it stands and transposed."""
    assert node.op is not None
    array = bool(node.shape)
    if node.op.kind == "elementwise":
        array = any(plain.array for plain, _ in pairs)
    formula = apply(node.op, [plain for plain, _ in pairs], array, dict(node.params))
    text = node.op.said.transposed
    # What has a name is a total, which as a row is a total only if it is a number.
    if not text or formula.array == ("(" in text):
        return formula, turned(formula)
    other = _transposed(ast.parse(text, mode="eval").body, node, formula, pairs)
    lies = formula.row and node.op.said.product  # xᵀ A, which stands as Aᵀ x in a column
    return (other, formula) if lies else (formula, other)


def _transposed(tree: ast.expr, node: Node, formula: Formula, pairs: Sequence[Pair]) -> Formula:
    """The formula of a transpose as a record says it; what is no matrix product is the operator itself."""
    assert node.op is not None
    op, params = node.op, dict(node.params)
    named: dict[str, Pair] = dict(zip(op.arguments, pairs, strict=True))

    def read(part: ast.expr) -> Formula:
        return _transposed(part, node, formula, pairs)

    match tree:
        case ast.Name(id="y"):
            return formula
        case ast.Name(id=argument):
            return named[argument][0]
        case ast.Attribute(value=ast.Name(id=argument), attr="T"):
            return named[argument][1]
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            return apply(OPS["matmul"], [read(left), read(right)], True)
        case ast.BinOp(left=left, right=right):
            args = [left, right]
        case ast.UnaryOp(operand=operand):
            args = [operand]
        case ast.Call(args=args):
            pass
        case _:
            raise AssertionError(f"{ast.unparse(tree)} has no place in a transpose")
    return apply(op, list(map(read, args)), formula.array, params)


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
    """A number as a row: a vector lies, a matrix is transposed.

    Of shape (n,) it is 1×n, and m×n is n×m.
    """
    if np.ndim(value) == 1:
        return number(np.reshape(value, (1, -1)), digits)
    return number(np.swapaxes(value, -1, -2) if np.ndim(value) == 2 else value, digits)


def _contribution(graph: Graph, step: Step, leaf: Callable[[str, int], Formula]) -> str:
    """The adjoint rule of an edge, transposed; `leaf(role, position)` prints an adjoint as a row."""
    assert step.source is not None and step.argument is not None
    found = derive("adjoint", graph, step.source, step.argument)
    args = graph.nodes[step.source].args

    def pair(index: int) -> Pair | None:
        if index not in found.needed:
            return UNSAID, UNSAID
        if index not in found.roles:
            return None
        role, i = found.roles[index]
        formula = leaf(role, args[i] if role == "arg" else step.source or 0)
        return (turned(formula), formula) if role == "g" else (formula, turned(formula))

    return print_rows(found.nodes, pair)[found.result][1].text
