"""SymPy -> Graph: each part of an expression as it stands, recorded on a Tape; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..errors import GraphError, LimitError
from ..graph import Graph
from ..graph.recording import free_name
from ..limits import bounded
from ..messages import N_
from ..notation.symbolic import Expr
from ..program import parse, parse_values
from ..program.defaults import with_defaults
from ..program.writing import program_text
from ..values import array
from .operations import Operations


@bounded
def from_sympy(expression: Expr, inputs: Mapping[str, object] | str | None = None) -> Graph:
    """`expression` of SymPy's as a Graph; several, as a mapping, are its outputs by name.

    Symbols, MatrixSymbols and IndexedBases are inputs of their names, with values from `inputs` as `parse`
    takes them, or by default; a size that is a symbol follows from the values, or is one of `inputs`. A tree
    that SymPy has not evaluated (`UnevaluatedExpr`, `evaluate=False`) stays as it is.
    Raises GraphError for what has no operator here, NameProblem for a name that a program cannot have,
    ShapeError where shapes do not fit, LimitError for too much.
    """
    import sympy

    found = parse_values(inputs) if isinstance(inputs, str) else inputs or {}
    given = {name: array(value, name) for name, value in found.items()}
    parts = expression if isinstance(expression, Mapping) else {"": expression}
    try:
        trees = {name: _immutable(part) for name, part in parts.items()}
        with sympy.evaluate(True):  # of sizes and places, whatever whoever calls has set
            reader = Operations(given, trees.values())
            results = {name: reader.read(tree) for name, tree in trees.items()}
    except RecursionError:
        raise LimitError(N_("The expression is nested too deeply.")) from None
    if not isinstance(expression, Mapping):
        results = {free_name(reader.inputs): results[""]}
    for name, symbol in results.items():
        reader.called(name)
        if symbol.node.op is not None:
            reader.tape.christen(symbol, name)
    graph = parse(program_text(reader.tape.graph(results)), reader.values)
    defaults = frozenset(graph.values.keys() - given.keys())
    return with_defaults(replace(graph, defaults=defaults, warnings=(*reader.warnings, *graph.warnings)))


def _immutable(part: Expr) -> Expr:
    """An expression, or a matrix that cannot change any more; text is none, for SymPy would execute it."""
    import sympy

    found = part.as_immutable() if isinstance(part, (sympy.MatrixBase, sympy.NDimArray)) else part
    if not isinstance(found, sympy.Basic):
        raise GraphError(N_("This is no expression of SymPy's."))
    return found
