"""What an operator takes besides its arguments, in the one form in which it is kept: axes, sizes, flags."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeAlias

import numpy as np

from ..errors import ValueProblem
from ..messages import N_, Message

Given: TypeAlias = Any
"""An option as a person wrote it: it may be anything, until it is settled."""
Params: TypeAlias = Mapping[str, Hashable]
"""Options as they are kept, by name."""
Axis: TypeAlias = int | tuple[int, ...] | None
"""What a reduction goes along: an axis, several, or all."""


def settle(op: str, name: str, value: Given) -> Hashable:
    """`value` as the option `name` of `op` is kept; ValueProblem where it is not of the option's kind."""
    if name not in _KINDS:
        return value  # type: ignore[no-any-return]  # of the engine's own making
    read, wanted = _KINDS[name]
    try:
        return read(value)
    except (TypeError, ValueError, OverflowError):
        shown = repr(value)
        raise ValueProblem(
            N_(
                "The option {name} of {op} is {wanted}, not {value}.",
                name=name,
                op=op,
                wanted=wanted,
                value=shown if len(shown) < 40 else f"{shown[:40]}…",
            )
        ) from None


def whole(value: Given) -> int:
    """A whole number that fits the machine's, as NumPy wants it; TypeError, ValueError or OverflowError.

    >>> whole(np.int64(3)), whole(np.float64(2))
    (3, 2)
    """
    if isinstance(value, (bool, np.bool)):
        raise TypeError("a flag is no number")
    number = int(value) if isinstance(value, float) and value.is_integer() else operator.index(value)
    return int(np.intp(number))


def _several(value: Given) -> int | tuple[int, ...]:
    return tuple(map(whole, value)) if np.ndim(value) else whole(value)


def _word(value: Given) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _ord(value: Given) -> Hashable:
    """Which norm is meant; whole numbers and infinities as floats."""
    return value if value is None or value in ("fro", "nuc") else float(value)


def _orders(value: Given) -> Hashable:
    return None if value is None else _nested(value)


def _sizes(value: Given) -> tuple[int, ...]:
    return tuple(map(whole, value)) if np.ndim(value) else (whole(value),)


def _nested(value: Given) -> Hashable:
    return tuple(map(_nested, value)) if np.ndim(value) else whole(value)


def _axes(value: Given) -> Axis:
    return None if value is None else _several(value)


def _subscripts(value: Given) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    text = "".join(value.split())
    if not _SUBSCRIPTS.fullmatch(text):
        raise ValueError("neither letters nor an arrow")
    return text


_TERM = r"[A-Za-z]*(?:\.{3})?[A-Za-z]*"
_SUBSCRIPTS = re.compile(rf"{_TERM}(?:,{_TERM})*(?:->{_TERM})?")


def _positive(value: Given) -> float:
    if not float(value) > 0:
        raise ValueError("not positive")
    return float(value)


def _flag(value: Given) -> bool:
    if isinstance(value, (bool, np.bool)) or whole(value) in (0, 1):
        return bool(value)
    raise ValueError("neither 0 nor 1")


_KINDS: Mapping[str, tuple[Callable[[Given], Hashable], Message]] = {
    "axis": (_axes, N_("a whole number, or several in brackets")),
    "shape": (_several, N_("a whole number, or several in brackets")),
    "axes": (_orders, N_("a whole number, or several in brackets")),
    "source": (_several, N_("a whole number, or several in brackets")),
    "destination": (_several, N_("a whole number, or several in brackets")),
    "kernel_size": (_several, N_("a whole number, or several in brackets")),
    "stride": (_several, N_("a whole number, or several in brackets")),
    "padding": (_several, N_("a whole number, or several in brackets")),
    "mode": (_word, N_("a word in quotes")),
    "ord": (_ord, N_("a number, inf, or 'fro' or 'nuc' in quotes")),
    "n": (whole, N_("a whole number")),
    "shift": (_several, N_("a whole number, or several in brackets")),
    "reps": (_sizes, N_("a whole number, or several in brackets")),
    "pad_width": (_nested, N_("a whole number, or several in brackets")),
    "axis1": (whole, N_("a whole number")),
    "axis2": (whole, N_("a whole number")),
    "repeats": (whole, N_("a whole number")),
    "k": (whole, N_("a whole number")),
    "size": (whole, N_("a whole number")),
    "keepdims": (_flag, N_("True or False")),
    "subscripts": (_subscripts, N_("letters for axes in quotes, as in 'ij,jk->ik'")),
    "eps": (float, N_("a number")),
    "ddof": (float, N_("a number")),
    "delta": (_positive, N_("a positive number")),
    "beta": (_positive, N_("a positive number")),
}
"""How an option is read, by its name, and what it is called."""
