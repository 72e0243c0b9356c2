"""What there is to see of a derivative besides its walk, as JSON: a Jacobian, its structure, its elements."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .activity import choose_output
from .errors import NameProblem
from .graph import Graph, Shape
from .jacobians import Jacobian, alone, jacobian, position_of, values_of
from .messages import N_
from .notation import latex, rules
from .notation.elements import element, element_name
from .notation.spelling import spelled
from .values import DIGITS, format_number, to_json

EXPLAINED = 64
"""Elements of a local Jacobian up to which each has its formula."""


def jacobian_study(
    graph: Graph, of: str = "", by: str = "", language: str = "en", digits: int = DIGITS
) -> dict[str, Any]:
    """∂of/∂by: along all paths, or where `by` is an argument of `of`, that of the operator alone.

    Defaults: the output that a walk differentiates, by the first input. Raises GraphError as `jacobian` does.
    """
    of = of or choose_output(graph, None)
    by = by or next(iter(graph.inputs), "")
    if not by:
        raise NameProblem(N_("The program has no input to differentiate by."))
    position = position_of(graph, of)
    names = [name for i in graph.nodes[position].args for name in (graph.nodes[i].id, graph.nodes[i].label)]
    if by not in names:
        return _told(graph, jacobian(graph, of, by), None, language, digits)
    argument = names.index(by) // 2
    own = alone(graph, position, values_of(graph))
    return _told(graph, jacobian(own, "y", f"x{argument + 1}"), (position, argument), language, digits)


def _told(
    graph: Graph, found: Jacobian, edge: tuple[int, int] | None, language: str, digits: int
) -> dict[str, Any]:
    """`found` as JSON; of the edge (node, argument), if it is that of an operator alone."""
    end, start = (found.of, found.by) if edge is None else (edge[0], graph.nodes[edge[0]].args[edge[1]])
    above, below = graph.nodes[end].shape, graph.nodes[start].shape
    told: dict[str, Any] = {
        "of": _named(graph, end),
        "by": _named(graph, start),
        "local": edge is not None,
        "shape": [*above, *below],
        "structure": found.structure,
        "values": to_json(found.values),
        "texts": _listed(found.values, above, lambda x: format_number(x, digits)),
        "nonzero": _listed(found.mask, above, bool),
        "rows": [element_name(graph, end, place) for place in np.ndindex(above)],
        "columns": [element_name(graph, start, place) for place in np.ndindex(below)],
        "sweeps": [
            {"mode": sweep.mode, "count": sweep.count, "operations": sweep.operations}
            for sweep in found.sweeps
        ],
    }
    if edge is not None:
        told["pulled"], told["pushed"] = (
            spelled(rules.product(graph, *edge, back), language) for back in (True, False)
        )
        if math.prod(told["shape"]) <= EXPLAINED:
            told["elements"] = [
                [_element(graph, *edge, row, column, language) for column in np.ndindex(below)]
                for row in np.ndindex(above)
            ]
    return told


def _listed(values: Any, above: Shape, read: Callable[[Any], Any]) -> list[list[Any]]:
    """By rows (elements of the result) and columns (elements of the argument)."""
    rows = math.prod(above)
    return [[read(x) for x in row] for row in np.reshape(values, (rows, -1 if rows else 0))]


def _element(graph: Graph, position: int, argument: int, row: Any, column: Any, language: str) -> str | None:
    text = element(graph, position, argument, row, column)
    return None if text is None else spelled(text, language)


def _named(graph: Graph, position: int) -> dict[str, Any]:
    node = graph.nodes[position]
    symbol = latex.symbol(graph, position).text
    return {"id": node.id, "name": node.label, "symbol": symbol, "shape": list(node.shape)}
