"""Rewriting on a Tape: a graph is recorded once more, and after each operator the rules have their turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..graph import Graph
from ..messages import Message
from ..notation.latex import Formula, print_nodes
from ..notation.latex import name as named
from ..notation.rows import Pair, print_rows, turned
from ..recording import Symbol, Tape
from .algebra import simplified
from .rules import LATE, RULES, Rule, is_identity

MOST = 400
"""Rewritings of one formula; then it stays as it is."""
LISTED = 30


@dataclass(frozen=True)
class Rewriting:
    """One application of a rule: its name, and in LaTeX what stood there and what stands there now."""

    rule: Message
    before: str
    after: str


class Rewriter:
    """Records a graph anew, as short as its rules make it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.tape = Tape(folding=True)
        self.rewritings: list[Rewriting] = []
        self.count = 0
        self.known: dict[int, Symbol] = {}
        self.rules: tuple[Rule, ...] = RULES

    def run(self) -> Graph:
        """The first output of the graph, rewritten, as a graph with the output "y"."""
        symbols: list[Symbol] = []
        for node in self.graph.nodes:
            if node.kind == "input":
                symbols.append(self.tape.input(node.label, node.shape))
            elif node.op is None:
                symbols.append(self.tape.literal(node.value, node.name))
            else:
                made = self.tape.apply(node.op, [symbols[i] for i in node.args], dict(node.params))
                symbols.append(self.settled(made))
        (place, *_) = self.graph.outputs.values()
        short = simplified(self.tape, symbols[place], self.told)
        self.rules, self.known = LATE, {}
        result = self.settled(short)
        return self.tape.graph({"y": result}, values=self.graph.values)

    def settled(self, symbol: Symbol) -> Symbol:
        """`symbol` with every rule applied, within it too, until none applies."""
        if symbol.index in self.known:
            return self.known[symbol.index]
        draft = self.tape.drafts[symbol.index]
        if draft.op is None:
            return symbol
        args = [self.settled(self.tape.symbol(i)) for i in draft.args]
        if [arg.index for arg in args] != list(draft.args):
            again = self.tape.apply(draft.op, args, dict(draft.params))
            if again.index != symbol.index:
                self.known[symbol.index] = self.settled(again)
                return self.known[symbol.index]
        for rule in self.rules:
            if self.count >= MOST:
                break
            found = rule.apply(self.tape, symbol)
            if found is not None and found.index != symbol.index and found.shape == symbol.shape:
                self.count += 1
                self.told(rule.name, symbol, found)
                self.known[symbol.index] = self.settled(found)
                return self.known[symbol.index]
        self.known[symbol.index] = symbol
        return symbol

    def told(self, rule: Message, before: Symbol, after: Symbol) -> None:
        """Note a rewriting, once."""
        if len(self.rewritings) < LISTED:
            formulas = print_nodes(self.tape.drafts, lambda i: _leaf(self.tape.drafts[i]))
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


def _leaf(node: Any) -> Formula | None:
    """Inputs by their names; the vector of ones is 1, the identity I."""
    if node.kind == "input":
        return named(node.name or "?", array=bool(node.shape))
    if node.kind == "literal" and node.shape:
        if is_identity(node.value):
            return Formula("I", array=True)
        if np.all(node.value == 1):
            return Formula(r"\mathbf{1}", array=True)
    return None
