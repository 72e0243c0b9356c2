"""The operator of a folded node: what is inside it, as one record, with the rules that follow from the parts.

No rule is written down for it: its derivatives are the sweeps of its inside, as they are for the composite
operators of `ops` (`graphengine.derivatives.calls`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from ..derivatives.calls import Consequence, consequence
from ..derivatives.gradients import gradient_graph
from ..derivatives.rewriting.check import agreeing_points
from ..derivatives.rewriting.rewriter import Rewriter
from ..errors import DerivativeError
from ..graph import Graph, Shape
from ..limits import priced
from ..ops import Level, Op
from ..ops.record import Rule
from ..ops.said import Field, said
from ..values import Operand

SMALL = 16
"""Nodes inside, up to which a derivative is looked for in closed form."""


@dataclass(frozen=True)
class _Inside:
    """A graph that is equal to others which compute and print the same."""

    key: Hashable
    graph: Graph = field(compare=False)


def operator(inside: Graph, symbol: str) -> Op:
    """The operator that computes the last node of `inside` from its inputs, in their order.

    Its rules raise DerivativeError where there is no derivative. Raises LimitError for too much work.
    """
    return _operator(_Inside(_key(inside), inside), symbol)


def _key(inside: Graph) -> Hashable:
    return tuple(
        (
            node.op,
            node.args,
            node.params,
            node.shape,
            node.complex,
            None if node.value is None else node.value.tobytes(),
            None if node.op else node.name,
        )
        for node in inside.nodes
    )


@priced(512)
def _operator(known: _Inside, symbol: str) -> Op:
    """Kept for the next request, since what follows from its rules is kept by operator."""
    inside = known.graph
    count = len(inside.inputs)
    names = tuple(f"x{i}" for i in range(1, count + 1))
    shapes = tuple(node.shape for node in inside.nodes[:count])
    result = inside.nodes[-1].shape

    def evaluate(*args: Operand) -> Operand:
        """The inside, on arrays or Symbols."""
        return Consequence(inside.nodes, -1).replay(args)

    record: dict[str, Field] = {
        "said": said("folded", names, {"symbol": symbol, "latex": "#1", "level": Level.ATOM}),
        "shape": lambda *_: result,
        "inside": inside,
        "unknown": bool(inside.unknown),
        "complex": True,
        "result": "complex" if inside.nodes[-1].complex else "real",
    }
    whole = Op("folded", names, evaluate, "composite", (_reading(evaluate, []),) * count, **record)
    complexes = (*(node.complex for node in inside.nodes[:count]), inside.nodes[-1].complex)
    try:
        sweeps = [consequence("adjoint", whole, i, shapes, result, (), complexes) for i in range(count)]
    except DerivativeError:  # of an argument that may never be asked for one: the walk will say so
        return whole
    if _elementwise(inside, result):
        partials = tuple(
            _partial(_shorter(inside, i) or sweep, names, result) for i, sweep in enumerate(sweeps)
        )
        return Op("folded", names, evaluate, "elementwise", partials, **record)
    rules = tuple(_reading(evaluate, _read(sweep, names)) for sweep in sweeps)
    return Op("folded", names, evaluate, "composite", rules, **record)


def _shorter(inside: Graph, argument: int) -> Consequence | None:
    """The derivative by one argument in closed form, of the arguments and the result; None if unsure."""
    if len(inside.nodes) > SMALL or inside.unknown:
        return None
    name = list(inside.inputs)[argument]
    gradient = gradient_graph(inside, wrt=[name])
    rewriter = Rewriter()
    inputs = rewriter.inputs(inside)
    result, _incoming = (rewriter.tape.input(name, inside.nodes[-1].shape) for name in (r"\y", r"\g"))
    value = rewriter.short(inside, inputs)
    slope = rewriter.short(gradient, inputs)
    if agreeing_points(gradient, rewriter.tape.graph({"y": slope}), 3) < 2:
        return None
    # Where the result itself occurs it is known: of σ comes y(1 − y).
    known = {value.index: result.index} if value.index >= len(inputs) else {}
    nodes = tuple(node.but(args=tuple(known.get(i, i) for i in node.args)) for node in rewriter.tape.nodes)
    return Consequence(nodes, known.get(slope.index, slope.index))


def _elementwise(inside: Graph, shape: Shape) -> bool:
    """Whether every element of the result depends on its own elements of the arguments alone.

    Over the complex numbers a folded node may have no single partial.
    """
    return (
        all(
            node.shape in ((), shape) if node.kind == "literal" else node.shape == shape
            for node in inside.nodes
        )
        and all(node.op.kind == "elementwise" for node in inside.nodes if node.op is not None)
        and not any(node.complex for node in inside.nodes)
    )


def _read(sweep: Consequence, names: tuple[str, ...]) -> list[str]:
    """The arguments and the result ("y") that a rule depends on."""
    used = {i for node in sweep.nodes for i in node.args} | {sweep.result}
    return [name for i, name in enumerate((*names, "y")) if i in used]


def _partial(sweep: Consequence, names: tuple[str, ...], shape: Shape) -> Rule:
    """The local derivative by one argument: what an adjoint of 1 sends back to it."""
    ones = np.ones(shape)[()]

    def partial(**reads: Operand) -> Operand:
        return sweep.replay([*(reads.get(name) for name in (*names, "y")), ones])

    return _reading(partial, _read(sweep, names))


def _reading(rule: Rule, names: list[str]) -> Rule:
    """`rule`, saying what it reads."""

    def named(*args: Operand, **reads: Operand) -> Operand:
        return rule(*args, **reads)

    named.reads = tuple(names)  # type: ignore[attr-defined]
    return named
