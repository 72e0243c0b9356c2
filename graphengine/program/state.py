"""What is known while a program is read: what each name means, and the Tape that records what is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import numpy as np
from lark import Token

from ..errors import Alternative, AmbiguousError, GraphError, LimitError, ProgramError, Span
from ..graph import Node, Shape
from ..graph.recording import Tape
from ..graph.symbols import Symbol
from ..graph.traversal import upstream
from ..limits import limits
from ..messages import N_, Message
from ..ops import NAMES, OPS
from ..values import Array
from . import rows
from .declarations import declared
from .parameters import Given
from .trees import Branch, span

_WORD = re.compile(r"([^\W\d]\w*)\s*\Z")
CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}
T = TypeVar("T")


class State:
    """What a reader knows, and how it records; `expression` is the Reader's, which the rooms call back.

    Each method raises GraphError with the place in the text: ProgramError for what the language does not
    have, NameProblem, ShapeError and ValueProblem for what does not fit, LimitError for too much, and
    AmbiguousError where the text has several meanings.
    """

    expression: Callable[[Branch], Symbol]

    def __init__(
        self, text: str, given: Mapping[str, Array], depth: int = 0, shapes: Mapping[str, Shape] | None = None
    ) -> None:
        self.text = text
        self.given = given
        self.shapes = shapes or {}  # of inputs that were not given
        self.tape = Tape()
        self.names: dict[str, Symbol] = {}  # all versions, each by its own mark
        self.current: dict[str, str] = {}  # which of them a name means now
        self.inputs: dict[str, Symbol] = {}
        self.functions: dict[str, tuple[list[str], Branch]] = {}
        self.abstract = declared(text)  # functions known by their names alone
        self.locals: dict[str, Symbol] | None = None
        self.calling: list[str] = []
        self.used: set[str] = set()
        self.warnings: list[Message] = []
        self.constants: dict[int, Array | None] = {}  # the values of nodes without inputs, as far as asked
        self.depth = depth
        self.naming = "y"  # what random numbers are drawn for
        self.summed: set[int] = set()  # whose sum is taken, by id: there A^2 means the power of each element

    def meaning(self, name: str) -> Symbol | None:
        """What a name that is known means here: a parameter, what was assigned last, or an input."""
        if self.locals is not None and name in self.locals:
            return self.locals[name]
        label = self.current.get(name, name)
        if label in self.names:
            self.used.add(label)
            return self.names[label]
        return self.inputs.get(name)

    def own(self, name: str) -> bool:
        """Whether a name is the user's: given a value, assigned, defined, or a parameter."""
        return (
            name in self.given
            or name in self.current
            or name in self.functions
            or name in (self.locals or {})
        )

    def known(self) -> set[str]:
        """Every name that means something."""
        return {
            *self.names,
            *self.current,
            *self.inputs,
            *self.functions,
            *self.given,
            *(self.locals or {}),
            *CONSTANTS,
            *NAMES,
        }

    def guessed(self, symbol: Symbol) -> bool:
        """Whether a shape follows from inputs alone to which nothing was given: another may be meant."""
        needed = (self.tape.nodes[i] for i in upstream(self.tape.nodes, [symbol.index]))
        inputs = [node.label for node in needed if node.kind == "input"]
        return bool(inputs) and not any(name in self.given for name in inputs)

    def fixed(self, symbol: Symbol) -> Array | None:
        """The value of what depends on no input; None for what does."""
        waiting = [symbol.index]
        while waiting:
            node = self.tape.nodes[waiting[-1]]
            missing = [i for i in node.args if i not in self.constants]
            if not missing:
                self.constants[waiting.pop()] = self.value_of(node)
            waiting += missing
        return self.constants[symbol.index]

    def value_of(self, node: Node) -> Array | None:
        args = [self.constants[i] for i in node.args]
        if node.op is None or node.op.unknown or any(arg is None for arg in args):
            return node.value
        with np.errstate(all="ignore"):
            return node.op.compute(*args, **dict(node.params))

    # ---- recording, with the place of what goes wrong ----

    def record(
        self,
        op: str,
        args: Sequence[Symbol],
        tree: Branch,
        params: Mapping[str, Given] | None = None,
    ) -> Symbol:
        """Record the operator called `op` at the place of `tree`."""
        self.check_room(tree)
        found = self.checked(lambda: self.tape.apply(OPS[op], args, params or {}, span(tree)), tree)
        return rows.kept(op, args, found)

    def composed(self, work: Callable[[], Symbol], tree: Branch) -> Symbol:
        """What `work` records by itself, all of it at the place of `tree`."""
        before = len(self.tape.nodes)
        found = self.checked(work, tree)
        self.check_room(tree)
        for place in range(before, len(self.tape.nodes)):
            self.tape.nodes[place] = self.tape.nodes[place].but(span=span(tree))
        return found

    def check_room(self, tree: Branch, more: int = 0) -> None:
        """LimitError where no node can be added, or `more` beyond what there is."""
        if len(self.tape.nodes) + more >= limits().nodes:
            message = N_("The graph has more nodes than the limit `nodes`, {limit}.", limit=limits().nodes)
            raise LimitError(message, span=span(tree), text=self.text)

    def checked(self, work: Callable[[], T], tree: Branch) -> T:
        """What `work` returns; its errors are placed at `tree`."""
        try:
            return work()
        except GraphError as error:
            raise error.at(span(tree), self.text) from None

    @contextmanager
    def deeper(self, tree: Branch) -> Iterator[None]:
        """What is read inside is one level deeper; LimitError for too many."""
        self.depth += 1
        if self.depth > limits().depth:
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, span=span(tree), text=self.text)
        try:
            yield
        finally:
            self.depth -= 1

    # ---- what is said ----

    def source(self, tree: Branch) -> str:
        """A branch as it was typed."""
        return self.text[slice(*span(tree))]

    def note(self, message: Message) -> None:
        """Say how a text was understood, once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def replaced(self, place: Span, other: str) -> str:
        """The whole text with something else at `place`."""
        before = self.text[: place[0]]
        apart = " " if before[-1:].isalnum() and other[:1].isalpha() else ""
        return before + apart + other + self.text[place[1] :]

    def grouped(self, place: Span, other: str) -> str:
        """The same in brackets, except after a name, of which they would make a call it is not."""
        word = _WORD.search(self.text[: place[0]])
        called = word is not None and word[1] in NAMES and len(word[1]) > 1 and not self.own(word[1])
        name = word is not None and word[1] not in ("if", "else", "and", "or", "not") and not called
        return self.replaced(place, other if name else f"({other})")

    def ask(self, message: Message, tree: Branch, meanings: Mapping[str, Message]) -> NoReturn:
        """Ask which of `meanings` is meant: whole programs, and what each is in words."""
        alternatives = [Alternative(program, said) for program, said in meanings.items()]
        raise AmbiguousError(message, alternatives, span=span(tree), text=self.text)

    def fail(
        self,
        message: Message,
        tree: Branch | Token,
        hint: Message | None = None,
        kind: type[GraphError] = ProgramError,
    ) -> NoReturn:
        """Raise an error of `kind` at the place of `tree`."""
        raise kind(message, hint=hint, span=span(tree), text=self.text)


def marks() -> Iterator[str]:
    """What tells a later version of a name from the first: c, c′, c′′, c′′′, c′4, c′5, …"""
    number = 0
    while True:
        number += 1
        yield "′" * number if number < 4 else f"′{number}"
