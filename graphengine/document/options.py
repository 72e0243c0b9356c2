"""The options of `explain`, in one table, which all who speak of them read.

A row is an argument that `explain` checks, a key of the URL codec, an argument of the API with its JSON
Schema, and a flag of the command line; the browser gets it as JSON. `web/codec.py` has the page's own keys.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ..errors import ValueProblem
from ..folds import GRAINS
from ..values import DIGITS
from .kinds import FLAG, LANGUAGE, NAME, NAMES, PROGRAM, ROLES, VALUES, Kind, Schema, Setting, choice, whole

REQUIRED: Setting = object()
"""The default of what has none."""


@dataclass(frozen=True)
class Option:
    """`name` is the argument of `explain`, `key` that of a link, each "" if it is none there.

    None is taken where it is the default.
    """

    name: str
    key: str
    kind: Kind
    default: Setting
    help: str
    example: str = ""

    @property
    def unsaid(self) -> Setting:
        """What a link means that does not have the key."""
        if self.default is REQUIRED:
            return None
        return self.default if self.default not in (None, ()) else self.kind.unsaid

    @property
    def schema(self) -> Schema:
        """The JSON Schema of the argument, in the body of a request."""
        found = {
            **self.kind.schema,
            "description": f"{self.help}. {self.kind.schema.get('description', '')}".strip(),
        }
        if self.default is REQUIRED:
            return found
        found["default"] = list(self.default) if self.default == () else self.default
        return _or_null(found) if self.default is None else found

    @property
    def said(self) -> Schema:
        """The JSON Schema of the key in a link."""
        found = dict(self.kind.said or self.kind.schema)
        if self.unsaid in (None, ""):
            return found
        return {**found, "default": int(self.unsaid) if self.kind is FLAG else self.unsaid}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "oneOf" in schema:
        return {**schema, "oneOf": [*schema["oneOf"], {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


Mode = Literal["reverse", "forward"]
Layout = Literal["gradient", "jacobian"]

WALK = (
    Option("program", "e", PROGRAM, REQUIRED, "The program", "exp(w1*x1+w2*x2+w0)"),
    Option("inputs", "at", VALUES, None, "Values of the inputs", "w1=2;x1=-1"),
    Option("mode", "mode", choice(*get_args(Mode)), "reverse", "Mode of differentiation"),
    Option("wrt", "wrt", NAMES, None, "Inputs to differentiate by (all that have a derivative by default)"),
    Option(
        "seed",
        "seed",
        VALUES,
        None,
        "Where the sweep starts: tangents of inputs, or the adjoint of an output",
        "y=1",
    ),
    Option(
        "roles",
        "roles",
        ROLES,
        None,
        "What inputs are, where their use does not tell: parameter, data, label, index or count; "
        "the last three have no derivative",
        "n=count",
    ),
    Option("output", "output", NAME, None, "The output to differentiate (the last scalar by default)"),
)
"""What is walked."""

SHOWN = (
    Option("share", "share", FLAG, False, "Whether equal sub-expressions are one node"),
    Option(
        "grain",
        "grain",
        choice(*GRAINS),
        None,
        "A node for each operator, or for each statement (statements by default where a graph is large)",
    ),
    Option(
        "folds",
        "folds",
        NAMES,
        (),
        "Ids of what is open or folded otherwise than `grain` says: `opens` and `folds` of nodes",
    ),
    Option(
        "layout",
        "layout",
        choice(*get_args(Layout)),
        "gradient",
        "How derivatives are displayed: in the shape of the input (gradient, denominator layout), or "
        "adjoints as rows (Jacobian, numerator layout); results do not change",
    ),
    Option("digits", "digits", whole(2, 12), DIGITS, "Significant digits shown"),
    Option("symbols", "symbols", FLAG, False, "Whether names stand where numbers would"),
    Option(
        "exact",
        "exact",
        FLAG,
        False,
        "Whether exact numbers such as 2e, 1/3 and √2 are shown in place of decimals, where they are short",
    ),
    Option(
        "jacobian", "", FLAG, False, "Whether `results` hold the Jacobian of the output by each input too"
    ),
    Option("language", "lang", LANGUAGE, None, "Language of messages and sentences"),
)
"""How it is drawn and told."""

OPTIONS = {option.name: option for option in (*WALK, *SHOWN)}


def check(asked: Mapping[str, object]) -> None:
    """Raise ValueProblem where an argument is not of its kind: they come from links and requests."""
    for name, option in OPTIONS.items():
        value = asked.get(name, option.default)
        if value is None and option.default is None:
            continue
        if not option.kind.holds(value):
            wanted = option.kind.wanted
            raise ValueProblem(
                dataclasses.replace(wanted, values={**wanted.values, "name": name, "value": value})
            )
