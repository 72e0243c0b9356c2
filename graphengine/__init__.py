"""Chainwalk's engine: computational graphs, and differentiation one step at a time."""

from __future__ import annotations

from .checking import check_backward
from .closed import closed_form
from .compiled import compile_gradient
from .document import explain
from .errors import (
    DerivativeError,
    GraphError,
    LimitError,
    NameProblem,
    ProgramError,
    ShapeError,
    ValueProblem,
)
from .functions import from_function
from .gradients import gradient_graph
from .graph import Graph, Node
from .ops import OPS
from .parse import parse
from .sweeps import evaluate

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
    "check_backward",
    "closed_form",
    "compile_gradient",
    "evaluate",
    "explain",
    "from_function",
    "gradient_graph",
    "parse",
]
