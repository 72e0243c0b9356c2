"""Rational algebra, element by element: what fractions, sums and powers of the same leaves come to.

Functions and matrix products are leaves here, so that only rational functions are left, on which SymPy's
`cancel` and `factor` end soon; heavier expressions are left alone.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from ...graph.recording import Tape
from ...graph.symbols import Symbol
from ...limits import priced, spend
from ...messages import N_, Message
from .words import called, made, parts

HEAVIEST = 40
"""Operations of an expression that is read."""
OPERATION = 12
"""Pieces of work for each of them."""
LETTERS = "abcdef"
LEAVES = len(LETTERS)
TERMS = 40
"""Terms of its numerator and its denominator, when they are multiplied out."""
ALGEBRA = 400
"""Pieces of work for each of these terms."""

Expr: TypeAlias = Any
"""An expression of SymPy's, which has no types."""
Told = Callable[[Message, Symbol, Symbol], None]


def simplified(tape: Tape, symbol: Symbol, told: Told, known: dict[int, Symbol] | None = None) -> Symbol:
    """`symbol` with each rational region in its shortest form, the regions inside first.

    Raises LimitError where that is too much work.
    """
    known = {} if known is None else known
    if symbol.index in known:
        return known[symbol.index]
    region = _Region(tape)
    whole = region.read(symbol)
    spend("work", OPERATION * region.size)
    if region.size and _tried(whole, len(region.leaves)):
        inner = {index: simplified(tape, leaf, told, known) for index, leaf in region.leaves.items()}
        result = _shortest(tape, symbol, whole, region.size, inner)
        if result.index != symbol.index:
            told(N_("algebra, element by element"), symbol, result)
    else:
        args = [simplified(tape, arg, told, known) for arg in parts(tape, symbol)]
        op = symbol.node.op
        result = symbol if op is None else tape.apply(op, args, dict(symbol.node.params))
    known[symbol.index] = result
    return result


