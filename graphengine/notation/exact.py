r"""The numbers of a walk once more, exactly: 2e, 1/3, √2, by the operators' own rules on SymPy's numbers.

An exact number is shown in place of a decimal only where it agrees with it, and where it is short enough to
be read; what follows from a number that is not exact is not either. Work is bounded: large powers, long
fractions and long expressions are not built.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping

import numpy as np

from ..derivatives.rules import What, derive
from ..errors import GraphError
from ..graph import Graph, Node
from ..graph.traversal import run
from ..limits import spend
from ..ops import Level
from ..program import value_graphs
from ..sweeps.steps import Step, Trace
from ..values import Array, Exact
from . import symbolic
from .symbolic import Expr

LONGEST = 60
"""Characters of LaTeX."""
LARGEST = 36
"""Elements of an array."""
HIGHEST = 10
"""Operations within each other: to tell the number of nested exponentials takes twice as long for each."""
KEPT = 20
"""Pieces of work of one exact number."""
HEAVIEST = 40
"""Operations in an expression."""
FORMLESS = (TypeError, ValueError, AttributeError, ArithmeticError, NotImplementedError, GraphError)
"""What an operator raises that has no formula of exact numbers."""
DIGITS = 12
"""Of a numerator or denominator, and the range of the numbers that are tried at all."""
_SLOTS = {"arg": "value", "y": "value", "g": "adjoint", "d": "tangent"}
"""What is read for a leaf of a rule."""


def exact_inputs(text: str) -> dict[str, Expr]:
    """The values of inputs as they were written: 1/3 and sqrt(2), not floats.

    Each in the shape of its value, or None where what was written has no exact form here, as det(…). Raises
    GraphError as `parse_values` does.
    """
    return {name: _written(graph) for name, graph in value_graphs(text).items()}


def _written(graph: Graph) -> Expr:
    try:
        value = symbolic.expressions(graph).outputs["value"]
        return np.frompyfunc(lambda part: part.doit(), 1, 1)(value)
    except FORMLESS:  # also where a float came out, which has no doit()
        return None


def exact_numbers(graph: Graph, trace: Trace, given: Mapping[str, Expr]) -> dict[int, Exact]:
    """By the identity of each array of `trace` the exact number that it stands for, where there is one."""
    found: dict[int, Exact] = {}
    for value, expression in _Walk(graph, trace, given).run():
        shown = _shown(expression)
        if shown is not None:
            found[id(value)] = shown
    return found


class _Walk:
    """The slots written so far, exactly; None where a number is not exact."""

    def __init__(self, graph: Graph, trace: Trace, given: Mapping[str, Expr]) -> None:
        self.graph, self.trace, self.given = graph, trace, given
        self.slots: dict[tuple[str, int], Expr] = {}
        for position, node in enumerate(graph.nodes):
            if node.kind == "literal":
                self.slots["value", position] = symbolic.number_of(node)

    def run(self) -> Iterator[tuple[Array, Expr]]:
        """Every array of the walk and its exact number, in the order of the steps."""
        for step in self.trace.steps:
            yield from self._step(step)

    def _step(self, step: Step) -> Iterator[tuple[Array, Expr]]:
        node = self.graph.nodes[step.node]
        exact: Expr = None
        if step.kind == "input":
            exact = self._kept(self.given.get(node.label), step.result)
            if exact is None and self.given.get(node.label, 0) is not None:
                exact = self._kept(symbolic.rationals(step.result), step.result)
        elif step.kind == "seed":
            exact = self._kept(symbolic.rationals(step.result), step.result)
        elif step.kind == "evaluate":
            args = [self.slots.get(("value", i)) for i in node.args]
            exact = self._kept(self._applied(node, args, step.result), step.result)
        else:
            exact = yield from self._terms(step)
        self.slots[step.slot, step.node] = exact
        if exact is not None:
            yield step.result, exact

    def _terms(self, step: Step) -> Generator[tuple[Array, Expr], None, Expr]:
        """The parts of a tangent or of a contribution; returns what they add up to."""
        total = None if step.before is None else self.slots.get((step.slot, step.node))
        missing = step.before is not None and total is None
        consumer = step.node if step.source is None else step.source
        for term in step.terms:
            what: What = "tangent" if step.source is None else "adjoint"
            if term.local is not None:
                local = self._kept(self._derived("local", consumer, term.argument), term.local)
                if local is not None:
                    yield term.local, local
            product = self._kept(self._derived(what, consumer, term.argument), term.product)
            if product is None:
                missing = True
                continue
            yield term.product, product
            total = product if total is None else total + product
        return None if missing else self._kept(total, step.result)

    def _derived(self, what: What, position: int, argument: int) -> Expr:
        """The rule of one argument on exact numbers; None where one of them is missing."""
        found = derive(what, self.graph, position, argument)
        node = self.graph.nodes[position]

        def leaf(index: int) -> Expr:
            part = found.nodes[index]
            if index not in found.roles:
                return symbolic.number_of(part) if part.kind == "literal" else None
            role, i = found.roles[index]
            place = node.args[i] if role in ("arg", "d") else position
            return self.slots.get((_SLOTS[role], place))

        return run(found.nodes, leaf, lambda part, args: self._applied(part, args, None))[found.result]

    def _applied(self, node: Node, args: list[Expr], value: Array | None) -> Expr:
        """An operator on exact numbers; None where one is missing, or where the result would be too long."""
        if any(arg is None for arg in args) or (value is not None and not _plain(value)):
            return None
        assert node.op is not None
        if node.op.name == "pow" and not _small(args[1]):
            return None
        try:
            result = symbolic.applied(node, args)
        except FORMLESS:
            return None
        return result if _light(result) else None

    def _kept(self, exact: Expr, value: Array) -> Expr:
        """`exact`, if it is what `value` was rounded from."""
        if exact is None or np.shape(exact) != np.shape(value) or not _plain(value):
            return None
        spend("work", KEPT * np.size(value))
        if any(_height(part) > HIGHEST for part in _each(exact)):
            return None
        try:
            with np.errstate(invalid="ignore"):
                numbers = np.frompyfunc(lambda part: complex(part), 1, 1)(np.asarray(exact, object))
            close = np.allclose(np.asarray(numbers, complex), value, 1e-9, 1e-12)
        except (TypeError, ValueError):  # where SymPy knows no number, as of acot(0)
            return None
        return exact if close and _light(exact) else None


def _height(part: Expr) -> int:
    """How deeply operations are nested in an expression, as far as it matters."""
    level, height = [part], 0
    while level and height <= HIGHEST:
        # Zeros that an operator puts in by itself, as pad does, are no expressions.
        level = [inner for each in level[:LARGEST] for inner in getattr(each, "args", ())]
        height += 1
    return height


def _each(exact: Expr) -> list[Expr]:
    return list(np.ravel(np.asarray(exact, object)))


def _plain(value: Array) -> bool:
    """Whether a float is neither so large nor so small that exact numbers would be long."""
    sizes = np.abs(np.ravel(value))
    return sizes.size <= LARGEST and all(x == 0 or 10.0**-DIGITS < x < 10.0**DIGITS for x in sizes)


def _small(exponent: Expr) -> bool:
    """Whether a power to this exponent stays short."""
    return all(part.is_Rational and abs(part.p) <= 16 and part.q <= 12 for part in _each(exponent))


def _light(exact: Expr) -> bool:
    import sympy

    for part in _each(exact):
        if not isinstance(part, sympy.Expr):
            continue
        if part.has(sympy.Float) or part.count_ops() > HEAVIEST:
            return False
        if any(max(abs(r.p), r.q) > 10**DIGITS for r in part.atoms(sympy.Rational)):
            return False
    return True


def _shown(exact: Expr) -> Exact | None:
    import sympy

    if np.ndim(exact):
        return None  # an array is shown by its elements' decimals
    exact = exact if isinstance(exact, sympy.Expr) else symbolic.rationals(np.float64(exact))
    text: str = sympy.latex(exact).replace(r"\log", r"\ln")
    if len(text) > LONGEST:
        return None
    return Exact(_plain_text(exact), text, _level(exact, text))


def _level(exact: Expr, text: str) -> Level:
    if exact.is_Add:
        return Level.SUM
    if text.startswith("-"):
        return Level.NEGATIVE
    if text.startswith(r"\frac") and exact.is_Rational:
        return Level.FRACTION
    if exact.is_Mul:
        return Level.PRODUCT
    return Level.POWER if exact.is_Pow else Level.FUNCTION if exact.is_Function else Level.ATOM


def _plain_text(exact: Expr) -> str:
    """A short number as text: −2e, 1/3, √2; "" for one that text cannot hold."""
    import sympy

    text = re.sub(r"sqrt\((\d+)\)", r"√\1", str(exact)).replace("pi", "π").replace("E", "e")
    text = re.sub(r"(\d|e|π)\*(?=[√eπ])", r"\1", text)
    plain = re.fullmatch(r"-?(\d*)((√\d+)|e|π|eπ)?(/\d+)?", text)
    return text.replace("-", "−") if plain and not exact.has(sympy.Function) else ""
