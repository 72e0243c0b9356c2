"""What there is to see of a derivative besides its walk, as JSON: Jacobians, and the sum over paths."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

import numpy as np

from ..derivatives.activity import choose_output, choose_wrt, nothing_moves
from ..errors import NameProblem
from ..graph import Edge, Graph, Shape
from ..limits import bound_document
from ..notation import latex, rules
from ..notation.elements import element, element_name
from ..notation.spelling import spelled
from ..ops import Level
from ..values import DIGITS, Array, format_number, format_value, to_json
from . import paths
from .closed import closed_form
from .jacobians import Jacobian, alone, jacobian, position_of, values_of

T = TypeVar("T")
Told: TypeAlias = dict[str, Any]
"""A study, or a part of one, as JSON; its shape is that of the API's answers."""

EXPLAINED = 64
"""Elements of a local Jacobian up to which each has its formula."""


def jacobian_study(
    graph: Graph, of: str = "", by: str = "", language: str = "en", digits: int = DIGITS
) -> Told:
    """∂of/∂by: along all paths, or where `by` is an argument of `of`, that of the operator alone.

    Defaults: the output that a walk differentiates, by the first input that has a derivative. Raises
    GraphError as `jacobian` does.
    """
    of = of or choose_output(graph, None)
    by = _chosen(graph, by)
    position = position_of(graph, of)
    names = [name for i in graph.nodes[position].args for name in (graph.nodes[i].id, graph.nodes[i].label)]
    if by not in names:
        return _told(graph, jacobian(graph, of, by), None, language, digits)
    argument = names.index(by) // 2
    own = alone(graph, position, values_of(graph))
    return _told(graph, jacobian(own, "y", f"x{argument + 1}"), (position, argument), language, digits)


def formula_study(
    graph: Graph, of: str = "", by: str = "", language: str = "en", digits: int = DIGITS
) -> Told:
    """∂of/∂by in closed form; without an input `by`, by every input. Defaults as of `jacobian_study`.

    Raises NameProblem for unknown nodes, LimitError and DerivativeError as `closed_form` does.
    """
    end = position_of(graph, of or choose_output(graph, None))
    start = position_of(graph, _chosen(graph, by))
    own = replace(graph, outputs={graph.nodes[end].label: end})
    known = by and graph.nodes[start].kind == "input"
    found = closed_form(own, wrt=[graph.nodes[start].label] if known else None)
    return {
        "of": _named(graph, end),
        "by": _named(graph, start),
        "formulas": [
            {
                "by": _named(graph, graph.inputs[name]),
                "latex": spelled(closed.latex, language),
                "row": spelled(closed.row, language),
                "partial": _partial(graph, end, graph.inputs[name]),
                "points": closed.points,
                "reason": closed.reason and closed.reason.text(language),
                "rewritings": [
                    {
                        "rule": each.rule.text(language),
                        "before": spelled(each.before, language),
                        "after": spelled(each.after, language),
                    }
                    for each in closed.rewritings
                ],
            }
            for name, closed in found.items()
        ],
    }


def paths_study(graph: Graph, of: str = "", by: str = "", language: str = "en", digits: int = DIGITS) -> Told:
    """∂of/∂by as a sum over paths, each bracketed as the sweeps do it. Defaults as of `jacobian_study`.

    Raises NameProblem for unknown nodes, DerivativeError where there is no rule, and the error of a walk.
    """
    end = position_of(graph, of or choose_output(graph, None))
    start = position_of(graph, _chosen(graph, by))
    listed = paths.paths(graph, values_of(graph), start, end)
    total = sum((path.product for path in listed), np.zeros(graph.nodes[start].shape))
    number = paths.count(graph, start, end)
    return {
        "of": _named(graph, end),
        "by": _named(graph, start),
        "count": number,
        "edges": len(paths.between(graph, start, end)),
        "listed": [_path(graph, path, language, digits) for path in listed if path.edges],
        "total": _number(total, digits) if len(listed) == number else None,
        "sum": _sum(listed, total, digits) if 1 < len(listed) == number and _number(total, digits) else "",
    }


def _number(value: Array, digits: int) -> str:
    """A value in one short line; "" for one that is not known, as of functions known by name alone."""
    return "" if np.any(np.isnan(value)) else format_value(value, digits)


def _chosen(graph: Graph, by: str) -> str:
    """What to differentiate by: `by`, or the first input that has a derivative.

    Raises DerivativeError for an input that has none, NameProblem where every input is of that kind.
    """
    if not by:
        if (why := nothing_moves(graph)) is not None:
            raise NameProblem(why)
        return choose_wrt(graph, None)[0]
    names = [name for name, i in graph.inputs.items() if by in (name, graph.nodes[i].id)]
    choose_wrt(graph, names)
    return by


def _sum(listed: Sequence[paths.Path], total: Array, digits: int) -> str:
    """The shares of the paths, and what they come to."""
    shares = [format_value(path.product, digits) for path in listed]
    bracketed = [f"({share})" if share.startswith("−") else share for share in shares]
    return f"{' + '.join(bracketed)} = {format_value(total, digits)}"


