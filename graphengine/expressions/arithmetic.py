"""Sums, products and powers of SymPy's, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ..graph.symbols import Symbol
from ..limits import limits
from ..messages import N_
from ..notation.symbolic import Expr
from ..ops import OPS
from .inputs import refuse
from .sums import Sums


class Arithmetic(Sums):
    """Reads what is added, multiplied, or raised to a power."""

    def apply(self, name: str, *args: Symbol | float) -> Symbol:
        """Record an operator."""
        return self.tape.apply(OPS[name], args, {})

    def on_Add(self, tree: Expr) -> Symbol:
        """a + b − c."""
        return self._sum(_ordered(tree))

    def on_MatAdd(self, tree: Expr) -> Symbol:
        """A + B − C."""
        return self._sum(tree.args)

    def on_Mul(self, tree: Expr) -> Symbol:
        """a b / c."""
        import sympy

        first, *rest = _ordered(tree)
        if first == -1:
            return self.apply("neg", self.read(_product(tree, rest)))
        if first.is_Rational and not first.is_Integer:  # SymPy has one half of x for x/2
            found = self._factors([*([sympy.Integer(first.p)] if abs(first.p) > 1 else []), *rest])
            found = self.apply("div", found, float(first.q))
            return self.apply("neg", found) if first.p == -1 else found
        return self._factors([first, *rest])

    def on_MatMul(self, tree: Expr) -> Symbol:
        """a A B."""
        first, *rest = tree.args
        if first == -1:
            return self.apply("neg", self.read(_product(tree, rest)))
        return reduce(self._times, map(self.read, tree.args))

    def on_Pow(self, tree: Expr) -> Symbol:
        """a to the b: a root, a quotient, or a power."""
        import sympy

        base, exponent = tree.args
        if base is sympy.E:
            return self.apply("exp", self.read(exponent))
        if exponent.is_Rational and exponent < 0:
            return self.apply("div", 1.0, self._power(base, -exponent))
        return self._power(base, exponent)

    def on_MatPow(self, tree: Expr) -> Symbol:
        """A A … A."""
        base, exponent = tree.args
        if not exponent.is_Integer or not 0 < abs(exponent) <= limits().exponent:
            refuse(N_("A matrix is raised to whole powers here, not to {exponent}.", exponent=str(exponent)))
        found = self.read(base)
        if exponent < 0:
            found = self.apply("inv", found)
        return reduce(self._times, [found] * abs(int(exponent)))

    on_Inverse = on_MatPow

    def on_HadamardPower(self, tree: Expr) -> Symbol:
        """A power of each element."""
        return self.apply("pow", *map(self.read, tree.args))

    def on_DotProduct(self, tree: Expr) -> Symbol:
        """The inner product of two vectors, whether rows or columns."""
        flat = [self.tape.apply(OPS["reshape"], [self.read(arg)], {"shape": -1}) for arg in tree.args]
        return self.apply("dot", *flat)

    def _sum(self, terms: Sequence[Expr]) -> Symbol:
        found = self.read(terms[0])
        for term in terms[1:]:
            positive = _positive(term)
            name, part = ("add", term) if positive is None else ("sub", positive)
            found = self.apply(name, found, self.read(part))
        return found

    def _factors(self, factors: Sequence[Expr]) -> Symbol:
        found = self.read(factors[0])
        for factor in factors[1:]:
            if _divides(factor):
                found = self.apply("div", found, self._power(factor.base, -factor.exp))
            else:
                found = self.apply("mul", found, self.read(factor))
        return found

    def _power(self, base: Expr, exponent: Expr) -> Symbol:
        if exponent == 1:
            return self.read(base)
        if exponent.is_Rational and (exponent.p, exponent.q) == (1, 2):
            return self.apply("sqrt", self.read(base))
        return self.apply("pow", self.read(base), self.read(exponent))

    def _times(self, a: Symbol, b: Symbol) -> Symbol:
        return self.apply("matmul" if a.ndim and b.ndim else "mul", a, b)


def _ordered(tree: Expr) -> Sequence[Expr]:
    """Terms or factors as they stand; where SymPy has ordered them, x − 1 and x/y begin with x."""
    if tree.func(*tree.args).args != tree.args:
        return tree.args  # type: ignore[no-any-return]
    if tree.is_Mul:
        return sorted(tree.args, key=_divides)
    first, *rest = tree.args
    return [*rest, first] if first.is_Rational and first < 0 else tree.args


def _divides(factor: Expr) -> bool:
    """Whether a factor stands under the line."""
    return bool(factor.is_Pow and factor.exp.is_Rational and factor.exp < 0)


def _product(tree: Expr, factors: Sequence[Expr]) -> Expr:
    return factors[0] if len(factors) == 1 else tree.func(*factors, evaluate=False)


def _positive(term: Expr) -> Expr | None:
    """What is subtracted by adding `term`; None if it is not negative."""
    if term.is_Rational and term < 0:
        return -term
    if not (term.is_Mul or getattr(term, "is_MatMul", False)):
        return None
    first, *rest = term.args
    if not first.is_Rational or first >= 0:
        return None
    return _product(term, rest if first == -1 else [-first, *rest])
