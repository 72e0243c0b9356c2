"""What a line of a pasted backward pass assigns."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Span


@dataclass(frozen=True)
class Assignment:
    """`name = source`, or one that adds to `name`; `span` is where the right side stands in the text."""

    name: str
    source: str
    span: Span
    sign: str = ""
    exact: bool = True
    """Whether `source` is what stands at `span`, letter by letter."""
