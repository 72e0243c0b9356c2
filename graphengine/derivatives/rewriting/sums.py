"""Sums of matrix products: equal terms are counted, and a common factor at either end is taken out."""

from __future__ import annotations

import numpy as np

from ...graph.recording import Tape
from ...graph.symbols import Symbol
from .words import PRODUCTS, called, made, parts

Term = tuple[float, Symbol]
"""A number, and what it multiplies."""


def gathered(tape: Tape, symbol: Symbol) -> Symbol | None:
    """AB + AC = A(B + C), AC + BC = (A + B)C, A + A = 2A, in a sum of any number of terms."""
    if not called(tape, symbol, "add", "sub") or symbol.shape == ():
        return None
    terms = _terms(tape, symbol)
    if any(term.shape != symbol.shape for _, term in terms):
        return None  # broadcast
    shorter = _factored(tape, _counted(terms))
    if not shorter:
        return tape.literal(np.zeros(symbol.shape))
    if [term.index for _, term in shorter] == [term.index for _, term in terms]:
        return None
    return _written(tape, shorter)


def _terms(tape: Tape, symbol: Symbol, sign: float = 1.0) -> list[Term]:
    """The terms of a sum, however it is nested."""
    if called(tape, symbol, "add", "sub"):
        a, b = parts(tape, symbol)
        return [*_terms(tape, a, sign), *_terms(tape, b, -sign if called(tape, symbol, "sub") else sign)]
    if called(tape, symbol, "neg"):
        return _terms(tape, parts(tape, symbol)[0], -sign)
    if called(tape, symbol, "mul"):
        a, b = parts(tape, symbol)
        number = a.node
        if number.value is not None and not number.name and a.shape == ():
            return [(sign * count * float(number.value), term) for count, term in _terms(tape, b)]
    return [(sign, symbol)]


def _counted(terms: list[Term]) -> list[Term]:
    counts: dict[int, float] = {}
    for count, term in terms:
        counts[term.index] = counts.get(term.index, 0.0) + count
    symbols = {term.index: term for _, term in terms}
    return [(count, symbols[index]) for index, count in counts.items() if count]


def _factored(tape: Tape, terms: list[Term]) -> list[Term]:
    """Two terms with a common factor become one, until there are none."""
    for i, (count, one) in enumerate(terms):
        for j, (other_count, other) in enumerate(terms[i + 1 :], i + 1):
            joined = _joined(tape, count, one, other_count, other)
            if joined is not None:
                rest = [term for k, term in enumerate(terms) if k not in (i, j)]
                return _factored(tape, _counted([*rest[:i], joined, *rest[i:]]))
    return sorted(terms, key=lambda term: (term[0] < 0, called(tape, term[1], "transpose")))


def _joined(tape: Tape, count: float, one: Symbol, other_count: float, other: Symbol) -> Term | None:
    """a AB + b AC = A (aB + bC), of the same product."""
    if abs(count) != abs(other_count):
        return None
    sign = -1.0 if count < 0 else 1.0
    size = abs(count)
    for product in (*PRODUCTS, "outer"):
        if called(tape, one, product) and called(tape, other, product):
            (a, b), (c, d) = parts(tape, one), parts(tape, other)
            signs = (1.0, other_count * sign / size)
            if b.index == d.index and a.shape == c.shape:
                total = _written(tape, _factored(tape, [(signs[0], a), (signs[1], c)]))
                return sign * size, made(tape, product, total, b)
            if a.index == c.index and b.shape == d.shape:
                total = _written(tape, _factored(tape, [(signs[0], b), (signs[1], d)]))
                return sign * size, made(tape, product, a, total)
    return None


def _written(tape: Tape, terms: list[Term]) -> Symbol:
    """A sum in its terms, of which there is at least one."""
    total: Symbol | None = None
    for count, term in terms:
        size = term if abs(count) == 1 else made(tape, "mul", abs(count), term)
        if total is None:
            total = made(tape, "neg", size) if count < 0 else size
        else:
            total = made(tape, "sub" if count < 0 else "add", total, size)
    assert total is not None
    return total
