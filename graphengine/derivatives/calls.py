"""From the one rule that an operator states: its local derivative, its tangent and its adjoint.

All three take arrays or Symbols, as the rule does: what they return is a number or a formula. Where the
rule is a differential, the adjoint is the reverse sweep of *that differential's own graph*, which is linear
in da: from `-y @ da @ y` comes `-T(y) @ g @ T(y)` by the rules of matmul.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ..errors import DerivativeError
from ..graph import Node
from ..graph.recording import Symbol, Tape
from ..graph.shortening import Shortening
from ..messages import N_
from ..ops import Op
from ..ops.complexes import conj, real
from ..ops.shaping import expand, sum_to


def is_complex(thing: Any) -> bool:
    """Whether an array or Symbol holds complex numbers."""
    if isinstance(thing, Symbol):
        return thing.complex
    dtype = getattr(thing, "dtype", None)  # four times as fast as np.iscomplexobj
    return isinstance(thing, complex) if dtype is None else dtype.kind == "c"


def conjugate(thing: Any) -> Any:
    """The conjugate; of real data the very same thing."""
    return conj(thing) if is_complex(thing) else thing


def shape_of(thing: Any) -> tuple[int, ...]:
    """The shape of an array or Symbol; a plain number has shape ()."""
    return getattr(thing, "shape", ())


@dataclass(frozen=True)
class Call:
    """One use of an operator: its arguments and result (arrays or Symbols) and its static parameters."""

    op: Op
    args: Sequence[Any]
    result: Any
    params: Mapping[str, Any]

    def _apply(self, argument: int, **more: Any) -> Any:
        if self.op.rules[argument] is None:
            raise DerivativeError(N_("{op} has no derivative.", op=self.op.name))
        reads = dict(zip(self.op.arguments, self.args, strict=True))
        return self.op.rule(argument, {**self.params, **reads, "y": self.result, **more})

    def local(self, argument: int) -> Any:
        """∂y/∂argument, element by element; elementwise operators only."""
        return self._apply(argument)

    def adjoint(self, argument: int, g: Any) -> Any:
        """What the adjoint `g` of the result contributes to `argument`, in the argument's shape."""
        if self.op.linear_in(argument):
            return fit(self._conjugate()._apply(argument, g=g), self.args[argument])
        if self.op.kind in ("differential", "composite"):
            return self._derived("adjoint", argument).replay([*self.args, self.result, g])
        return fit(g * conjugate(self.local(argument)), self.args[argument])

    def tangent(self, argument: int, da: Any) -> Any:
        """What the tangent `da` of `argument` adds to the result's tangent, in the result's shape."""
        if self.op.linear_in(argument):
            args = [da if i == argument else arg for i, arg in enumerate(self.args)]
            return self.op(*args, **self.params)
        if self.op.kind == "differential":
            return self._apply(argument, **{f"d{self.op.arguments[argument]}": da})
        if self.op.kind == "composite":
            return self._derived("tangent", argument).replay([*self.args, self.result, da])
        product = self.local(argument) * da
        shape = shape_of(self.result)
        return product if shape_of(product) == shape else expand(product, shape=shape)

    def alternative(self, argument: int, da: Any) -> Any:
        """The tangent in the operator's other form."""
        return replace(self, op=replace(self.op, rules=(self.op.alternative,))).tangent(argument, da)

    def _conjugate(self) -> Call:
        """The same call at the conjugates: a transpose is stated without them, and the adjoint needs them."""
        args = [conjugate(arg) for arg in self.args]
        return Call(self.op, args, conjugate(self.result), self.params)

    def _derived(self, what: str, argument: int) -> Derived:
        shapes = tuple(shape_of(arg) for arg in self.args)
        params = tuple(sorted(self.params.items()))
        complexes = tuple(is_complex(thing) for thing in (*self.args, self.result))
        return derived(what, self.op, argument, shapes, shape_of(self.result), params, complexes)


@dataclass(frozen=True)
class Derived:
    """A rule that follows from another, as recorded nodes; its leaves: arguments, result, and g or da."""

    nodes: tuple[Node, ...]
    result: int

    def replay(self, leaves: Sequence[Any]) -> Any:
        """The nodes computed anew, on arrays or Symbols."""
        found: dict[int, Any] = dict(enumerate(leaves))
        for index, node in enumerate(self.nodes):
            if node.kind == "literal":
                found[index] = node.value
            elif node.op is not None:
                found[index] = node.op(*(found[i] for i in node.args), **dict(node.params))
        return found[self.result]


