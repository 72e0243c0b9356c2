"""Graph -> NumPy source, from the operators' code templates; `ast` puts the brackets where they belong.

Every name in the source is an id that we counted ourselves: no text of a user's can reach it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ..graph import Graph, Node


def numpy_lines(graph: Graph) -> list[str]:
    """One assignment for each operator and literal, in evaluation order; inputs are free names (their ids)."""
    lines = []
    for node in graph.nodes:
        if node.op is not None:
            lines.append(f"{node.id} = {call_source(node, [graph.nodes[i].id for i in node.args])}")
        elif node.kind == "literal":
            lines.append(f"{node.id} = {_literal(node.value)}")
    return lines


def call_source(node: Node, args: Iterable[str]) -> str:
    """The source of one operator applied to the named arguments."""
    assert node.op is not None
    names: Mapping[str, ast.expr] = {
        **{key: _constant(value) for key, value in node.params},
        **{key: ast.Name(arg) for key, arg in zip(node.op.arguments, args, strict=True)},
    }
    return ast.unparse(_Substitute(names).visit(_template(node.op.code)))


class _Substitute(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, ast.expr]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)


def _template(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


@lru_cache(maxsize=1024)
def _constant(value: Any) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body


def _literal(value: Any) -> str:
    if np.ndim(value):
        return f"np.array({np.asarray(value).tolist()!r})"
    number = float(value)
    return repr(number) if np.isfinite(number) else f"float({str(number)!r})"
