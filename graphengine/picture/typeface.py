"""How wide a text is in DejaVu Sans, the typeface of the graph, without a browser to ask.

The advance widths come from the font itself (`script/measure-typeface`); kerning and ligatures are
switched off in `graph.css`, so their sum is exact.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import accumulate, takewhile
from pathlib import Path

WIDTHS = Path(__file__).with_name("typeface.json")


def width(text: str, size: float, bold: bool = True) -> float:
    """The width of `text` at `size`, in the same unit; a character that the font lacks counts as one em.

    >>> round(width("−5.437", 14), 2)
    56.01
    """
    table = _table(bold)
    return size * sum([table.get(character, 1.0) for character in text])


def clip(text: str, size: float, room: float, bold: bool = True) -> str:
    """`text`, or where it is wider than `room` the longest beginning of it with "…" that is not.

    >>> clip("logistic", 10, 40), clip("log", 10, 40)
    ('logis…', 'log')
    """
    if width(text, size, bold) <= room:
        return text
    table = _table(bold)
    ends = accumulate(table.get(character, 1.0) for character in text)
    fitting = takewhile(lambda end: size * (end + table["…"]) <= room, ends)
    return text[: sum(1 for _ in fitting)] + "…"


@lru_cache(maxsize=2)
def _table(bold: bool) -> dict[str, float]:
    data = json.loads(WIDTHS.read_text())
    return {
        chr(int(first) + i): units / data["em"]
        for first, run in data["bold" if bold else "regular"].items()
        for i, units in enumerate(run)
    }
