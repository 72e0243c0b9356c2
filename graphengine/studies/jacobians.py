"""Jacobians, by sweeps over basis seeds: one column for each tangent seed, one row for each adjoint seed.

∂y/∂x of arrays has the shape of y and then that of x, so that of a vector by a matrix has three axes.
Griewank and Walther, "Evaluating Derivatives", 2008, section 3.2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ..derivatives.accumulation import forwards, pull, push
from ..derivatives.activity import active
from ..derivatives.calls import Call
from ..derivatives.rules import derive
from ..errors import GraphError, LimitError, NameProblem, ValueProblem
from ..graph import Graph, Node, Shape
from ..graph.evaluation import needs_numbers
from ..graph.roles import discrete
from ..limits import limits, spend
from ..messages import N_
from ..sweeps import forward
from ..sweeps.steps import Mode
from ..values import Array, freeze

Structure = Literal["zero", "identity", "scaled", "diagonal", "sparse", "dense"]
TRIALS = 3
"""Points near the given one; an element that is 0 at all of them is taken for one that always is."""


@dataclass(frozen=True)
class Sweeps:
    """What one mode takes for all of a Jacobian: so many sweeps of so many scalar operations each."""

    mode: Mode
    count: int
    operations: int


@dataclass(frozen=True)
class Jacobian:
    """∂of/∂by (positions): its `values`, and of the same shape `mask`, which tells what is not always 0."""

    of: int
    by: int
    values: Array
    mask: np.ndarray
    structure: Structure
    sweeps: tuple[Sweeps, Sweeps]


def jacobian(graph: Graph, of: str, by: str) -> Jacobian:
    """∂of/∂by of two nodes, called by name or id, along all paths, at the graph's values.

    Raises NameProblem for unknown nodes, ValueProblem where a number is complex or not defined,
    DerivativeError where there is no rule, and LimitError for more than `limits().jacobian` elements or too
    many operations.
    """
    needs_numbers(graph)
    end, start = position_of(graph, of), position_of(graph, by)
    for node in (graph.nodes[end], graph.nodes[start]):
        if node.complex:
            raise ValueProblem(
                N_("{name} is complex; a Jacobian holds the derivatives of real numbers.", name=node.label),
                hint=N_("Make a real number of it first: abs(z), real(z) or imag(z)."),
            )
    rows, columns = _size(graph.nodes[end].shape), _size(graph.nodes[start].shape)
    if rows * columns > limits().jacobian:
        raise LimitError(
            N_(
                "This Jacobian has {size} elements; the limit `jacobian` is {limit}.",
                size=rows * columns,
                limit=limits().jacobian,
            )
        )
    route = active(graph.nodes, [start], [end])
    costs = {mode: _operations(graph, route, mode) for mode in ("forward", "reverse")}
    sweeps = Sweeps("forward", columns, costs["forward"]), Sweeps("reverse", rows, costs["reverse"])
    if min(sweep.count * sweep.operations for sweep in sweeps) > limits().operations:
        raise LimitError(
            N_(
                "This Jacobian takes more scalar operations than the limit `operations`, {limit}.",
                limit=limits().operations,
            )
        )
    found = _filled(graph, values_of(graph), start, end, route)
    mask = np.asarray(found != 0)
    for trial in range(TRIALS):
        try:
            mask |= _filled(graph, values_of(_shaken(graph, trial)), start, end, route) != 0
        except GraphError:
            continue  # the point nearby is outside the domain
    return Jacobian(end, start, freeze(found), mask, _structure(found, mask, rows, columns), sweeps)


def alone(graph: Graph, position: int, values: Mapping[int, Array]) -> Graph:
    """The operator at `position` as a graph of its own, y = op(x1, x2, …), at the values that it has."""
    node = graph.nodes[position]
    names = [f"x{i}" for i in range(1, len(node.args) + 1)]
    leaves = [
        Node(name, "input", graph.nodes[k].shape, name=name, complex=graph.nodes[k].complex)
        for name, k in zip(names, node.args, strict=True)
    ]
    made = replace(node, id="y", name="y", args=tuple(range(len(names))), span=None, scope=None)
    given = {name: values[k] for name, k in zip(names, node.args, strict=True)}
    return Graph((*leaves, made), {"y": len(names)}, values=given)


def _size(shape: Shape) -> int:
    return int(np.prod(shape, dtype=int))


def position_of(graph: Graph, name: str) -> int:
    """The node called `name`, by name or id, or as an output; NameProblem if there is none."""
    if name in graph.outputs:
        return graph.outputs[name]
    try:
        return graph.position(name)
    except KeyError:
        raise NameProblem(N_("There is no node {name}.", name=name)) from None


def values_of(graph: Graph) -> Mapping[int, Array]:
    """The values of all nodes by position; raises the GraphError of a walk that stops on the way."""
    trace = forward(graph, wrt=[])
    if trace.error is not None:
        raise trace.error
    return trace.values


def _shaken(graph: Graph, trial: int) -> Graph:
    """`graph` at a point nearby: accidental zeros go, the domain stays, and so does what is not moved."""
    rng = np.random.default_rng(trial)

    def moved(value: Array) -> Array:
        shape = np.shape(value)
        return freeze(value * rng.uniform(0.97, 1.03, shape) + rng.uniform(1e-3, 2e-3, shape))

    still = discrete(graph)
    values = {name: x if name in still else moved(x) for name, x in graph.values.items()}
    return replace(graph, values=values)


def _operations(graph: Graph, route: Collection[int], mode: Mode) -> int:
    """Scalar operations of one sweep through the nodes that carry it, by the operators' cost model."""
    what: Literal["adjoint", "tangent"] = "adjoint" if mode == "reverse" else "tangent"
    return sum(
        derive(what, graph, edge.target, edge.argument).operations for edge in forwards(graph.nodes, route)
    )


