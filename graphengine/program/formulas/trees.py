"""The tokens of a formula, and its tree, as the parser makes it and the writer reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...errors import Span


@dataclass(frozen=True)
class Token:
    """A sign, or a letter, digit, word or function with its `value`, and where it stands."""

    kind: str
    value: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, eq=False)
class Tree:
    """A kind and its parts: trees, tuples of trees, names, words; `span` is its place in the text."""

    kind: str
    parts: tuple[Any, ...]
    span: Span

    def walk(self) -> Iterator[Tree]:
        """This tree and all below it, each before its parts."""
        waiting: list[Any] = [self]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Tree):
                yield found
                waiting.extend(reversed(found.parts))
            elif isinstance(found, tuple):
                waiting.extend(reversed(found))


@dataclass(frozen=True)
class Bound:
    """What stands at a sum: its letters, where it runs (trees, or None), and what is left out (j ≠ y)."""

    letters: tuple[str, ...]
    low: Tree | None = None
    high: Tree | None = None
    without: Tree | None = None
    within: bool = False
    """Whether it runs over a set that has a name."""


@dataclass(frozen=True, eq=False)
class Statement:
    """`target = expression`; without a target, the last line of a program."""

    target: Tree | None
    source: Tree
    chained: bool = False
    """Whether there were several = in it."""
