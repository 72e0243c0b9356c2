"""From the value of an operator to its source: `evaluate` is run on names, and what it calls is written down.

NumPy hands operators and functions to foreign operands, so a Text that stands for an argument sees what is
done with it. What leaves no trace there (a branch, `float(x)`, a function of the `math` module) cannot be
written down, and raises TypeError.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from scipy import special

from ..values import Function

Options = Mapping[str, object]

_LIBRARIES = {"np": np, "np.linalg": np.linalg, "special": special}
"""What code may call, and by which name."""
_SHORT = {"absolute": "abs", "conjugate": "conj"}
"""Functions with two names."""
_SIGNS: dict[Function, ast.operator | ast.unaryop | ast.cmpop] = {
    np.add: ast.Add(),
    np.subtract: ast.Sub(),
    np.multiply: ast.Mult(),
    np.divide: ast.Div(),
    np.power: ast.Pow(),
    np.matmul: ast.MatMult(),
    np.negative: ast.USub(),
    np.greater: ast.Gt(),
    np.less: ast.Lt(),
    np.greater_equal: ast.GtE(),
    np.less_equal: ast.LtE(),
    np.equal: ast.Eq(),
    np.not_equal: ast.NotEq(),
}
"""What Python has a sign for."""


class Text(NDArrayOperatorsMixin):
    """A name or an expression, in the place of an array or of a parameter."""

    def __init__(self, tree: ast.expr) -> None:
        self.tree = tree

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *args: object, **options: object) -> Text:
        """A function of NumPy's or SciPy's that works element by element."""
        if method != "__call__":
            raise TypeError(f"{ufunc.__name__}.{method} is not written down")
        sign = _SIGNS.get(ufunc)
        if sign is None or options:
            return _called(ufunc, args, options)
        trees = list(map(_tree, args))
        if isinstance(sign, ast.unaryop):
            return Text(ast.UnaryOp(sign, trees[0]))
        if isinstance(sign, ast.cmpop):
            return Text(ast.Compare(trees[0], [sign], trees[1:]))
        return Text(ast.BinOp(trees[0], sign, trees[1]))

    def __array_function__(
        self, function: Function, _types: object, args: Sequence[object], options: Options
    ) -> Text:
        """Any other function of NumPy's."""
        return _called(function, args, options)

    def __array__(self, *_: object, **__: object) -> NoReturn:
        """No array: what makes one of its argument forgets the name."""
        raise TypeError("a name is no array")

    def __getitem__(self, index: object) -> Text:
        """A part."""
        return Text(ast.Subscript(self.tree, _tree(index), ast.Load()))

    def __bool__(self) -> bool:
        """No branch can be taken."""
        raise TypeError("a name is neither true nor false")

    def mean(self, **options: object) -> Text:
        """As arrays have it, for what other operators make up."""
        return _called(np.mean, (self,), options)

    def sum(self, **options: object) -> Text:
        """As arrays have it, for what other operators make up."""
        return _called(np.sum, (self,), options)

    __iter__ = None  # by __getitem__ alone it would never end


def code_of(evaluate: Function, arguments: Sequence[str], parameters: Iterable[str]) -> str:
    """The source of `evaluate` in the names of its arguments and parameters; TypeError if there is none.

    >>> code_of(lambda x, axis: 1 / (1 + np.sum(np.exp(-x), axis=axis)), ["x"], ["axis"])
    '1 / (1 + np.sum(np.exp(-x), axis=axis))'
    """
    args = [Text(ast.Name(name)) for name in arguments]
    options = {name: Text(ast.Name(name)) for name in parameters}
    if named(evaluate):
        found = Text(
            ast.Call(ast.Name(evaluate.__name__), [text.tree for text in (*args, *options.values())], [])
        )
    elif isinstance(evaluate, types.FunctionType) and _place(evaluate):  # SciPy's do not hand over
        found = _called(evaluate, args, options)
    else:
        found = evaluate(*args, **options)
    if not isinstance(found, Text):
        raise TypeError(f"{found!r} does not depend on its arguments")
    return ast.unparse(found.tree)


def named(evaluate: Function) -> bool:
    """Whether it is a function of ours that code calls by its name; one with an underscore is opened."""
    ours = getattr(evaluate, "__module__", None) or ""
    return ours.startswith(__package__) and evaluate.__name__.isidentifier() and evaluate.__name__[0] != "_"


def _called(function: Function, args: Sequence[object], options: Options) -> Text:
    keywords = [ast.keyword(name, _tree(value)) for name, value in options.items()]
    place, name = _place(function), _SHORT.get(function.__name__, function.__name__)
    if not place:
        raise TypeError(f"{name} is not written down")
    return Text(ast.Call(ast.Name(f"{place}.{name}"), list(map(_tree, args)), keywords))


def _place(function: Function) -> str:
    """Where a function of NumPy's or SciPy's is found; "" for any other."""
    name = function.__name__
    return next(
        (place for place, library in _LIBRARIES.items() if getattr(library, name, None) is function), ""
    )


def _tree(thing: object) -> ast.expr:
    if isinstance(thing, Text):
        return thing.tree
    if isinstance(thing, (tuple, list)):
        return ast.Tuple(list(map(_tree, thing)), ast.Load())
    if isinstance(thing, slice):
        bounds = (thing.start, thing.stop, thing.step)
        return ast.Slice(*(None if bound is None else _tree(bound) for bound in bounds))
    return ast.parse(repr(thing), mode="eval").body
