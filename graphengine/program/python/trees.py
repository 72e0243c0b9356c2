"""Questions about parts of a Python tree."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter

from ...errors import ProgramError, Span
from ...messages import N_

LIBRARIES = {
    "np": "numpy",
    "numpy": "numpy",
    "jnp": "numpy",
    "math": "math",
    "torch": "torch",
    "tf": "torch",
    "nn": "torch",
    "F": "torch",
    "scipy": "scipy",
    "special": "scipy",
    "linalg": "numpy",
    "functional": "torch",
    "optim": "torch",
    "jax": "numpy",
    "cmath": "math",
    "random": "numpy",
    "distributions": "torch",
}
"""Libraries by the names that everybody gives them, and whose words their functions are."""
DEEPEST = 60
"""Nested expressions and blocks, beyond which a tree is not walked."""


def tree_of(text: str) -> ast.Module:
    """The tree of a text; ProgramError with the place where it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's own remarks on what it reads are not for its sender
            return ast.parse(text)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        start = min(_start(text, line) + max(column - 1, 0), len(text))
        raise ProgramError(
            N_("This is not Python as Python reads it."), span=(start, start + 1), text=text
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise ProgramError(N_("This is not Python as Python reads it."), text=text) from None


def _start(text: str, line: int) -> int:
    lines = text.splitlines(keepends=True)[: line - 1]
    return sum(map(len, lines))


def span(text: str, node: ast.AST) -> Span | None:
    """Where a part of the tree stands in the text, in characters."""
    line, end_line = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if line is None or end_line is None:
        return None
    lines = re.split(r"(?<=\n)", text)
    starts = [sum(map(len, lines[: n - 1])) for n in (line, end_line)]
    columns = (getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0))
    places = [
        start + len(lines[n - 1].encode()[:column].decode(errors="ignore")) if n <= len(lines) else len(text)
        for start, n, column in zip(starts, (line, end_line), columns, strict=True)
    ]
    return places[0], max(places[1], places[0])


def depth(tree: ast.AST) -> int:
    """How deeply parts stand in parts; found without recursion."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in ast.iter_child_nodes(node)]
    return deepest


def assigned(tree: ast.AST) -> Counter[str]:
    """How often each name is assigned anywhere in a tree; in a loop more than once."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] += 1
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and _stored(node):
            found[node.value.id] += 1
        elif isinstance(node, ast.For | ast.While):
            found.update(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id and _stored(n))
    return found


def _stored(node: ast.Name | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Store)


def trains(loop: ast.For) -> bool:
    """Whether a loop repeats a forward and a backward pass, to change what it differentiates by."""
    return calls(loop, "backward") or any(map(updates, ast.walk(loop)))


def updates(node: ast.AST) -> bool:
    """Whether a line takes a step of gradient descent: w -= rate * dw."""
    if not isinstance(node, ast.AugAssign) or not isinstance(node.op, ast.Sub):
        return False
    name = ast.unparse(node.target).removesuffix(".data")
    return bool(
        re.search(
            rf"\b(?:d_?|grad_?){re.escape(name)}\b|\b{re.escape(name)}(?:\.|_)grad\b", ast.unparse(node.value)
        )
    )


def returns(tree: ast.AST) -> bool:
    """Whether a function is left somewhere in a branch."""
    return any(isinstance(node, ast.Return) for node in ast.walk(tree))


def changes(tree: ast.AST) -> bool:
    """Whether a branch does more than give names their values: it changes what is there, or leaves a loop."""
    kinds = (ast.Break, ast.Continue, ast.Delete, ast.Global, ast.Nonlocal)
    return calls(tree, "append", "extend", "reverse", "backward", "pop", "insert") or any(
        isinstance(node, kinds)
        or (
            isinstance(getattr(node, "ctx", None), ast.Store)
            and isinstance(node, ast.Attribute | ast.Subscript)
        )
        for node in ast.walk(tree)
    )


def calls(tree: ast.AST, *names: str) -> bool:
    """Whether something by one of `names` is called in a tree."""
    return any(
        isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) in names or getattr(node.func, "id", None) in names)
        for node in ast.walk(tree)
    )
