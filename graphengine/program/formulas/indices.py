"""Which letters are indices, of which arrays, and from where to where each array runs.

A letter is an index where a sum runs over it; an array that has an index at one place has one there wherever
it stands: as e^{z_j} is summed over j, the i of e^{z_i} is an index too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import ProgramError
from ...messages import N_
from .names import Atom, Group, Name
from .trees import Bound, Statement, Tree

SYMBOLS = set("ijklmnabcdpqrstuv")
"""Letters that are indices by custom, where nothing else is known of them."""
Extent = tuple[str, int]
"""A symbol and what is added to it: n-1 is ("n", -1), and 3 is ("", 3)."""


@dataclass
class Range:
    """From where to where an array is indexed at one place: the first index, and the last."""

    lows: set[int] = field(default_factory=set)
    highs: set[Extent] = field(default_factory=set)

    @property
    def base(self) -> int:
        """The index of its first element."""
        return 0 if 0 in self.lows else 1


def extent(tree: Tree | None, sign: int = 1) -> Extent | None:
    """A bound as a symbol with a number, if it is that simple."""
    if tree is None:
        return None
    if tree.kind == "num" and tree.parts[0].isdigit():
        return "", sign * int(tree.parts[0][:9])
    if tree.kind == "name":
        return tree.parts[0].long(), 0
    if tree.kind == "sum" and len(tree.parts[0]) == 2:
        (_, first), (plus, second) = tree.parts[0]
        one, two = extent(first), extent(second)
        if one and two and not (one[0] and two[0]):
            return one[0] or (two[0] if plus == "+" else "?"), one[1] + (two[1] if plus == "+" else -two[1])
    return None


class Indices:
    """What is known about the letters of all statements of a text, given what the inputs are called."""

    def __init__(self, statements: Sequence[Statement], ranks: Mapping[str, int], text: str) -> None:
        self.ranks = ranks
        self.text = text
        self.axes: set[str] = set()
        self.slots: dict[Name, int] = {}
        self.ranges: dict[tuple[Name, int], Range] = {}
        self.found: list[tuple[Name, dict[str, Bound]]] = []
        self.targets: set[str] = set()
        self.targets_plain: set[Name] = set()
        self.first: dict[Name, Name] = {}
        for statement in statements:
            self.visit(statement.source, {})
            if statement.target is not None and statement.target.kind == "name":
                self.check_silent(statement.target.parts[0], statement.source)
            if statement.target is not None:
                self.head(statement.target)
        bound = {letter for _, env in self.found for letter in env}
        self.shifted = {
            atom.text
            for name, env in self.found
            for atom in name.atoms
            if atom.shift and atom.text not in env
        }
        self.axes = bound
        self.spread()
        for name, env in self.found:
            self.measure(name, env)
        self.plain = {name for name, _ in self.found if name in self.slots and self.element(name) is None}

    def check_silent(self, target: Name, source: Tree) -> None:
        """y_{il} = x_{ijkl} a_{jk} sums over j and k without a word: that is not read."""
        left = {atom.text for atom in target.atoms}
        if source.kind != "product" or not left:
            return
        names = [item.parts[0] for _, item in source.parts[0] if item.kind == "name" and item.parts[0].subs]
        letters = [{atom.text for atom in name.atoms} for name in names]
        twice = {
            one for one, times in Counter(each for found in letters for each in found).items() if times > 1
        }
        if twice - left and set().union(left, *letters) <= set("ijklmn"):
            said = ", ".join(sorted(twice - left))
            raise ProgramError(
                N_("The indices {letters} stand twice: write the sum over them.", letters=said),
                hint=N_("For example: {latex}", latex=r"c_{ij} = \sum_k a_{ik} b_{kj}"),
                span=source.span,
                text=self.text,
            )

    def head(self, target: Tree) -> None:
        """What stands left of =: the scripts of a name, or those of a call."""
        if target.kind == "name":
            self.found.append((target.parts[0], {}))
            self.targets |= {atom.text for atom in target.parts[0].atoms if atom.kind == "letter"}
            self.targets_plain.add(target.parts[0])
        if target.kind == "index":
            letters = {atom.text for group in target.parts[1] for atom in group if atom.kind == "letter"}
            self.targets |= letters
            self.axes |= letters

    def visit(self, tree: Any, env: dict[str, Bound]) -> None:
        """All names, each with the sums that it stands under."""
        if isinstance(tree, tuple):
            for part in tree:
                self.visit(part, env)
        elif isinstance(tree, Tree) and tree.kind == "name":
            self.found.append((tree.parts[0], env))
            for atom in tree.parts[0].atoms:
                if atom.inner is not None:
                    self.found.append((atom.inner, env))
        elif isinstance(tree, Tree) and tree.kind == "big":
            _, bounds, body = tree.parts
            inner = env | {letter: bound for bound in bounds for letter in bound.letters}
            for bound in bounds:
                self.visit(bound.without, inner)
            self.visit(body, inner)
        elif isinstance(tree, Tree):
            self.visit(tree.parts, env)

    # ---- which letters, which arrays ----

    def spread(self) -> None:
        """From letters that are indices to arrays, from those to other letters, until nothing is new."""
        while True:
            before = len(self.axes), len(self.slots)
            for name, _ in self.found:
                groups = self.groups(name)
                if groups is None:
                    continue
                atoms = [atom for group in groups for atom in group]
                self.slots[name.stem(groups)] = len(atoms)
                self.first.setdefault(name.stem(groups), name)
                self.axes |= {atom.text for atom in atoms if atom.kind == "letter" and self.free(atom)}
            if (len(self.axes), len(self.slots)) == before:
                return

    def free(self, atom: Atom) -> bool:
        """Whether a letter that no sum binds is an index, and no number that picks an element."""
        if atom.text in self.targets:
            return True
        return atom.text not in self.ranks and atom.text in SYMBOLS and atom.shift == 0

    def groups(self, name: Name) -> list[Group] | None:
        """The scripts of a name that are indices; None if it has none."""
        above = [group for group in name.sups if self.has_index(group)]
        below = [group for group in name.subs if all(atom.kind != "word" for atom in group)]
        below = [
            group
            for group in below
            if not all(a.text in self.shifted and a.text not in self.axes for a in group)
        ]
        if any(self.has_index(group) for group in below) or (above and self.aimed(below)):
            return [*above, *below]
        if above:
            return above
        stem = name.stem(below)
        atoms = [atom for group in below for atom in group]
        if not atoms or stem == name:
            return None
        if self.slots.get(stem) == len(atoms) and not all(atom.kind == "digits" for atom in atoms):
            return below
        rank = next((self.ranks[s] for s in stem.spellings() if s in self.ranks), 0)
        told = any(spelling in self.ranks for spelling in name.spellings())
        if rank >= len(atoms) > 0 and not told and not (rank > len(atoms) and stem.bold):
            return below
        return None

    def has_index(self, group: Group) -> bool:
        plain = all(atom.kind in ("letter", "digits", "inner") for atom in group)
        return plain and any(
            (atom.kind == "letter" and atom.text in self.axes)
            or (atom.inner is not None and any(a.text in self.axes for a in atom.inner.atoms))
            for atom in group
        )

    def aimed(self, groups: Sequence[Group]) -> bool:
        """Whether a letter of the scripts stands left of = too."""
        return any(atom.text in self.targets for group in groups for atom in group)

    def element(self, name: Name) -> tuple[Name, list[Atom]] | None:
        """The array and the indices, where a name is an element of one; digits below may be so too."""
        groups = self.groups(name)
        if groups is not None:
            return name.stem(groups), [atom for group in groups for atom in group]
        return None

    def numbered(self, name: Name) -> tuple[Name, list[Atom]] | None:
        """The array and the places, where w_0 could be an element of w."""
        below = [group for group in name.subs if all(atom.kind == "digits" for atom in group)]
        stem = name.stem(below)
        atoms = [atom for group in below for atom in group]
        return (stem, atoms) if atoms and self.slots.get(stem) == len(atoms) else None

    # ---- how far ----

    def measure(self, name: Name, env: Mapping[str, Bound]) -> None:
        """Between which bounds a name is indexed."""
        element = self.element(name)
        if element is None:
            return
        stem, atoms = element
        for slot, atom in enumerate(atoms):
            bound = env.get(atom.text)
            if atom.kind != "letter" or bound is None:
                continue
            range_ = self.ranges.setdefault((stem, slot), Range())
            low, high = extent(bound.low), extent(bound.high)
            if low is not None and not low[0]:
                range_.lows.add(low[1] + atom.shift)
            if high is not None:
                range_.highs.add((high[0], high[1] + atom.shift))

    def cut(self, stem: Name, slot: int, atom: Atom, bound: Bound, name: Name) -> str | None:
        """The slice of an array that a sum runs over; None for all of it.

        Raises ProgramError where the bounds do not tell.
        """
        range_ = self.ranges.get((stem, slot), Range())
        low, high = extent(bound.low), extent(bound.high)
        unclear = (bound.low is not None and (low is None or low[0] != "")) or (
            bound.high is not None and high is None
        )
        if unclear or (atom.shift and (low is None or high is None)) or "?" in {h for h, _ in range_.highs}:
            raise ProgramError(
                N_("From where to where the sum over {letter} runs is not clear.", letter=atom.text),
                hint=N_("For example: {latex}", latex=r"\sum_{i=2}^{n} (x_i - x_{i-1})^2"),
                span=name.span,
                text=self.text,
            )
        first = low[1] + atom.shift - range_.base if low is not None else 0
        if first < 0:
            raise ProgramError(
                N_("The sum would begin before the first element of {name}.", name=stem.short()),
                span=name.span,
                text=self.text,
            )
        start = str(first) if first else ""
        if high is None:
            return f"{start}:" if start else None
        last = high[1] + atom.shift
        symbols = Counter(symbol for symbol, _ in range_.highs)
        if len(symbols) > 1:
            raise ProgramError(
                N_(
                    "Sums over {name} end at different places, and its length is not known.",
                    name=stem.short(),
                ),
                span=name.span,
                text=self.text,
            )
        most = max(most for _, most in range_.highs)
        if not high[0]:
            return f"{start}:{last - range_.base + 1}"
        if bound.low is not None and range_.base == 1:
            most = max(most, 0)
        stop = str(last - most) if last < most else ""
        return f"{start}:{stop}" if start or stop else None