class _Region:
    """A rational expression of leaves: functions, matrix products, inputs, other numbers."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.leaves: dict[int, Symbol] = {}
        self.size = 0  # operators

    def read(self, symbol: Symbol) -> Expr:
        """The expression of what ends in `symbol`; one without operators where it is a leaf itself."""
        args = parts(self.tape, symbol)
        name = _name(self.tape, symbol)
        if any(arg.shape not in ((), symbol.shape) for arg in args) or name not in RATIONAL:
            return self._leaf(symbol)
        if self.size >= HEAVIEST:  # what is shared is read again for each of its uses
            return self._leaf(symbol)
        exponent = _whole(self.tape, args[1]) if name == "pow" else None
        if name == "pow" and (exponent is None or exponent != int(exponent) or abs(exponent) > 6):
            return self._leaf(symbol)
        self.size += 1
        found = [self.read(arg) for arg in (args[:1] if name == "pow" else args)]
        return RATIONAL[name](*found, *([int(exponent)] if exponent is not None else []))

    def _leaf(self, symbol: Symbol) -> Expr:
        import sympy

        number = _whole(self.tape, symbol)
        if number is not None:
            return sympy.Rational(int(2 * number), 2)
        if called(self.tape, symbol, "exp"):
            sigmoid = self._sigmoid(parts(self.tape, symbol)[0])
            if sigmoid is not None:  # e⁻ᵗ = (1 − σ)/σ, so that one function is left of two
                self.leaves[sigmoid.index] = sigmoid
                s = sympy.Symbol(f"s{sigmoid.index}", real=True)
                return (1 - s) / s
        self.leaves[symbol.index] = symbol
        return sympy.Symbol(f"s{symbol.index}", real=True)

    def _sigmoid(self, exponent: Symbol) -> Symbol | None:
        """σ(t) for the exponent −t, if it occurs."""
        if not called(self.tape, exponent, "neg"):
            return None
        (t,) = exponent.node.args
        for index, one in enumerate(self.tape.nodes):
            if one.op is not None and one.op.name == "sigmoid" and one.args == (t,):
                return self.tape.symbol(index)
        return None


RATIONAL: dict[str, Callable[..., Expr]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": operator.pow,
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
}


def _whole(tape: Tape, symbol: Symbol) -> float | None:
    """The number that a literal is, if it is a whole one or a half, and exact as a float."""
    value = symbol.node.value
    if value is None or symbol.node.name or not np.size(value) or np.iscomplexobj(value):
        return None
    first = float(np.ravel(value)[0])
    return first if abs(first) < 2**53 and np.all(value == first) and first % 0.5 == 0 else None


def _name(tape: Tape, symbol: Symbol) -> str:
    op = symbol.node.op
    return op.name if op is not None else ""


def _tried(whole: Expr, letters: int) -> bool:
    """Whether an expression is small enough to be put into other forms; its parts may be where it is not."""
    if whole.count_ops() > HEAVIEST or letters > LEAVES or whole.is_finite is False:
        return False
    size = _size(whole, letters)
    return size.above + size.below <= TERMS


def _shortest(tape: Tape, symbol: Symbol, whole: Expr, size: int, leaves: Mapping[int, Symbol]) -> Symbol:
    """The shortest of a few forms of a rational expression, recorded again."""
    import sympy

    names = {f"s{index}": leaf for index, leaf in leaves.items()}
    letters = dict(zip(sorted(names), LETTERS, strict=False))
    plain = {sympy.Symbol(name, real=True): sympy.Symbol(letters[name], real=True) for name in letters}
    best = _form(whole.xreplace(plain))
    if best.count_ops() >= size and all(leaf.index == i for i, leaf in leaves.items()):
        return symbol
    found = _recorded(tape, best, {letters[name]: leaf for name, leaf in names.items()})
    return found if found.shape == symbol.shape else made(tape, "expand", found, shape=symbol.shape)


class _Size(NamedTuple):
    """How many terms numerator and denominator of an expression have at most when it is multiplied out."""

    above: int
    below: int
    degree: int
    """Of the larger of the two."""


def _size(form: Expr, letters: int) -> _Size:
    """The size of a rational expression in so many letters, without multiplying it out."""
    if form.is_Add:
        parts = [_size(part, letters) for part in form.args]
        below, degree = math.prod(part.below for part in parts), sum(part.degree for part in parts)
        above = sum(part.above * (below // part.below) for part in parts)
    elif form.is_Mul:
        parts = [_size(part, letters) for part in form.args]
        above, below = (math.prod(getattr(part, side) for part in parts) for side in ("above", "below"))
        degree = sum(part.degree for part in parts)
    elif form.is_Pow:
        base, times = _size(form.base, letters), abs(int(form.exp))
        above, below = (math.comb(terms + times - 1, times) for terms in base[:2])
        if form.exp < 0:
            above, below = below, above
        degree = base.degree * times
    else:
        return _Size(1, 1, int(form.is_Symbol))
    most = math.comb(degree + letters, letters)  # monomials of that degree
    return _Size(min(above, most), min(below, most), degree)


@priced(4096)
def _form(whole: Expr) -> Expr:
    """The shortest of a few forms; layers that differ in their names alone share it."""
    import sympy

    size = _size(whole, len(whole.free_symbols))
    spend("work", ALGEBRA * (size.above + size.below - 1))
    short = sympy.cancel(whole)
    spread = sympy.expand(short)
    gathered = sympy.collect(spread, sorted(short.free_symbols, key=str))
    forms = [whole, _unsigned(sympy.factor(short)), short, spread, gathered]
    return min(forms, key=lambda form: (form.count_ops(), len(str(form))))


def _unsigned(form: Expr) -> Expr:
    """−s(s − 1) as s(1 − s): the sign goes into a factor that is a sum."""
    import sympy

    number, rest = form.as_coeff_Mul()
    factors = list(rest.args) if rest.is_Mul else [rest]
    sums = [i for i, factor in enumerate(factors) if factor.is_Add]
    if number != -1 or not sums:
        return form
    turned = sympy.Add(*(-term for term in factors[sums[0]].args))
    return sympy.Mul(*(turned if i == sums[0] else factor for i, factor in enumerate(factors)))


def _recorded(tape: Tape, form: Expr, names: Mapping[str, Symbol]) -> Symbol:
    """A rational expression of SymPy's as nodes: positive terms first, numbers in front."""
    if form.is_Symbol:
        return names[form.name]
    if form.is_Number:
        return tape.literal(float(form))
    if form.is_Add:
        terms = sorted(
            form.args, key=lambda term: (term.could_extract_minus_sign(), term.is_Number, str(term))
        )
        total = _recorded(tape, terms[0], names)
        for term in terms[1:]:
            negative = term.could_extract_minus_sign()
            part = _recorded(tape, -term if negative else term, names)
            total = made(tape, "sub" if negative else "add", total, part)
        return total
    if form.is_Pow and form.exp.is_Integer:
        if form.exp < 0:
            return made(tape, "div", 1.0, _recorded(tape, form.base**-form.exp, names))
        return made(tape, "pow", _recorded(tape, form.base, names), float(form.exp))
    if form.could_extract_minus_sign():
        return made(tape, "neg", _recorded(tape, -form, names))
    above, below = form.as_numer_denom()
    if below != 1:
        return made(tape, "div", _recorded(tape, above, names), _recorded(tape, below, names))
    number, rest = form.as_coeff_Mul()
    factors = sorted(rest.as_ordered_factors(), key=lambda factor: (factor.is_Add, str(factor)))
    product = _recorded(tape, factors[0], names)
    for factor in factors[1:]:
        product = made(tape, "mul", product, _recorded(tape, factor, names))
    return product if number == 1 else made(tape, "mul", float(number), product)
