"""What the parts of the writer share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...errors import Span
from .indices import Indices
from .kinds import Kinds
from .names import Name
from .trees import Bound, Tree
from .values import Value


class Base:
    """What is known of the text, and what every part of the writer asks of the others."""

    text: str
    kinds: Kinds
    indices: Indices
    order: list[str]
    bounds: dict[str, Bound]
    locals: Mapping[Name, Value]

    def write(self, tree: Tree) -> Value:
        raise NotImplementedError

    def power(self, base: Value, exponent: Value, sign: str = "**") -> Value:
        raise NotImplementedError

    def elementwise_call(self, name: str, values: Sequence[Value]) -> Value:
        raise NotImplementedError

    def head_span(self, tree: Tree) -> Span:
        raise NotImplementedError

    def sorted(self, value: Value) -> Value:
        raise NotImplementedError

    def stem_of(self, tree: Tree) -> Name | None:
        raise NotImplementedError

    def paired(self, kind: str, left: Value, right: Value) -> Value:
        raise NotImplementedError

    def pairing(self, sign: str, left: Value, right: Value, one: Tree, two: Tree) -> str:
        raise NotImplementedError
