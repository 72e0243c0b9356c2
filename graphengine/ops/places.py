"""An index as it is kept, for a slice, a list or an array cannot be a key of a cache.

A whole number, None and ... stand for themselves, (start, stop, step) for a slice, ((0, 0, 2),) for a list of
whole numbers, and () for an array that comes as an argument of its own.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from types import EllipsisType
from typing import Any, TypeAlias

import numpy as np

from ..errors import LimitError, ShapeError
from ..limits import limits, spend
from ..messages import N_, NN_
from ..values import Array, shape_text
from .parameters import Given

Place: TypeAlias = int | EllipsisType | tuple[Any, ...] | None
Index: TypeAlias = tuple[Place, ...]
Shape: TypeAlias = tuple[int, ...]

OPEN = ()
"""The place of an array that comes as an argument."""
WHOLE = (None, None, None)
"""All of an axis."""


def hashable(index: Given, shape: Shape | None = None) -> Index:
    """An index as it is written in NumPy, in the form in which it is kept.

    `shape` is that of the array, which a list of flags must fit. Raises ShapeError for what is no index,
    LimitError for too long lists.
    """
    parts = [_arranged(part) for part in (index if isinstance(index, tuple) else (index,))]
    rest = len(shape or ()) - sum(_taken(part) for part in parts)
    found: list[Place] = []
    axis = 0
    try:
        for part in parts:
            found += _kept(part, None if shape is None else shape[axis:])
            axis += rest if part is ... else _taken(part)
    except (TypeError, ValueError, OverflowError):
        message = N_("An index is made of whole numbers and slices, lists of whole numbers, ... and None.")
        raise ShapeError(message) from None
    return tuple(found)


def _arranged(part: Given) -> Given:
    """Lists as arrays; of nothing, as one of whole numbers."""
    if not isinstance(part, (list, tuple, np.ndarray)):
        return part
    try:
        found = np.asarray(part)
    except ValueError:
        raise ShapeError(N_("The rows of a list in an index are of one length.")) from None
    return found if found.size else found.astype(np.intp)


def _taken(part: Given) -> int:
    """How many axes a part of an index stands for; ... takes what the others leave."""
    if part is None or part is ...:
        return 0
    return part.ndim if getattr(part, "dtype", None) == np.bool and not hasattr(part, "tape") else 1


def _kept(part: Given, sizes: Shape | None) -> list[Place]:
    if part is None or part is ...:
        return [part]
    if hasattr(part, "tape"):
        return [OPEN]
    if isinstance(part, slice):
        return [(_bound(part.start), _bound(part.stop), _bound(part.step))]
    if not np.ndim(part):
        return [_place(part)]
    spend("numbers", part.size)
    if part.dtype == np.bool:
        return [(tuple(numbers.tolist()),) for numbers in np.nonzero(_fitting(part, sizes))]
    if part.dtype.kind not in "iu":
        raise TypeError("no whole numbers")
    return [(_frozen(part.tolist()),)]


def _fitting(mask: Array, sizes: Shape | None) -> Array:
    if sizes is None or sizes[: mask.ndim] != mask.shape:
        raise ShapeError(
            N_(
                "Flags in an index are as many as the axis is long: {count}, not {given}.",
                count=shape_text((sizes or ())[: mask.ndim]),
                given=shape_text(mask.shape),
            )
        )
    return mask


def _frozen(numbers: Given) -> Given:
    return tuple(map(_frozen, numbers)) if isinstance(numbers, list) else numbers


def _place(number: Given) -> int:
    """A whole number, but neither 1.0 nor a flag, as NumPy wants it; TypeError or OverflowError."""
    if isinstance(number, bool) or getattr(number, "dtype", None) == np.bool:
        raise TypeError("a flag is no number")
    return int(np.intp(operator.index(number)))


def _bound(number: Given) -> int | None:
    return None if number is None else _place(number)


def is_slice(part: Place) -> bool:
    """Whether a kept part is a slice."""
    return isinstance(part, tuple) and len(part) == 3


def is_list(part: Place) -> bool:
    """Whether a kept part is a list of whole numbers."""
    return isinstance(part, tuple) and len(part) == 1


def places(index: Index, arrays: Iterable[Array] = ()) -> tuple[Any, ...]:
    """A kept index as NumPy takes it, with `arrays` of whole numbers at its open places."""
    given = iter(arrays)
    return tuple(
        part
        if not isinstance(part, tuple)
        else slice(*part)
        if is_slice(part)
        else np.asarray(part[0], np.intp)
        if part
        else next(given)
        for part in index
    )


def axes(index: Index, rank: int) -> Iterator[int]:
    """The axes of an array of `rank` axes that the open places of `index` stand for."""
    rest = rank - sum(part is not None and part is not ... for part in index)
    axis = 0
    for part in index:
        if part == OPEN:
            yield axis
        axis += rest if part is ... else part is not None


def bounded(index: Index, shape: Shape, arrays: Sequence[Shape] = ()) -> None:
    """LimitError where `index` would take too many elements, which NumPy is not asked to try.

    `arrays` are the shapes of what comes at the open places. Misfits are NumPy's to tell.
    """
    given, rest = iter(arrays), len(shape) - sum(part is not None and part is not ... for part in index)
    axis, size, several = 0, 1, list[Shape]()
    for part in index:
        if part is ...:
            size *= math.prod(shape[axis : axis + max(rest, 0)])
        elif is_slice(part):
            size *= len(range(*slice(*part).indices(shape[axis]))) if axis < len(shape) else 1  # type: ignore[misc]
        elif isinstance(part, tuple):
            several.append(np.shape(part[0]) if part else next(given))
        axis += max(rest, 0) if part is ... else part is not None
    size *= math.prod(shape[axis:]) * math.prod(max(column) for column in _columns(several))
    if size > limits().elements:
        raise LimitError(
            NN_(
                "This array has {size} element; the limit `elements` is {limit}.",
                "This array has {size} elements; the limit `elements` is {limit}.",
                size,
                size=size,
                limit=limits().elements,
            )
        )


def _columns(shapes: Sequence[Shape]) -> Iterator[tuple[int, ...]]:
    """The sizes that meet in each axis, from the last on."""
    return zip_longest(*(shape[::-1] for shape in shapes), fillvalue=1)


def index_code(index: Index, arrays: Sequence[str] = (), listed: Callable[[str], str] = str) -> str:
    """An index as it is written: 0, 1:, ::2, with `arrays` at its open places; `listed` writes lists.

    >>> print(index_code(((1, None, None), None, ..., ((0, 2),), ()), ["i"]))
    1:, None, ..., [0, 2], i
    """
    given = iter(arrays)
    return ", ".join(_code(part, given, listed) for part in index)


def _code(part: Place, given: Iterator[str], listed: Callable[[str], str]) -> str:
    if part is ...:
        return "..."
    if not isinstance(part, tuple):
        return repr(part)
    if is_slice(part):
        return ":".join("" if n is None else str(n) for n in (part[:2] if part[2] is None else part))
    return listed(_brackets(part[0])) if part else next(given)


def _brackets(numbers: Given) -> str:
    return f"[{', '.join(map(_brackets, numbers))}]" if isinstance(numbers, tuple) else repr(numbers)


def passed_on(index: Index, arrays: Sequence[str] = (), listed: Callable[[str], str] = str) -> str:
    """An index as a tuple that can be passed on, in code.

    >>> print(passed_on(((1, None, None), ((0, 2),))))
    (slice(1, None, None), [0, 2])
    """
    given = iter(arrays)
    parts = [f"slice{part!r}" if is_slice(part) else _code(part, given, listed) for part in index]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
