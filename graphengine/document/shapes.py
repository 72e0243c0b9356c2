"""The shapes of a document, for the type checker and for its JSON Schema.

A text beside a type describes it, `Also` is what JSON Schema says besides, and a `Named` shape stands once,
in `$defs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from ..folds import Grain
from ..graph import Role
from .kinds import Schema
from .options import Layout, Mode


@dataclass(frozen=True)
class Named:
    """The name of a shape in `$defs`."""

    name: str


@dataclass(frozen=True, eq=False)
class Also:
    """What JSON Schema says about a shape, and no type can."""

    schema: Schema


Value = Annotated[
    Any,
    Named("value"),
    "A full-precision number, or nested lists of them; a complex one is {re, im}. What follows from a"
    " function that is known by its name alone is a formula, as text.",
    Also(
        {
            "anyOf": [
                {
                    "type": "object",
                    "properties": {"re": {"$ref": "#/$defs/value"}, "im": {"$ref": "#/$defs/value"}},
                    "required": ["re", "im"],
                    "additionalProperties": False,
                },
                {"type": "number"},
                {"type": "string"},
                {"type": "array", "items": {"$ref": "#/$defs/value"}},
            ]
        }
    ),
]
Id = Annotated[str, Named("id"), Also({"pattern": "^v[0-9]+$"})]
Span = Annotated[list[Annotated[int, Also({"minimum": 0})]], Also({"minItems": 2, "maxItems": 2})]
Patch = Annotated[
    dict[str, dict[str, str | float]],
    Named("patch"),
    "{target: {key: value}}: see graphengine/picture/stages.py.",
]
Slot = Literal["value", "tangent", "adjoint"]
AtLeastOne = Also({"minItems": 1})


class Program(TypedDict):
    """The program as it was read."""

    text: str
    latex: str
    inputs: dict[str, Value]
    defaults: list[str]
    outputs: Annotated[list[str], AtLeastOne]
    roles: Annotated[dict[str, Role], "What each input is, by its use or as it was said."]


class Foldable(TypedDict):
    """What a node can be drawn as a part of."""

    id: str
    name: str


class Slots(TypedDict):
    """The names of a node's slots."""

    value: str
    tangent: str
    adjoint: str


class Node(TypedDict):
    """A node of the graph; `opens` is what to ask for to see what is inside."""

    id: Id
    name: str
    kind: Literal["input", "literal", "operator"]
    op: str
    args: list[Id]
    params: dict[str, object]
    shape: list[int]
    role: Annotated[Role | None, "What an input is."]
    symbol: str
    slots: Annotated[Slots, "What each slot is called, in LaTeX."]
    latex: str
    span: Span | None
    active: bool
    opens: str | None
    folds: list[Foldable]


Edge = TypedDict(
    "Edge",
    {"id": Annotated[str, Also({"pattern": "^edge_v[0-9]+_[0-9]+$"})], "from": Id, "to": Id, "argument": int},
)


class Graph(TypedDict):
    """The picture at the start, and what is in it."""

    svg: str
    initial: Patch
    nodes: Annotated[list[Node], AtLeastOne]
    edges: list[Edge]


class Read(TypedDict):
    """A slot that a step reads."""

    node: Id
    slot: Slot


class Part(TypedDict):
    """A part of a step's rule, with its numbers."""

    name: Literal["upstream", "differential", "local", "contribution", "tangent", "product"]
    latex: str


class Term(TypedDict):
    """What one argument adds to a tangent."""

    argument: int
    tangent: Value
    local: Value | None
    product: Value


class Step(TypedDict):
    """A step; a contribution has `upstream`, `local`, `contribution`, `before`, and a tangent its `terms`."""

    index: Annotated[int, Also({"minimum": 1})]
    phase: Literal["forward", "backward"]
    kind: Literal["input", "evaluate", "seed", "tangent", "contribute"]
    slot: Slot
    node: Id
    source: Id | None
    argument: int | None
    reads: list[Read]
    rule: str
    substituted: str
    numbers: Annotated[list[str], "What the rule is equal to, with numbers: the sides of one equation."]
    aligned: Annotated[str, "The rule, with & before its relation, for an align* of LaTeX."]
    parts: list[Part]
    sentence: str
    result: Value
    result_latex: str
    patch: Patch
    derivation: NotRequired[list[str]]
    upstream: NotRequired[Value]
    local: NotRequired[Value | None]
    contribution: NotRequired[Value]
    contribution_latex: NotRequired[Annotated[str, "How the contribution comes about."]]
    before: NotRequired[Value | None]
    terms: NotRequired[Annotated[list[Term], AtLeastOne]]


def _where(kind: str, *required: str) -> Schema:
    return {"if": {"properties": {"kind": {"const": kind}}}, "then": {"required": list(required)}}


_NUMBERS = Also(
    {
        "allOf": [
            _where("contribute", "upstream", "local", "contribution", "contribution_latex", "before"),
            _where("tangent", "terms"),
        ]
    }
)


class Results(TypedDict):
    """What the sweep found, by name."""

    value: dict[str, Value]
    tangent: NotRequired[dict[str, Value]]
    gradient: NotRequired[dict[str, Value]]
    jacobian: NotRequired[dict[str, Value]]


class Cost(TypedDict):
    """Operations."""

    values: int
    derivatives: int


class Warned(TypedDict):
    """Something that does not stop the walk."""

    message: str
    node: Id | None


class Stopped(TypedDict):
    """Where the walk stops, and why."""

    kind: str
    message: str
    hint: str | None
    text: str | None
    span: Span | None
    suggestion: str | None
    node: Id | None


class Document(TypedDict):
    """What graphengine.explain returns: one walk through a program, in forward or reverse mode."""

    version: Literal[1]
    program: Program
    graph: Graph
    grain: Grain
    folds: list[str]
    layout: Layout
    mode: Mode
    wrt: list[str]
    seed: dict[str, Value]
    output: str | None
    steps: list[Annotated[Step, Named("step"), _NUMBERS]]
    results: Results
    cost: Cost
    warnings: list[Warned]
    error: NotRequired[Stopped]
