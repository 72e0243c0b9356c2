"""Rewriting on a Tape: a graph is recorded once more, and after each operator the rules have their turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...graph import Graph, Node
from ...graph.shortening import Shortening
from ...graph.symbols import Symbol
from ...graph.traversal import run
from ...messages import Message
from .algebra import simplified
from .rules import LATE, RULES, Rule

MOST = 400
"""Rewritings on one tape; then formulas stay as they are."""

Told = Callable[[Message, Symbol, Symbol], None]


class Rewriter:
    """Records graphs on its tape, as short as the rules make them; `told` hears of each rewriting."""

    def __init__(self, told: Told | None = None) -> None:
        self.tape = Shortening()
        self.told = told or (lambda _rule, _before, _after: None)
        self.count = 0
        self.known: dict[int, Symbol] = {}
        self.rules: tuple[Rule, ...] = RULES

    def inputs(self, graph: Graph) -> dict[str, Symbol]:
        """The inputs of `graph` on this tape."""
        return {name: self.tape.input(name, graph.nodes[i].shape) for name, i in graph.inputs.items()}

    def short(self, graph: Graph, inputs: Mapping[str, Symbol]) -> Symbol:
        """The first output of `graph`, rewritten; LimitError where that is too much work."""
        self.rules, self.known = RULES, {}

        def leaf(position: int) -> Symbol | None:
            node = graph.nodes[position]
            if node.kind == "input":
                return inputs[node.label]
            return self.tape.literal(node.value, node.name) if node.kind == "literal" else None

        symbols = run(graph.nodes, leaf, self._applied)
        (place, *_) = graph.outputs.values()
        shorter = simplified(self.tape, symbols[place], self.told)
        self.rules, self.known = LATE, {}
        return self.settled(shorter)

    def _applied(self, node: Node, args: list[Symbol]) -> Symbol:
        assert node.op is not None
        return self.settled(self.tape.apply(node.op, args, dict(node.params)))

    def settled(self, symbol: Symbol) -> Symbol:
        """`symbol` with every rule applied, within it too, until none applies; LimitError for too much."""
        if symbol.index in self.known:
            return self.known[symbol.index]
        node = symbol.node
        if node.op is None:
            return symbol
        args = [self.settled(self.tape.symbol(i)) for i in node.args]
        if [arg.index for arg in args] != list(node.args):
            again = self.tape.apply(node.op, args, dict(node.params))
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
