"""Comparisons, indicators, and formulas by cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...messages import N_
from . import complaints
from .base import Base
from .trees import Tree
from .values import Level, Value, joined, stretched, union


class Cases(Base):
    """Words what depends on conditions."""

    def on_compare(self, tree: Tree, parts: Sequence[Any]) -> Value:
        """A comparison, 1 where it holds."""
        values = [self.write(part) for part in parts[::2]]
        axes, rank = union(values, self.order), max(value.rank for value in values)
        texts = [stretched(value, axes, rank, Level.SUM) for value in values]
        text = texts[0] + "".join(
            f" {sign} {right}" for sign, right in zip(parts[1::2], texts[1:], strict=True)
        )
        return joined(values, text, Level.CHOICE, self.order)

    def on_indicator(self, tree: Tree, condition: Tree) -> Value:
        found = self.write(condition)
        return joined([found], f"where({found.text}, 1, 0)", Level.ATOM, self.order)

    def on_cases(self, tree: Tree, rows: Sequence[tuple[Tree, Tree | None]]) -> Value:
        """where(condition, value, where(…)); the last case is all that remains."""
        if rows[-1][1] is not None and len(rows) > 1:
            self.kinds.note(N_("The last of the cases is read as all that remains."))
        found = self.write(rows[-1][0])
        for value, condition in reversed(rows[:-1]):
            if condition is None:
                raise complaints.name(self.text, value.span)
            found = self.elementwise_call("where", [self.write(condition), self.write(value), found])
        return found
