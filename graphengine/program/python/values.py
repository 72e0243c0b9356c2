"""What an expression of Python stands for: a text of the language, or what is known while reading."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

from ...errors import GraphError

Value: TypeAlias = Any
"""A `Text`, one of the kinds below, or Python's own None, True, strings, tuples, lists, dicts and slices."""


class Level(IntEnum):
    """How tightly a text binds in the language of programs."""

    CHOICE = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    SIGN = 7
    POWER = 8
    ATOM = 9


@dataclass(frozen=True)
class Text:
    """A piece of the program, how tightly it binds, and its number where that is known.

    `mask` says that it is of zeros and ones; `filled` are the sizes of an array of one number, which lines to
    come may fill; `pair` that PyTorch gives where the greatest elements stand as well; `sizes` how many
    there are along each axis, as a person named them; `data` that it is an array written out in numbers;
    `repeated` what is repeated to the size of what else; `masked` of what elements are taken, by which mask.
    """

    text: str
    level: Level = Level.ATOM
    number: complex | None = None
    mask: bool = False
    filled: tuple[int, ...] | None = None
    pair: bool = False
    sizes: tuple[str, ...] | None = None
    data: bool = False
    repeated: tuple[str, str] | None = None
    masked: tuple[str, str] | None = None

    def at(self, level: Level) -> str:
        """The text where only what binds as tightly as `level` may stand."""
        return self.text if self.level >= level else f"({self.text})"


@dataclass
class Cells:
    """An array that is filled element by element, or row by row."""

    shape: tuple[int, ...]
    fill: str
    cells: dict[tuple[int, ...], Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Library:
    """np, torch.nn, or a name that was imported from one."""

    name: str


@dataclass(frozen=True)
class Word:
    """A function of a library, or of Python itself."""

    name: str
    library: str = ""


@dataclass(frozen=True)
class Method:
    """`x.name`, before it is called."""

    owner: Value
    name: str


Names: TypeAlias = dict[str, Value]


@dataclass(frozen=True)
class Function:
    """A `def` or lambda, with the names that it can see, and the object that it belongs to."""

    tree: ast.FunctionDef | ast.Lambda
    scopes: tuple[Names, ...]
    owner: Value = None


@dataclass(frozen=True)
class Class:
    """A class that the text defines."""

    tree: ast.ClassDef
    scopes: tuple[Names, ...]

    def method(self, *names: str) -> ast.FunctionDef | None:
        """The first of its methods that goes by one of `names`."""
        for line in self.tree.body:
            if isinstance(line, ast.FunctionDef) and line.name in names:
                return line
        return None


@dataclass(eq=False)
class Instance:
    """An object of a class of the text, or a layer of PyTorch's by its `kind` and what it is made of."""

    of: Class | None = None
    kind: str = ""
    parts: tuple[Value, ...] = ()
    options: Names = field(default_factory=dict)
    names: Names = field(default_factory=dict)


@dataclass(frozen=True)
class Sizes:
    """`x.shape`, looked up only where it is needed."""

    of: Text


@dataclass(frozen=True)
class Postponed:
    """What could not be read, and matters only where it is used."""

    error: GraphError


class Undecided(Exception):
    """A method means one thing in PyTorch and another in NumPy, and nothing tells which is meant."""

    def __init__(self, tree: ast.AST) -> None:
        super().__init__()
        self.tree = tree


class Returned(Exception):
    """A `return` on the way out of a function."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value
