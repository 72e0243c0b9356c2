"""Kinds of options: which values they take, and how a link and a command line write them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, get_args

import numpy as np

from ..graph import Graph, Role
from ..messages import LANGUAGES, N_, Message

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one: JSON that is deeper than a type could say."""
Setting: TypeAlias = Any
"""What an option is set to: which type that has, its `Kind` says, and checks when the program runs."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Which values an option takes, and how a link and a command line write them.

    `form` is how the browser's codec knows the text: text, flag, choice, names, whole or clamped. `read`
    raises ValueError for a text that is none. `said` is the JSON Schema of what stands in a link, where it
    differs from `schema`, that of the value; `unsaid` is what a link says for nothing by saying nothing.
    """

    form: str
    holds: Callable[[object], bool]
    wanted: Message
    schema: Schema
    read: Callable[[str], Setting] = str
    write: Callable[[Setting], str] = str
    said: Schema | None = None
    unsaid: str | None = ""
    bounds: Schema = field(default_factory=dict)
    """What the browser has to know besides: `choices`, or `low` and `high`."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_names(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str) and all(map(_is_text, value))


def _read_names(text: str) -> tuple[str, ...] | None:
    return tuple(name.strip() for name in text.split(",") if name.strip()) or None


def _read_whole(text: str) -> int:
    found = re.fullmatch(r"(-?)0*([0-9]*)", text)
    if not found or text in ("", "-"):
        raise ValueError
    return int(found[1] + (found[2][:10] or "0"))  # what is longer is beyond every bound all the same


def choice(*values: str) -> Kind:
    """One of `values`; its `read` raises ValueError for another."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError
        return text

    return Kind(
        "choice",
        lambda value: _is_text(value) and value in values,
        N_("{name} is one of {choices}, not {value}.", choices=", ".join(values)),
        {"enum": list(values)},
        read,
        bounds={"choices": list(values)},
    )


def whole(low: int, high: int) -> Kind:
    """A whole number from `low` to `high`; its `read` raises ValueError for anything else."""

    def read(text: str) -> int:
        number = _read_whole(text)
        if text != str(number) or not low <= number <= high:
            raise ValueError
        return number

    return Kind(
        "whole",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high,
        N_("{name} is a whole number from {low} to {high}.", low=low, high=high),
        {"type": "integer", "minimum": low, "maximum": high},
        read,
        bounds={"low": low, "high": high},
    )


def clamped(low: int, high: int) -> Kind:
    """A whole number that is brought between them; of what is no number `read` raises ValueError."""
    kind = whole(low, high)
    return dataclasses.replace(kind, form="clamped", read=lambda text: min(max(_read_whole(text), low), high))


TEXT = Kind("text", _is_text, N_("{name} is a text."), {"type": "string"})
NAME = dataclasses.replace(TEXT, wanted=N_("{name} is a name."))
PROGRAM = dataclasses.replace(TEXT, holds=lambda value: isinstance(value, str | Graph))
VALUES = Kind(
    "text",
    lambda value: isinstance(value, str | Mapping),
    N_("{name} are values by name, or a text such as x = 2; y = -1."),
    {
        "description": 'By name, or a text such as "x = 2; w = [1, 2]".',
        "oneOf": [{"type": "object", "additionalProperties": True}, {"type": "string"}],
    },
    said={"type": "string"},
)
ROLES = Kind(
    "text",
    lambda value: _is_text(value) or (isinstance(value, Mapping) and _are_names([*value, *value.values()])),
    N_("{name} are roles by name, or a text such as n = count; t = label."),
    {
        "description": 'By name, or a text such as "n = count; t = label".',
        "oneOf": [
            {"type": "object", "additionalProperties": {"enum": list(get_args(Role))}},
            {"type": "string"},
        ],
    },
    said={"type": "string"},
)
NAMES = Kind(
    "names",
    _are_names,
    N_("{name} is a list of names."),
    {"type": "array", "items": {"type": "string"}},
    _read_names,
    ",".join,
    said={"type": "string"},
    unsaid=None,
)
FLAG = Kind(
    "flag",
    lambda value: isinstance(value, int | np.bool_) and value in (0, 1),
    N_("{name} is true or false."),
    {"type": "boolean"},
    lambda text: choice("0", "1").read(text) == "1",
    lambda flag: "1" if flag else "0",
    said={"enum": [0, 1]},
)
# Whoever asks for another language is answered in English, as gettext does; a link says one of these.
LANGUAGE = dataclasses.replace(choice(*LANGUAGES), holds=_is_text, wanted=TEXT.wanted)
