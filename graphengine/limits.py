"""How much work one request may cause: counted before it is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds that `parse` and `explain` keep; exceeding one raises a `LimitError` that names it."""

    characters: int = 10_000
    """Length of a program, and of the text of its inputs."""
    depth: int = 100
    """Nesting of brackets and calls."""
    nodes: int = 1_000
    """Nodes of a graph."""
    elements: int = 100_000
    """Elements of an input or of any intermediate array."""
    operations: int = 20_000_000
    """Scalar operations of one sweep, by the operators' own cost model."""
    exponent: int = 1_000
    """Absolute value of a literal exponent."""
    jacobian: int = 10_000
    """Elements of a Jacobian."""
    document: int = 16_000_000
    """Bytes of a document."""


LIMITS = Limits()
