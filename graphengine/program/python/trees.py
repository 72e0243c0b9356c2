"""Questions about parts of a Python tree, and shapes in words of the language."""

from __future__ import annotations

import ast
import math

from ...errors import ProgramError
from ...messages import N_

LIBRARIES = frozenset("np numpy jnp torch tf math scipy special linalg nn functional F".split())


def library(tree: ast.expr) -> bool:
    """Whether a name stands for a library, as np or torch.nn do."""
    return (isinstance(tree, ast.Name) and tree.id in LIBRARIES) or (
        isinstance(tree, ast.Attribute) and tree.attr in LIBRARIES and library(tree.value)
    )


def new(part: ast.expr) -> bool:
    """Whether an index makes a new axis."""
    return (isinstance(part, ast.Constant) and part.value is None) or (
        isinstance(part, ast.Attribute) and part.attr == "newaxis"
    )


def said(value: ast.expr) -> bool:
    """Whether an option says more than None or False."""
    return not (isinstance(value, ast.Constant) and (value.value is None or value.value is False))


def negative(part: ast.expr) -> bool:
    """Whether a size is −1, the one that is left."""
    return isinstance(part, ast.UnaryOp)


def whole(part: ast.expr) -> int:
    """A whole number that is written there; ProgramError for anything else."""
    try:
        value = ast.literal_eval(part)
    except ValueError:
        value = None
    if not isinstance(value, int):
        raise ProgramError(N_("An index is a whole number."))
    return value


def size(shape: tuple[int, ...]) -> int:
    """How many elements an array has."""
    return math.prod(shape)


def sizes(shape: tuple[int, ...]) -> str:
    """A shape as arguments."""
    return ", ".join(map(str, shape))


def reshaped(inner: str, shape: list[int]) -> str:
    """`inner` in another shape."""
    return f"reshape({inner}, ({sizes(tuple(shape))}{',' if len(shape) == 1 else ''}))"
