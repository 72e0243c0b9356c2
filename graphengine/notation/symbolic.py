"""Graph -> SymPy, from the operators' templates, for closed forms and exact values.

Nothing is parsed by SymPy: `ast` reads a template of ours, and a walk that knows a few dozen names builds
the expression, on symbols that are called by the ids of nodes. No text of a user's takes part. Nothing is
simplified either; that is for whoever asks.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from ..errors import LimitError
from ..graph import Graph, Node
from ..graph.recording import Tape
from ..graph.traversal import run
from ..messages import N_
from ..ops import Constant, Op
from ..ops.parameters import Params
from ..values import Array
from .objects import computed

Expr: TypeAlias = Any
"""A sympy.Expr, or for an array an object array of them: SymPy has no types, and is imported late."""

_FUNCTIONS = frozenset(
    "Abs Adjoint Determinant DotProduct HadamardPower HadamardProduct Heaviside Inverse KroneckerProduct"
    " MatAdd MatMul Max Min Ne Piecewise Rational Trace Transpose acos acosh arg asin asinh atan atan2 atanh"
    " ceiling conjugate cos cosh cot digamma erf erfc erfinv exp floor gamma im log loggamma polygamma re"
    " sign sin sinc sinh sqrt tan tanh".split()
)
_NUMBERS = {"pi": np.pi, "E": np.e}
_NAMES = {"π": "pi", "e": "E"}
"""What the language calls SymPy's numbers."""

_EXACT = 10**12
"""Decimals whose fractions stay below this are taken for exact."""


@dataclass(frozen=True)
class Expressions:
    """The outputs of a graph by name, and the symbols that stand for its inputs, as SymPy's expressions."""

    inputs: Mapping[str, Expr]
    outputs: Mapping[str, Expr]


def expressions(graph: Graph) -> Expressions:
    """The unevaluated expressions of a graph's outputs; an array is an object array of expressions.

    LimitError where they are nested so deeply that SymPy, which works by recursion, cannot build them.
    """
    import sympy

    with sympy.evaluate(False):
        try:
            found = _built(graph)
        except RecursionError:
            raise LimitError(N_("The formula is nested too deeply for a closed form.")) from None
    return Expressions(
        {name: found[position] for name, position in graph.inputs.items()},
        {name: found[position] for name, position in graph.outputs.items()},
    )


def _built(graph: Graph) -> list[Expr]:
    def leaf(position: int) -> Expr:
        node = graph.nodes[position]
        return _symbols(node) if node.kind == "input" else _number(node)

    return run(graph.nodes, leaf, applied)


def formula(template: str, names: Mapping[str, Expr]) -> Expr:
    """The expression of a template of ours, in the expressions that stand for its names."""
    import sympy

    return _build(
        _template(template),
        {name: part if isinstance(part, sympy.Basic) else rational(part) for name, part in names.items()},
    )


def apply(op: Op, args: Sequence[Expr], params: Params = MappingProxyType({})) -> Expr:
    """The expression of `op` applied to expressions, as its template says."""
    return _build(_template(op.sympy), {**params, **dict(zip(op.arguments, args, strict=True))})


def applied(node: Node, args: Sequence[Expr]) -> Expr:
    """A node of a Graph or a Tape applied to expressions.

    Raises TypeError for an operator without a formula of numbers, and GraphError as the operator does.
    """
    op = node.op
    assert op is not None
    if op.inside is not None:
        parts = op.inside.nodes
        return run(parts, lambda i: args[i] if i < len(args) else _number(parts[i]), applied)[-1]
    if op.kind == "composite":
        tape = Tape()
        parts = [tape.input(name, np.shape(arg)) for name, arg in zip(op.arguments, args, strict=True)]
        end = tape.lift(op.evaluate(*parts, **dict(node.params)))
        return run(tape.nodes, lambda i: args[i] if i < len(args) else _number(tape.nodes[i]), applied)[
            end.index
        ]
    arrays = bool(node.shape) or any(np.ndim(arg) for arg in args)
    if op.shape is not None and (arrays or not op.sympy):
        try:
            return op.evaluate(*args, **dict(node.params))  # sums and reshapings work on any object that adds
        except (TypeError, AttributeError):
            names = {**dict(zip(op.arguments, args, strict=False)), **dict(node.params)}
            return computed(op.code, names, formula)
    if op.unknown and op.said.symbol == op.name:  # a derivative of one is no function of SymPy's
        import sympy

        return sympy.Function(op.name)(*args)
    if not op.sympy:
        raise TypeError(f"{op.name} has no formula of numbers")
    if not arrays:
        return apply(op, args, dict(node.params))
    return np.frompyfunc(lambda *parts: apply(op, parts, dict(node.params)), len(args), 1)(*args)


def _symbols(node: Node) -> Expr:
    """The symbol of an input, by its id; for an array one for each element, v5_0_1."""
    import sympy

    if not node.shape:
        return sympy.Symbol(node.id, real=None if node.complex else True)
    symbols = np.empty(node.shape, object)
    for place in np.ndindex(node.shape):
        symbols[place] = sympy.Symbol(
            "_".join([node.id, *map(str, place)]), real=None if node.complex else True
        )
    return symbols


def _number(node: Node) -> Expr:
    return number_of(node) if node.kind == "literal" else None


def number_of(node: Node) -> Expr:
    """The exact number that a literal stands for: π is π, 0.1 is 1/10; an array is one of such numbers."""
    assert node.value is not None
    if np.ndim(node.value):
        return np.frompyfunc(rational, 1, 1)(node.value)
    name = node.name or ""
    constant = Constant.known.get(name)
    if constant is not None and constant == node.value:
        return _build(_template(constant.sympy), {})
    if _NUMBERS.get(_NAMES.get(name, "")) == node.value:
        return _build(_template(_NAMES[name]), {})
    return rational(node.value)


def rationals(value: Array) -> Expr:
    """The numbers that floats stand for, as fractions, in their shape."""
    return np.frompyfunc(rational, 1, 1)(value)


def rational(value: Array) -> Expr:
    """The shortest decimal that is read as this float, as a fraction; one that fills the float stays a float.

    Fractions of large numbers can keep SymPy busy for ever when they become exponents.
    """
    import sympy

    if np.iscomplexobj(value):
        return rational(value.real) + sympy.I * rational(value.imag)
    if not np.isfinite(value):
        return sympy.nan if np.isnan(value) else sympy.oo if value > 0 else -sympy.oo
    fraction = Fraction(repr(float(value)))
    if max(abs(fraction.numerator), fraction.denominator) > _EXACT:
        return sympy.Float(float(value))
    return sympy.Rational(fraction.numerator, fraction.denominator)


@lru_cache(maxsize=256)
def _template(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _build(tree: ast.expr, names: Mapping[str, Expr]) -> Expr:
    """The expression of a template; only what is listed here can occur in one."""
    import sympy

    match tree:
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name) if name in _NUMBERS:
            return getattr(sympy, name)
        case ast.Constant(value=True):
            return sympy.true
        case ast.Tuple(elts=parts):
            return tuple(_build(part, names) for part in parts)
        case ast.Constant(value=int(value)):
            return sympy.Integer(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_build(operand, names)
        case ast.BinOp(left=left, op=sign, right=right):
            return _combine(sign, _build(left, names), _build(right, names))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return getattr(sympy, name)(*(_build(arg, names) for arg in args))
    raise AssertionError(f"{ast.unparse(tree)} has no place in a template")


def _combine(sign: ast.operator, left: Expr, right: Expr) -> Expr:
    match sign:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow():
            return left**right
    raise AssertionError(f"{sign} has no place in a template")
