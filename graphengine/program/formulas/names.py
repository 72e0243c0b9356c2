r"""Names as LaTeX writes them, and as programs do: w_{12} is w12, x_{\text{in}} is x_in, \hat y is y_hat.

Two names that are written differently stay apart: where both would be spelled alike, as h_{t-1} and h_{t,1}
would be h_t_1, both are spelled at length.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from ...errors import Span
from ...names import GREEK
from ...ops import ELSEWHERE, NAMES, OPS

_BY_LETTERS = {name.replace("_", "").lower(): name for name in NAMES if name.isascii()}


LETTERS: dict[str, str] = {
    found[1]: op.name
    for op in OPS.values()
    if op.kind == "elementwise"
    and op.name in NAMES
    and (found := re.fullmatch(r"\\([A-Za-z]+)\(#1\)", op.said.latex))
    if found[1] in GREEK
}
"""Greek letters that before a bracket are functions: σ(x), Γ(x)."""
LOWERED = {
    name for name, ops in NAMES.items() if any(re.search(r"\}_\{#2\}\(#1\)$", op.said.latex) for op in ops)
}
"""Functions whose second argument stands below: ELU_α(x)."""


def function(name: str) -> str | None:
    """The operator that a command or word means, as the language calls it: ReLU is relu, Tr is tr."""
    if name in NAMES:
        return name
    if name in ELSEWHERE and len(name) > 2:
        return ELSEWHERE[name].name
    return _BY_LETTERS.get(name.replace("_", "").replace(" ", "").lower())


INVERSE = {name: inverse for op in OPS.values() for name, inverse in op.inverse.items()}
INVERSE |= {
    name: op.name
    for op in OPS.values()
    if (found := re.fullmatch(r"\\operatorname\{(\w+)\}\^\{-1\}\(#1\)", op.said.latex))
    if (name := function(found[1]))
}


@dataclass(frozen=True)
class Atom:
    """One part of a subscript: a letter with a shift (i, t-1), digits, a word, or a name of its own (y_i)."""

    text: str
    kind: str
    shift: int = 0
    inner: Name | None = None


Group = tuple[Atom, ...]

POSITIVE: Group = (Atom("plus", "word"),)
"""What stands below x in x_+."""


@dataclass(frozen=True)
class Name:
    """A name in its parts; `sups` are indices in brackets above, and * or other signs there."""

    base: str
    font: str = ""
    accents: tuple[str, ...] = ()
    subs: tuple[Group, ...] = ()
    sups: tuple[Group, ...] = ()
    primes: int = 0
    span: Span = field(default=(0, 0), compare=False)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """All that stands above in brackets, then what stands below."""
        return tuple(atom for group in (*self.sups, *self.subs) for atom in group)

    @property
    def bold(self) -> bool:
        return self.font == "bold"

    @property
    def capital(self) -> bool:
        """A capital letter, Latin or Greek, that is no script or blackboard letter."""
        return (
            self.base[0].isupper()
            and len(self.base) in (1, *map(len, _CAPITALS))
            and self.font in ("", "bold")
        )

    def stem(self, groups: Collection[Group]) -> Name:
        """The name without those of its scripts that are indices of an array."""
        kept = [tuple(group for group in found if group not in groups) for found in (self.subs, self.sups)]
        return replace(self, subs=kept[0], sups=kept[1])

    def short(self) -> str:
        """The usual spelling in a program."""
        words = [_spelled(group, plain=True) for group in (*self.subs, *self.sups)]
        base = self.base.removeprefix("var") or self.base
        alone = len(words) == 1 and words[0].isdigit() and not (self.accents or self.primes)
        if alone and not base[-1].isdigit() and "_" not in base:
            return base + words[0] if self.subs else f"{base}_{words[0]}"
        return "_".join([base, *self.accents, *words, *["prime"] * self.primes])

    def long(self) -> str:
        """A spelling that tells everything, for names that would be spelled alike."""
        words = [_spelled(group, plain=False) for group in self.subs]
        words += ["sup" + _spelled(group, plain=False) for group in self.sups]
        fonts = [self.font] if self.font else []
        return "_".join([self.base, *fonts, *self.accents, *words, *["prime"] * self.primes])

    def spellings(self) -> list[str]:
        """What a given input of this name may be called, the usual way first."""
        below = ["_".join(_spelled(group, plain=True) for group in self.subs)] if self.subs else []
        loose = "_".join([self.base.removeprefix("var") or self.base, *self.accents, *below])
        found = [self.short(), self.long(), self.short() + "_"]
        if not self.sups and not self.primes:
            found += [loose, self.base + "".join(below)]
        if self.short() == "lambda":
            found += ["lam", "lmbda"]
        return list(dict.fromkeys(found))


_CAPITALS = "Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega".split()


def _spelled(group: Group, plain: bool) -> str:
    words = []
    for atom in group:
        word = atom.text
        if atom.shift:
            sign = "" if plain and atom.shift < 0 else "m" if atom.shift < 0 else "p"
            word += ("_" if plain and atom.shift < 0 else "") + sign + str(abs(atom.shift))
        words.append(word)
    single = all(len(word) == 1 or word.isdigit() for word in words)
    return ("" if single else "_").join(words)


class Spelling:
    """Gives every name of a text its spelling, and given inputs the one that they were given."""

    def __init__(self, given: Collection[str]) -> None:
        self.given = given
        self.owners: dict[str, Name] = {}
        self.alike: set[str] = set()

    def of(self, name: Name) -> tuple[str, bool]:
        """The spelling of `name`, and whether it is final: False where another name is spelled so already."""
        found = next((spelling for spelling in name.spellings() if spelling in self.given), None)
        if found is None or self.owners.get(found, name) != name:
            found = name.short()
        if name.short() in self.alike:
            found = name.long()
            while self.owners.get(found, name) != name:
                found += "_"
        final = self.owners.setdefault(found, name) == name
        if not final:
            self.alike.add(name.short())
        return found, final

    def again(self) -> None:
        """Begin anew, with what is known to be alike."""
        self.owners.clear()
