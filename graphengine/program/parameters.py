"""What stands in a program as a parameter of an operator rather than as a value: options, shapes, indices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias, cast

import numpy as np
from lark import Token, Tree

from ..errors import GraphError, ProgramError, Span
from ..messages import N_, Message
from ..ops import NAMES
from ..values import Array
from . import lookalikes
from .trees import Branch, parts

Constant: TypeAlias = Callable[[Branch, Message], Array]
"""Who reads the value of an expression without inputs, or says the message where it has some."""
Fail: TypeAlias = Callable[..., NoReturn]
"""Who raises an error: a message, the branch it is about, and a hint."""
Pair: TypeAlias = tuple[Branch, Branch]
"""The name of an option, and its value."""
Place: TypeAlias = int | tuple[int | None, int | None, int | None]
"""A place of an index, as `ops.indexing` keeps it: a number, or start, stop and step of a slice."""
Given: TypeAlias = bool | int | tuple[Place, ...]
"""What an option is given."""


def index(place: Branch, constant: Constant, fail: Fail) -> Place:
    """What stands between the commas of an index.

    Raises ProgramError, by `fail`, for anything but whole numbers, and for a slice with the step 0.
    """
    message = N_("An index is a whole number.")
    if place.data == "slice":
        start, stop, step = (
            None if part is None else _whole(part, message, constant, fail)
            for part in cast(list[Branch | None], place.children)
        )
        if step == 0:
            fail(N_("The step of a slice is not 0."), place)
        return start, stop, step
    return _whole(place, message, constant, fail)


def options(pairs: Sequence[Pair], constant: Constant, fail: Fail) -> dict[str, Given]:
    """What stands behind the arguments of a call, as in axis=0.

    Raises ProgramError, by `fail`, for what is no option, or is given twice.
    """
    found: dict[str, Given] = {}
    for key, value in pairs:
        if key.data != "name":
            fail(N_("Left of = stands the name of an option."), key, N_("For example: sum(x, axis=0)"))
        name = str(key.children[0])
        if name in found:
            fail(N_("An option is given twice."), key)
        found[name] = _option(value, constant, fail)
    return found


def without_shape(name: str, arguments: list[Branch]) -> tuple[list[Branch], list[Pair]]:
    """The arguments of the operator `name` that are values, and its shape as an option, if it takes one.

    reshape(x, (2, 3)) says the same as reshape(x, 2, 3) and reshape(x, shape=(2, 3)).
    """
    if len(arguments) < 2 or not any("shape" in op.parameters for op in NAMES.get(name, ())):
        return arguments, []
    value, *sizes = arguments
    where = sizes[0].meta
    key = Tree("name", [Token("NAME", "shape")], where)
    return [value], [(key, sizes[0] if len(sizes) == 1 else Tree("tuple", [*sizes], where))]


def _option(tree: Branch, constant: Constant, fail: Fail) -> Given:
    if tree.data == "name" and str(tree.children[0]) in ("True", "False"):
        return str(tree.children[0]) == "True"
    message = N_("An option is a whole number, several in brackets, True or False.")
    if tree.data in ("tuple", "array"):
        return tuple(_whole(part, message, constant, fail) for part in parts(tree) if part is not None)
    return _whole(tree, message, constant, fail)


def _whole(tree: Branch, message: Message, constant: Constant, fail: Fail) -> int:
    value = constant(tree, message)
    if np.ndim(value) or np.iscomplexobj(value) or value != int(value):
        fail(message, tree)
    return int(value)


def misplaced(text: str, where: Span) -> GraphError:
    """What to say of numbers in round brackets that stand for a value: perhaps of a decimal comma."""
    return lookalikes.decimal_comma(text, where) or ProgramError(
        N_("A list in round brackets stands only where a shape or axes are asked for."),
        hint=N_("Write an array in square brackets: [1, 2]."),
        span=where,
        text=text,
    )
