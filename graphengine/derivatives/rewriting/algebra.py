"""Rational algebra, element by element: what fractions, sums and powers of the same leaves come to.

Functions and matrix products are leaves here, so that only rational functions are left, on which SymPy's
`cancel` and `factor` end soon; heavier expressions are left alone.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from ...graph.recording import Tape
from ...graph.symbols import Symbol
from ...limits import priced, spend
from ...messages import N_, Message
from .words import called, made, parts

HEAVIEST = 40
"""Operations of an expression that is tried."""
LETTERS = "abcdef"
LEAVES = len(LETTERS)
ALGEBRA = 140
"""Pieces of work that one such expression takes: of two letters once, of five sixteen times."""

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
    if region.size:
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


def _shortest(tape: Tape, symbol: Symbol, whole: Expr, size: int, leaves: Mapping[int, Symbol]) -> Symbol:
    """The shortest of a few forms of a rational expression, recorded again."""
    import sympy

    best, names = whole, {f"s{index}": leaf for index, leaf in leaves.items()}
    if whole.count_ops() <= HEAVIEST and len(leaves) <= LEAVES and whole.is_finite is not False:
        letters = dict(zip(sorted(names), LETTERS, strict=False))
        plain = {sympy.Symbol(name, real=True): sympy.Symbol(letters[name], real=True) for name in letters}
        best, names = _form(whole.xreplace(plain)), {letters[name]: leaf for name, leaf in names.items()}
    if best.count_ops() >= size and all(leaf.index == i for i, leaf in leaves.items()):
        return symbol
    found = _recorded(tape, best, names)
    return found if found.shape == symbol.shape else made(tape, "expand", found, shape=symbol.shape)


@priced(4096)
def _form(whole: Expr) -> Expr:
    """The shortest of a few forms; layers that differ in their names alone share it."""
    import sympy

    spend("work", ALGEBRA * max(1, len(whole.free_symbols) - 1) ** 2)
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