def _path(graph: Graph, path: paths.Path, language: str, digits: int) -> Told:
    fractions = [_partial(graph, edge.target, edge.source) for edge in path.edges]
    worths = [_worth(graph, edge) for edge in path.edges]
    forward = latex.symbol(graph, path.edges[0].source, "dot").text
    for k, fraction in enumerate(fractions):
        forward = rf"{fraction} \left({forward}\right)" if k else rf"{fraction} \, {forward}"
    reverse = latex.symbol(graph, path.edges[-1].target, "bar").text
    for k, fraction in enumerate(reversed(fractions)):
        reverse = rf"\left({reverse}\right) {fraction}" if k else rf"{reverse} \, {fraction}"
    return {
        "nodes": [graph.nodes[i].id for i in (path.edges[0].source, *(edge.target for edge in path.edges))],
        "edges": [f"{graph.nodes[edge.target].id}_{edge.argument}" for edge in path.edges],
        "factors": [
            {"latex": spelled(fraction, language), "worth": spelled(worth.text, language)}
            for fraction, worth in zip(fractions, worths, strict=True)
        ],
        "chain": spelled(r" \cdot ".join(each.within(Level.PRODUCT) for each in reversed(worths)), language),
        "forward": spelled(forward, language),
        "reverse": spelled(reverse, language),
        "tangents": [_number(moved, digits) for moved in path.tangents],
        "adjoints": [_number(sent, digits) for sent in path.adjoints],
        "product": _number(path.product, digits),
    }


def _worth(graph: Graph, edge: Edge) -> latex.Formula:
    """The local derivative of an edge, or the map that takes its place."""
    op = graph.nodes[edge.target].op
    if op is not None and op.kind == "elementwise":
        return rules.local(graph, edge.target, edge.argument, rules.names_at(graph, edge.target))
    return rules.linear_map(graph, edge.target, edge.argument, back=True)


def _told(graph: Graph, found: Jacobian, edge: tuple[int, int] | None, language: str, digits: int) -> Told:
    """`found` as JSON; of the edge (node, argument), if it is that of an operator alone."""
    end, start = (found.of, found.by) if edge is None else (edge[0], graph.nodes[edge[0]].args[edge[1]])
    above, below = graph.nodes[end].shape, graph.nodes[start].shape
    names = len(latex.symbol(graph, end).text) + len(latex.symbol(graph, start).text)
    bound_document(names * (math.prod(above) + 1) * (math.prod(below) + 1))  # each element by both
    told: Told = {
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
            {
                "mode": sweep.mode,
                "count": sweep.count,
                "operations": sweep.operations,
                "total": sweep.count * sweep.operations,
            }
            for sweep in found.sweeps
        ],
    }
    told["slices"] = [_over(row, latex.symbol(graph, start).text) for row in told["rows"]]
    if edge is not None:
        told["pulled"], told["pushed"] = (
            spelled(rules.product(graph, *edge, back), language) for back in (True, False)
        )
        if math.prod(told["shape"]) <= EXPLAINED:
            told["elements"] = [
                [_element(graph, *edge, row, column, language) for column in np.ndindex(below)]
                for row in np.ndindex(above)
            ]
    told["equations"] = _equations(told, _listed(found.values, above, lambda x: latex.number(x, digits).text))
    return told


def _equations(told: Told, numbers: list[list[str]]) -> list[list[str]]:
    """What each element is: the partial derivative, its formula if it has one, and the number."""

    def equation(i: int, j: int) -> str:
        sides = [_over(told["rows"][i], told["columns"][j]), "0"]
        if told["nonzero"][i][j]:
            worked = told["elements"][i][j] if "elements" in told else None
            sides[1:] = [*([worked] if worked else []), numbers[i][j]]
        return " = ".join(dict.fromkeys(sides))

    return [[equation(i, j) for j in range(len(row))] for i, row in enumerate(numbers)]


def _over(above: str, below: str) -> str:
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def _partial(graph: Graph, end: int, start: int) -> str:
    return _over(latex.symbol(graph, end).text, latex.symbol(graph, start).text)


def _listed(values: Array, above: Shape, read: Callable[[Array], T]) -> list[list[T]]:
    """By rows (elements of the result) and columns (elements of the argument)."""
    rows = math.prod(above)
    return [[read(x) for x in row] for row in np.reshape(values, (rows, -1 if rows else 0))]


def _element(
    graph: Graph, position: int, argument: int, row: tuple[int, ...], column: tuple[int, ...], language: str
) -> str | None:
    text = element(graph, position, argument, row, column)
    return None if text is None else spelled(text, language)


def _named(graph: Graph, position: int) -> Told:
    node = graph.nodes[position]
    symbol = latex.symbol(graph, position).text
    return {"id": node.id, "name": node.label, "symbol": symbol, "shape": list(node.shape)}
