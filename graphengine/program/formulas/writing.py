"""The tree of a formula -> the text of a program, with as few brackets as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, cast

from lark import Token

from ...errors import LimitError, NameProblem, ProgramError, Span
from ...limits import limits
from ...messages import N_, Message
from ...ops import NAMES, OPS, misfit
from ..readings import Reading
from ..trees import Branch, parts, sides


class Level(IntEnum):
    """How tightly a text binds in the language of programs."""

    SUM = 1
    NEGATIVE = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


@dataclass(frozen=True)
class Text:
    """A piece of the program, and how tightly it binds."""

    text: str
    level: Level = Level.ATOM

    def within(self, level: Level) -> str:
        """The text, in brackets if it binds more loosely than its place wants."""
        return self.text if self.level >= level else f"({self.text})"


class Scanned(Protocol):
    """What the scanner noticed."""

    notes: list[Message]
    indices: set[str]
    called: set[str]


INVERSE = {name: inverse for op in OPS.values() for name, inverse in op.inverse.items()}
BASES = {"2": "log2", "10": "log10", "e": "ln"}


class Writer:
    """Words one tree.

    Each method raises ProgramError or NameProblem, with the place, for what the language cannot say, and
    LimitError for brackets that are nested too deeply.
    """

    def __init__(self, text: str, scanned: Scanned) -> None:
        self.text = text
        self.notes = scanned.notes
        self.indices = scanned.indices
        self.depth = 0
        self.called = scanned.called

    def program(self, tree: Branch) -> Reading:
        """All statements, one on each line."""
        lines = [self.statement(*sides(statement)) for statement in parts(tree)]
        if self.indices:
            self.notes.append(N_("A sum over an index adds up the elements of arrays: give lists as inputs."))
        return Reading("\n".join(lines), tuple({str(note): note for note in self.notes}.values()))

    def statement(self, left: Branch, right: Branch | None) -> str:
        if right is None:
            return self.write(left).text
        target = self.target(left)
        return f"{target} = {self.write(right).text}"

    def target(self, tree: Branch) -> str:
        """Left of = stands a name, or a function of names; a function that nobody calls is a name too."""
        if tree.data == "name":
            return self.write(tree).text
        callee = tree.children[0]
        if tree.data == "call" and isinstance(callee, Token) and callee.type == "CALLEE":
            names = ", ".join(self.write(argument).text for argument in parts(parts(tree)[1]))
            return f"{callee}({names})" if callee.value in self.called else str(callee)
        raise ProgramError(N_("Left of = stands a name."), span=self.span(tree), text=self.text)

    def write(self, tree: Branch) -> Text:
        """The text of any branch."""
        self.depth += 1
        if 2 * self.depth > 3 * limits().depth:  # sums and products between the brackets count too
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, text=self.text)
        try:
            return getattr(self, "on_" + tree.data)(*tree.children)  # type: ignore[no-any-return]
        finally:
            self.depth -= 1

    # ---- sums and products ----

    def on_sum(self, first: Branch, *rest: Token | Branch) -> Text:
        found = self.write(first)
        for sign, tree in _signed(rest):
            written = "+" if sign.type == "PLUS" else "-"
            found = Text(f"{found.text} {written} {self.write(tree).within(Level.PRODUCT)}", Level.SUM)
        return found

    def on_term(self, first: Branch, *rest: Token | Branch) -> Text:
        found = self.write(first)
        for sign, tree in _signed(rest):
            several = tree.data == "factors"
            if sign.type == "TIMES" and several:
                for factor in parts(tree):
                    found = self.times(found, self.write(factor))
                continue
            if sign.type == "DIVIDE" and several:
                self.notes.append(
                    N_("All the factors after / are read as its denominator; else use brackets.")
                )
            found = self.times(found, self.write(tree), "*" if sign.type == "TIMES" else "/")
        return found

    def on_factors(self, first: Branch, *rest: Branch) -> Text:
        found = self.write(first)
        for tree in rest:
            found = self.times(found, self.write(tree))
        return found

    def times(self, left: Text, right: Text, sign: str = "*") -> Text:
        return Text(f"{left.within(Level.NEGATIVE)}{sign}{right.within(Level.POWER)}", Level.PRODUCT)

    def on_neg(self, _sign: Token, inner: Branch) -> Text:
        return Text("-" + self.write(inner).within(Level.PRODUCT), Level.NEGATIVE)

    def on_total(self, *items: Token | Branch) -> Text:
        *factors, _sign, term = cast(Sequence[Branch], items)
        total = self.call("sum", [self.write(term)])
        return self.times(self.write(factors[0]), total) if factors else total

    def on_frac(self, _sign: Token, above: Branch, below: Branch) -> Text:
        return self.times(self.write(above), self.write(below), "/")

    # ---- powers and roots ----

    def on_pow(self, base: Branch, exponent: Branch) -> Text:
        if base.data == "name" and base.children[0] == "e":
            return self.call("exp", [self.write(exponent)])
        return self.power(self.write(base), self.write(exponent))

    def power(self, base: Text, exponent: Text) -> Text:
        plain = exponent.text.removeprefix("-")
        above = exponent.text if plain.replace(".", "").isdigit() else exponent.within(Level.ATOM)
        return Text(f"{base.within(Level.ATOM)}^{above}", Level.POWER)

    def on_sqrt(self, _sign: Token, degree: Branch | None, inner: Branch) -> Text:
        found, root = self.write(inner), None if degree is None else self.write(degree)
        if root is None or root.text == "2":
            return self.call("sqrt", [found])
        if root.text == "3":
            return self.call("cbrt", [found])
        return self.power(found, Text(f"1/{root.within(Level.POWER)}", Level.PRODUCT))

    # ---- functions ----

    def on_bare(self, function: Token, scripts: Branch, argument: Branch) -> Text:
        return self.apply(function, scripts, [argument])

    on_applied = on_bare

    def on_call(self, function: Token, *inner: Branch) -> Text:
        *scripts, arguments = inner
        if function.type == "CALLEE":
            return self.call(str(function), [self.write(argument) for argument in parts(arguments)])
        return self.apply(function, scripts[0], parts(arguments))

    def apply(self, function: Token, scripts: Branch, arguments: Sequence[Branch]) -> Text:
        """A function with what stands below it (a base) and above it (a power, or −1 for the inverse)."""
        above, below = (self.script(scripts, kind) for kind in ("sup", "sub"))
        name, written = str(function), [self.write(argument) for argument in arguments]
        if not any(op.takes(len(written)) for op in NAMES[name]):
            message = misfit(name, [len(op.arguments) for op in NAMES[name]], len(written))
            raise ProgramError(message, span=self.token_span(function), text=self.text)
        if above is not None and above.text == "-1" and name in INVERSE:
            read = N_(
                "{function} to the power −1 is read as the inverse function, {inverse}.",
                function=name,
                inverse=INVERSE[name],
            )
            self.notes.append(read)
            name, above = INVERSE[name], None
        if below is not None and name not in ("log", "lg", "ln"):
            message = N_("{name} has no base to stand below it.", name=name)
            raise ProgramError(message, span=self.token_span(function), text=self.text)
        found = self.call(BASES.get(below.text, name) if below else name, written)
        if below is not None and below.text not in BASES:
            found = self.times(found, self.call("ln", [below]), "/")
        elif name == "log" and below is None:
            self.notes.append(N_("log is read as the natural logarithm, ln."))
        return found if above is None else self.power(found, above)

    def script(self, scripts: Branch, kind: str) -> Text | None:
        found = [
            part
            for part in cast(list[Branch | None], scripts.children)
            if part is not None and part.data == kind
        ]
        return self.write(parts(found[0])[0]) if found else None

    def call(self, name: str, arguments: Sequence[Text]) -> Text:
        return Text(f"{name}({', '.join(argument.text for argument in arguments)})")

    def on_abs(self, _bar: Token, inner: Branch) -> Text:
        return self.call("abs", [self.write(inner)])

    def on_run(self, *factors: Branch) -> Text:
        if len(factors) > 1 and not (len(factors) == 2 and factors[0].data == "number"):
            self.notes.append(N_("A function without brackets takes in all the factors after it."))
        return self.on_factors(*factors)

    def on_negative_run(self, _sign: Token, *factors: Branch) -> Text:
        return Text("-" + self.on_run(*factors).text, Level.NEGATIVE)

    # ---- leaves ----

    def on_group(self, inner: Branch) -> Text:
        return self.write(inner)

    def on_name(self, token: Token) -> Text:
        name = str(token)
        stem, _, low = name.rpartition("_")
        if stem and low in self.indices:
            return Text(stem)  # x_i under a sum over i
        if name in self.indices:
            message = N_("The index {name} of a sum can only stand below a name.", name=name)
            raise NameProblem(message, span=self.token_span(token), text=self.text)
        return Text(name)

    def on_number(self, *digits: Token | None) -> Text:
        return Text("".join(str(digit) for digit in digits if digit is not None).removesuffix("."))

    def span(self, tree: Branch) -> Span:
        """Where a branch stands in the text."""
        return getattr(tree.meta, "start_pos", 0), getattr(tree.meta, "end_pos", len(self.text))

    def token_span(self, token: Token) -> Span:
        return token.start_pos or 0, token.end_pos or 0


def _signed(rest: Sequence[Token | Branch]) -> Iterator[tuple[Token, Branch]]:
    """What follows the first item of a sum or product, each with the sign before it."""
    yield from zip(cast(Sequence[Token], rest[::2]), cast(Sequence[Branch], rest[1::2]), strict=True)
