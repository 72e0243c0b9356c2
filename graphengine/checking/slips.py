"""Slips that are known: each gives what it would have led to, and is recognised by that at every point."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..messages import N_, Message
from ..values import Array
from .cases import Case, Guess, bound
from .factors import factor, factors, known_factor
from .truth import Truth


def explanation(case: Case) -> Message | None:
    """The slip that explains what was found, if one of the known ones does."""
    times = factor(case)
    if times is not None and (known := known_factor(case, times)) is not None:
        return known
    for family in FAMILIES:
        for message, guess in family(case):
            if case.explains(guess):
                return message
    if times is None:
        return None
    shown = f"{times:.4g}" if abs(times) >= 1 else f"1/{1 / times:.4g}"
    return N_("It is {factor} times the right one: a constant factor is wrong.", factor=shown)


def _transposed(case: Case) -> Iterator[Guess]:
    if len(case.graph.nodes[case.position].shape) == 2:
        yield N_("It is the transpose of the right one."), lambda point: np.transpose(case.right(point))


def _paths(case: Case) -> Iterator[Guess]:
    """Overwritten instead of accumulated: one contribution alone, or one that is missing."""
    edges = list(case.points[0].senders(case.position))
    if len(edges) < 2:
        return
    ways = {sender: [pair for pair in edges if pair[0] == sender] for sender, _argument in edges}

    def sent(point: Truth, way: Sequence[tuple[int, int]]) -> Array:
        return sum(point.contribution(*pair) for pair in way)

    for sender, way in ways.items():
        if len(ways) > 1:
            yield (
                N_("Only what comes from {name} is there: contributions add up.", name=case.label(sender)),
                bound(lambda point, way: sent(point, way), way),
            )
            yield (
                N_("What comes from {name} is missing: contributions add up.", name=case.label(sender)),
                bound(lambda point, way: case.right(point) - sent(point, way), way),
            )
            yield (
                N_("What comes from {name} has the wrong sign.", name=case.label(sender)),
                bound(lambda point, way: case.right(point) - 2 * sent(point, way), way),
            )
    for pair in edges:
        name = case.label(pair[0])
        yield (
            N_("One of {count} contributions alone, from {name}: they add up.", name=name, count=len(edges)),
            bound(lambda point, pair: sent(point, [pair]), pair),
        )
        yield (
            N_("One of {count} contributions is missing, from {name}.", name=name, count=len(edges)),
            bound(lambda point, pair: case.right(point) - sent(point, [pair]), pair),
        )


def _upstream(case: Case) -> Iterator[Guess]:
    """The local derivative alone, what comes from above alone, or a link of the chain left out."""
    yield (
        N_("The local derivative alone: what comes from above is missing."),
        lambda point: sum(
            point.contribution(s, a, np.ones(np.shape(point.values[s])))
            for s, a in point.senders(case.position)
        ),
    )
    for sender, argument in case.points[0].senders(case.position):
        name = case.label(sender)
        if case.graph.nodes[sender].shape == case.graph.nodes[case.position].shape:
            alone = N_(
                "The adjoint of {name} is passed on as it is, without its local derivative.", name=name
            )
            yield alone, bound(lambda point, s: point.adjoints[s], sender)
        for above, place in case.points[0].senders(sender):
            yield _link(case, above), bound(_skipping, sender, argument, above)
            yield _link(case, sender), bound(lambda point, s, a: point.contribution(s, a), above, place)


def _link(case: Case, position: int) -> Message:
    return N_("A link of the chain is missing: the local derivative of {name}.", name=case.label(position))


def _skipping(point: Truth, sender: int, argument: int, above: int) -> Array:
    return point.contribution(sender, argument, point.adjoints[above])


def _products(case: Case) -> Iterator[Guess]:
    """The factors of a matrix product the wrong way round, transposed wrongly, or multiplied by elements."""
    for sender, argument in case.points[0].senders(case.position):
        node = case.graph.nodes[sender]
        if node.op is None or not node.op.said.product:
            continue
        other = node.args[1 - argument]
        names = {"name": f"{case.label(sender)}\N{COMBINING MACRON}", "other": case.label(other)}
        yield (
            N_("{name} and {other} are multiplied by elements where the matrix product belongs.", **names),
            bound(lambda point, s, o: point.adjoints[s] * point.values[o], sender, other),
        )
        told = N_("{name} and {other} stand in the wrong order, or the wrong one is transposed.", **names)
        for turned, flipped, first in itertools.product((False, True), repeat=3):
            yield told, bound(_product, sender, other, turned, flipped, first)


def _product(point: Truth, sender: int, other: int, turned: bool, flipped: bool, first: bool) -> Array:
    left, right = np.asarray(point.adjoints[sender]), np.asarray(point.values[other])
    left, right = (left.T if turned else left), (right.T if flipped else right)
    if left.ndim == right.ndim == 1:
        return np.outer(left, right) if first else np.outer(right, left)
    return left @ right if first else right @ left


def _sums(case: Case) -> Iterator[Guess]:
    """A broadcast that is not undone, or along another axis, or by a mean."""
    shape = case.graph.nodes[case.position].shape
    for sender, argument in case.points[0].senders(case.position):
        spread = case.graph.nodes[sender].shape
        if spread == shape:
            continue
        edge = (sender, argument)
        missing = N_("The sum over the batch is missing: {name} repeats it.", name=case.label(sender))
        yield missing, bound(_spread, *edge)
        for axis in range(len(spread)):
            yield (
                N_("The sum over axis {axis} keeps an axis of length 1, which is too many.", axis=axis),
                bound(_reduced, *edge, np.sum, axis, True),
            )
            yield (
                N_("The sum goes over axis {axis}, which is the wrong one.", axis=axis),
                bound(_reduced, *edge, np.sum, axis),
            )
            yield (
                N_("A mean over axis {axis} where the sum belongs.", axis=axis),
                bound(_reduced, *edge, np.mean, axis),
            )
    for axis in range(len(shape)):
        summed = N_("It is summed over axis {axis}, along which nothing was repeated.", axis=axis)
        yield summed, bound(lambda point, i: np.sum(case.right(point), axis=i), axis)
    if shape:
        whole = N_("Everything is summed up: the gradient has the shape {shape}.", shape=str(shape))
        yield whole, lambda point: np.sum(case.right(point))


def _reduced(
    point: Truth, sender: int, argument: int, reduce: Callable[..., Array], axis: int, keep: bool = False
) -> Array:
    return reduce(_spread(point, sender, argument), axis=axis, keepdims=keep)


def _spread(point: Truth, sender: int, argument: int) -> Array:
    """A contribution before the broadcast is undone."""
    call = point.call(sender)
    args = [
        np.broadcast_to(x, np.shape(call.result)) if i == argument else x for i, x in enumerate(call.args)
    ]
    return replace(call, args=args).adjoint(argument, point.adjoints[sender])


def _places(case: Case) -> Iterator[Guess]:
    """The derivative of a function taken at its value, or the value in the place of the derivative."""
    for sender, _argument in case.points[0].senders(case.position):
        node = case.graph.nodes[sender]
        if node.op is None or node.op.kind != "elementwise":
            continue
        if len(node.args) > 1:
            continue
        names = {"name": case.label(sender), "argument": case.label(case.position), "op": node.op.said.symbol}
        yield (
            N_("The value of {op} stands where its derivative belongs.", **names),
            bound(lambda point, s: point.adjoints[s] * point.values[s], sender),
        )

        yield (
            N_("The derivative of {op} is taken at {name}, not at {argument}.", **names),
            bound(_elsewhere, sender, True),
        )
        yield (
            N_("The derivative of {op} is written for its value {name}, and given {argument}.", **names),
            bound(_elsewhere, sender, False),
        )


def _elsewhere(point: Truth, sender: int, at_value: bool) -> Array:
    """The derivative at the function's value, or with the argument in the place of the value."""
    call = point.call(sender)
    if at_value:
        call = replace(call, args=[call.result], result=call.op.compute(call.result, **call.params))
    else:
        call = replace(call, result=call.args[0])
    return call.adjoint(0, point.adjoints[sender])


def _diagonal(case: Case) -> Iterator[Guess]:
    """Of softmax only what each element does to itself."""
    for sender, _argument in case.points[0].senders(case.position):
        node = case.graph.nodes[sender]
        if node.op is not None and node.op.name == "softmax":
            yield (
                N_("Only the diagonal of the Jacobian of softmax: each element depends on all."),
                bound(lambda p, s: p.adjoints[s] * p.values[s] * (1 - p.values[s]), sender),
            )


def _nothing(case: Case) -> Iterator[Guess]:
    yield N_("It is zero, and the gradient is not."), lambda point: np.zeros(np.shape(case.right(point)))


FAMILIES: Sequence[Callable[[Case], Iterator[Guess]]] = (
    _nothing,
    _transposed,
    _paths,
    _sums,
    _upstream,
    _products,
    _places,
    _diagonal,
    factors,
)
"""The most specific first."""
