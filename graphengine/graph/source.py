"""Graph -> NumPy source, from the operators' code templates; `ast` puts the brackets where they belong.

Every name in the source is an id that we counted ourselves: no text of a user's can reach it.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from ..ops.parameters import Params
from ..values import Array, Json
from . import Graph


def literal_lines(graph: Graph) -> list[str]:
    """One assignment for each literal.

    `freeze` makes it an array like any other: Python's own numbers would raise at 1/0, and leave the reals
    at (-1)**0.5.
    """
    return [f"{node.id} = freeze({_literal(node.value)})" for node in graph.nodes if node.kind == "literal"]


def operator_lines(graph: Graph) -> list[str]:
    """One assignment for each operator, in evaluation order; leaves are free names, their ids."""
    lines = []
    for node in graph.nodes:
        if node.op is not None:
            args = [graph.nodes[i].id for i in node.args]
            call = call_source(node.op.code, node.op.arguments, args, dict(node.params))
            lines.append(f"{node.id} = {call}")
    return lines


def call_source(
    template: str, arguments: Sequence[str], args: Sequence[str], params: Params | None = None
) -> str:
    """`template` with the expressions `args` in the places of its `arguments`, and constants for `params`.

    >>> call_source("a * b", ("a", "b"), ("x + 1", "-y"))
    '(x + 1) * -y'
    """
    names = {key: _expression(option_code(value)) for key, value in (params or {}).items()}
    names |= {key: _expression(arg) for key, arg in zip(arguments, args, strict=True)}
    return ast.unparse(_Substitute(names).visit(ast.parse(template, mode="eval").body))


def option_code(value: Hashable, module: str = "np") -> str:
    """An option as Python writes it, ∞ by the name that a module gives it."""
    return repr(value).replace("inf", f"{module}.inf") if isinstance(value, float) else repr(value)


class _Substitute(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, ast.expr]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)


@lru_cache(maxsize=4096)
def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _literal(value: Array) -> str:
    """A number or array as an expression; an array of equal numbers, or of none, in short.

    >>> print(_literal(np.float64(-np.inf)), _literal(np.ones((2, 3))), _literal(np.array([1, np.nan])))
    -np.inf np.full((2, 3), 1.0) np.array([1.0, np.nan])
    """
    if np.iscomplexobj(value):
        return f"np.reshape({value.tolist()!r}, {value.shape})"
    numbers = np.asarray(value, float)
    if not numbers.ndim:
        return _number(numbers.item())
    different = {_number(number) for number in numbers.ravel().tolist()}
    if len(different) <= 1:
        return f"np.full({numbers.shape}, {different.pop() if different else 0.0})"
    return f"np.array({_number(numbers.tolist())})"


def _number(numbers: Json) -> str:
    """A number, or nested lists of them, as Python writes it, with the names that NumPy gives the others."""
    return repr(numbers).replace("inf", "np.inf").replace("nan", "np.nan")
