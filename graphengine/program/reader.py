"""A walk over the tree of a program: every operation recorded on a Tape."""

from __future__ import annotations

from typing import NoReturn

import numpy as np
from lark import Token

from ..graph.symbols import Symbol
from ..limits import spend
from ..messages import N_, Message
from ..ops import OPS
from ..values import Array, array
from . import complaints, parameters
from .applications import Step
from .calls import meanings
from .conditions import Conditions
from .indices import Indices
from .literals import complex_number, number
from .products import Products
from .slopes import Slopes
from .state import CONSTANTS
from .trees import Branch, name_of, parts, span
from .words import Words

_BINARY = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "div": "div",
    "implicit": "mul",
    "matmul": "matmul",
    "kron": "kron",
    "mod": "mod",
}


class Reader(Products, Words, Slopes, Conditions, Indices):
    """Reads expressions, with the errors of `State`."""

    # ---- expressions ----

    def expression(self, tree: Branch) -> Symbol:
        """The Symbol of an expression; a long sum or product is walked without recursion."""
        spine = []
        while tree.data in _BINARY:
            spine.append(tree)
            tree = parts(tree)[0]
        if any(node.data == "implicit" for node in spine):
            return self.product(tree, spine[::-1])
        letters = self.letters(tree)
        symbol = self.together(tree, letters) if letters else self.operand(tree)
        for node in reversed(spine):
            symbol = self.signed(symbol, Step(node.data, parts(node)[1], node))
        return symbol

    def signed(self, left: Symbol, step: Step) -> Symbol:
        """What `left` and a factor after a sign are together."""
        if (found := complex_number(step.whole)) is not None:
            return self.tape.literal(found, span=span(step.whole))
        if step.sign == "mod" and "mod" not in OPS:
            self.fail(N_("There is no function {name}.", name="mod"), step.whole)
        if step.sign == "div":
            self.check_derivative(step)
        right = self.expression(step.factor)
        if step.sign in ("mul", "matmul"):
            self.starred(left, right, step.sign, step)
        return self.record(_BINARY[step.sign], [left, right], step.whole)

    def check_derivative(self, step: Step) -> None:
        """d/dx and dy/dx are no quotients of inputs."""
        above, below = parts(step.whole)[0], step.factor
        names = [name_of(branch) if branch.data in ("name", "call") else "" for branch in (above, below)]
        if any(branch.data == "call" and meanings(name_of(branch)) for branch in (above, below)):
            return  # dot(x, y)/dot(x, x)
        if names[0][:1] == names[1][:1] == "d" and len(names[1]) > 1 and not any(map(self.own, names)):
            self.fail(
                N_("{text} is a derivative, which is what the walk finds.", text=self.source(step.whole)),
                step.whole,
                N_("Write the function alone: its derivatives are what is shown here."),
            )

    def operand(self, tree: Branch) -> Symbol:
        spend("work")
        with self.deeper(tree):
            return getattr(self, "on_" + tree.data)(tree, *tree.children)  # type: ignore[no-any-return]

    def on_number(self, tree: Branch, token: Token) -> Symbol:
        value = float(token)
        if not np.isfinite(value):
            self.fail(N_("This number is too large."), tree)
        return self.tape.literal(value, span=span(tree))

    def on_imaginary(self, tree: Branch, token: Token) -> Symbol:
        value = complex(token)
        if not np.isfinite(value):
            self.fail(N_("This number is too large."), tree)
        return self.tape.literal(value, span=span(tree))

    def on_neg(self, tree: Branch, inner: Branch) -> Symbol:
        if (found := number(tree)) is not None:
            return self.tape.literal(found, span=span(tree))
        return self.record("neg", [self.expression(inner)], tree)

    def on_plus(self, tree: Branch, inner: Branch) -> Symbol:
        return self.expression(inner)

    on_group = on_plus

    def on_root(self, tree: Branch, token: Token, inner: Branch) -> Symbol:
        return self.record("sqrt" if token == "√" else "cbrt", [self.expression(inner)], tree)

    def on_quoted(self, tree: Branch, _text: Token) -> NoReturn:
        self.fail(complaints.QUOTED, tree)

    def on_tuple(self, tree: Branch, *_parts: Branch | None) -> NoReturn:
        raise parameters.misplaced(self.text, span(tree))

    def on_array(self, tree: Branch, *items: Branch | None) -> Symbol:
        """An array of numbers is a literal; one of anything else, a stack of it."""
        found = [item for item in items if item is not None]
        if {name_of(name) for name in tree.find_data("name")} - (CONSTANTS.keys() - self.given.keys()):
            return self.record("stack", [self.expression(item) for item in found], tree)
        message = N_("An array in brackets holds numbers.")
        numbers = map(number, found)
        rows = [
            self.constant(item, message) if digits is None or not np.isfinite(digits) else digits
            for item, digits in zip(found, numbers, strict=True)
        ]
        return self.tape.literal(self.checked(lambda: array(rows), tree), span=span(tree))

    def constant(self, tree: Branch, message: Message) -> Array:
        """The value of an expression without inputs: of numbers, and of names that stand for some.

        Raises ProgramError with `message` where it has inputs, ValueProblem where it is not finite.
        """
        reader = Reader(self.text, {}, self.depth)
        reader.naming = self.naming
        symbol = reader.expression(tree)
        value = self.fixed(self.expression(tree)) if reader.inputs else reader.fixed(symbol)
        if value is None:
            self.fail(message, tree)
        return self.checked(lambda: array(value), tree)
