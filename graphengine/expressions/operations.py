"""What each kind of SymPy's expressions is here: an operator, found by what its record calls it there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce

import numpy as np

from ..errors import LimitError
from ..graph.symbols import Symbol
from ..limits import limits, spend
from ..messages import N_
from ..notation.symbolic import Expr
from ..ops import NAMES, OPS, Op
from ..ops.abstract import abstract
from .arithmetic import Arithmetic
from .inputs import WORK, refuse
from .writing import LOGIC, RELATIONS

_CALL = re.compile(r"(\w+)\((\w+(?:, \w+)*)\)")
_COMPOSED = {
    name: name for name in "sec csc coth sech csch asec acsc acot acoth asech acsch factorial".split()
} | {"Mod": "mod"}
"""Functions of SymPy's that have an operator here whose formula is of other functions."""
_UNDONE = ("Derivative", "Integral", "Limit", "Subs")


@cache
def inverted() -> Mapping[str, Op]:
    """The operators by the function of SymPy's that their records name, if of their own arguments."""
    found: dict[str, Op] = {}
    for op in OPS.values():
        for template in (op.sympy, op.matrix) if not op.helper else ():
            call = _CALL.fullmatch(template)
            if call is not None and tuple(call[2].split(", ")) == op.arguments:
                found.setdefault(call[1], op)
    return found | {theirs: NAMES[name][0] for theirs, name in _COMPOSED.items()}


