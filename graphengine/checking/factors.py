"""What is wrong by a factor: a sign, the size of a batch, a value of the program."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..messages import N_, Message
from .cases import Case, Guess, bound
from .truth import same


def factor(case: Case) -> float | None:
    """One number by which all elements are too large, at every point."""
    ratios = []
    for point, found in zip(case.points, case.found, strict=True):
        right = np.asarray(case.right(point))
        if np.shape(found) != right.shape or not np.any(right):
            return None
        ratio = np.vdot(right, found) / np.vdot(right, right)
        if not np.isfinite(ratio) or abs(ratio) < 1e-9 or not same(found, ratio * right):
            return None
        ratios.append(ratio)
    spread = max(np.ptp(np.real(ratios)), np.max(np.abs(np.imag(ratios))))
    return float(np.real(ratios[0])) if len(ratios) > 1 and spread < 1e-6 * abs(ratios[0]) else None


def known_factor(case: Case, found: float) -> Message | None:
    """The sign, or the size of a batch; 2 is too often the exponent of a square to mean a batch of two."""
    if abs(found + 1) < 1e-6:
        return N_("The sign is wrong: everything else is right.")
    nodes = case.graph.nodes
    sizes = {size for node in nodes for size in (*node.shape, int(np.prod(node.shape))) if size > 2}
    means = any(node.op is not None and node.op.averages for node in nodes)
    for size in sorted(sizes):
        if abs(found - size) < 1e-6 * size and means:
            return N_("It is {count} times too large: the mean over {count} divides by {count}.", count=size)
        if abs(found * size - 1) < 1e-6:
            return N_("It is {count} times too small: a mean over {count} where a sum belongs.", count=size)
    return None


MOST = 60
"""Nodes that are tried as a factor."""


def factors(case: Case) -> Iterator[Guess]:
    """A factor that is missing, or one too many."""
    named = [i for i, node in enumerate(case.graph.nodes) if node.kind != "literal"]
    for i in named[:MOST]:
        yield (
            N_("There is a factor too many: {name}.", name=case.label(i)),
            bound(lambda point, i: case.right(point) * point.values[i], i),
        )
        yield (
            N_("A factor is missing: {name}.", name=case.label(i)),
            bound(lambda point, i: case.right(point) / point.values[i], i),
        )
