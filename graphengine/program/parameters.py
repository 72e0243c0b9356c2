"""What stands in a program as a parameter of an operator rather than as a value: options, shapes, indices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeAlias

import numpy as np
from lark import Token, Tree

from ..errors import GraphError, ProgramError, Span
from ..messages import N_, Message
from ..ops import Op
from ..values import Array
from . import lookalikes
from .trees import Branch, parts

Constant: TypeAlias = Callable[[Branch, Message], Array]
"""Who reads the value of an expression without inputs, or says the message where it has some."""
Fail: TypeAlias = Callable[..., NoReturn]
"""Who raises an error: a message, the branch it is about, and a hint."""
Pair: TypeAlias = tuple[Branch, Branch]
"""The name of an option, and its value."""
Given: TypeAlias = Any
"""What an option is given."""

SPELLINGS = {
    "correction": "ddof",
    "unbiased": "ddof",
    "dim": "axis",
    "dims": "axis",
    "keepdim": "keepdims",
    "newshape": "shape",
    "size": "shape",
}
"""What others call the parameters of operators."""
NAMED = {"negative_slope": "slope", "min": "a", "max": "b", "a_min": "a", "a_max": "b", "base": "b"}
"""What others call the arguments of operators."""
_WORDS = {"True": True, "False": False, "None": None, "inf": np.inf}


def options(pairs: Sequence[Pair], op: Op, constant: Constant, fail: Fail) -> dict[str, Given]:
    """What stands behind the arguments of a call of `op`, as in axis=0 or dim=0.

    Raises ProgramError, by `fail`, for what is no option, or is given twice.
    """
    found: dict[str, Given] = {}
    for key, value in pairs:
        if key.data != "name":
            fail(N_("Left of = stands the name of an option."), key, N_("For example: sum(x, axis=0)"))
        name = str(key.children[0])
        name = name if name in op.parameters else SPELLINGS.get(name, name)
        if name in found:
            fail(N_("An option is given twice."), key)
        found[name] = _option(value, constant, fail)
    return found


def texts(op: Op) -> list[str]:
    """The options of `op` that may be text: those that are, and the order of a norm."""
    return [name for name, value in op.parameters.items() if isinstance(value, str) or name == "ord"]


def by_name(
    ops: Sequence[Op], values: Sequence[Branch], options: Sequence[Pair]
) -> tuple[list[Branch], list[Pair]]:
    """The arguments of a call of one of `ops`, and its options, where arguments are given by their names.

    leaky_relu(x, slope=0.2) says the same as leaky_relu(x, negative_slope=0.2) and leaky_relu(x, 0.2).
    """
    for op in ops:
        wanted = op.arguments[len(values) :]
        given = {
            name if name in op.arguments else NAMED.get(name, name): value
            for key, value in options
            if key.data == "name" and (name := str(key.children[0])) not in op.parameters
        }
        if wanted and given.keys() == {*wanted}:
            rest = [pair for pair in options if pair[1] not in given.values()]
            return [*values, *(given[name] for name in wanted)], rest
    return list(values), list(options)


def positional(
    ops: Sequence[Op], arguments: Sequence[Branch], quoted: Sequence[Branch]
) -> tuple[list[Branch], list[Pair]]:
    """The arguments of a call of one of `ops` that are values, and as options those that only stand behind.

    reshape(x, (2, 3)) says the same as reshape(x, 2, 3) and reshape(x, shape=(2, 3)), sum(x, 0) the same as
    sum(x, axis=0), and concat([a, b]) as concat(a, b); a text in quotes is the option that is a text.
    """
    values, found = list(arguments), []
    if len(values) == 1 and values[0].data in ("array", "tuple") and any(op.variadic for op in ops):
        values = [value for value in parts(values[0]) if value is not None]
    for text in quoted:
        names = [name for op in ops for name in texts(op)]
        found.append((_named(names[0] if names else "", text), text))
    if len(values) > 1 and any("shape" in op.parameters for op in ops):
        value, *sizes = values
        shape: Branch = sizes[0] if len(sizes) == 1 else Tree("tuple", [*sizes], sizes[0].meta)
        return [value], [*found, (_named("shape", sizes[0]), shape)]
    if not any(op.takes(len(values)) for op in ops):
        for op in ops:
            count = len(op.arguments)
            if not op.variadic and count < len(values) <= count + len(op.parameters):
                extra = zip(op.parameters, values[count:], strict=False)
                return values[:count], [*found, *((_named(name, value), value) for name, value in extra)]
    return values, found


def _named(name: str, value: Branch) -> Branch:
    """The name of an option that stands at its place alone."""
    return Tree("name", [Token("NAME", name)], value.meta)


def _option(tree: Branch, constant: Constant, fail: Fail) -> Given:
    word = str(tree.children[0]) if tree.data == "name" else ""
    if word in _WORDS:
        return _WORDS[word]
    if tree.data == "quoted":
        return str(tree.children[0])[1:-1]
    message = N_("An option is a whole number, several in brackets, True or False.")
    if tree.data in ("tuple", "array"):
        return _numbers(tree, message, constant, fail)
    value = constant(tree, message)
    if np.ndim(value) or np.iscomplexobj(value):
        fail(message, tree)
    return int(value) if value == int(value) else float(value)


def _numbers(tree: Branch, message: Message, constant: Constant, fail: Fail) -> tuple[Given, ...]:
    """Whole numbers in brackets, or brackets of them."""
    return tuple(
        _numbers(part, message, constant, fail)
        if part.data in ("tuple", "array")
        else _whole(part, message, constant, fail)
        for part in parts(tree)
        if part is not None
    )


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
