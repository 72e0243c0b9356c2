"""From the one rule that an operator states: its local derivative, its tangent and its adjoint.

All three take arrays or Symbols, as the rule does: what they return is a number or a formula. Where the
rule is a differential, the adjoint is the reverse sweep of *that differential's own graph*, which is linear
in da: from `-y @ da @ y` comes `-T(y) @ g @ T(y)` by the rules of matmul. (Radul and others,
"You Only Linearize Once: Tangents Transpose to Gradients", POPL 2023.)
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from ..errors import DerivativeError
from ..graph import Node, Shape
from ..graph.recording import Tape
from ..graph.shortening import Shortening
from ..graph.symbols import Symbol
from ..graph.traversal import run, upstream
from ..limits import priced, spend
from ..messages import N_
from ..ops import Op
from ..ops.complexes import conj, real
from ..ops.parameters import Params
from ..ops.shaping import expand, sum_to
from ..values import Operand
from .accumulation import pull, push
from .activity import active


def is_complex(thing: Operand) -> bool:
    """Whether an array or Symbol holds complex numbers."""
    if isinstance(thing, Symbol):
        return thing.complex
    dtype = getattr(thing, "dtype", None)  # four times as fast as np.iscomplexobj
    return isinstance(thing, complex) if dtype is None else dtype.kind == "c"


def conjugate(thing: Operand) -> Operand:
    """The conjugate; of real data the very same thing."""
    return conj(thing) if is_complex(thing) else thing


def shape_of(thing: Operand) -> Shape:
    """The shape of an array or Symbol; a plain number has shape ()."""
    return getattr(thing, "shape", ())


COPIED = 6
"""Inputs of a tape, or nodes that are kept, in a piece of work."""

Shapes = tuple[Shape, ...]
Complexes = tuple[bool, ...]
Kept = tuple[tuple[str, Hashable], ...]
"""Options as a node has them."""


@dataclass(frozen=True)
class Call:
    """One use of an operator: its arguments and result (arrays or Symbols) and its static parameters."""

    op: Op
    args: Sequence[Operand]
    result: Operand
    params: Params

    @classmethod
    def at(cls, nodes: Sequence[Node], found: Sequence[Operand] | Mapping[int, Operand], place: int) -> Call:
        """The use of an operator in `nodes[place]`; `found` holds what each place came to."""
        node = nodes[place]
        assert node.op is not None
        return cls(node.op, [found[i] for i in node.args], found[place], dict(node.params))

    def _apply(self, argument: int, **more: Operand) -> Operand:
        if self.op.rules[argument] is None:
            raise DerivativeError(N_("{op} has no derivative.", op=self.op.name))
        reads = dict(zip(self.op.arguments, self.args, strict=True))
        return self.op.rule(argument, {**self.params, **reads, "y": self.result, **more})

    def local(self, argument: int) -> Operand:
        """∂y/∂argument, element by element; elementwise operators only; DerivativeError without a rule."""
        return self._apply(argument)

    def adjoint(self, argument: int, g: Operand) -> Operand:
        """What the adjoint `g` of the result contributes to `argument`, in the argument's shape.

        Raises DerivativeError where there is no rule, also of an operator that this one consists of.
        """
        if self.op.linear_in(argument):
            return fit(self._conjugate()._apply(argument, g=g), self.args[argument])
        if self.op.kind in ("differential", "composite"):
            return self._consequence("adjoint", argument).replay([*self.args, self.result, g])
        return fit(g * conjugate(self.local(argument)), self.args[argument])

    def tangent(self, argument: int, da: Operand) -> Operand:
        """What the tangent `da` of `argument` adds to the result's tangent, in the result's shape.

        Raises DerivativeError where there is no rule, also of an operator that this one consists of.
        """
        if self.op.linear_in(argument):
            args = [da if i == argument else arg for i, arg in enumerate(self.args)]
            return self.op(*args, **self.params)
        if self.op.kind == "differential":
            return self._apply(argument, **{f"d{self.op.arguments[argument]}": da})
        if self.op.kind == "composite":
            return self._consequence("tangent", argument).replay([*self.args, self.result, da])
        product = self.local(argument) * da
        shape = shape_of(self.result)
        return product if shape_of(product) == shape else expand(product, shape=shape)

    def alternative(self, argument: int, da: Operand) -> Operand:
        """The tangent in the operator's other form; DerivativeError where it has none."""
        return replace(self, op=replace(self.op, rules=(self.op.alternative,))).tangent(argument, da)

    def _conjugate(self) -> Call:
        """The same call at the conjugates: a transpose is stated without them, and the adjoint needs them."""
        args = [conjugate(arg) for arg in self.args]
        return Call(self.op, args, conjugate(self.result), self.params)

    def _consequence(self, what: Literal["adjoint", "tangent"], argument: int) -> Consequence:
        spend("work", 1 + len(self.args) // (2 * COPIED))
        shapes = tuple(shape_of(arg) for arg in self.args)
        params = tuple(sorted(self.params.items()))
        complexes = tuple(is_complex(thing) for thing in (*self.args, self.result))
        return consequence(what, self.op, argument, shapes, shape_of(self.result), params, complexes)


@dataclass(frozen=True)
class Consequence:
    """A rule that follows from another, as recorded nodes; its leaves: arguments, result, and g or da."""

    nodes: tuple[Node, ...]
    result: int

    def replay(self, leaves: Sequence[Operand]) -> Operand:
        """The nodes computed anew, on arrays or Symbols in the place of the leaves."""

        def leaf(place: int) -> Operand:
            return leaves[place] if place < len(leaves) else self.nodes[place].value

        return run(self.nodes, leaf, _replayed)[self.result]


def _replayed(node: Node, args: Sequence[Operand]) -> Operand:
    assert node.op is not None
    return node.op(*args, **dict(node.params))


@priced(4096)
def consequence(
    what: Literal["adjoint", "tangent"],
    op: Op,
    argument: int,
    shapes: Shapes,
    shape: Shape,
    params: Kept,
    complexes: Complexes,
) -> Consequence:
    """The adjoint of a differential, or either rule of what other operators make up.

    `complexes` tells which of the arguments, and last whether the result, are complex. Raises DerivativeError
    where an operator on the way has no rule, LimitError for too much work.
    """
    if what == "adjoint" and op.kind == "composite":
        try:
            return _adjoints(op, shapes, shape, params, complexes)[argument]
        except DerivativeError:  # by another argument there may be none
            pass
    tape, args, result, call = _recorded(op, shapes, shape, params, complexes)
    like = result if what == "adjoint" else args[argument]
    incoming = tape.input("g" if like is result else "d", like.shape, is_complex=like.complex)
    moved = args[argument]
    if op.kind == "differential":
        moved = tape.input("da", shapes[argument], is_complex=complexes[argument])
        swept, found = tape.lift(call.tangent(argument, moved)), tape.symbols
    else:
        swept, found = _opened(tape, call)
    if what == "adjoint":
        return _rule(tape, _pulled(tape, swept, found, incoming, [moved])[0], len(args))
    route = active(tape.nodes, [moved.index], [swept.index])
    sums = push(tape.nodes, route, {moved.index: incoming}, partial(Call.at, tape.nodes, found))
    return _rule(tape, tape.lift(sums.get(swept.index, np.zeros(swept.shape))), len(args))


@priced(512)
def _adjoints(
    op: Op, shapes: Shapes, shape: Shape, params: Kept, complexes: Complexes
) -> tuple[Consequence, ...]:
    """The adjoints of all arguments of a composite operator, by one sweep through what it consists of."""
    tape, args, _result, call = _recorded(op, shapes, shape, params, complexes)
    incoming = tape.input("g", shape, is_complex=complexes[-1])
    swept, found = _opened(tape, call)
    return tuple(_rule(tape, each, len(args)) for each in _pulled(tape, swept, found, incoming, args))


def _pulled(
    tape: Tape, swept: Symbol, found: Sequence[Symbol], incoming: Symbol, args: Sequence[Symbol]
) -> list[Symbol]:
    """What `incoming`, the adjoint of `swept`, comes to at each of `args`."""
    route = active(tape.nodes, [arg.index for arg in args], [swept.index])
    start: dict[int, Operand] = {swept.index: fit(incoming, swept)}
    sums = pull(tape.nodes, route, start, partial(Call.at, tape.nodes, found), tape.lift)
    return [tape.lift(sums.get(arg.index, np.zeros(arg.shape))) for arg in args]


def _rule(tape: Tape, derivative: Symbol, count: int) -> Consequence:
    """What `derivative` needs, after `count` arguments, the result and what comes in, without a da."""
    nodes, places = _needed(tape, derivative.index, count + 2)
    return Consequence(nodes, places[derivative.index])


def _recorded(
    op: Op, shapes: Shapes, shape: Shape, params: Kept, complexes: Complexes
) -> tuple[Tape, list[Symbol], Symbol, Call]:
    """A tape with arguments and result of one use of `op`, and that use."""
    spend("work", 1 + len(shapes) // COPIED)
    tape = Shortening()
    kinds = zip(shapes, complexes[:-1], strict=True)
    args = [tape.input(f"a{i}", of, is_complex=kind) for i, (of, kind) in enumerate(kinds)]
    result = tape.input("y", shape, is_complex=complexes[-1])
    return tape, args, result, Call(op, args, result, dict(params))


def _opened(tape: Tape, call: Call) -> tuple[Symbol, list[Symbol]]:
    """The result of a composite operator as its parts make it, and the symbols of all nodes: it is known."""
    swept, found = tape.lift(call.op.evaluate(*call.args, **call.params)), tape.symbols
    if swept.shape == call.result.shape:
        found[swept.index] = call.result
    return swept, found


def _needed(tape: Tape, result: int, leaves: int = 0) -> tuple[tuple[Node, ...], dict[int, int]]:
    """The first `leaves` nodes of `tape` and what `result` needs, and their places among these.

    Raises LimitError for too much work.
    """
    order = sorted(upstream(tape.nodes, [result, *range(leaves)]))
    spend("work", len(order) // COPIED)
    places = {index: place for place, index in enumerate(order)}
    nodes = (tape.nodes[i] for i in order)
    return tuple(n.but(args=tuple(places[i] for i in n.args)) if n.args else n for n in nodes), places


def fit(contribution: Operand, argument: Operand) -> Operand:
    """What reaches `argument`: real if that is, and in its shape, summed over the axes that were repeated."""
    if is_complex(contribution) and not is_complex(argument):
        contribution = real(contribution)
    shape = shape_of(argument)
    return contribution if shape_of(contribution) == shape else sum_to(contribution, shape=shape)
