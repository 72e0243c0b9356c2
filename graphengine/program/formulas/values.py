"""Pieces of a program, with the axes that their letters stand for: x_{ij} has the axes i and j.

An axis has a letter, or none: those without are the last ones, and are the rows and columns of vectors and
matrices. Letters stand in one order in all values of a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from .names import Name


class Level(IntEnum):
    """How tightly a text binds in the language of programs."""

    CHOICE = 0
    SUM = 1
    NEGATIVE = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


@dataclass(frozen=True)
class Value:
    """A piece of the program, how tightly it binds, its lettered `axes`, and the `rank` beside them."""

    text: str
    level: Level = Level.ATOM
    axes: tuple[str, ...] = ()
    rank: int = 0
    row: bool = False
    """Whether it is a vector that lies."""
    vague: frozenset[Name] = frozenset()
    """The names in it that may be numbers or arrays, for all that is known."""
    ones: bool = False
    """Whether it is a vector of ones, of a length that fits."""

    def within(self, level: Level) -> str:
        """The text, in brackets if it binds more loosely than its place wants."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def scalar(self) -> bool:
        return not self.axes and self.rank == 0

    @property
    def size(self) -> int:
        return len(self.axes) + self.rank

    @property
    def name(self) -> Name | None:
        """The name that it consists of, if it may be a number or an array."""
        return next(iter(self.vague)) if len(self.vague) == 1 and self.level == Level.ATOM else None


Order = Sequence[str]


def union(values: Iterable[Value], order: Order) -> tuple[str, ...]:
    """All the letters of some values, in their order."""
    return tuple(sorted({axis for value in values for axis in value.axes}, key=order.index))


def stretched(value: Value, axes: Sequence[str], rank: int, level: Level) -> str:
    """The text of a value with an axis of length 1 wherever others have one that it has not."""
    places = [":" if axis in value.axes else "None" for axis in axes]
    places += ["None"] * (rank - value.rank) + [":"] * value.rank
    while places and places[0] == "None":
        del places[0]
    if "None" not in places or value.ones:
        return value.within(level)
    return f"{value.within(Level.ATOM)}[{', '.join(places)}]"


def joined(values: Sequence[Value], text: str, level: Level, order: Order) -> Value:
    """A value made of others, element by element."""
    rank = max((value.rank for value in values), default=0)
    vague = frozenset[Name]().union(*(value.vague for value in values)) if rank == 0 else frozenset[Name]()
    row = rank == 1 and all(value.row for value in values if value.rank == 1)
    return Value(text, level, union(values, order), rank, row, vague)


def elementwise(sign: str, values: Sequence[Value], order: Order) -> Value:
    """left * right, or left / right."""
    axes, rank = union(values, order), max(value.rank for value in values)
    left = stretched(values[0], axes, rank, Level.NEGATIVE)
    right = stretched(values[1], axes, rank, Level.POWER)
    return joined(values, f"{left}{sign}{right}", Level.PRODUCT, order)


def called(function: str, values: Sequence[Value], order: Order) -> Value:
    """function(a, b), element by element."""
    axes, rank = union(values, order), max(value.rank for value in values)
    texts = ", ".join(stretched(value, axes, rank, Level.CHOICE) for value in values)
    return joined(values, f"{function}({texts})", Level.ATOM, order)


def turned(text: str, level: Level) -> str:
    """The transpose of a matrix."""
    if level == Level.ATOM and text.endswith(".T"):
        return text.removesuffix(".T")
    return f"{text if level == Level.ATOM else f'({text})'}.T"


def contracted(
    values: Sequence[Value], specs: Sequence[Sequence[str]], out: Sequence[str]
) -> tuple[str, Level]:
    """The product of values whose axes are called as `specs` say, summed over what is not in `out`."""
    if len(values) == 2:
        found = _matrix_product(values, [list(spec) for spec in specs], list(out))
        if found is not None:
            return found, Level.PRODUCT
        one, two = map(tuple, specs)
        rest = [axis for axis in one if axis not in out]
        if one == two and len(rest) == 1:
            product = f"{values[0].within(Level.NEGATIVE)}*{values[1].within(Level.POWER)}"
            return f"sum({product}, axis={one.index(rest[0])})", Level.ATOM
        if len(one) == len(two) == 1 and [*one, *two] == list(out):
            return f"outer({values[0].text}, {values[1].text})", Level.ATOM
    letters: dict[str, str] = {}
    for spec in specs:
        for axis in spec:
            letters.setdefault(
                axis, axis if len(axis) == 1 and axis.isascii() and axis not in letters.values() else ""
            )
    free = iter(letter for letter in "abcdefghmnopqrstuvwxyz" if letter not in letters.values())
    letters = {axis: letter or next(free) for axis, letter in letters.items()}
    sides = ",".join("".join(letters[axis] for axis in spec) for spec in specs)
    pattern = f"{sides}->{''.join(letters[axis] for axis in out)}"
    return f"einsum('{pattern}', {', '.join(value.text for value in values)})", Level.ATOM


def _matrix_product(values: Sequence[Value], specs: list[list[str]], out: list[str]) -> str | None:
    """a @ b, with transposes where the axes want it, if it is that."""
    shared = [axis for axis in specs[0] if axis in specs[1]]
    if len(shared) != 1 or shared[0] in out or max(map(len, specs)) > 2:
        return None
    (over,) = shared
    free = [[axis for axis in spec if axis != over] for spec in specs]
    swapped = out != [*free[0], *free[1]] or (
        len(specs[0]) == 1 and specs[1][-1] == over and len(specs[1]) == 2
    )
    pairs = list(zip(values, specs, strict=True))
    if swapped:
        pairs.reverse()
    if out != [axis for _, spec in pairs for axis in spec if axis != over]:
        return None
    (left, left_spec), (right, right_spec) = pairs
    texts = [
        turned(value.text, value.level)
        if len(spec) == 2 and spec.index(over) != place
        else value.within(level)
        for value, spec, place, level in (
            (left, left_spec, len(left_spec) - 1, Level.NEGATIVE),
            (right, right_spec, 0, Level.POWER),
        )
    ]
    return " @ ".join(texts)


def plain(value: Value) -> Value:
    """The same, as what stands in the program by its text alone."""
    return replace(value, row=False, ones=False)
