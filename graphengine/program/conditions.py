"""Comparisons, chains of them, what is said with them, and the choice that they make."""

from __future__ import annotations

from lark import Token

from ..graph.symbols import Symbol
from .state import State
from .trees import Branch

COMPARED = {
    "<": "less",
    ">": "greater",
    "<=": "less_equal",
    "≤": "less_equal",
    "⩽": "less_equal",
    ">=": "greater_equal",
    "≥": "greater_equal",
    "⩾": "greater_equal",
    "==": "equal",
    "!=": "not_equal",
    "≠": "not_equal",
}


class Conditions(State):
    """Reads what is true or false: a mask of 1 and 0."""

    def on_comparison(self, tree: Branch, first: Branch, *rest: Branch | Token) -> Symbol:
        """a < b <= c is a < b and b <= c, with one b."""
        left, found = self.expression(first), None
        for sign, branch in zip(rest[::2], rest[1::2], strict=True):
            assert not isinstance(branch, Token)
            right = self.expression(branch)
            holds = self.mask(COMPARED[str(sign)], [left, right], tree)
            found = holds if found is None else self.mask("logical_and", [found, holds], tree)
            left = right
        assert found is not None
        return found

    def mask(self, op: str, args: list[Symbol], tree: Branch) -> Symbol:
        return self.record(op, args, tree).flagged(True)

    def on_conjunction(self, tree: Branch, left: Branch, right: Branch) -> Symbol:
        return self.mask("logical_and", [self.expression(left), self.expression(right)], tree)

    def on_disjunction(self, tree: Branch, left: Branch, right: Branch) -> Symbol:
        return self.mask("logical_or", [self.expression(left), self.expression(right)], tree)

    def on_negation(self, tree: Branch, inner: Branch) -> Symbol:
        return self.mask("logical_not", [self.expression(inner)], tree)

    def on_choice(self, tree: Branch, yes: Branch, condition: Branch, no: Branch) -> Symbol:
        """`yes if condition else no` chooses element by element, as where does."""
        chosen = [self.expression(branch) for branch in (condition, yes, no)]
        return self.record("where", chosen, tree)