def _filled(
    graph: Graph, values: Mapping[int, Array], start: int, end: int, route: Collection[int]
) -> np.ndarray:
    """The Jacobian, by the mode that takes fewer sweeps."""
    above, below = graph.nodes[end].shape, graph.nodes[start].shape
    result = np.zeros((*above, *below))
    rules = {i: Call.at(graph.nodes, values, i) for i in route if i != start}.__getitem__
    spend("work", min(_size(below), _size(above)) * (1 + len(route)))
    with np.errstate(all="ignore"):
        if _size(below) <= _size(above):
            for place in np.ndindex(below):
                tangents = push(graph.nodes, route, {start: _unit(below, place)}, rules)
                result[(..., *place)] = tangents.get(end, 0)
        else:
            for place in np.ndindex(above):
                adjoints = pull(graph.nodes, route, {end: _unit(above, place)}, rules)
                result[place] = adjoints.get(start, 0)
    if np.any(np.isnan(result)):
        raise ValueProblem(N_("A number of this Jacobian is not defined: 0 · ∞ or ∞ − ∞ occurs in it."))
    return result


def _unit(shape: Shape, place: tuple[int, ...]) -> Array:
    unit = np.zeros(shape)
    unit[place] = 1
    return freeze(unit)


def _structure(values: np.ndarray, mask: np.ndarray, rows: int, columns: int) -> Structure:
    """What kind of matrix it is, by rows and columns: from what is always 0, and from its numbers."""
    flat, kept = values.reshape(rows, columns), mask.reshape(rows, columns)
    if not kept.any():
        return "zero"
    if rows == columns and rows > 1 and not (kept & ~np.eye(rows, dtype=bool)).any():
        entries = np.diag(flat)
        if np.all(entries == 1):
            return "identity"
        return "scaled" if np.all(entries == entries[0]) else "diagonal"
    return "sparse" if kept.mean() <= 0.5 else "dense"
