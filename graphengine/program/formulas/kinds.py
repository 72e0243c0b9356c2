"""What is a number, a vector, a matrix: from given inputs, then from use, then from how letters look.

What is not known stays open until a product, an inverse or a norm asks. Then it is decided, with a note that
says why, and the text is read anew; where nothing decides, it is a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from ...errors import Span
from ...messages import N_, Message
from .names import Name, Spelling
from .trees import Statement, Tree

NUMBER, VECTOR, MATRIX = 0, 1, 2
_KINDS = {NUMBER: N_("a number"), VECTOR: N_("a vector"), MATRIX: N_("a matrix")}


class Again(Exception):
    """Something was decided: the text is to be read anew."""


class Fork(Exception):
    """Nothing decides between several meanings: each has words for people, and what to choose."""

    def __init__(
        self, question: Message, key: str, options: Sequence[tuple[Message, object]], span: Span
    ) -> None:
        super().__init__(key)
        self.question = question
        self.key = key
        self.options = options
        self.span = span


class Kinds:
    """The ranks of names."""

    def __init__(self, given: Mapping[str, tuple[int, ...]], choices: Mapping[str, object]) -> None:
        self.given = given
        self.choices = choices
        self.spelling = Spelling(given)
        self.decided: dict[Name, int] = {}
        self.defined: dict[Name, int] = {}
        self.numbers: set[Name] = set()
        self.factors: set[Name] = set()
        self.notes: dict[str, Message] = {}
        self.text = ""

    def look(self, statements: Sequence[Statement]) -> None:
        """What stands in a denominator, an exponent or a bound is a number, whatever its letter."""
        for statement in statements:
            for tree in statement.source.walk():
                if tree.kind in ("product", "sum"):
                    self.factors |= {item.parts[0] for _, item in tree.parts[0] if item.kind == "name"}
                for part in _numbers_in(tree):
                    self.numbers |= {
                        each.parts[0]
                        for each in part.walk()
                        if each.kind == "name" and each.parts[0].capital and not each.parts[0].bold
                    }

    def spell(self, name: Name) -> str:
        """The spelling of a name in the program."""
        found, final = self.spelling.of(name)
        if not final:
            raise Again
        return found

    def rank(self, name: Name, slots: int = 0) -> int | None:
        """How many axes without letters a name has beside `slots` with letters; None if nobody knows."""
        if name in self.defined:
            return self.defined[name]
        spelled = self.spell(name)
        if spelled in self.given:
            return max(0, len(self.given[spelled]) - slots)
        if name in self.decided:
            return self.decided[name]
        if name.bold and sum(atom.kind == "letter" for atom in name.atoms) > 1:
            return 0
        if name.bold and name.capital:
            return max(0, MATRIX - slots) if slots != 1 else MATRIX
        if name.bold and slots < 2:
            return VECTOR
        return 0 if slots or name in self.numbers else None

    def by_letters(self, name: Name) -> bool:
        """Whether only its letter says that a name is a vector or a matrix."""
        return name not in self.defined and self.spell(name) not in self.given and name not in self.decided

    def decide(
        self, names: Sequence[Name] | frozenset[Name], rank: int, why: Message | None = None
    ) -> NoReturn:
        """From now on the names are of that rank; the note says why."""
        for name in names:
            self.decided[name] = rank
            if why is not None:
                said = N_(
                    "{name} is read as {kind}: {why}", name=self.spell(name), kind=_KINDS[rank], why=why
                )
                self.notes[f"{name.long()} kind"] = said
        raise Again

    def looks(self, name: Name) -> None:
        """A note that how a letter looks decided what it is."""
        rank = self.rank(name)
        if not self.by_letters(name) or rank not in (VECTOR, MATRIX):
            return
        self.notes.setdefault(
            f"{name.long()} kind",
            N_(
                "{name} is read as {kind}: {why}",
                name=self.spell(name),
                kind=_KINDS[rank],
                why=N_("it is bold."),
            ),
        )

    def note(self, message: Message) -> None:
        self.notes.setdefault(str(message), message)

    def choose(
        self, question: Message, key: str, options: Sequence[tuple[Message, object]], span: Span
    ) -> object:
        """What was chosen of several meanings; raises Fork where nothing was."""
        if key not in self.choices:
            raise Fork(question, key, options, span)
        return self.choices[key]


CAPITAL = N_("it is a capital letter.")
TRANSPOSED = N_("it is transposed.")
BESIDE = N_("it stands right of a matrix or of a vector that lies.")
INVERTED = N_("it is a capital letter to the power −1.")
MEASURED = N_("its norm is taken.")


def _numbers_in(tree: Tree) -> list[Tree]:
    """The parts of a tree that are numbers, if all is well."""
    found: list[Tree | None] = []
    if tree.kind in ("frac", "pow"):
        found = [tree.parts[1]]
    elif tree.kind == "big":
        found = [side for bound in tree.parts[1] for side in (bound.low, bound.high)]
    elif tree.kind == "product":
        found = [factor for sign, factor in tree.parts[0] if sign == "/"]
    elif tree.kind == "sqrt" and tree.parts[1].kind == "name":
        found = [tree.parts[1]]
    return [part for part in found if part is not None and _simple(part)]


def _simple(tree: Tree) -> bool:
    """Whether a part holds no transposes, norms or sums: e^{-x^T A x} says nothing about A."""
    plain = ("name", "num", "neg", "product", "group", "sum", "pow", "sqrt", "below")
    return all(each.kind in plain for each in tree.walk())
