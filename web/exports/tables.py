"""The trace as a table: what each node computes, its value, and its tangent or adjoint."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import pgettext

from graphengine.document.shapes import Document, Value

DERIVATIVES = {"forward": "tangent", "reverse": "adjoint"}


@dataclass(frozen=True)
class Row:
    """A node: its symbol and rule as LaTeX, and its numbers, both as LaTeX and as they are."""

    id: str
    name: str
    symbol: str
    rule: str
    shown: tuple[str, ...]
    numbers: tuple[Value | None, ...]


def rows(document: Document) -> list[Row]:
    """A row for each input and operator, in the order of the steps."""
    slots = ("value", DERIVATIVES[document["mode"]])
    numbers: dict[tuple[str, str], Value] = {}
    shown: dict[tuple[str, str], str] = {}
    for step in document["steps"]:
        place = (step["node"], step["slot"])
        numbers[place], shown[place] = step["result"], step["result_latex"]
    order = dict.fromkeys(step["node"] for step in document["steps"])
    nodes = {node["id"]: node for node in document["graph"]["nodes"]}
    return [
        Row(
            node["id"],
            node["name"],
            node["symbol"],
            node["latex"] if node["kind"] == "operator" else "",
            tuple(shown.get((node["id"], slot), "") for slot in slots),
            tuple(numbers.get((node["id"], slot)) for slot in slots),
        )
        for node in (nodes[name] for name in order)
        if node["kind"] != "literal"
    ]


def as_latex(document: Document) -> str:
    """A `tabular` to \\input; it needs amsmath, and for names in Cyrillic letters T2A."""
    lines = [
        r"% \usepackage{amsmath}",
        r"\begin{tabular}{llll}",
        rf"\hline node & rule & value & {DERIVATIVES[document['mode']]} \\ \hline",
        *(" & ".join(_maths(row)) + r" \\" for row in rows(document)),
        r"\hline",
        r"\end{tabular}",
    ]
    return "\n".join(lines) + "\n"


def as_markdown(document: Document) -> str:
    """A table with formulas between dollars, as GitHub, Jupyter and Pandoc read them."""
    # Within a table a bar would end the cell, even in a formula.
    body = [[_barless(cell) for cell in _maths(row)] for row in rows(document)]
    return "".join(f"| {' | '.join(line)} |\n" for line in [_headings(document), ["---"] * 4, *body])


def as_csv(document: Document) -> str:
    """Numbers in full, arrays as JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["node", "name", "rule", "value", DERIVATIVES[document["mode"]]])
    for row in rows(document):
        writer.writerow([row.id, row.name, _tame(row.rule), *map(_number, row.numbers)])
    return out.getvalue()


def _headings(document: Document) -> list[str]:
    tangent, adjoint = pgettext("heading of a table", "tangent"), pgettext("heading of a table", "adjoint")
    derivative = tangent if document["mode"] == "forward" else adjoint
    return [_("node"), pgettext("heading of a table", "rule"), _("value"), derivative]


def _barless(formula: str) -> str:
    return formula.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def _maths(row: Row) -> Sequence[str]:
    return [f"${cell}$" if cell else "" for cell in (row.symbol, row.rule, *row.shown)]


def _number(value: Value | None) -> str:
    return "" if value is None else json.dumps(value)


def _tame(text: str) -> str:
    """A rule that no spreadsheet takes for a formula: that of −x begins with a minus."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
