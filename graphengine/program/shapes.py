"""Shapes for inputs that were given no value: the first that fit the program, from plausible ones.

Nothing is guessed where a program reads with scalars. Otherwise names that begin with a capital are
matrices first and others vectors first, as in textbooks, with the sizes that the given inputs have; a bounded
number of combinations is tried, those with the fewest changes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

from ..errors import ShapeError
from ..graph import Graph, Shape

ATTEMPTS = 400
COMBINATIONS = 20_000
"""Of shapes, among which the attempts are chosen."""
SIZES = (2, 3)
"""Sizes where the given inputs suggest none."""


def fitting(
    read: Callable[[Mapping[str, Shape]], Graph], names: Sequence[str], given: Iterable[Shape]
) -> Graph:
    """The Graph that `read(shapes)` gives for the first shapes of the inputs `names` that fit.

    Raises the ShapeError of scalars if none do.
    """
    try:
        return read({})
    except ShapeError:
        for shapes in islice(_plausible(names, given), ATTEMPTS):
            try:
                return read(shapes)
            except ShapeError:
                continue
        raise


def _plausible(names: Sequence[str], given: Iterable[Shape]) -> Iterator[dict[str, Shape]]:
    sizes = list(dict.fromkeys([*(n for shape in given for n in shape), *SIZES]))[:4]
    choices = [_shapes(name, sizes) for name in names]
    while prod(map(len, choices)) > COMBINATIONS:
        choices = [found[:-1] if len(found) > 1 else found for found in choices]
    for combination in sorted(product(*(range(len(c)) for c in choices)), key=sum):
        yield {name: choices[i][k] for i, (name, k) in enumerate(zip(names, combination, strict=True))}


def _shapes(name: str, sizes: Sequence[int]) -> list[Shape]:
    matrices: list[Shape] = [(n, m) for n in sizes for m in sizes]
    vectors: list[Shape] = [(n,) for n in sizes]
    return [*matrices, *vectors, ()] if name[0].isupper() else [*vectors, (), *matrices]
