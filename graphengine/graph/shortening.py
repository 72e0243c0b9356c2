"""What the recorder shortens in graphs that the engine derives; never in what a user typed.

Each rule keeps every bit of the result: nothing is reassociated, distributed or cancelled, and 0·x is
0 only because that zero is a literal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from ..ops import OPS
from ..values import Operand
from . import Node
from .recording import Tape
from .symbols import Symbol

Rule = Callable[[Tape, Sequence[Symbol], Sequence[Node]], Symbol | None]


class Shortening(Tape):
    """A Tape for what the engine derives: equal nodes are one, and a simpler one takes a node's place."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Hashable, int] = {}

    def add(self, node: Node) -> Symbol:
        if node.kind == "operator" and (shorter := _shorter(self, node)) is not None:
            return shorter
        if node.kind != "input" and (known := self._known.get(_key(node))) is not None:
            return self.symbol(known)
        return self.append(node)

    def append(self, node: Node) -> Symbol:
        if node.kind != "input":
            self._known.setdefault(_key(node), len(self.nodes))
        return super().append(node)


def _key(node: Node) -> Hashable:
    """Equal for nodes that compute the same."""
    value = None if node.value is None else (node.value.tobytes(), node.name)
    return (node.op, node.args, node.params, node.shape, value)


def _shorter(tape: Tape, node: Node) -> Symbol | None:
    """A simpler Symbol equal to what `node` computes, or None."""
    op, shape, params = node.op, node.shape, dict(node.params)
    assert op is not None
    args = [tape.symbol(i) for i in node.args]
    nodes = [tape.nodes[arg.index] for arg in args]
    if all(node.kind == "literal" and not node.name for node in nodes):
        with np.errstate(all="ignore"):
            value = op.compute(*(node.value for node in nodes), **params)
        if op.name != "div" or np.all(value == np.round(value)):  # 1/3 is not 0.3333
            return tape.literal(value)
    for place, node in enumerate(nodes):
        # A sign moves out of what is linear, exactly: (−A) B = −(A B).
        if _called(node, "neg") and op.name != "neg" and (op.linear_in(place) or op.name == "mul"):
            bare = [_inner(tape, node) if i == place else arg for i, arg in enumerate(args)]
            return tape.apply(OPS["neg"], [tape.apply(op, bare, params)], {})
    rule = _RULES.get(op.name)
    same = op.kind != "elementwise" or any(arg.shape == shape for arg in args)
    found = rule(tape, args, nodes) if rule and same else None
    # An argument may be smaller than the result that it was broadcast to; then the operator stays.
    return found if found is not None and found.shape == shape else None


def _is(node: Node, number: float) -> bool:
    return node.kind == "literal" and not node.name and bool(np.all(node.value == number))


def _called(node: Node, name: str) -> bool:
    return node.op is not None and node.op.name == name


def _apply(tape: Tape, name: str, *args: Operand) -> Symbol:
    return tape.apply(OPS[name], args, {})


def _inner(tape: Tape, node: Node) -> Symbol:
    return tape.symbol(node.args[0])


def _multiply(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        if _is(nodes[this], 1):
            return args[other]
        if _is(nodes[this], -1):
            return _apply(tape, "neg", args[other])
        if _is(nodes[this], 0):
            return tape.literal(np.zeros(args[other].shape))
    return None


def _scaled(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    literal = nodes[0].kind == "literal"
    return _apply(tape, "mul", *args) if literal and np.all(nodes[0].value != 0) else None


def _divide(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    return args[0] if _is(nodes[1], 1) else None


def _add(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        if _is(nodes[this], 0):
            return args[other]
    if _called(nodes[1], "neg"):
        return _apply(tape, "sub", args[0], _inner(tape, nodes[1]))
    return _apply(tape, "mul", 2.0, args[0]) if args[0].index == args[1].index else None


def _subtract(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    if _is(nodes[1], 0):
        return args[0]
    return _apply(tape, "add", args[0], _inner(tape, nodes[1])) if _called(nodes[1], "neg") else None


def _negate(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    return _inner(tape, nodes[0]) if _called(nodes[0], "neg") else None


def _power(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    if _is(nodes[1], 0):
        return tape.literal(np.ones(args[0].shape))
    return args[0] if _is(nodes[1], 1) else None


def _same(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    return args[0]  # `_shorter` keeps it only where the shape does not change


def _matrix_product(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        node = nodes[this]
        if _called(node, "spread_diagonal") and not tape.nodes[node.args[0]].shape:
            return _apply(tape, "mul", _inner(tape, node), args[other])  # (g I) X = g X
    return None


_PAIRS = {
    ("transpose", "transpose"): "",
    ("conj", "conj"): "",
    ("hermitian", "hermitian"): "",
    ("transpose", "conj"): "hermitian",
    ("conj", "transpose"): "hermitian",
    ("transpose", "hermitian"): "conj",
    ("hermitian", "transpose"): "conj",
    ("conj", "hermitian"): "transpose",
    ("hermitian", "conj"): "transpose",
}
"""What a transpose or conjugate of another is."""


def _turn(name: str) -> Rule:
    def rule(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
        if not nodes[0].complex and name != "transpose":  # real data is its own conjugate
            return args[0] if name == "conj" else _apply(tape, "transpose", args[0])
        inner = nodes[0].op
        pair = _PAIRS.get((name, inner.name)) if inner is not None else None
        if pair is None:
            return None
        bare = _inner(tape, nodes[0])
        return _apply(tape, pair, bare) if pair else bare

    return rule


def _real(tape: Tape, args: Sequence[Symbol], nodes: Sequence[Node]) -> Symbol | None:
    return None if nodes[0].complex else args[0]


_RULES = {
    "matmul": _matrix_product,
    "transpose": _turn("transpose"),
    "hermitian": _turn("hermitian"),
    "conj": _turn("conj"),
    "real": _real,
    "mul": _multiply,
    "scaled": _scaled,
    "div": _divide,
    "add": _add,
    "sub": _subtract,
    "neg": _negate,
    "pow": _power,
    "expand": _same,
    "sum_to": _same,
    "reshaped": _same,
}
