"""Graph -> SymPy, as it was typed: matrices as wholes where SymPy has the operation, else their elements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..errors import GraphError, LimitError
from ..graph import Graph, Node
from ..graph.roles import discrete
from ..limits import bounded, spend
from ..messages import N_
from ..notation.symbolic import Expr, applied, formula, number_of

RELATIONS = {
    "less": "Lt",
    "less_equal": "Le",
    "greater": "Gt",
    "greater_equal": "Ge",
    "equal": "Eq",
    "not_equal": "Ne",
}
"""SymPy's comparisons, by our operators."""
LOGIC = {"logical_and": "And", "logical_or": "Or", "logical_not": "Not"}
"""What it makes of them."""
_SCALED = {("mul", 0): "MatMul(a, b)", ("mul", 1): "MatMul(b, a)", ("div", 1): "MatMul(1 / b, a)"}
"""A matrix multiplied or divided by a number, by the operator and the place of the number."""
WORK = 3
"""Pieces of work of an expression."""


@bounded
def to_sympy(graph: Graph) -> dict[str, Expr]:
    """The outputs of `graph` by name, as SymPy's expressions: unevaluated, so that they are what was typed.

    Inputs are symbols of their names, real ones for real numbers; matrices are MatrixSymbols, vectors are
    columns; labels, indices and counts are their numbers.
    What SymPy knows of whole matrices (sums, products, transposes, inverses, traces, determinants) is said of
    them; all else of their elements, as explicit matrices, or arrays with more than two axes.
    Raises GraphError for an operator that has no formula, LimitError for what is too deep or too large.
    """
    import sympy

    with sympy.evaluate(False):
        try:
            written = _Written(graph)
            return {name: written.result(position) for name, position in graph.outputs.items()}
        except RecursionError:
            raise LimitError(N_("The formula is nested too deeply for SymPy.")) from None


class _Written:
    """What each node is: an expression of whole matrices, or None; and where that is needed, its elements."""

    def __init__(self, graph: Graph) -> None:
        still = discrete(graph)
        values = {name: graph.values[name] for name in graph.inputs if name in still}
        self.nodes = [
            node.but(kind="literal", value=values[node.label]) if node.label in values else node
            for node in graph.nodes
        ]
        self.whole: list[Expr | None] = []
        for node in self.nodes:
            spend("work", WORK)
            self.whole.append(self._whole(node))
        self.needed = {i for i in graph.outputs.values() if self.whole[i] is None}
        for position in reversed(range(len(self.nodes))):
            if position in self.needed and (self.nodes[position].shape or self.whole[position] is None):
                self.needed.update(self.nodes[position].args)

    def result(self, position: int) -> Expr:
        """The expression of an output."""
        import sympy

        whole = self.whole[position]
        if whole is not None:
            return whole
        found = self.elements[position]
        if not np.ndim(found):
            return found
        if found.ndim > 2:
            return sympy.ImmutableDenseNDimArray(found.ravel().tolist(), found.shape)
        return sympy.ImmutableMatrix(found.reshape(len(found), -1).tolist())

    @cached_property
    def elements(self) -> list[Any]:
        """Object arrays of the elements, or expressions, of the nodes that are needed so."""
        found: list[Any] = []
        for position, node in enumerate(self.nodes):
            known = None
            if position in self.needed:
                known = self._element_of(node, self.whole[position], [found[i] for i in node.args])
            found.append(known)
        return found

    def _element_of(self, node: Node, whole: Expr | None, args: Sequence[Any]) -> Any:
        import sympy

        if not node.shape and whole is not None:
            return whole
        spend("work", WORK * int(np.prod(node.shape, dtype=int)))
        if node.kind == "input":
            return _elements(node)
        if node.op is None:
            return number_of(node)
        try:
            found = applied(node, args)
        except TypeError:
            found = sympy.nan
        if any(part is sympy.nan for part in np.ravel(found)):
            raise GraphError(N_("{op} has no formula in SymPy here.", op=node.op.said.symbol), span=node.span)
        return found

    def _whole(self, node: Node) -> Expr | None:
        """A node as an expression of whole matrices and numbers; None where there is none."""
        import sympy

        if node.kind == "input":
            return _symbol(node)
        op = node.op
        if op is None:
            value = number_of(node)
            if not node.shape:
                return value
            return (
                None if len(node.shape) > 2 else sympy.ImmutableMatrix(value.reshape(len(value), -1).tolist())
            )
        args = [self.whole[i] for i in node.args]
        shapes = [self.nodes[i].shape for i in node.args]
        if any(arg is None for arg in args):
            return None
        if not node.shape and not any(shapes):
            return self._number(node, args)
        template = op.matrix
        if op.kind == "elementwise" and len(set(shapes)) > 1:  # only a number and a matrix have a formula
            template = _SCALED.get((op.name, shapes.index(())), "") if () in shapes else ""
        return formula(template, dict(zip(op.arguments, args, strict=True))) if template else None

    def _number(self, node: Node, args: Sequence[Expr]) -> Expr | None:
        """A number that depends on numbers alone."""
        import sympy

        assert node.op is not None
        if node.op.name == "where":
            return sympy.Piecewise((args[1], self._condition(node.args[0])), (args[2], sympy.true))
        try:
            return applied(node, args)
        except TypeError:
            return None

    def _condition(self, position: int) -> Expr:
        """A number as what is true or false: a comparison itself, else that it is not 0."""
        import sympy

        node = self.nodes[position]
        name = node.op.name if node.op is not None else ""
        if name in RELATIONS:
            return getattr(sympy, RELATIONS[name])(*(self.whole[i] for i in node.args))
        if name in LOGIC:
            return getattr(sympy, LOGIC[name])(*map(self._condition, node.args))
        return sympy.Ne(self.whole[position], 0)


def _symbol(node: Node) -> Expr | None:
    import sympy

    if not node.shape:
        return sympy.Symbol(node.label, real=None if node.complex else True)
    if len(node.shape) > 2 or 0 in node.shape:
        return None
    return sympy.MatrixSymbol(node.label, *(*node.shape, 1)[:2])


def _elements(node: Node) -> Any:
    """An input array element by element: x[0, 0], x[1, 0], … of a vector, which is a column."""
    import sympy

    found = np.empty(node.shape, object)
    whole = _symbol(node)
    base = sympy.IndexedBase(node.label, shape=node.shape) if whole is None else whole
    for place in np.ndindex(node.shape):
        found[place] = base[(*place, 0)[:2] if len(place) < 3 else place]
    return found