@lru_cache(maxsize=4096)
def derived(
    what: str, op: Op, argument: int, shapes: Any, shape: Any, params: Any, complexes: Any
) -> Derived:  # fmt: skip
    """The adjoint of a differential, or either rule of what other operators make up.

    `complexes` tells which of the arguments, and last whether the result, are complex.
    """
    tape = Shortening()
    kinds = zip(shapes, complexes[:-1], strict=True)
    args = [tape.input(f"a{i}", of, is_complex=kind) for i, (of, kind) in enumerate(kinds)]
    result = tape.input("y", shape, is_complex=complexes[-1])
    like = result if what == "adjoint" else args[argument]
    incoming = tape.input("g" if like is result else "d", like.shape, is_complex=like.complex)
    call = Call(op, args, result, dict(params))
    known = None
    if call.op.kind == "differential":
        moved = tape.input("da", shapes[argument], is_complex=complexes[argument])
        swept = tape.lift(call.tangent(argument, moved))
    else:
        moved, known = args[argument], result
        swept = tape.lift(call.op.evaluate(*args, **call.params))
    sweep = _pull if what == "adjoint" else _push
    found = sweep(tape, moved, swept, incoming, known)
    return Derived(*_needed(tape, tape.lift(found).index, len(args) + 2))


def moving(tape: Tape, start: int) -> set[int]:
    """The nodes that depend on one of them, itself included."""
    found = {start}
    for index, node in enumerate(tape.nodes):
        if not found.isdisjoint(node.args):
            found.add(index)
    return found


def _pull(tape: Tape, start: Any, end: Any, g: Any, known: Any) -> Any:
    """The adjoint of `start` from the adjoint `g` of `end`, whose value may be known."""
    carried = moving(tape, start.index)
    adjoints: dict[int, Any] = {end.index: fit(g, end)}
    for index in range(len(tape.nodes) - 1, -1, -1):
        if index not in adjoints or index not in carried or tape.nodes[index].op is None:
            continue
        call = _call(tape, index, known if index == end.index else None)
        for place, source in enumerate(tape.nodes[index].args):
            if source in carried:
                sent = tape.lift(call.adjoint(place, adjoints[index]))
                adjoints[source] = adjoints[source] + sent if source in adjoints else sent
    return adjoints.get(start.index, np.zeros(start.shape))


def _push(tape: Tape, start: Any, end: Any, da: Any, known: Any) -> Any:
    """The tangent of `end`, whose value may be known, from the tangent `da` of `start`."""
    tangents: dict[int, Any] = {start.index: da}
    for index in sorted(moving(tape, start.index) - {start.index}):
        call = _call(tape, index, known if index == end.index else None)
        for place, source in enumerate(tape.nodes[index].args):
            if source in tangents:
                part = call.tangent(place, tangents[source])
                tangents[index] = tangents[index] + part if index in tangents else part
    return tangents.get(end.index, np.zeros(end.shape))


def _call(tape: Tape, index: int, known: Any) -> Call:
    node = tape.nodes[index]
    assert node.op is not None
    result = tape.symbol(index) if known is None or node.shape != known.shape else known
    return Call(node.op, [tape.symbol(i) for i in node.args], result, dict(node.params))


def _needed(tape: Tape, result: int, leaves: int) -> tuple[tuple[Node, ...], int]:
    """The first `leaves` nodes and what `result` needs, renumbered; a differential's da is not among them."""
    needed = {result, *range(leaves)}
    for index in range(result, -1, -1):
        if index in needed:
            needed.update(tape.nodes[index].args)
    order = sorted(needed)
    places = {index: place for place, index in enumerate(order)}
    nodes = (tape.nodes[i] for i in order)
    return tuple(replace(d, args=tuple(places[a] for a in d.args)) for d in nodes), places[result]


def fit(contribution: Any, argument: Any) -> Any:
    """What reaches `argument`: real if that is, and summed over the axes along which that was repeated."""
    if is_complex(contribution) and not is_complex(argument):
        contribution = real(contribution)
    shape = shape_of(argument)
    return contribution if shape_of(contribution) == shape else sum_to(contribution, shape=shape)
