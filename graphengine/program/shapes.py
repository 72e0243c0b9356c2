"""Shapes for inputs that were given no value: the first that fit the program, from plausible ones.

Nothing is guessed where a program reads with scalars. Otherwise names that begin with a capital are
matrices first and others vectors first, as in textbooks, with the sizes that the given inputs have; what only
divides, is an exponent or multiplies a total is a number first (`numbers`). A bounded number of combinations
is tried, those with the fewest changes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod
from typing import cast

from ..errors import GraphError, ShapeError
from ..graph import Graph, Shape
from ..ops import NAMES, Op
from .trees import Branch, arguments, from_the_top, name_of, parts, sides

ATTEMPTS = 400
COMBINATIONS = 20_000
"""Of shapes, among which the attempts are chosen."""
SIZES = (2, 3)
"""Sizes where the given inputs suggest none."""


def fitting(
    read: Callable[[Mapping[str, Shape]], Graph], tree: Branch, names: Sequence[str], given: Iterable[Shape]
) -> Graph:
    """The Graph that `read(shapes)` gives for the first shapes of the inputs `names` of `tree` that fit.

    Raises the ShapeError of scalars if none do.
    """
    try:
        return read({})
    except ShapeError:
        for shapes in islice(_plausible(names, numbers(tree), given), ATTEMPTS):
            try:
                return read(shapes)
            except ShapeError:
                continue
        raise


def numbers(tree: Branch) -> frozenset[str]:
    """The names that only stand where a number does: below a fraction, as an exponent, before a total.

    Those of Q K.T/sqrt(d), A**k and c*sum(w**2) are d, k and c.
    """
    places: list[Branch] = []
    for branch in from_the_top(tree):
        if branch.data in ("div", "pow", "caret"):
            places.append(parts(branch)[1])
        elif branch.data in ("mul", "implicit"):
            left, right = parts(branch)
            places += [a for a, b in ((left, right), (right, left)) if _is_total(b)]
    found = Counter(name_of(name) for place in places if (name := _bare(place)).data == "name")
    every = Counter(name_of(branch) for branch in from_the_top(tree) if branch.data == "name")
    return frozenset(name for name in found if found[name] == every[name])


def _bare(place: Branch) -> Branch:
    """A name without brackets, a root or a number beside it."""
    while True:
        if place.data == "group":
            (place,) = parts(place)
        elif place.data == "root":
            place = cast(Branch, place.children[1])
        elif place.data == "call" and name_of(place) in ("sqrt", "abs") and len(arguments(place)) == 1:
            place = sides(arguments(place)[0])[0]
        elif place.data in ("mul", "implicit") and parts(place)[0].data == "number":
            place = parts(place)[1]
        else:
            return place


def _is_total(branch: Branch) -> bool:
    """Whether a branch is the call of what makes one number of an array, without options."""
    if branch.data != "call":
        return False
    given = arguments(branch)
    ops = [op for op in NAMES.get(name_of(branch), ()) if op.takes(len(given))]
    return bool(ops) and all(sides(each)[1] is None for each in given) and _makes_numbers(ops[0])


def _makes_numbers(op: Op) -> bool:
    shapes = ((3, 3),) * len(op.arguments)
    try:
        return op.resolve(shapes).infer(shapes, op.parameters) == ()
    except GraphError:
        return False


def _plausible(
    names: Sequence[str], single: Collection[str], given: Iterable[Shape]
) -> Iterator[dict[str, Shape]]:
    sizes = list(dict.fromkeys([*(n for shape in given for n in shape), *SIZES]))[:4]
    choices = [_shapes(name, sizes, name in single) for name in names]
    while prod(map(len, choices)) > COMBINATIONS:
        choices = [found[:-1] if len(found) > 1 else found for found in choices]
    for combination in sorted(product(*(range(len(c)) for c in choices)), key=sum):
        yield {name: choices[i][k] for i, (name, k) in enumerate(zip(names, combination, strict=True))}


def _shapes(name: str, sizes: Sequence[int], single: bool) -> list[Shape]:
    matrices: list[Shape] = [(n, m) for n in sizes for m in sizes]
    vectors: list[Shape] = [(n,) for n in sizes]
    if single:
        return [(), *vectors, *matrices]
    return [*matrices, *vectors, ()] if name[0].isupper() else [*vectors, (), *matrices]
