"""Chainwalk's engine: computational graphs, and differentiation one step at a time."""

from __future__ import annotations

from .errors import (
    DerivativeError,
    GraphError,
    LimitError,
    NameProblem,
    ProgramError,
    ShapeError,
    ValueProblem,
)
from .graph import Graph, Node
from .ops import OPS
from .parse import parse
from .recording import from_function

__all__ = [
    "OPS",
    "DerivativeError",
    "Graph",
    "GraphError",
    "LimitError",
    "NameProblem",
    "Node",
    "ProgramError",
    "ShapeError",
    "ValueProblem",
    "from_function",
    "parse",
]
