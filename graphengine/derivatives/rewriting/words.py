"""Words for rules: what a Symbol on a Tape is the result of, and of what."""

from __future__ import annotations

from collections.abc import Hashable

from ...graph.recording import Tape
from ...graph.symbols import Symbol
from ...ops import OPS
from ...values import Operand

PRODUCTS = ("matmul", "matvec")


def called(tape: Tape, symbol: Symbol, *names: str) -> bool:
    """Whether a Symbol is the result of one of these operators."""
    op = symbol.node.op
    return op is not None and op.name in names


def parts(tape: Tape, symbol: Symbol) -> list[Symbol]:
    """The arguments of a Symbol's operator."""
    return [tape.symbol(i) for i in symbol.node.args]


def made(tape: Tape, name: str, *args: Operand, **params: Hashable) -> Symbol:
    """The Symbol of another operator; ShapeError where the arguments do not fit it."""
    return tape.apply(OPS[name], args, params)
