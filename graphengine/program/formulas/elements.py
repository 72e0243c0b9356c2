"""The elements of arrays: x_i under a sum, x_{i-1}, w_0, f_{y_i}."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...errors import NameProblem, ProgramError
from ...messages import N_
from . import complaints
from .base import Base
from .indices import extent
from .names import Atom, Name
from .trees import Tree
from .values import Level, Value, contracted, union


class Elements(Base):
    """Words what has indices."""

    def __init__(self) -> None:
        self.picking: dict[str, str] = {}  # the index that is left out of a sum, where its term is written

    def element(self, tree: Tree, name: Name) -> Value | None:
        """The value of a name with indices, or of an index as a number; None for a name as it is."""
        if name == Name(name.base) and name.base in self.indices.axes and name.base in self.bounds:
            return self.counted(tree, name.base)
        found = self.indices.element(name) or self.indexed_by_number(tree, name)
        if found is None:
            return None
        stem, atoms = found
        if self.given(name) and not any(atom.text in self.indices.axes for atom in atoms):
            return None  # u_o was given beside u
        array = stem
        stem, spelled = self.spelled(name, stem, tree)
        rank = self.ranked(stem, spelled, len(atoms), tree)
        places, axes = [], []
        changed = False
        for slot, atom in enumerate(atoms):
            place, letter = self.placed(tree, name, array, slot, atom)
            changed |= place != ":"
            places.append(place)
            axes += [letter] if letter else []
        picks = [place for place in places if place.startswith("\0")]
        if picks:
            return self.picked(tree, spelled, places, atoms, rank)
        text = f"{spelled}[{', '.join(places)}]" if changed else spelled
        if len(set(axes)) < len(axes):
            if len(axes) != 2 or rank or changed:
                message = N_("The same index twice below a name is read for a matrix alone.")
                raise ProgramError(message, span=tree.span, text=self.text)
            return Value(f"diag({text})", axes=tuple(axes[:1]))
        return self.sorted(Value(text, Level.ATOM, tuple(axes), rank))

    def given(self, name: Name) -> bool:
        return any(spelling in self.kinds.given for spelling in name.spellings())

    def spelled(self, name: Name, stem: Name, tree: Tree) -> tuple[Name, str]:
        """The array and how it is called: as it was given, with its indices or without them.

        Where x stands beside x_i, it may be the array or another thing: that is asked.
        """
        whole = next((s for s in name.spellings() if s in self.kinds.given), None)
        told = self.given(stem)
        if whole is not None and not told and len(self.kinds.given[whole]) == len(name.atoms):
            return stem, whole
        first = self.indices.first.get(stem, name)
        both = self.given(first)
        apart = both or (stem in self.indices.targets_plain and stem not in self.kinds.defined)
        if stem in self.indices.plain and not (apart or told):
            question = N_(
                "{name} and {element}: are they one array?", name=stem.short(), element=first.short()
            )
            options = [
                (N_("{name} is the array of all {element}", name=stem.short(), element=first.short()), False),
                (N_("they are two inputs"), True),
            ]
            apart = bool(self.kinds.choose(question, f"array {stem.long()}", options, tree.span))
        found = first if apart else stem
        return found, self.kinds.spell(found)

    def ranked(self, stem: Name, spelled: str, slots: int, tree: Tree) -> int:
        if spelled in self.kinds.given and stem not in self.kinds.defined:
            rank = len(self.kinds.given[spelled]) - slots
            if rank < 0:
                message = N_("{name} has an index here, but was given without an axis for it.", name=spelled)
                raise ProgramError(message, span=tree.span, text=self.text)
            return rank
        return self.kinds.rank(stem, slots) or 0

    def placed(self, tree: Tree, name: Name, stem: Name, slot: int, atom: Atom) -> tuple[str, str]:
        """What stands in the brackets of an array at one place, and the letter of its axis ("" for none)."""
        if atom.kind == "digits":
            base = self.indices.ranges[stem, slot].base if (stem, slot) in self.indices.ranges else 1
            if int(atom.text[:9]) < base:
                base = 0
            return str(int(atom.text[:9]) - base), ""
        if atom.kind == "inner" and atom.inner is not None:
            return "\0" + str(slot), ""
        if atom.text in self.indices.axes:
            bound = self.bounds.get(atom.text)
            if bound is None:
                if atom.shift:
                    message = N_(
                        "{name} is an element before or after another: write a sum, or one step.",
                        name=name.short(),
                    )
                    raise ProgramError(message, span=tree.span, text=self.text)
                return ":", atom.text
            if bound.without is not None and atom.text in self.picking:
                return self.picking[atom.text], ""
            return self.indices.cut(stem, slot, atom, bound, name) or ":", atom.text
        return "\0" + str(slot), ""

    def indexed_by_number(self, tree: Tree, name: Name) -> tuple[Name, list[Atom]] | None:
        """w_0 beside a sum over w_i: an element of w, or a name of its own, told by where the sum begins."""
        found = self.indices.numbered(name)
        if found is None or self.given(name):
            return None
        stem, atoms = found
        for slot, atom in enumerate(atoms):
            lows = self.indices.ranges[stem, slot].lows if (stem, slot) in self.indices.ranges else set()
            if lows and int(atom.text[:9]) < min(lows):
                self.kinds.note(
                    N_("{name} stands outside of the sum, and is a name of its own.", name=name.short())
                )
                return None
            if not lows:
                options = [(N_("a name of its own"), False), (N_("an element of the array"), True)]
                question = N_("{name}: a name of its own, or an element of the array?", name=name.short())
                if not self.kinds.choose(question, f"element {name.long()}", options, tree.span):
                    return None
        return found

    def picked(self, tree: Tree, spelled: str, places: list[str], atoms: Sequence[Atom], rank: int) -> Value:
        """f_{y_i}: elements whose places are values of the program."""
        if rank and len(atoms) > 1:
            raise complaints.name(self.text, tree.span)
        indices: list[Value | str] = []
        for place, atom in zip(places, atoms, strict=True):
            if place.startswith("\0"):
                inner = atom.inner or Name(atom.text)
                indices.append(self.write(Tree("name", (inner,), tree.span)))
            else:
                indices.append(place if place != ":" else Value(":", axes=(atom.text,)))
        values = [value for value in indices if isinstance(value, Value)]
        axes = union(values, self.order)
        texts = [value if isinstance(value, str) else value.text for value in indices]
        self.kinds.note(N_("Elements that a number picks are counted from 0."))
        if not any(value.axes for value in values if value.text != ":") or len(texts) == 1:
            free = tuple(axis for value in values for axis in value.axes)
            return Value(f"{spelled}[{', '.join(texts)}]", axes=free, rank=rank)
        picker = next(value for value in values if value.text != ":")
        shape = self.kinds.given.get(picker.text)
        if len(axes) != 1 or not shape:
            message = N_(
                "How many elements are picked is not known: give {name} as a list.", name=picker.text
            )
            raise ProgramError(message, span=tree.span, text=self.text)
        texts = [f"arange({shape[0]})" if text == ":" else text for text in texts]
        return Value(f"{spelled}[{', '.join(texts)}]", axes=axes)

    def counted(self, tree: Tree, letter: str) -> Value:
        """An index as a number: the whole numbers that it runs through."""
        bound = self.bounds[letter]
        low, high = extent(bound.low), extent(bound.high)
        if low is None or high is None or low[0] or high[0]:
            message = N_(
                "The index {name} of a sum is a number here: write its first and its last value as numbers.",
                name=letter,
            )
            raise NameProblem(message, span=tree.span, text=self.text)
        return Value(f"arange({low[1]}, {high[1] + 1})", axes=(letter,))

    def sorted(self, value: Value) -> Value:
        """The same with its letters in order."""
        axes = tuple(sorted(value.axes, key=self.order.index))
        if axes == value.axes:
            return value
        anonymous = [f"#{i}" for i in range(value.rank)]
        if value.size == 2:
            return replace(value, text=f"{value.within(Level.ATOM)}.T", level=Level.ATOM, axes=axes)
        text, level = contracted([value], [[*value.axes, *anonymous]], [*axes, *anonymous])
        return replace(value, text=text, level=level, axes=axes)

    def stem_of(self, tree: Tree) -> Name | None:
        """The array that a tree is an element of, if that is all it is and nobody said what it is."""
        while tree.kind == "group":
            (tree,) = tree.parts
        element = self.indices.element(tree.parts[0]) if tree.kind == "name" else None
        found = self.spelled(tree.parts[0], element[0], tree)[0] if element else None
        return found if found is not None and self.kinds.by_letters(found) else None
