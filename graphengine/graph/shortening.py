"""What the recorder shortens in graphs that the engine derives; never in what a user typed.

Each rule keeps every bit of the result: nothing is reassociated, distributed or cancelled, and 0·x is
folded only because that zero is a literal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from ..ops import OPS
from .recording import Draft, Symbol, Tape

Rule = Callable[[Tape, Sequence[Symbol], Sequence[Draft]], Symbol | None]


class Shortening(Tape):
    """A Tape for what the engine derives: equal nodes are one, and a simpler one takes a node's place."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Hashable, int] = {}

    def add(self, draft: Draft) -> Symbol:
        if draft.kind == "operator" and (shorter := _shorter(self, draft)) is not None:
            return shorter
        if draft.kind != "input" and (known := self._known.get(_key(draft))) is not None:
            return self.symbol(known)
        return self.append(draft)

    def append(self, draft: Draft) -> Symbol:
        if draft.kind != "input":
            self._known.setdefault(_key(draft), len(self.drafts))
        return super().append(draft)


def _key(draft: Draft) -> Hashable:
    """Equal for nodes that compute the same."""
    value = None if draft.value is None else (draft.value.tobytes(), draft.name)
    return (draft.op, draft.args, draft.params, draft.shape, value)


def _shorter(tape: Tape, draft: Draft) -> Symbol | None:
    """A simpler Symbol equal to what `draft` computes, or None."""
    op, shape, params = draft.op, draft.shape, dict(draft.params)
    assert op is not None
    args = [tape.symbol(i) for i in draft.args]
    drafts = [tape.drafts[arg.index] for arg in args]
    if all(draft.kind == "literal" and not draft.name for draft in drafts):
        with np.errstate(all="ignore"):
            value = op.evaluate(*(draft.value for draft in drafts), **params)
        if op.name != "div" or np.all(value == np.round(value)):  # 1/3 is not 0.3333
            return tape.literal(value)
    for place, draft in enumerate(drafts):
        # A sign moves out of what is linear, exactly: (−A) B = −(A B).
        if _called(draft, "neg") and op.name != "neg" and (op.linear_in(place) or op.name == "mul"):
            bare = [_inner(tape, draft) if i == place else arg for i, arg in enumerate(args)]
            return tape.apply(OPS["neg"], [tape.apply(op, bare, params)], {})
    rule = _RULES.get(op.name)
    same = op.kind != "elementwise" or any(arg.shape == shape for arg in args)
    found = rule(tape, args, drafts) if rule and same else None
    # A folded argument may be smaller than the result that it was broadcast to; then the operator stays.
    return found if found is not None and found.shape == shape else None


def _is(draft: Draft, number: float) -> bool:
    return draft.kind == "literal" and not draft.name and bool(np.all(draft.value == number))


def _called(draft: Draft, name: str) -> bool:
    return draft.op is not None and draft.op.name == name


def _apply(tape: Tape, name: str, *args: Any) -> Symbol:
    return tape.apply(OPS[name], args, {})


def _inner(tape: Tape, draft: Draft) -> Symbol:
    return tape.symbol(draft.args[0])


def _multiply(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        if _is(drafts[this], 1):
            return args[other]
        if _is(drafts[this], -1):
            return _apply(tape, "neg", args[other])
        if _is(drafts[this], 0):
            return tape.literal(np.zeros(args[other].shape))
    return None


def _scaled(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    literal = drafts[0].kind == "literal"
    return _apply(tape, "mul", *args) if literal and np.all(drafts[0].value != 0) else None


def _divide(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    return args[0] if _is(drafts[1], 1) else None


def _add(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        if _is(drafts[this], 0):
            return args[other]
    if _called(drafts[1], "neg"):
        return _apply(tape, "sub", args[0], _inner(tape, drafts[1]))
    return _apply(tape, "mul", 2.0, args[0]) if args[0].index == args[1].index else None


def _subtract(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    if _is(drafts[1], 0):
        return args[0]
    return _apply(tape, "add", args[0], _inner(tape, drafts[1])) if _called(drafts[1], "neg") else None


def _negate(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    return _inner(tape, drafts[0]) if _called(drafts[0], "neg") else None


def _power(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    if _is(drafts[1], 0):
        return tape.literal(np.ones(args[0].shape))
    return args[0] if _is(drafts[1], 1) else None


def _same(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    return args[0]  # kept by `fold` only where the shape does not change


def _matrix_product(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    for this, other in ((0, 1), (1, 0)):
        draft = drafts[this]
        if _called(draft, "spread_diagonal") and not tape.drafts[draft.args[0]].shape:
            return _apply(tape, "mul", _inner(tape, draft), args[other])  # (g I) X = g X
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
    def rule(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
        if not drafts[0].complex and name != "transpose":  # real data is its own conjugate
            return args[0] if name == "conj" else _apply(tape, "transpose", args[0])
        inner = drafts[0].op
        pair = _PAIRS.get((name, inner.name)) if inner is not None else None
        if pair is None:
            return None
        bare = _inner(tape, drafts[0])
        return _apply(tape, pair, bare) if pair else bare

    return rule


def _real(tape: Tape, args: Sequence[Symbol], drafts: Sequence[Draft]) -> Symbol | None:
    return None if drafts[0].complex else args[0]


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
