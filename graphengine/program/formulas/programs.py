"""Statements -> the lines of a program."""

from __future__ import annotations

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
    raise ProgramError(
        N_("What is a vector and what a matrix here is not found: give the inputs their values."), text=text
    )


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
        for number, statement in enumerate(self.statements):
            last = number == len(self.statements) - 1
            found.append(self.line(statement, last))
        return [line for line, name in found if line and (name is None or name in self.writer.wanted)]

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
        if any(tree.kind == "name" and tree.parts[0] == name for tree in source.walk()):
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
        while target.kind in ("index", "transposed"):
            target = target.parts[0]
        if target.kind in ("name", "apply"):
            return target.parts[0]  # type: ignore[no-any-return]
        if target.kind == "call" and all(part.kind == "name" for part in target.parts[3]):
            return None
        raise ProgramError(N_("Left of = stands a name."), span=target.span, text=self.text)

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