class Operations(Arithmetic):
    """Reads any expression; GraphError for what has no operator."""

    def read(self, tree: Expr) -> Symbol:
        """The Symbol of a part, by its kind, or the nearest one above it that is known."""
        spend("work", WORK)
        if len(self.tape.nodes) > limits().nodes:
            raise LimitError(
                N_("The graph has more nodes than the limit `nodes`, {limit}.", limit=limits().nodes)
            )
        if getattr(tree, "is_Matrix", False) and any(tree.has(bound.symbol) for bound in self.bound):
            refuse(N_("A whole matrix depends on an index of a sum: write the sum for elements."))
        for kind in type(tree).__mro__:
            method: Callable[[Expr], Symbol] | None = getattr(self, f"on_{kind.__name__}", None)
            if method is not None:
                return method(tree)
            if kind.__name__ in inverted():
                return self.folded(inverted()[kind.__name__], tree)
        name = type(tree).__name__
        if name in _UNDONE:
            refuse(N_("{name} is not carried out here.", name=name), N_("Call .doit() in SymPy before."))
        return refuse(N_("{name} of SymPy has no operator here.", name=name))

    def on_AppliedUndef(self, tree: Expr) -> Symbol:
        """A function of which no more than the name is known."""
        self.called(tree.func.__name__)
        args = [self.read(arg) for arg in tree.args]
        return self.tape.apply(abstract(tree.func.__name__, (0,) * len(args)), args, {})

    def folded(self, op: Op, tree: Expr) -> Symbol:
        """An operator of the same arguments; of two where SymPy takes more, from left to right."""
        args = [self.read(arg) for arg in tree.args]
        if len(op.arguments) == 2:
            return reduce(lambda a, b: self.tape.apply(op, [a, b], {}), args)
        if len(args) != len(op.arguments):
            refuse(N_("{name} of SymPy has no operator here.", name=f"{type(tree).__name__}{tree.args}"))
        return self.tape.apply(op, args, {})

    # ---- names and numbers ----

    def on_Symbol(self, tree: Expr) -> Symbol:
        """An input, or an index."""
        found = self.index(tree)
        if found is not None:
            return found
        if tree in self._sizes:
            return self.tape.literal(float(self._sizes[tree]), tree.name)
        symbol = self.input(tree, tree.name)
        if self.bound and symbol.ndim:
            refuse(N_("{name} is an array: write {name}[i] in a sum.", name=tree.name))
        return symbol

    on_Idx = on_Symbol

    def on_MatrixSymbol(self, tree: Expr) -> Symbol:
        """An input that is a matrix."""
        return self.input(tree, tree.name, self.shape(tree.shape))

    def on_Integer(self, tree: Expr) -> Symbol:
        """A whole number."""
        return self.tape.literal(float(tree))

    on_Float = on_Integer

    def on_Rational(self, tree: Expr) -> Symbol:
        """A decimal where it is one, else a division."""
        if Fraction(repr(float(tree))) == Fraction(int(tree.p), int(tree.q)):
            return self.tape.literal(float(tree))
        return self.apply("div", float(tree.p), float(tree.q))

    def on_NumberSymbol(self, tree: Expr) -> Symbol:
        """π, e and their like."""
        return self.tape.literal(float(tree), {"pi": "π", "E": "e"}.get(str(tree)))

    def on_ImaginaryUnit(self, tree: Expr) -> Symbol:
        """i."""
        return self.tape.literal(1j)

    def on_UnevaluatedExpr(self, tree: Expr) -> Symbol:
        """What it holds."""
        return self.read(tree.args[0])

    # ---- cases ----

    def on_Piecewise(self, tree: Expr) -> Symbol:
        """where(…), from the last case on."""
        *cases, (otherwise, always) = tree.args
        if always != True:  # noqa: E712 - SymPy's true is not Python's
            refuse(
                N_("This Piecewise has no value where none of its conditions hold."),
                N_("Add a last case: (…, True)."),
            )
        found = self.read(otherwise)
        for value, condition in reversed(cases):
            found = self.apply("where", self.read(condition), self.read(value), found)
        return found

    def on_Relational(self, tree: Expr) -> Symbol:
        """A comparison: 1 where it holds, else 0."""
        import sympy

        args = [self.read(arg) for arg in tree.args]
        name = next(ours for ours, theirs in RELATIONS.items() if type(tree) is getattr(sympy, theirs))
        return self.apply(name, *args)

    def on_BooleanFunction(self, tree: Expr) -> Symbol:
        """And, Or, Not."""
        name = next((ours for ours, theirs in LOGIC.items() if theirs == type(tree).__name__), None)
        if name is None:
            refuse(N_("{name} of SymPy has no operator here.", name=type(tree).__name__))
        return self.folded(OPS[name], tree)

    def on_BooleanTrue(self, tree: Expr) -> Symbol:
        """1."""
        return self.tape.literal(1.0)

    def on_BooleanFalse(self, tree: Expr) -> Symbol:
        """0."""
        return self.tape.literal(0.0)

    def on_Heaviside(self, tree: Expr) -> Symbol:
        """step(x), and at 0 what SymPy was told: ½ by default."""
        x, at = tree.args
        found = self.apply("step", self.read(x))
        if at == 0:
            return found
        return self.apply(
            "add", found, self.apply("mul", self.read(at), self.apply("equal", self.read(x), 0.0))
        )

    def on_log(self, tree: Expr) -> Symbol:
        """The natural logarithm, or one with a base."""
        logs = [self.apply("log", self.read(arg)) for arg in tree.args]
        return logs[0] if len(logs) == 1 else self.apply("div", *logs)

    def on_sinc(self, tree: Expr) -> Symbol:
        """sin(x)/x; that of NumPy, and ours, is of π x."""
        import sympy

        (x,) = tree.args
        if x.is_Mul and sympy.pi in x.args:
            return self.apply("sinc", self.read(x.func(*(part for part in x.args if part is not sympy.pi))))
        return self.apply("sinc", self.apply("div", self.read(x), self.read(sympy.pi)))

    def on_polygamma(self, tree: Expr) -> Symbol:
        """The digamma function is the first of them."""
        if tree.args[0] != 0:
            refuse(N_("{name} of SymPy has no operator here.", name=str(tree)))
        return self.apply("digamma", self.read(tree.args[1]))

    # ---- arrays ----

    def on_DenseMatrix(self, tree: Expr) -> Symbol:
        """A matrix of its elements."""
        return self._array([*tree], tree.shape)

    def on_NDimArray(self, tree: Expr) -> Symbol:
        """An array of its elements."""
        return self._array([*tree.reshape(len(tree))], tree.shape)

    def on_Identity(self, tree: Expr) -> Symbol:
        """The identity matrix."""
        return self.tape.literal(np.eye(self.size(tree.shape[0])))

    def on_ZeroMatrix(self, tree: Expr) -> Symbol:
        """Zeros."""
        return self.tape.literal(np.zeros(self.shape(tree.shape)))

    def on_OneMatrix(self, tree: Expr) -> Symbol:
        """Ones."""
        return self.tape.literal(np.ones(self.shape(tree.shape)))

    def on_ElementwiseApplyFunction(self, tree: Expr) -> Symbol:
        """A function of one argument, of each element."""
        (variable,), body = tree.function.variables, tree.function.expr
        if body.free_symbols != {variable} or body.args != (variable,):
            refuse(N_("{name} of SymPy has no operator here.", name=str(tree.function)))
        op = inverted().get(type(body).__name__)
        if op is None:
            refuse(N_("{name} of SymPy has no operator here.", name=type(body).__name__))
        return self.tape.apply(op, [self.read(tree.expr)], {})

    def _array(self, items: Sequence[Expr], shape: tuple[int, ...]) -> Symbol:
        if all(item.is_Rational or item.is_Float for item in items):
            return self.tape.literal(np.array([float(item) for item in items]).reshape(shape))
        rows = self.tape.apply(OPS["stack"], [self.read(item) for item in items], {})
        return (
            rows if shape == rows.shape else self.tape.apply(OPS["reshape"], [rows], {"shape": tuple(shape)})
        )
