"""Sums, products and extrema over indices."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import ProgramError
from ...messages import N_
from . import complaints
from .elements import Elements
from .indices import SYMBOLS, extent
from .names import Name
from .trees import Bound, Tree
from .values import Level, Value, contracted, elementwise, union

Entry = tuple[str, Value]
"""A factor: * or /, and what it is."""


class Totals(Elements):
    """Words operations along axes."""

    def on_big(self, tree: Tree, sign: str, bounds: tuple[Bound, ...], body: Tree) -> Value:
        return self.combined(self.total(tree, sign, bounds, body))

    def total(self, tree: Tree, sign: str, bounds: tuple[Bound, ...], body: Tree) -> list[Entry]:
        """The factors that an operation over indices comes to."""
        outer = self.bounds
        self.check(tree, sign, bounds)
        self.bounds = outer | {letter: bound for bound in bounds for letter in bound.letters}
        try:
            if any(bound.within for bound in bounds):
                self.kinds.note(N_("A sum over a set is read over all places of the arrays."))
            entries = self.entries(body) if sign == "sum" else [("*", self.write(body))]
            letters = [letter for bound in bounds for letter in bound.letters]
            left_out = [bound for bound in bounds if bound.without is not None]
            if not letters:
                value = self.combined(entries)
                return [("*", Value(f"{sign}({value.text})", axes=()))]
            if left_out:
                return [("*", self.without(tree, sign, left_out[0], entries, body, letters))]
            return self.along(tree, sign, letters, entries)
        finally:
            self.bounds = outer

    def check(self, tree: Tree, sign: str, bounds: tuple[Bound, ...]) -> None:
        """Bounds are numbers, and a maximum over what is no index is found by a search."""
        indices = {atom.text for name, _ in self.indices.found for atom in name.atoms}
        for bound in bounds:
            sides = [side for side in (bound.low, bound.high) if side is not None]
            names = {each.parts[0].base for side in sides for each in side.walk() if each.kind == "name"}
            if names & self.indices.axes:
                message = N_("A sum whose bounds depend on another index is not read: write its terms.")
                raise ProgramError(message, span=tree.span, text=self.text)
            if sign in ("max", "min") and bound.low is None and not set(bound.letters) & indices:
                raise complaints.optimum(self.text, self.head_span(tree))

    def without(
        self, tree: Tree, sign: str, bound: Bound, entries: list[Entry], body: Tree, letters: list[str]
    ) -> Value:
        """A sum with one term left out: all terms, less that one."""
        letter = bound.letters[0]
        if sign != "sum" or len(letters) > 1 or bound.without is None:
            message = N_("A term is left out of sums over one index alone.")
            raise ProgramError(message, span=tree.span, text=self.text)
        other: Name | None = bound.without.parts[0] if bound.without.kind == "name" else None
        index = other is not None and not other.subs and self.kinds.spell(other) not in self.kinds.given
        index = index and other is not None and (other.base in SYMBOLS or other.base in self.indices.axes)
        place = Value("", axes=("",)) if index else self.write(bound.without)
        if place.axes or not place.text:
            message = N_("A sum whose bounds depend on another index is not read: write its terms.")
            raise ProgramError(message, span=tree.span, text=self.text)
        whole = self.combined(self.along(tree, sign, letters, entries))
        self.picking[letter] = str(int(place.text) - 1) if place.text.isdigit() else place.text
        try:
            term = self.write(body)
        finally:
            del self.picking[letter]
        axes = union([whole, term], self.order)
        return Value(f"{whole.text} - {term.within(Level.PRODUCT)}", Level.SUM, axes)

    def entries(self, tree: Tree) -> list[Entry]:
        """The factors of a product of numbers, also those of sums in it."""
        if tree.kind == "group":
            return self.entries(tree.parts[0])
        if tree.kind == "big" and tree.parts[0] == "sum":
            return self.total(tree, *tree.parts)
        if tree.kind == "frac":
            below = self.write(tree.parts[1])
            return [*self.entries(tree.parts[0]), ("/", below)]
        if tree.kind == "product" and all(sign in ("", "*", "cdot", "hadamard") for sign, _ in tree.parts[0]):
            return self.flat(tree.parts[0]) or [("*", self.write(tree))]
        return [("*", self.write(tree))]

    def flat(self, items: Sequence[tuple[str, Tree]]) -> list[Entry]:
        """The factors of a product; none if some are vectors or matrices."""
        found: list[Entry] = []
        before: Value | None = None
        for place, (sign, item) in enumerate(items):
            entries = self.entries(item)
            value = self.combined(entries)
            if before is not None and (before.vague or value.vague):
                self.pairing(sign, before, value, items[place - 1][1], item)
            if value.rank:
                return []
            found += entries
            before = value
        return found

    def combined(self, entries: Sequence[Entry]) -> Value:
        """The factors as one value."""
        found: Value | None = None
        for sign, value in entries:
            if found is None:
                found = value if sign == "*" else elementwise("/", [Value("1"), value], self.order)
            else:
                found = elementwise(sign, [found, value], self.order)
        return found or Value("1")

    def along(self, tree: Tree, sign: str, letters: list[str], entries: list[Entry]) -> list[Entry]:
        """An operation over some letters, of the factors that have them."""
        missing = [letter for letter in letters if not any(letter in value.axes for _, value in entries)]
        for letter in missing if sign == "sum" else ():
            times = self.times(tree, letter)
            entries = [("*", times)] if [e[1].text for e in entries] == ["1"] else [("*", times), *entries]
        if missing and sign != "sum":
            message = N_("Nothing below the sign has the index {letter}.", letter=missing[0])
            raise ProgramError(message, span=tree.span, text=self.text)
        letters = [letter for letter in letters if letter not in missing]
        if not letters:
            return entries
        inside = [entry for entry in entries if set(letters) & set(entry[1].axes)]
        outside = [entry for entry in entries if not set(letters) & set(entry[1].axes)]
        products = all(each == "*" for each, _ in inside)
        if sign == "sum" and len(inside) > 1 and products and all(not value.rank for _, value in inside):
            values = [value for _, value in inside]
            alike = len({value.axes for value in values}) == 1
            if len(values) == 2 or not alike:
                axes = [axis for axis in union(values, self.order) if axis not in letters]
                if not (alike and len(values[0].axes) > 1):
                    text, level = contracted(values, [value.axes for value in values], axes)
                    return [*outside, ("*", Value(text, level, tuple(axes)))]
        return [*outside, ("*", self.over(sign, letters, self.combined(inside)))]

    def over(self, sign: str, letters: list[str], value: Value) -> Value:
        """sum(x), or sum(x, axis=0)."""
        places = [value.axes.index(letter) for letter in letters]
        axes = tuple(axis for axis in value.axes if axis not in letters)
        if len(places) == value.size:
            return Value(f"{sign}({value.text})")
        axis = str(places[0]) if len(places) == 1 else f"({', '.join(map(str, sorted(places)))})"
        return Value(f"{sign}({value.text}, axis={axis})", Level.ATOM, axes, value.rank, value.row)

    def times(self, tree: Tree, letter: str) -> Value:
        """How often a term without the index is added."""
        bound = self.bounds[letter]
        low, high = extent(bound.low), extent(bound.high)
        if low is None or high is None or low[0] or bound.high is None:
            message = N_("Nothing below the sign has the index {letter}.", letter=letter)
            raise ProgramError(
                message,
                hint=N_("Say how far it runs, or what has an index: {latex}", latex=r"\sum_{i=1}^{n} x_i"),
                span=tree.span,
                text=self.text,
            )
        if not high[0]:
            return Value(str(high[1] - low[1] + 1))
        end = self.write(bound.high)
        more = 1 - low[1]
        if more == 0:
            return end
        return Value(f"{end.within(Level.SUM)} {'+' if more > 0 else '-'} {abs(more)}", Level.SUM)
