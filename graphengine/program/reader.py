"""A walk over the tree of a program: every operation recorded on a Tape."""

from __future__ import annotations

from typing import NoReturn

import numpy as np
from lark import Token

from ..errors import LimitError, NameProblem
from ..graph.symbols import Symbol
from ..limits import limits, spend
from ..messages import N_, Message
from ..ops import NAMES
from ..values import Array, array
from . import lookalikes, parameters
from .calls import Calls
from .conditions import Conditions
from .indices import Indices
from .literals import complex_number, number
from .state import CONSTANTS
from .trees import Branch, name_of, parts, span

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

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Reader(Calls, Conditions, Indices):
    """Reads expressions, with the errors of `State`."""

    # ---- expressions ----

    def expression(self, tree: Branch) -> Symbol:
        """The Symbol of an expression; a long sum or product is walked without recursion."""
        spine = []
        while tree.data in _BINARY:
            spine.append(tree)
            tree = parts(tree)[0]
        symbol = self.operand(tree)
        for node in reversed(spine):
            left, right = parts(node)
            if node.data == "implicit":
                self.check_implicit(left, right)
            if (found := complex_number(node)) is not None:
                symbol = self.tape.literal(found, span=span(node))
                continue
            symbol = self.record(_BINARY[node.data], [symbol, self.expression(right)], node)
        return symbol

    def operand(self, tree: Branch) -> Symbol:
        self.depth += 1
        spend("work")
        if self.depth > limits().depth:
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, span=span(tree), text=self.text)
        try:
            return getattr(self, "on_" + tree.data)(tree, *tree.children)  # type: ignore[no-any-return]
        finally:
            self.depth -= 1

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

    def on_pow(self, tree: Branch, base: Branch, exponent: Branch) -> Symbol:
        symbols = [self.expression(base), self.expression(exponent)]
        power = symbols[1].node
        if power.value is not None and np.any(np.abs(power.value) > limits().exponent):
            message = N_("An exponent may not exceed the limit `exponent`, {limit}.", limit=limits().exponent)
            raise LimitError(message, span=span(exponent), text=self.text)
        return self.record("pow", symbols, tree)

    on_caret = on_pow

    def on_superscript(self, tree: Branch, base: Branch, token: Token) -> Symbol:
        exponent = int(str(token).translate(_SUPERSCRIPTS)[:5])
        return self.record(
            "pow", [self.expression(base), self.tape.literal(exponent, span=span(token))], tree
        )

    def on_root(self, tree: Branch, token: Token, inner: Branch) -> Symbol:
        return self.record("sqrt" if token == "√" else "cbrt", [self.expression(inner)], tree)

    def on_transposed(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        symbol = self.expression(inner)
        # As in NumPy, the transpose of a vector or number is itself.
        return symbol if symbol.ndim < 2 else self.record("transpose", [symbol], tree)

    def on_conjugated(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        symbol = self.expression(inner)
        return self.record("conj" if symbol.ndim < 2 else "hermitian", [symbol], tree)

    def on_tuple(self, tree: Branch, *_parts: Branch | None) -> NoReturn:
        raise parameters.misplaced(self.text, span(tree))

    def on_array(self, tree: Branch, *items: Branch | None) -> Symbol:
        """An array of numbers is a literal; one of anything else, a stack of it."""
        found = [item for item in items if item is not None]
        if {name_of(name) for name in tree.find_data("name")} - (CONSTANTS.keys() - self.given.keys()):
            return self.record("stack", [self.expression(item) for item in found], tree)
        message = N_("An array in brackets holds numbers.")
        rows = [self.constant(item, message) for item in found]
        return self.tape.literal(self.checked(lambda: array(rows), tree), span=span(tree))

    def on_name(self, tree: Branch, token: Token) -> Symbol:
        name = name_of(tree)
        known = self.meaning(name)
        if known is not None:
            return known
        if name in CONSTANTS and name not in self.given:
            return self.tape.literal(CONSTANTS[name], "π" if name == "pi" else name, span(tree))
        if name in self.functions or (name in NAMES and len(name) > 1 and name not in self.given):
            self.fail(
                N_("{name} is a function.", name=name), tree, N_("Write {name}(…).", name=name), NameProblem
            )
        self.check_alphabet(name, tree)
        shape = np.shape(self.given[name]) if name in self.given else self.shapes.get(name, ())
        kind = np.iscomplexobj(self.given.get(name, 0.0))
        self.inputs[name] = self.tape.input(name, shape, span(tree), kind)
        return self.inputs[name]

    def check_alphabet(self, name: str, tree: Branch | Token) -> None:
        """A new name that only looks Latin is a slip, unless a value was given for just this spelling."""
        slip = lookalikes.cyrillic(self.text, name, span(tree), self.known())
        if slip is not None and name not in self.given:
            raise slip

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

    def check_implicit(self, left: Branch, right: Branch) -> None:
        """Two numbers side by side are a slip; 1/2x is read as (1/2)·x, and said so."""
        if right.data == "number" or (right.data == "pow" and parts(right)[0].data == "number"):
            self.fail(N_("A sign is missing between two factors."), right, N_("Write * before this number."))
        if left.data == "div":
            division, factor = self.text[slice(*span(left))], self.text[slice(*span(right))]
            self.warnings.append(
                N_(
                    "{division}{factor} is read as ({division})·{factor}; use brackets if you mean"
                    " otherwise.",
                    division=division,
                    factor=factor,
                )
            )
