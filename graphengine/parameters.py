"""What stands in a program as a parameter of an operator rather than as a value: options, shapes, indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from lark import Tree

from . import lookalikes
from .errors import GraphError, ProgramError, Span
from .messages import N_
from .ops import NAMES

if TYPE_CHECKING:
    from .reader import Branch, Reader


def index(reader: Reader, place: Branch) -> Any:
    """An index as `ops.indexing` keeps it: a number, or (start, stop, step)."""
    message = N_("An index is a whole number.")
    if place.data == "slice":
        parts = tuple(None if part is None else _whole(reader, part, message) for part in place.children)
        if parts[-1] == 0 and len(parts) == 3:
            reader.fail(N_("The step of a slice is not 0."), place)
        return parts
    return _whole(reader, place, message)


def options(reader: Reader, pairs: list[Any]) -> dict[str, Any]:
    """What stands behind the arguments of a call, as in axis=0."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key.data != "name":
            reader.fail(N_("Left of = stands the name of an option."), key, N_("For example: sum(x, axis=0)"))
        name = str(key.children[0])
        if name in found:
            reader.fail(N_("An option is given twice."), key)
        found[name] = _option(reader, value)
    return found


def without_shape(name: str, arguments: list[Any]) -> tuple[list[Any], list[Any]]:
    """The arguments of the operator `name` that are values, and its shape as an option, if it takes one.

    reshape(x, (2, 3)) says the same as reshape(x, 2, 3) and reshape(x, shape=(2, 3)).
    """
    if len(arguments) < 2 or not any("shape" in op.parameters for op in NAMES.get(name, ())):
        return arguments, []
    value, *sizes = arguments
    where = sizes[0].meta
    return [value], [
        (Tree("name", ["shape"], where), sizes[0] if len(sizes) == 1 else Tree("tuple", sizes, where))
    ]


def _option(reader: Reader, tree: Branch) -> Any:
    if tree.data == "name" and str(tree.children[0]) in ("True", "False"):
        return str(tree.children[0]) == "True"
    message = N_("An option is a whole number, several in brackets, True or False.")
    if tree.data in ("tuple", "array"):
        return tuple(_whole(reader, part, message) for part in tree.children if part is not None)
    return _whole(reader, tree, message)


def _whole(reader: Reader, tree: Branch, message: Any) -> int:
    value = reader.constant(tree, message)
    if np.ndim(value) or value != int(value):
        reader.fail(message, tree)
    return int(value)


def misplaced(text: str, where: Span) -> GraphError:
    """What to say of numbers in round brackets that stand for a value: perhaps of a decimal comma."""
    return lookalikes.decimal_comma(text, where) or ProgramError(
        N_("A list in round brackets stands only where a shape or axes are asked for."),
        hint=N_("Write an array in square brackets: [1, 2]."), span=where, text=text,
    )  # fmt: skip
