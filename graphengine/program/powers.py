"""What stands above a factor: powers, transposes and inverses, and which of them a small sign means."""

from __future__ import annotations

import numpy as np
from lark import Token

from ..errors import LimitError, ShapeError
from ..graph.symbols import Symbol
from ..limits import limits
from ..messages import N_
from .rows import Row, row
from .state import CONSTANTS, State
from .trees import Branch, bare, name_of, parts, span

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
TURNED = ("T", "H")
"""The names that above an array are no names: the transpose, and the conjugate transpose."""
LARGEST = 10
"""The largest power of a matrix that is asked about."""


class Powers(State):
    """Reads x^n, x**n, x², xᵀ, x', A^-1, x!, and what is between bars."""

    def on_pow(self, tree: Branch, base: Branch, exponent: Branch) -> Symbol:
        return self.power(tree, self.expression(base), self.expression(exponent))

    def power(self, tree: Branch, base: Symbol, exponent: Symbol) -> Symbol:
        """base ** exponent, element by element; LimitError for an exponent that is too large."""
        number = exponent.node
        if number.value is not None and np.any(np.abs(number.value) > limits().exponent):
            message = N_("An exponent may not exceed the limit `exponent`, {limit}.", limit=limits().exponent)
            raise LimitError(message, span=number.span or span(tree), text=self.text)
        return self.record("pow", [base, exponent], tree)

    def on_caret(self, tree: Branch, base: Branch, exponent: Branch) -> Symbol:
        turned = parts(exponent)[0] if exponent.data == "neg" else exponent  # brackets, x^(T), make it a name
        if turned.data == "name" and name_of(turned) in TURNED and not self.own(name_of(turned)):
            return self.turned(tree, base, name_of(turned), inverted=turned is not exponent)
        self.check_turned(tree, base, exponent)
        return self.raised(tree, base, self.expression(base), self.expression(exponent))

    def check_turned(self, tree: Branch, base: Branch, exponent: Branch) -> None:
        """w^Tx is wᵀx without the gap, or a power with the exponent Tx."""
        name = name_of(exponent) if exponent.data == "name" else ""
        letter, rest = name[:1], name[1:]
        braces = "{" in self.text[span(base)[1] : span(exponent)[0]]
        known = braces or self.own(name) or self.own(letter) or self.meaning(name) is not None
        number = base.data == "number" or (base.data == "name" and name_of(base) in CONSTANTS)
        if letter not in TURNED or not rest.isalpha() or len(rest) > 2 or known or number:
            return
        self.ask(
            N_("{text} means two things.", text=self.source(tree)),
            tree,
            {
                self.replaced(span(exponent), f"{letter} {' '.join(rest)}"): N_("The transpose"),
                self.replaced(span(exponent), f"({name})"): N_(
                    "A power, with the exponent {name}", name=name
                ),
            },
        )

    def on_superscript(self, tree: Branch, base: Branch, token: Token) -> Symbol:
        return self.raised(tree, base, self.expression(base), self.exponent(token))

    def exponent(self, token: Token) -> Symbol:
        """The number of a superscript."""
        return self.tape.literal(int(str(token).translate(_SUPERSCRIPTS)[:5]), span=span(token))

    def raised(self, tree: Branch, base: Branch, symbol: Symbol, exponent: Symbol) -> Symbol:
        """A power as mathematics writes it, which of a square matrix is one of the matrix."""
        value = exponent.node.value
        square = symbol.ndim == 2 and symbol.shape[0] == symbol.shape[1] > 1
        if not square or value is None or np.ndim(value) or value in (0, 1) or value != np.round(value.real):
            return self.power(tree, symbol, exponent)
        number, inner = int(value.real), self.source(base)
        if number == -1:
            meaning = f"inv({self.source(bare(base))})"
            self.note(N_("{text} is read as {meaning}.", text=self.source(tree), meaning=meaning))
            return self.record("inv", [symbol], tree)
        elementwise = f"{inner}**{number}"
        if id(tree) in self.summed or not 1 < abs(number) <= LARGEST:
            self.note(N_("{text} is read as {meaning}.", text=self.source(tree), meaning=elementwise))
            return self.power(tree, symbol, exponent)
        factor = inner if number > 0 else f"inv({inner})"
        return self.ask(
            N_("{text} of a square matrix means two things.", text=self.source(tree)),
            tree,
            {
                self.grouped(span(tree), " @ ".join([factor] * abs(number))): N_("The power of the matrix"),
                self.replaced(span(tree), elementwise): N_("The power of each element"),
            },
        )

    def on_transposed(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        if str(token) == ".T":  # as in NumPy, the transpose of a vector or number is itself
            symbol = self.expression(inner)
            return symbol if symbol.ndim < 2 else self.record("transpose", [symbol], tree)
        return self.turned(tree, inner, "^T" if str(token)[0] in "⊤⊺{" else "'")

    def on_conjugated(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        return self.turned(tree, inner, "H" if str(token)[0] == "^" else ".H")

    def turned(self, tree: Branch, inner: Branch, sign: str, inverted: bool = False) -> Symbol:
        """A transpose, of the complex conjugate where `sign` says H; a transposed vector is a row.

        Of a number there is none: where `sign` is a letter above it, that may be an exponent.
        """
        symbol = self.expression(inner)
        if not symbol.ndim and sign != ".H":
            self.ask_for_letter(tree, inner, symbol, sign)
        if inverted:
            symbol = self.record("inv", [symbol], tree)
        if symbol.ndim < 2:
            symbol = self.record("conj", [symbol], tree) if "H" in sign else symbol
            return row(symbol) if symbol.ndim == 1 and not isinstance(symbol, Row) else symbol
        return self.record("hermitian" if "H" in sign else "transpose", [symbol], tree)

    def ask_for_letter(self, tree: Branch, inner: Branch, symbol: Symbol, sign: str) -> None:
        """Whether x^T of a number x is a power; ShapeError where no shape was given, and an array may fit."""
        capital = inner.data == "name" and name_of(inner)[0].isupper()
        if self.guessed(symbol) and (capital or self.beside):
            message = N_("{text} is a number, which has no transpose.", text=self.source(inner))
            raise ShapeError(message, span=span(tree), text=self.text)
        if sign not in TURNED:
            return
        text = self.source(inner)
        self.ask(
            N_(
                "{text} means two things: nothing is called {name}, and a number has no transpose.",
                text=self.source(tree),
                name=sign,
            ),
            tree,
            {
                self.replaced(span(tree), f"{text}^({sign})"): N_(
                    "A power, with the exponent {name}", name=sign
                ),
                self.replaced(span(tree), f"{text}.{sign}"): N_("The transpose"),
            },
        )

    beside = False
    """Whether factors stand side by side here: one with a transpose above it is an array."""

    def on_factorial(self, tree: Branch, inner: Branch) -> Symbol:
        if inner.data == "factorial":
            self.fail(N_("Two signs ! are a double factorial, which is not here."), tree)
        return self.record("factorial", [self.expression(inner)], tree)

    # ---- bars ----

    def on_inner(self, tree: Branch, _open: Token, left: Branch, right: Branch, _close: Token) -> Symbol:
        """⟨x, y⟩ of vectors, and of numbers their product."""
        pair = [self.expression(left), self.expression(right)]
        if all(not symbol.ndim and self.guessed(symbol) for symbol in pair):
            message = N_("{text} is of vectors.", text=self.source(tree))
            raise ShapeError(message, span=span(tree), text=self.text)
        return self.record("dot" if pair[0].ndim and pair[1].ndim else "mul", pair, tree)

    def on_bars(self, tree: Branch, inner: Branch) -> Symbol:
        """|x|: of a number, or element by element of an array for which nothing else is written so."""
        symbol, text = self.expression(inner), self.source(inner)
        square = symbol.ndim == 2 and symbol.shape[0] == symbol.shape[1]
        if symbol.ndim == 1 or square:
            other = (
                ("norm", N_("The length of the vector"))
                if symbol.ndim == 1
                else ("det", N_("The determinant"))
            )
            self.ask(
                N_("{text} of an array means two things.", text=self.source(tree)),
                tree,
                {
                    self.replaced(span(tree), f"{other[0]}({text})"): other[1],
                    self.replaced(span(tree), f"abs({text})"): N_("The absolute value of each element"),
                },
            )
        return self.record("abs", [symbol], tree)

    def on_length(self, tree: Branch, inner: Branch, order: Token | None) -> Symbol:
        """‖x‖, ‖x‖_2, ‖x‖_1, ‖x‖_∞; of a matrix ‖A‖_F, which ‖A‖ is read as."""
        symbol = self.expression(inner)
        which = str(order or "").strip("_{}").translate(str.maketrans("₁₂", "12")).replace("inf", "∞")
        if symbol.ndim > 1 and which not in ("", "F"):
            self.fail(N_("Of a matrix the norm of Frobenius is here, ‖A‖_F."), tree)
        if symbol.ndim > 1 and not which:
            self.note(N_("{text} is read as the norm of Frobenius.", text=self.source(tree)))
        if not symbol.ndim:
            if self.guessed(symbol):
                message = N_(
                    "{text} is a number, which has no norm but its absolute value.", text=self.source(inner)
                )
                raise ShapeError(message, span=span(tree), text=self.text)
            return self.record("abs", [symbol], tree)
        if which in ("1", "∞"):
            sizes = self.record("abs", [symbol], tree)
            return self.record("sum" if which == "1" else "max_of", [sizes], tree)
        return self.record("norm", [symbol], tree)
