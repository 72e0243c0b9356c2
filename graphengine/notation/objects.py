"""Arrays of SymPy's expressions: what NumPy's functions come to on them, where its own do not know them.

NumPy adds and multiplies arrays of any objects, but has no exponential of them. The functions here are also
printed, as they stand, into files that use SymPy (`graphengine.listings`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..ops.formula import sympy_of
from ..values import Function

Objects = Any
"""A sympy.Expr, or an array of them."""


def each(f: Function, *xs: Objects) -> Objects:
    """`f` of each element."""
    return np.frompyfunc(f, len(xs), 1)(*xs)


def softmax(x: Objects, axis: int = -1) -> Objects:
    """exp(x) by its sum along an axis."""
    import sympy

    powers = each(sympy.exp, x)
    return powers / np.sum(powers, axis=axis, keepdims=True)


def logsumexp(x: Objects, axis: int | None = None, keepdims: bool = False) -> Objects:
    """The logarithm of the sum of exponentials along an axis."""
    import sympy

    return each(sympy.log, np.sum(each(sympy.exp, x), axis=axis, keepdims=keepdims))


def log_softmax(x: Objects, axis: int = -1) -> Objects:
    """The logarithm of softmax."""
    return x - logsumexp(x, axis=axis, keepdims=True)


def largest(x: Objects, axis: int | None = None, keepdims: bool = False) -> Objects:
    """The maximum along an axis."""
    import sympy

    for one in range(np.ndim(x)) if axis is None else np.atleast_1d(axis):
        x = np.frompyfunc(sympy.Max, 2, 1).reduce(x, axis=one, keepdims=True)
    return x if keepdims else np.squeeze(x, axis)[()]


def smallest(x: Objects, axis: int | None = None, keepdims: bool = False) -> Objects:
    """The minimum along an axis."""
    import sympy

    for one in range(np.ndim(x)) if axis is None else np.atleast_1d(axis):
        x = np.frompyfunc(sympy.Min, 2, 1).reduce(x, axis=one, keepdims=True)
    return x if keepdims else np.squeeze(x, axis)[()]


def det(x: Objects) -> Objects:
    """The determinant of a matrix, by its minors."""
    import sympy

    with sympy.evaluate(True):
        return sympy.Matrix(x).det(method="laplace")


def inv(x: Objects) -> Objects:
    """The inverse of a matrix, by its minors."""
    import sympy

    with sympy.evaluate(True):
        return np.array(sympy.Matrix(x).adjugate().tolist(), dtype=object) / det(x)


def solve(a: Objects, b: Objects) -> Objects:
    """The solution x of a x = b."""
    return np.matmul(inv(a), b)


def slogdet(x: Objects) -> tuple[Objects, Objects]:
    """The sign of the determinant of a matrix, and the logarithm of its size."""
    import sympy

    size = det(x)
    return sympy.sign(size), sympy.log(sympy.Abs(size))


def norm(x: Objects, order: Any = None, axis: Any = None, keepdims: bool = False) -> Objects:
    """The length of a vector, or its norm of another order; TypeError for those of matrices."""
    import sympy

    options = {"axis": axis, "keepdims": keepdims}
    if order not in (None, "fro") and np.ndim(x) > 1 and np.size(axis) != 1:
        raise TypeError("a norm of matrices")
    if order in (None, 2, "fro"):
        return each(sympy.sqrt, np.sum(x**2, **options))
    sizes = each(sympy.Abs, x)
    if abs(order) == np.inf:
        return (largest if order > 0 else smallest)(sizes, **options)
    power = sympy.Rational(str(order))
    return np.sum(sizes**power, **options) ** (1 / power)


def var(x: Objects, axis: Any = None, keepdims: bool = False, ddof: int = 0) -> Objects:
    """The variance along axes."""
    squares = (x - np.mean(x, axis=axis, keepdims=True)) ** 2
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    return total / (np.size(squares) // np.size(total) - ddof)


def std(x: Objects, axis: Any = None, keepdims: bool = False, ddof: int = 0) -> Objects:
    """The standard deviation along axes."""
    import sympy

    return each(sympy.sqrt, var(x, axis, keepdims, ddof))


FUNCTIONS: Mapping[str, Function] = {
    "special.softmax": softmax,
    "special.log_softmax": log_softmax,
    "special.logsumexp": logsumexp,
    "np.max": largest,
    "np.min": smallest,
    "np.linalg.det": det,
    "np.linalg.inv": inv,
    "np.linalg.solve": solve,
    "np.linalg.slogdet": slogdet,
    "np.linalg.norm": norm,
    "np.var": var,
    "np.std": std,
}
"""Functions of NumPy's and SciPy's, by their names in the code of operators, for arrays of expressions."""
PLAIN = re.compile(
    r"np\.(sum|mean|prod|cumsum|reshape|broadcast_to|swapaxes|concatenate|stack|outer|kron|trace|diagonal"
    r"|flip|shape|eye|asarray|matmul|einsum|transpose|moveaxis|squeeze|expand_dims|repeat|tile|roll|pad"
    r"|tril|triu|diag|cumprod|cross)"
)
"""Those that work on objects by themselves."""


def computed(code: str, names: Mapping[str, Objects], scalar: Function) -> Objects:
    """What `code`, the source of an operator, comes to; `scalar` applies a template of SymPy's.

    Raises TypeError for what has no formula.
    """
    return _Code(names, scalar).of(ast.parse(code, mode="eval").body)


class _Code:
    def __init__(self, names: Mapping[str, Objects], scalar: Function) -> None:
        self.names = names
        self.scalar = scalar

    def of(self, tree: ast.expr) -> Objects:
        """What a part of the code comes to."""
        match tree:
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Constant(value=value):
                return value
            case ast.Tuple(elts=parts):
                return tuple(map(self.of, parts))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.of(operand)
            case ast.Subscript(value=value, slice=place):
                return self.of(value)[self.of(place)]
            case ast.BinOp(op=ast.MatMult(), left=left, right=right):
                return np.matmul(self.of(left), self.of(right))
            case ast.BinOp(left=left, op=sign, right=right):
                return self.template(f"x {_SIGNS[type(sign)]} y", [self.of(left), self.of(right)])
            case ast.Call(args=args, keywords=keywords):
                return self.call(
                    ast.unparse(tree.func),
                    list(map(self.of, args)),
                    {str(k.arg): self.of(k.value) for k in keywords},
                )
        raise TypeError(f"{ast.unparse(tree)} has no formula")

    def call(self, name: str, args: list[Objects], options: Mapping[str, Any]) -> Objects:
        """A function of arrays, of objects, or of each element."""
        if name in FUNCTIONS:
            return FUNCTIONS[name](*args, **options)
        if PLAIN.fullmatch(name):
            return getattr(np, name.removeprefix("np."))(*args, **options)
        template = sympy_of(f"{name}({', '.join('xyz'[: len(args)])})")
        if not template or options:
            raise TypeError(f"{name} has no formula")
        return self.template(template, args)

    def template(self, text: str, args: list[Objects]) -> Objects:
        """A formula of numbers, of each element."""
        return each(lambda *parts: self.scalar(text, dict(zip("xyz", parts, strict=False))), *args)


_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
