"""The shapes of what the API answers besides documents, for its description."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from graphengine.checking.shapes import Report
from graphengine.document.shapes import Also

Pair = Annotated[list[int], Also({"minItems": 2, "maxItems": 2})]


class Choice(TypedDict):
    """One of the meanings of a text: a whole program, in words, and set as a formula where it is one."""

    program: str
    said: str
    latex: str | None


class Complaint(TypedDict):
    """What is wrong, where, and how to mend it."""

    kind: str
    message: str
    hint: str | None
    text: NotRequired[Annotated[str | None, "The text that `span` points into."]]
    span: Pair | None
    suggestion: NotRequired[Annotated[str | None, "The whole text, mended."]]
    alternatives: NotRequired[Annotated[list[Choice], "What the text can mean, if it means several things."]]
    field: NotRequired[str]
    excerpt: NotRequired[list[str] | None]


class Failure(TypedDict):
    """Something that the sender can mend."""

    error: Complaint


class Understood(TypedDict):
    """The program as it was understood, set as a formula, and what could have been meant otherwise."""

    program: str
    latex: str
    notes: list[str]


class Read(Understood):
    """The same for a text in any way of writing: also which, and values of inputs that it gave itself."""

    way: Literal["typed", "latex", "python"]
    inputs: str
    check: Annotated[Report | None, "The verdict on a backward pass that the text holds, as of a Function."]


class Formula(TypedDict):
    """The formula in LaTeX, and the names of inputs and outputs."""

    latex: str
    inputs: list[str]
    outputs: list[str]


class Place(TypedDict):
    """A node that a study is about."""

    id: str
    name: str
    symbol: str
    shape: list[int]


class Sweeps(TypedDict):
    """What all of a Jacobian costs in one mode."""

    mode: Literal["forward", "reverse"]
    count: int
    operations: int
    total: int


class Jacobian(TypedDict):
    """By rows (elements of the result) and columns (elements of the argument)."""

    of: Place
    by: Place
    local: bool
    shape: list[int]
    structure: str
    values: object
    texts: list[list[str]]
    nonzero: list[list[bool]]
    rows: list[str]
    columns: list[str]
    sweeps: list[Sweeps]
    pulled: NotRequired[str]
    pushed: NotRequired[str]
    elements: NotRequired[list[list[str | None]]]
    slices: Annotated[list[str], "The partial derivative of each row, in LaTeX."]
    equations: Annotated[
        list[list[str]], "Each element in LaTeX: the partial derivative, its formula, its number."
    ]


class Rewriting(TypedDict):
    """A rule that made a formula shorter."""

    rule: str
    before: str
    after: str


class ClosedForm(TypedDict):
    """The formula of one gradient, or why there is none."""

    by: Place
    latex: str
    row: str
    partial: str
    points: int
    reason: str | None
    rewritings: list[Rewriting]


class Closed(TypedDict):
    """A formula for each input, found equal at so many random points, or the reason why there is none."""

    of: Place
    by: Place
    formulas: list[ClosedForm]


class Factor(TypedDict):
    """A local derivative on a path, as formula and as number."""

    latex: str
    worth: str


class Path(TypedDict):
    """A path, and its product."""

    nodes: list[str]
    edges: list[str]
    factors: list[Factor]
    chain: str
    forward: str
    reverse: str
    tangents: list[str]
    adjoints: list[str]
    product: str


class Paths(TypedDict):
    """The paths, each bracketed as both sweeps do it."""

    of: Place
    by: Place
    count: int
    edges: int
    listed: list[Path]
    total: str | None
    sum: str


class Line(TypedDict):
    """A line of code, and what it writes."""

    text: str
    marks: list[str]


class Listing(TypedDict):
    """The lines of the file, each with what it writes: node_v3.value, or edge_v3_0 for a contribution."""

    kind: str
    filename: str
    parameters: list[str]
    lines: list[Line]
