"""Where operators are tried: points and shapes that suit each of them, and graphs of one operator."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from graphengine.graph import Graph
from graphengine.graph.recording import Tape
from graphengine.ops import OPS, Op

Array = Any
Point = Sequence[Array]

ALL = [op for op in OPS.values() if op.specimens]
ELEMENTWISE = [op for op in ALL if op.kind == "elementwise"]


def named(op: Op) -> str:
    """What a test of an operator is called."""
    return op.name


every = pytest.mark.parametrize("op", ALL, ids=named)
every_elementwise = pytest.mark.parametrize("op", ELEMENTWISE, ids=named)

Range = tuple[float, float]
_ALL: Range = (-3.0, 3.0)
_ABOVE: Range = (0.1, 3.0)

DOMAINS: dict[str, tuple[tuple[Range, ...], ...]] = {
    "": ((_ALL,),),
    "x > 0": ((_ABOVE,),),
    "x > −1": (((-0.9, 3.0),),),
    "x ≥ 0": ((_ABOVE,),),
    "x > 0, 0 < b ≠ 1": ((_ABOVE,), ((0.2, 0.8), (1.3, 3.0))),
    "0 < x < 1": (((0.1, 0.9),),),
    "0 < x ≤ 1": (((0.1, 0.9),),),
    "|x| ≥ 1": (((-3.0, -1.1), (1.1, 3.0)),),
    "|x| > 1": (((-3.0, -1.1), (1.1, 3.0)),),
    "x ≥ 1": (((1.1, 4.0),),),
    "x ≠ 0": (((-3.0, -0.2), (0.2, 3.0)),),
    "x ≠ πk": (((-2.9, -0.2), (0.2, 2.9)),),
    "x ≠ π/2 + πk": (((-1.3, 1.3), (1.8, 4.4)),),
    "−1 < x < 1": (((-0.9, 0.9),),),
    "−1 ≤ x ≤ 1": (((-0.9, 0.9),),),
    "b ≠ 0": ((_ALL,), ((-3.0, -0.2), (0.2, 3.0))),
    "b ≥ 0": ((_ALL,), (_ABOVE,)),
    "a > 0 ∨ b ∈ ℤ": ((_ABOVE,), (_ALL,)),
}
"""For each domain that a record may state: the ranges that each argument is drawn from in tests."""


def ranges(op: Op) -> list[tuple[Range, ...]]:
    """The ranges of an operator's arguments."""
    if op.domain not in DOMAINS:
        pytest.fail(f"{op.name}: add the domain {op.domain} to DOMAINS in tests/oracles/points.py")
    listed = DOMAINS[op.domain]
    return list(listed) if len(listed) == len(op.arguments) else [listed[0]] * len(op.arguments)


def room(op: Op, point: Point) -> float:
    """How far a point is from the nearest kink, jump or pole that the domain does not exclude."""
    if op.kinks is None:
        return math.inf
    return float(np.min(np.abs(op.kinks(*point)), initial=math.inf))


def tie(op: Op) -> Point:
    """A point on a kink, of those at which operators have theirs: equal numbers, 0 first."""
    points = [[np.float64(x)] * len(op.arguments) for x in (0, 1, 3)]
    return next(point for point in points if op.kinks is None or op.breaks_at(point))


ROOM = 0.06
"""The room that the checks need: more than the step of `differences`, in any direction."""

SHAPES: dict[int, list[Any]] = {
    1: [((),), ((3,),), ((1,),), ((2, 1),), ((2, 3),), ((0,),), ((2, 0),)],
    2: [
        ((), ()),
        ((), (3,)),
        ((3,), ()),
        ((2, 1), (3,)),
        ((3,), (2, 1)),
        ((1,), (3,)),
        ((2, 3), (1, 3)),
        ((1, 1), ()),
        ((1,), ()),
        ((2, 3), (2, 3)),
        ((0,), ()),
        ((1,), (0,)),
        ((2, 1), (0,)),
        ((2, 0), (2, 1)),
        ((2, 1, 2), (3, 1)),
    ],
}
"""Shapes of one and of two arguments that go together: broadcast, of size 1, empty."""

RESHAPED = {
    "reshaped": [((), ()), ((6,), (2, 3)), ((), (1, 1)), ((2, 0), (0,)), ((1,), ())],
    "expand": [((), ()), ((), (2, 3)), ((3,), (2, 3)), ((2, 1), (2, 3)), ((1,), (0,)), ((1, 3), (2, 2, 3))],
    "sum_to": [((), ()), ((2, 3), ()), ((2, 3), (3,)), ((2, 3), (2, 1)), ((0, 2), (2,)), ((2, 2, 3), (1, 3))],
}
"""The shapes of argument and result of operators that take the latter as a parameter."""


def cases(op: Op) -> list[tuple[tuple[tuple[int, ...], ...], dict[str, Any]]]:
    """Shapes of the arguments and static parameters to try."""
    if op.name in RESHAPED:
        return [((before,), {"shape": after}) for before, after in RESHAPED[op.name]]
    if "axis" in op.parameters:
        found: list[Any] = []
        for (shape,), keep in itertools.product(SHAPES[1], (False, True)):
            axes = [None, *range(len(shape)), *([-1, (0, 1)] if len(shape) == 2 else [])]
            if op.name == "sum" or 0 not in shape:  # nothing has a sum, but no mean
                found += [((shape,), {"axis": axis, "keepdims": keep}) for axis in axes]
        return found
    assert not op.parameters, f"say in tests/oracles/references.py which parameters of {op.name} to try"
    return [(shapes, {}) for shapes in SHAPES[len(op.arguments)]]


def sample(op: Op, shapes: Sequence[tuple[int, ...]], rng: np.random.Generator) -> list[Array]:
    """A random point of `shapes` in the operator's domain, away from its kinks."""
    while True:
        point = []
        for shape, choice in zip(shapes, ranges(op), strict=True):
            low, high = np.array(choice)[rng.integers(len(choice), size=shape)].reshape(*shape, 2).T
            point.append(np.asarray((low + (high - low) * rng.random(shape[::-1])).T))
        if room(op, point) > ROOM:
            return point


def seeded(op: Op) -> np.random.Generator:
    """Random numbers that are the same in every run, and others for every operator."""
    return np.random.default_rng(list(op.name.encode()))


def smooth(op: Op, point: Sequence[Any]) -> bool:
    """Whether the checks have room at a point."""
    return bool(room(op, [np.asarray(x) for x in point]) > ROOM)


def scalars(op: Op, count: int = 3) -> list[list[np.float64]]:
    """The specimens where the operator is smooth, and `count` random points."""
    rng = seeded(op)
    drawn = [sample(op, [()] * len(op.arguments), rng) for _ in range(count)]
    return [[np.float64(x) for x in point] for point in [*op.specimens, *drawn] if smooth(op, point)]


def static(op: Op) -> dict[str, Any]:
    """Parameters with which the operator takes scalars."""
    return {"shape": ()} if "shape" in op.parameters else {}


def graph_of(op: Op, point: Sequence[Any], params: Mapping[str, Any] | None = None) -> Graph:
    """The graph y = op(arguments), with the arguments as inputs."""
    tape = Tape()
    symbols = [tape.input(name, np.shape(x)) for name, x in zip(op.arguments, point, strict=True)]
    result = op(*symbols, **(static(op) if params is None else params))
    values = {name: np.asarray(x, float)[()] for name, x in zip(op.arguments, point, strict=True)}
    tape.christen(result, "y")
    return tape.graph({"y": result}, values=values)
