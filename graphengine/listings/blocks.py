"""Lines of code that are put together: indented, apart, and none too long where they list things."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from .lines import Line

WIDTH = 100
"""Characters of a line; only an expression may be longer."""


class Block(list[Line]):
    """Lines of code in the making."""

    def add(self, text: str, *marks: str, depth: int = 0) -> None:
        """One line, `depth` levels deep."""
        self.append(Line(f"{'    ' * depth}{text}".rstrip(), marks))

    def take(self, lines: Iterable[Line], depth: int = 1) -> None:
        """Lines of another part, `depth` levels deep."""
        for line in lines:
            self.add(line.text, *line.marks, depth=depth)

    def gap(self) -> None:
        """Two empty lines, as between functions."""
        self.add("")
        self.add("")

    def listing(self, before: str, items: Sequence[str], after: str, *marks: str, depth: int = 0) -> None:
        """`before`, the items with commas, `after`: on one line, or on as many as it takes."""
        if len(before) + sum(len(item) + 2 for item in items) + len(after) + 4 * depth <= WIDTH:
            self.add(f"{before}{', '.join(items)}{after}", *marks, depth=depth)
            return
        self.add(before, *marks, depth=depth)
        text = ", ".join(items).rstrip(",") + ","  # a tuple of one brought its comma along
        for line in textwrap.wrap(
            text, WIDTH - 4 * (depth + 1), break_long_words=False, break_on_hyphens=False
        ):
            self.add(line, *marks, depth=depth + 1)
        self.add(after, *marks, depth=depth)

    def tuple(self, before: str, names: Sequence[str], after: str = "", *marks: str, depth: int = 0) -> None:
        """The names as a tuple between two texts, in brackets only where it needs them."""
        short = f"{before}{', '.join(commas(names))}{after}"
        if names and len(short) + 4 * depth <= WIDTH:
            self.add(short, *marks, depth=depth)
        else:
            self.listing(f"{before}(", commas(names), f"){after}", *marks, depth=depth)


def commas(names: Sequence[str]) -> list[str]:
    """The items of a tuple: one alone needs a comma."""
    return [f"{names[0]},"] if len(names) == 1 else list(names)
