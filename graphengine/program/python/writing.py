"""The lines of a program that grow while Python is read: names, versions of names, inputs, notes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from ...errors import GraphError, LimitError, ProgramError, ValueProblem
from ...graph import Shape
from ...limits import limits, spend
from ...messages import N_, Message
from ...ops import NAMES
from . import trees
from .values import Level, Names, Text, Value

ShapeOf = Callable[[str], Shape]
"""The shape of what a program computes last; raises a GraphError where that is not known."""

_VERSION = "ǃ"
"""Between a name and its version, until all versions are known: a letter that nobody types."""
_WORDS = re.compile(rf"[^\W\d]\w*{_VERSION}?\w*")


class Writer:
    """A program that is being written: `lines` of names and texts, the `inputs` that it reads, and notes."""

    def __init__(self, text: str, shape_of: ShapeOf, given: Mapping[str, Value] | None = None) -> None:
        self.text = text
        self.shape_of = shape_of
        self.given = given or {}
        self.open = given is not None  # whether there are inputs whose shapes nobody knows
        self.lines: list[tuple[str, Text]] = []
        self.inputs: dict[str, str] = {}
        self.notes: dict[str, Message] = {}
        self.versions: Counter[str] = Counter()
        self.draws: list[tuple[Text, Text]] = []  # of random numbers, and the input that each is
        self.pending: dict[str, Text] = {}
        self.stores: Counter[str] = Counter()
        self.shapes: dict[str, Shape] = {}
        self.scopes: list[Names] = [{}]
        self.ranks: dict[str, int] = {}  # of inputs, as their use tells
        self.counted: dict[str, tuple[str, ...]] = {}  # sizes of inputs, by the names that they were given

    # ---- names ----

    def assign(self, name: str, value: Text) -> Text:
        """A line that gives `value` a name, or a version of it."""
        self._bound()
        self.need(value.text)
        name = self.version(name)
        self.lines.append((name, value))
        return replace(value, text=name, level=Level.ATOM, repeated=None, masked=None)

    def version(self, name: str) -> str:
        """A new version of a name, marked until all are known."""
        name = legal(name)
        self.versions[name] += 1
        return f"{name}{_VERSION}{self.versions[name]}"

    def constant(self, name: str, value: Text) -> Text:
        """A name for a number, whose line is written only if somebody reads it."""
        inner = self.version(name)
        self.pending[inner] = value
        return Text(inner, number=value.number)

    def need(self, text: str) -> None:
        """Write the lines of the numbers that `text` reads by their names."""
        for word in _WORDS.findall(text) if self.pending else ():
            if word in self.pending:
                value = self.pending.pop(word)
                self.need(value.text)
                self.lines.append((word, value))

    def declare(self, name: str, value: str = "", sizes: tuple[str, ...] | None = None) -> Text:
        """An input, with what the text itself gives it, as text of the language."""
        name = legal(name) if self.open else name
        if self.open and name == "e" and name not in self.given:
            self.note(N_("The input e is called e_ here, for e is Euler's number."))
            name = "e_"
        if self.open and name in NAMES and len(name) > 1 and name not in self.given:
            name = f"{name}_"
        if self.versions[name] and name not in self.inputs:
            name = self.free(name)
        if value or name not in self.inputs:
            self.inputs[name] = value
        if sizes:
            self.counted[name] = sizes
            self.ranks[name] = len(sizes)
        number = self.given.get(name)
        known = isinstance(number, float) and number.is_integer()
        return Text(name, number=int(number) if known and number is not None else None, sizes=sizes)

    def ranked(self, text: Text, rank: int) -> None:
        """Remember how many axes an input has, where its use tells."""
        if text.text in self.inputs:
            self.ranks.setdefault(text.text, rank)

    def free(self, name: str) -> str:
        """A name like `name` that nothing else has."""
        taken = {*self.inputs, *self.versions, *trees.assigned(ast.Module([], []))}
        number = 2
        while f"{name}{number}" in taken:
            number += 1
        return f"{name}{number}"

    def note(self, message: Message) -> None:
        """Say something beside the program, once."""
        self.notes.setdefault(str(message), message)

    # ---- shapes ----

    def shape(self, value: Text) -> Shape:
        """The shape of a text; a GraphError where inputs decide that were not given."""
        program = "\n".join([*self.own(), *self.program(value.text), value.text])
        words = dict.fromkeys(_WORDS.findall(program)) if self.open else ()
        unknown = [name for name in words if self.inputs.get(name) == "" and name not in self.given]
        if unknown:
            raise ValueProblem(
                N_("The shape of {name} is not known here.", name=re.sub(f"{_VERSION}\\d+", "", value.text)),
                hint=N_("Give a value to {names}.", names=", ".join(unknown)),
            )
        if program not in self.shapes:
            spend("work", 10)
            self.shapes[program] = self.shape_of(program)
        return self.shapes[program]

    def own(self) -> list[str]:
        """The inputs whose values the text itself gives, as lines."""
        return [
            f"{name} = {value}" for name, value in self.inputs.items() if value and name not in self.given
        ]

    def program(self, *outputs: str) -> list[str]:
        """The lines that `outputs` read, in their order, as they are while reading."""
        for text in outputs:
            self.need(text)
        wanted = {word for text in outputs for word in _WORDS.findall(text)}
        kept: list[str] = []
        for name, value in reversed(self.lines):
            if name in wanted:
                wanted.update(_WORDS.findall(value.text))
                kept.append(f"{name} = {value.text}")
        return kept[::-1]

    def finished(self, lines: list[str]) -> str:
        """The program with the last version of each name called by that name, and others by numbers."""
        text = "\n".join(lines)
        names = dict.fromkeys(word for word in _WORDS.findall(text) if _VERSION in word)
        called = {*re.findall(r"([^\W\d]\w*)\(", text)}
        taken = {word for word in _WORDS.findall(text) if _VERSION not in word} - (called - {*self.inputs})
        last = {name.partition(_VERSION)[0]: name for name in names}
        known = {name: base for base, name in last.items() if base not in taken}
        taken |= {*known.values()}
        for name in names:
            if name not in known:
                base, number = name.partition(_VERSION)[0], 1
                while f"{base}{number}" in taken:
                    number += 1
                known[name] = f"{base}{number}"
                taken.add(known[name])
        return _WORDS.sub(lambda word: known.get(word[0], word[0]), text)

    # ---- refusals ----

    def refuse(self, node: ast.AST, message: Message | None = None, hint: Message | None = None) -> NoReturn:
        """ProgramError at the place of `node`: by default, that it is not read here."""
        message = message or N_("This is not read here: {code}", code=short(node))
        raise ProgramError(message, hint=hint, span=trees.span(self.text, node), text=self.text)

    def placed(self, error: GraphError, node: ast.AST) -> GraphError:
        """An error about a text that we wrote, placed where that came from."""
        if error.text != self.text:
            error.span, error.text, error.suggestion = trees.span(self.text, node), self.text, None
        return error

    def _bound(self) -> None:
        spend("work")
        if len(self.lines) >= limits().nodes:
            raise LimitError(
                N_("The graph has more nodes than the limit `nodes`, {limit}.", limit=limits().nodes)
            )


def legal(name: str) -> str:
    """A name of Python's as one of the language: it begins with a letter.

    >>> legal("_x"), legal("loss")
    ('x', 'loss')
    """
    name = name.strip("_") or "v"
    return name if name[0].isalpha() else f"v{name}"


def short(node: ast.AST) -> str:
    """A part of the tree in a few characters."""
    try:
        code = ast.unparse(node).split("\n")[0]
    except (RecursionError, ValueError):
        return "…"
    return code if len(code) <= 60 else f"{code[:59]}…"
