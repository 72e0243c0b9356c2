"""Functions known by their names alone: f(x), of which f′(x) is the derivative, and f(a, b), ∂₁f(a, b)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..values import Array, Operand
from .record import Op, Rule, elementwise
from .said import Level

_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@lru_cache(maxsize=1024)
def abstract(name: str, orders: tuple[int, ...]) -> Op:
    """The function `name`, differentiated so often by each of its arguments; it has no numbers, but NaN.

    >>> abstract("f", (0,)).said.symbol, abstract("f", (2,)).said.symbol, abstract("f", (0, 1)).said.symbol
    ('f', 'f″', '∂₂f')
    """
    count = len(orders)
    arguments = tuple(f"x{i}" for i in range(1, count + 1))
    symbol, latex = _called(name, orders)
    return elementwise(
        f"{name}({', '.join(arguments)})",
        _unknown,
        *(_slope(name, orders, i, arguments) for i in range(count)),
        code=f"unknown({', '.join(arguments)})",
        helper=True,
        unknown=True,
        symbol=symbol,
        latex=f"{latex}({', '.join(f'#{i}' for i in range(1, count + 1))})",
        level=Level.ATOM,
        operands=(Level.ANY,) * count,
        text=f"{_typed(name, orders)}({', '.join(arguments)})",
    )


def _unknown(*args: Array) -> Array:
    return np.full(np.broadcast_shapes(*map(np.shape, args)), np.nan)


def _slope(name: str, orders: tuple[int, ...], argument: int, arguments: tuple[str, ...]) -> Rule:
    """The partial by one argument; it is made when it is asked for, for each has partials of its own."""
    more = tuple(order + (i == argument) for i, order in enumerate(orders))

    def partial(**args: Operand) -> Operand:
        return abstract(name, more)(*(args[each] for each in arguments))

    partial.reads = arguments  # type: ignore[attr-defined]
    return partial


def _called(name: str, orders: tuple[int, ...]) -> tuple[str, str]:
    """The symbol of a function or a derivative of one, and its LaTeX."""
    letter = name if len(name) == 1 else rf"\operatorname{{{name}}}"
    if not any(orders):
        return name, letter
    if len(orders) == 1:
        (order,) = orders
        sign = ["", "′", "″", "‴"][order] if order < 4 else f"⁽{order}⁾"
        return name + sign, letter + ("'" * order if order < 4 else rf"^{{({order})}}")
    places = [i for i, order in enumerate(orders, 1) for _ in range(order)]
    plain = "".join(f"∂{i}".translate(_LOW) for i in places)
    return plain + name, "".join(rf"\partial_{{{i}}} " for i in places) + letter


def _typed(name: str, orders: tuple[int, ...]) -> str:
    return name + "'" * orders[0] if len(orders) == 1 else _called(name, orders)[0]
