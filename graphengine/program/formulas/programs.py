"""Statements -> the lines of a program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...errors import ProgramError
from ...messages import N_, Message
from ...ops import NAMES
from ..readings import Reading
from .indices import Indices
from .kinds import Again, Kinds
from .names import Name
from .trees import Statement, Tree
from .values import Value
from .writing import Writer

UNFOUND = N_("What is a vector and what a matrix here is not found: give the inputs their values.")
ARRANGED = 50
"""Statements up to which a definition may stand after its use."""
ATTEMPTS = 60
"""Times that a text is read anew, as something was decided about it."""


def program(
    text: str,
    statements: Sequence[Statement],
    given: Mapping[str, tuple[int, ...]],
    choices: Mapping[str, object],
    notes: Sequence[Message],
) -> Reading:
    """The program of a text; raises Fork where something is to be chosen."""
    kinds = Kinds(given, choices)
    kinds.text = text
    kinds.look(statements)
    indices = Indices(statements, {name: len(shape) for name, shape in given.items()}, text)
    for _ in range(ATTEMPTS):
        kinds.spelling.again()
        kinds.defined = {}
        try:
            lines = Lines(text, statements, kinds, indices).all()
        except Again:
            continue
        found = {str(note): note for note in (*notes, *kinds.notes.values())}
        return Reading("\n".join(lines), tuple(found.values()))
    raise ProgramError(UNFOUND, text=text)


class Lines:
    """Writes the lines one after another."""

    def __init__(self, text: str, statements: Sequence[Statement], kinds: Kinds, indices: Indices) -> None:
        self.text = text
        self.statements = statements
        self.kinds = kinds
        self.indices = indices
        self.writer = Writer(text, kinds, indices)
        self.called = {
            tree.parts[0] for each in statements for tree in each.source.walk() if tree.kind == "apply"
        }

    def all(self) -> list[str]:
        """All lines; those of functions that are called stand where the text has them."""
        found: list[tuple[str, Name | None]] = []
        statements = self.arranged()
        for number, statement in enumerate(statements):
            last = number == len(statements) - 1
            found.append(self.line(statement, last))
        return [line for line, name in found if line and (name is None or name in self.writer.wanted)]

    def arranged(self) -> list[Statement]:
        """The statements, each after those that say what it uses: "where w = …" stands before."""
        if len(self.statements) > ARRANGED:
            return list(self.statements)
        keys = [self.key(statement.target) for statement in self.statements]
        uses = [
            self.uses(n) & {key for n, key in enumerate(keys) if keys.count(key) == 1}
            for n in range(len(keys))
        ]
        waiting, found = list(range(len(keys))), list[int]()
        while waiting:
            open_ = {keys[n] for n in waiting}
            first = next((n for n in waiting if not (uses[n] - {keys[n]}) & open_), waiting[0])
            found.append(first)
            waiting.remove(first)
        return [self.statements[n] for n in found]

    def key(self, target: Tree | None) -> Name | None:
        if target is None or target.kind not in ("name", "apply"):
            return None
        element = self.indices.element(target.parts[0])
        return element[0] if element else target.parts[0]

    def uses(self, number: int) -> set[Name | None]:
        """The names and arrays in a statement."""
        found: set[Name | None] = set()
        for tree in self.statements[number].source.walk():
            if tree.kind in ("name", "apply"):
                element = self.indices.element(tree.parts[0])
                found.add(element[0] if element else tree.parts[0])
        return found

    def line(self, statement: Statement, last: bool) -> tuple[str, Name | None]:
        """A line, and the function that it defines if it does."""
        target = statement.target
        self.writer.order = self.ordered(statement)
        while target is not None and target.kind == "group":
            (target,) = target.parts
        if target is not None and target.kind == "apply" and target.parts[0] in self.called:
            return self.definition(target, statement.source), target.parts[0]
        if target is None:
            value = self.writer.write(statement.source)
            if not last:
                raise ProgramError(
                    N_("Only the last line may go without a name."),
                    span=statement.source.span,
                    text=self.text,
                )
            return value.text, None
        return self.assignment(target, statement.source, last), None

    def assignment(self, target: Tree, source: Tree, last: bool) -> str:
        """name = expression; what is said of a known function needs no name."""
        name = self.target(target)
        value = self.writer.write(source)
        if name is None:
            return value.text if last else ""
        element = self.indices.element(name)
        if element is not None:
            name = element[0]
            self.check_axes(target, value)
        spelled = self.kinds.spell(name)
        if name not in self.kinds.defined and re.search(rf"\b{re.escape(spelled)}\b", value.text):
            spelled += "_new"
        self.kinds.defined[name] = value.rank
        if spelled in NAMES and len(spelled) > 1:
            return value.text if last else ""
        return f"{spelled} = {value.text}"

    def check_axes(self, target: Tree, value: Value) -> None:
        """An array has the indices that stand left of =, and no others."""
        left = (
            [atom.text for atom in target.parts[0].atoms if atom.kind == "letter"]
            if target.kind == "name"
            else []
        )
        extra = [axis for axis in value.axes if axis not in left]
        if extra and left:
            message = N_(
                "The index {letter} stands right of = alone: what happens along it?", letter=extra[0]
            )
            raise ProgramError(message, span=target.span, text=self.text)

    def target(self, target: Tree) -> Name | None:
        """The name left of =; None for a function that the language has, as in tanh x = …"""
        while target.kind == "index" or (target.kind == "transposed" and self.lies(target.parts[0])):
            target = target.parts[0]
        if target.kind in ("name", "apply"):
            return target.parts[0]  # type: ignore[no-any-return]
        if target.kind == "call" and all(part.kind == "name" for part in target.parts[3]):
            return None
        raise ProgramError(N_("Left of = stands a name."), span=target.span, text=self.text)

    def lies(self, tree: Tree) -> bool:
        """Whether it is a vector, whose transpose is written as the same numbers."""
        return tree.kind == "name" and not tree.parts[0].capital

    def definition(self, target: Tree, source: Tree) -> str:
        """f(a, b) = expression, which may not be needed, where all its calls are written out."""
        name, arguments = target.parts
        if any(argument.kind != "name" for argument in arguments):
            raise ProgramError(
                N_("The parameters of a function are names."), span=target.span, text=self.text
            )
        parameters = [argument.parts[0] for argument in arguments]
        self.writer.functions[name] = (parameters, source)
        self.writer.locals = {each: Value(self.kinds.spell(each)) for each in parameters}
        try:
            value = self.writer.write(source)
        finally:
            self.writer.locals = {}
        names = ", ".join(self.kinds.spell(each) for each in parameters)
        return f"{self.kinds.spell(name)}({names}) = {value.text}"

    def ordered(self, statement: Statement) -> list[str]:
        """The letters of a statement: those left of = first, then as they come."""
        found: dict[str, None] = {}
        for tree in (statement.target, statement.source):
            for each in () if tree is None else tree.walk():
                if each.kind == "name":
                    found |= dict.fromkeys(atom.text for atom in each.parts[0].atoms)
                    found |= {
                        a.text: None for atom in each.parts[0].atoms if atom.inner for a in atom.inner.atoms
                    }
                elif each.kind == "index":
                    found |= dict.fromkeys(atom.text for group in each.parts[1] for atom in group)
        return [*found, *sorted(self.indices.axes - set(found))]
