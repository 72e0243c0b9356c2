"""Names: what each means, and a new one that is none: a slip, several letters, or a sign of mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from lark import Token

from ..errors import NameProblem
from ..graph.symbols import Symbol
from ..messages import N_
from ..ops import NAMES
from . import lookalikes
from .state import CONSTANTS, State
from .trees import Branch, joined, name_of, span


class Words(State):
    """Reads a name; one that means nothing yet is an input."""

    turned: Callable[[Branch, Branch, str], Symbol]

    def on_name(self, tree: Branch, token: Token) -> Symbol:
        name = name_of(tree)
        known = self.meaning(name)
        if known is not None:
            return known
        if name in CONSTANTS and name not in self.given:
            return self.tape.literal(CONSTANTS[name], "π" if name == "pi" else name, span(tree))
        if (
            name in self.functions
            or name in self.abstract
            or (name in NAMES and len(name) > 1 and name not in self.given)
        ):
            self.fail(
                N_("{name} is a function.", name=name), tree, N_("Write {name}(…).", name=name), NameProblem
            )
        known = self.meant(tree, token, name)
        return self.input(tree, name) if known is None else known

    def input(self, tree: Branch, name: str) -> Symbol:
        """A new input, with the shape of what it was given."""
        self.check_alphabet(name, tree)
        if name == "i" and name not in self.given:
            self.check_unit(tree)
        shape = np.shape(self.given[name]) if name in self.given else self.shapes.get(name, ())
        kind = np.iscomplexobj(self.given.get(name, 0.0))
        self.inputs[name] = self.tape.input(name, shape, span(tree), kind)
        return self.inputs[name]

    def check_unit(self, tree: Branch) -> None:
        """An i without a value is an input, or the imaginary unit: after a digit that is asked, else said."""
        start, end = span(tree)
        number = re.search(r"\d+(\.\d*)?\Z", self.text[:start])
        if number is None:
            self.note(N_("i is read as an input; the imaginary unit is written 1j."))
            return
        place = (number.start(), end)
        self.ask(
            N_("{text} means two things.", text=self.text[slice(*place)]),
            tree,
            {
                self.replaced(place, f"{number[0]}j"): N_("A multiple of the imaginary unit"),
                self.replaced(place, f"{number[0]}*i"): N_("A product, {meaning}", meaning=f"{number[0]}*i"),
            },
        )

    def check_alphabet(self, name: str, tree: Branch | Token) -> None:
        """A new name that only looks Latin is a slip, unless a value was given for just this spelling."""
        slip = lookalikes.cyrillic(self.text, name, span(tree), self.known())
        if slip is not None and name not in self.given:
            raise slip

    def letter(self, tree: Branch, name: str) -> Symbol:
        known = self.meaning(name)
        return self.input(tree, name) if known is None else known

    def meant(self, tree: Branch, token: Token, name: str) -> Symbol | None:
        """What a name without a value means that is not its own: x′ is a transpose.

        Whether letters that have no value either are a product, as in ab + a + b, is asked.
        """
        base = name.rstrip("′")
        if name in self.given or len(name) < 2:
            return None
        if base != name:
            return self.turned(tree, joined("name", Token.new_borrow_pos("NAME", base, token)), "'")
        if not name.isalpha():
            return None
        product = "*".join(name)
        if len(name) == 2 and all(re.search(rf"(?<!\w){letter}(?!\w)", self.text) for letter in name):
            single = "_".join(name)
            self.ask(
                N_("{text} means two things.", text=self.source(tree)),
                tree,
                {
                    self.grouped(span(tree), product): N_("A product, {meaning}", meaning=product),
                    re.sub(rf"(?<!\w){name}(?!\w)", single, self.text): N_("One name, {name}", name=single),
                },
            )
        return None
