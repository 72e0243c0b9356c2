"""Factors side by side: A x, xᵀy, A'A.

Between numbers that is the product of numbers. Between arrays it is what mathematics writes so, where only
that fits, with a note; where the product of each element fits as well, the person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn, cast

from lark import Token

from ..errors import ShapeError
from ..graph.symbols import Symbol
from ..messages import N_, Message
from ..ops import NAMES
from .applications import Step
from .powers import TURNED
from .rows import Row, row
from .stars import Stars
from .trees import Branch, bare, joined, name_of, parts, sides, span

ALGEBRAIC = ("transposed", "conjugated")
ABOVE = (*ALGEBRAIC, "caret", "pow", "superscript", "factorial", "indexed")


@dataclass
class Signs:
    """Which signs were read where none stand, by the place of the factor after; `doubtful` are told of."""

    read: dict[int, str] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    letters: bool = False
    """Whether the factors are letters without a gap, which stand together in every answer."""


def _runs(steps: Sequence[Step]) -> Iterator[tuple[int, int]]:
    """The first and the last place of factors that stand side by side."""
    first = 0
    for place in range(1, len(steps) + 1):
        if place == len(steps) or steps[place].sign != "implicit":
            yield first, place - 1
            first = place


class Products(Stars):
    """Reads products in which a sign is missing."""

    derivative: Callable[[Branch], Symbol]
    signed: Callable[[Symbol, Step], Symbol]

    def product(self, first: Branch, spine: Sequence[Branch]) -> Symbol:
        """The value of a spine of signs, from the inside out, among which some are none."""
        steps = [Step("", first, first), *(Step(node.data, parts(node)[1], node) for node in spine)]
        steps = self.applied([half for step in steps for half in self.halves(step)])
        symbol, signs = self.factor(steps, 0), Signs()
        for place in range(1, len(steps)):
            if steps[place].sign == "implicit":
                symbol = self.juxtaposed(symbol, steps, place, signs)
            else:
                symbol = self.signed(symbol, steps[place])
        self.note_signs(steps, signs)
        return symbol

    def note_signs(self, steps: Sequence[Step], signs: Signs) -> None:
        """Say which signs were read where none stand, once for factors side by side."""
        for first, last in _runs(steps):
            if not signs.doubtful.isdisjoint(range(first, last + 1)):
                text = meaning = self.source(steps[first].factor)
                for place in range(first + 1, last + 1):
                    start, end = span(steps[place - 1].factor)[1], span(steps[place].factor)[0]
                    gap = self.text[start:end]
                    sign = f" {signs.read[place]} " if place in signs.read else gap
                    text += gap + self.source(steps[place].factor)
                    meaning += sign + self.source(steps[place].factor)
                self.note(N_("{text} is read as {meaning}.", text=text, meaning=meaning))

    # ---- letters without a gap ----

    def letters(self, tree: Branch) -> list[Branch]:
        """The factors that a name without a value consists of, all of whose letters have one.

        What stands above is that of the last: xy^2 is x·y², AB^T is A·Bᵀ. Nothing for any other factor.
        """
        path = [tree]
        while path[-1].data in ABOVE:
            path.append(parts(path[-1])[0])
        head = path.pop()
        name = str(head.children[0]) if head.data == "name" else ""
        if len(name) < 2 or not name.isalpha() or self.own(name) or name in NAMES:
            return []
        if self.meaning(name) is not None or not all(self.own(letter) for letter in name):
            return []
        if any(letter in self.functions for letter in name):
            return []
        start, token = span(head)[0], cast(Token, head.children[0])
        found = [joined("name", Token.new_borrow_pos("NAME", letter, token)) for letter in name]
        for place, letter in enumerate(found, start):
            letter.meta.start_pos, letter.meta.end_pos = place, place + 1
        for node in reversed(path):
            found[-1] = joined(str(node.data), found[-1], *cast(list[Token], node.children[1:]))
            found[-1].meta.end_pos = span(node)[1]
        return found

    def together(self, tree: Branch, factors: Sequence[Branch]) -> Symbol:
        """The product of letters without a gap, which is said."""
        steps = [Step("implicit", factor, joined("implicit", factors[0], factor)) for factor in factors]
        symbol, signs = self.factor(steps, 0), Signs(letters=True)
        meaning = self.source(factors[0])
        for place in range(1, len(steps)):
            symbol = self.juxtaposed(symbol, steps, place, signs)
            sign = f" {signs.read[place]} " if place in signs.read else "*"
            meaning += sign + self.source(factors[place])
        self.note(N_("{text} is read as {meaning}.", text=self.source(tree), meaning=meaning))
        return symbol

    def factor(self, steps: Sequence[Step], place: int) -> Symbol:
        """The value of one factor, which may stand beside others without a sign."""
        beside = any(step.sign == "implicit" for step in (steps[place], *steps[place + 1 : place + 2]))
        outer, self.beside = self.beside, beside
        try:
            return self.expression(steps[place].factor)
        finally:
            self.beside = outer

    # ---- which branches are factors ----

    def halves(self, step: Step) -> list[Step]:
        """A(x) is no call where A is an array: A'(x - b), and (x - m)^T(x - m)."""
        tree = step.factor
        if tree.data == "primed" and len(str(tree.children[1])) == 1 and self.is_value(name_of(tree)):
            left = joined("transposed", joined("name", tree.children[0]), tree.children[1])
            inside = tree.children[2:]
        elif tree.data == "caret" and self.is_turned_call(parts(tree)[1]):
            base, call = parts(tree)
            inside = call.children[1:]
            left = joined("caret", base, joined("name", call.children[0]))
        else:
            return [step]
        found = [argument for argument in cast(list[Branch | None], inside) if argument is not None]
        if len(found) != 1 or sides(found[0])[1] is not None:
            return [step]
        right = joined("group", sides(found[0])[0])
        right.meta.start_pos = self.text.rfind("(", 0, right.meta.start_pos)
        right.meta.end_pos = span(tree)[1]
        return [replace(step, factor=left), Step("implicit", right, step.whole)]

    def is_turned_call(self, tree: Branch) -> bool:
        return tree.data == "call" and name_of(tree) in TURNED and not self.own(name_of(tree))

    def is_value(self, name: str) -> bool:
        return name not in self.functions and (self.own(name) or self.meaning(name) is not None)

    def on_primed(self, tree: Branch, *_children: Branch | None) -> Symbol:
        """f'(x), or A'(b - c)."""
        if len(self.halves(Step("", tree, tree))) > 1:
            return self.product(tree, [])
        return self.derivative(tree)

    def on_caret(self, tree: Branch, base: Branch, exponent: Branch) -> Symbol:
        if len(self.halves(Step("", tree, tree))) > 1:
            return self.product(tree, [])
        return super().on_caret(tree, base, exponent)

    # ---- arrays side by side ----

    def juxtaposed(self, left: Symbol, steps: Sequence[Step], place: int, signs: Signs) -> Symbol:
        """left right, by what they are: rows, columns, matrices, numbers."""
        step = steps[place]
        self.check(steps[place - 1], step)
        right = self.factor(steps, place)
        if not left.ndim or not right.ndim:
            return self.record("mul", [left, right], step.whole)
        if left.ndim == 1 and right.ndim == 1:
            return self.vectors(left, right, steps, place, signs)
        if isinstance(right, Row):
            raise ShapeError(N_("A matrix times a row does not fit."), span=span(step.whole), text=self.text)
        if left.ndim == 1 and not isinstance(left, Row):
            certain = False
        else:
            certain = min(left.ndim, right.ndim) == 1 or self.algebra(steps, place)
        fits = {"@": self.fits("matmul", left, right), "*": self.fits("mul", left, right)}
        if certain or not all(fits.values()):
            sign = "@" if certain or fits["@"] else "*"
            signs.read[place] = sign
            signs.doubtful.add(place)
            found = self.record("matmul" if sign == "@" else "mul", [left, right], step.whole)
            return row(found) if isinstance(left, Row) and found.ndim == 1 else found
        return self.ask_for_sign(
            steps, place, signs, {"@": N_("The product of matrices"), "*": N_("The product of each element")}
        )

    def check(self, before: Step, step: Step) -> None:
        """Two numbers side by side are a slip; 1/2x is read as (1/2)·x, and said so."""
        right = step.factor
        if right.data == "number" or (right.data in ("pow", "caret") and parts(right)[0].data == "number"):
            self.fail(N_("A sign is missing between two factors."), right, N_("Write * before this number."))
        if before.sign == "div":
            division = self.text[span(step.whole)[0] : span(before.factor)[1]]
            self.note(
                N_(
                    "{division}{factor} is read as ({division})·{factor}; use brackets if you mean"
                    " otherwise.",
                    division=division,
                    factor=self.source(right),
                )
            )

    def vectors(self, left: Symbol, right: Symbol, steps: Sequence[Step], place: int, signs: Signs) -> Symbol:
        """Two vectors: which of them lies tells whether the product is a number or a matrix."""
        step = steps[place]
        rows = isinstance(left, Row), isinstance(right, Row)
        if rows == (False, True):
            return self.record("outer", [left, right], step.whole)
        if rows == (True, False):
            signs.read[place] = "@"
            return self.record("matmul", [left, right], step.whole)
        return self.ask_for_sign(
            steps, place, signs, {"@": N_("The inner product"), "*": N_("The product of each element")}
        )

    def algebra(self, steps: Sequence[Step], place: int) -> bool:
        """Whether some factor beside these is a transpose or an inverse, which only matrices have."""
        first, last = next(run for run in _runs(steps) if run[0] <= place <= run[1])
        return any(self.algebraic(bare(step.factor)) for step in steps[first : last + 1])

    def algebraic(self, tree: Branch) -> bool:
        if tree.data == "caret":
            above = self.source(parts(tree)[1])
            return above in ("-1", "−1", "-T", "−T", *TURNED)
        return tree.data in ALGEBRAIC or (tree.data == "superscript" and str(tree.children[1]) == "⁻¹")

    def ask_for_sign(
        self, steps: Sequence[Step], place: int, signs: Signs, said: dict[str, Message]
    ) -> NoReturn:
        """Which sign is meant here, and between the arrays after it."""
        gaps = [(span(steps[place - 1].factor)[1], span(steps[place].factor)[0])]
        for after in range(place + 1, len(steps)):
            if steps[after].sign != "implicit":
                break
            if self.factor(steps, after).ndim:
                gaps.append((span(steps[after - 1].factor)[1], span(steps[after].factor)[0]))
        programs = {}
        first, last = span(steps[0].factor)[0], span(steps[-1].factor)[1]
        for sign, words in said.items():
            text = self.text[:last]
            for start, end in reversed(gaps):
                text = f"{text[:start]} {sign} {text[end:]}"
            whole = self.grouped if signs.letters else self.replaced
            programs[whole((first, last), text[first:])] = words
        text = self.text[span(steps[place].whole)[0] : span(steps[place].factor)[1]]
        self.ask(N_("{text} means two things.", text=text), steps[place].whole, programs)
