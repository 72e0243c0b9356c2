"""Closed forms in LaTeX, and the way to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..derivatives.rewriting.rules import is_identity
from ..graph import Graph, Node
from ..graph.symbols import Symbol
from ..messages import Message
from ..notation.latex import Formula, print_nodes
from ..notation.latex import name as named
from ..notation.rows import Pair, print_rows, turned

LISTED = 30
"""Rewritings that are told."""


@dataclass(frozen=True)
class Rewriting:
    """One application of a rule: its name, and in LaTeX what stood there and what stands there now."""

    rule: Message
    before: str
    after: str


class Way:
    """The rewritings on a tape, noted as they come."""

    def __init__(self) -> None:
        self.rewritings: list[Rewriting] = []

    def note(self, rule: Message, before: Symbol, after: Symbol) -> None:
        """Note a rewriting, once."""
        if len(self.rewritings) >= LISTED:
            return
        nodes = before.tape.nodes
        formulas = print_nodes(nodes, lambda i: _leaf(nodes[i]))
        noted = Rewriting(rule, formulas[before.index].text, formulas[after.index].text)
        if noted.before != noted.after and noted not in self.rewritings:
            self.rewritings.append(noted)


def printed(graph: Graph) -> Pair:
    """The output of a graph as a formula in its inputs, and transposed."""

    def leaf(i: int) -> Pair | None:
        formula = _leaf(graph.nodes[i])
        if formula is None:
            return None
        return formula, formula if formula.text == "I" else turned(formula)

    (place,) = graph.outputs.values()
    return print_rows(graph.nodes, leaf)[place]


def _leaf(node: Node) -> Formula | None:
    """Inputs by their names; the vector of ones is 1, the identity I."""
    if node.kind == "input":
        return named(node.name or "?", array=bool(node.shape))
    if node.kind == "literal" and node.shape:
        if is_identity(node.value):
            return Formula("I", array=True)
        if np.all(node.value == 1):
            return Formula(r"\mathbf{1}", array=True)
    return None
