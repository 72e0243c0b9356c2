"""What has been read, as what is asked for: a text, a whole number, several things."""

from __future__ import annotations

import ast
import math

from ...limits import spend
from ...messages import N_
from .values import Cells, Instance, Level, Method, Postponed, Sizes, Text, Value
from .writing import Writer, short

LARGEST = 10**9
"""Numbers that are worked out while reading: sizes, places, counts."""


class Conversions(Writer):
    """Values as texts and as what is known while reading."""

    def value(self, tree: ast.expr) -> Value:
        """What an expression stands for: told by `Expressions`, which stands above."""
        raise NotImplementedError

    def as_text(self, value: Value, tree: ast.AST) -> Text:
        """A value as text of the language; ProgramError for what has no equal there."""
        match value:
            case Text():
                return value
            case Cells():
                return self.filled(value)
            case bool():
                return Text(str(int(value)), number=int(value))
            case int():
                return Text(str(value), Level.ATOM if value >= 0 else Level.SIGN, value)
            case list() | tuple():
                spend("work", len(value))
                items = [self.as_text(item, tree).at(Level.CHOICE) for item in value]
                return Text(f"[{', '.join(items)}]")
            case range():
                return self.as_text([*value], tree)
            case Postponed():
                raise value.error
            case Method(owner=Text(), name="size"):
                size = math.prod(self.shape(value.owner))
                return Text(str(size), number=size)
        return self.refuse(tree)

    def filled(self, cells: Cells) -> Text:
        """An array that was filled element by element, as a list of what it was filled with."""
        rank = len(next(iter(cells.cells), ()))
        rest = cells.shape[rank:]
        spend("work", math.prod(cells.shape[:rank]))
        blank = f"zeros({', '.join(map(str, rest))})" if rest else cells.fill

        def row(place: tuple[int, ...]) -> str:
            if len(place) == rank:
                return cells.cells[place].text if place in cells.cells else blank
            return f"[{', '.join(row((*place, i)) for i in range(cells.shape[len(place)]))}]"

        return Text(row(()))

    def whole(self, tree: ast.expr) -> int:
        """A whole number that is known while reading; ProgramError for anything else."""
        return self.as_whole(self.value(tree), tree)

    def as_whole(self, value: Value, tree: ast.AST) -> int:
        text = self.as_text(value, tree) if isinstance(value, Method) else value
        number = text.number if isinstance(text, Text) else text
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        if not isinstance(number, int) or abs(number) > LARGEST:
            self.refuse(
                tree,
                N_("{code} decides how much is computed, and is not known while reading.", code=short(tree)),
                N_("Give it a value, as in n = 3."),
            )
        return number

    def several(self, value: Value, tree: ast.AST) -> list[Value]:
        """The items of something that is gone through."""
        if isinstance(value, Sizes):
            value = self.sizes_of(value, tree)
        if isinstance(value, Cells):
            value = self.filled(value)
        if isinstance(value, Text):
            shape = self.shape(value)
            if not shape:
                self.refuse(tree)
            spend("work", shape[0])
            return [Text(f"{value.at(Level.ATOM)}[{i}]") for i in range(shape[0])]
        if isinstance(value, Instance) and value.parts:
            return [*value.parts]
        if not isinstance(value, list | tuple | range | dict | str):
            self.refuse(tree)
        spend("work", len(value))
        return [Text(str(i), number=i) for i in value] if isinstance(value, range) else [*value]

    def sizes_of(self, sizes: Sizes, tree: ast.AST) -> tuple[Text, ...]:
        """The sizes of an array as numbers."""
        return tuple(Text(str(n), number=n) for n in self.shape(sizes.of))

    def truth(self, value: Value) -> bool | None:
        """Whether Python takes a value for true; None where that depends on the inputs."""
        if isinstance(value, Text):
            return None if value.number is None else bool(value.number)
        if isinstance(value, Cells):
            return None
        return bool(value) if not isinstance(value, Instance) else True
