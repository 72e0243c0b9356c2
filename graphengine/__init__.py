"""Chainwalk's engine: computational graphs, and differentiation one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import formulas
from .checking import check_backward
from .derivatives import compiled, gradients
from .document import explain
from .errors import (
    AmbiguousError,
    DerivativeError,
    GraphError,
    LimitError,
    NameProblem,
    ProgramError,
    ShapeError,
    ValueProblem,
)
from .expressions import from_sympy, writing
from .graph import Graph, Node
from .graph.evaluation import evaluate
from .graph.functions import from_function
from .limits import bounded, limited
from .ops import OPS
from .program import parse
from .studies.closed import closed_form

__all__ = [
    "OPS",
    "AmbiguousError",
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
    "formulas",
    "from_function",
    "from_sympy",
    "gradient_graph",
    "limited",
    "parse",
    "to_sympy",
]


@bounded
def gradient_graph(graph: Graph | str, output: str | None = None, wrt: Sequence[str] | None = None) -> Graph:
    """`graphengine.derivatives.gradients.gradient_graph` of a Graph or of the text of a program.

    Raises GraphError where the text is no program, and as that function does.
    """
    return gradients.gradient_graph(_read(graph), output, wrt)


@bounded
def compile_gradient(
    graph: Graph | str, output: str | None = None, wrt: Sequence[str] | None = None
) -> compiled.Gradient:
    """`graphengine.derivatives.compiled.compile_gradient` of a Graph or of the text of a program.

    Raises GraphError where the text is no program, and as that function does.
    """
    return compiled.compile_gradient(_read(graph), output, wrt)


@bounded
def to_sympy(graph: Graph | str) -> dict[str, Any]:
    """`graphengine.expressions.writing.to_sympy` of a Graph or of the text of a program.

    Raises GraphError where the text is no program, and as that function does.
    """
    return writing.to_sympy(_read(graph))


def _read(graph: Graph | str) -> Graph:
    return parse(graph) if isinstance(graph, str) else graph
