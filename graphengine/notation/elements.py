r"""One element of a local Jacobian as a formula: ∂z₂/∂A₂₃ = x₃, from the operator's own rule.

The adjoint rule is recorded for a seed with a single 1, and the element of what arrives is taken from it.
"""

from __future__ import annotations

import numpy as np

from ..derivatives.calls import Call
from ..graph import Graph
from ..graph.shortening import Shortening
from . import symbolic
from .latex import symbol

LARGEST = 400
"""Elements of an argument or a result up to which the formulas are worked out."""

Place = tuple[int, ...]


def element(graph: Graph, position: int, argument: int, above: Place, below: Place) -> str | None:
    """∂node[above]/∂(its argument)[below] in the elements' names; None where there is no short formula.

    Raises DerivativeError where the operator has no derivative, LimitError for formulas nested too deeply.
    """
    import sympy

    node = graph.nodes[position]
    assert node.op is not None
    shapes = [graph.nodes[i].shape for i in node.args]
    if max(int(np.prod(shape, dtype=int)) for shape in (*shapes, node.shape)) > LARGEST:
        return None
    tape = Shortening()
    args = [tape.input(f"x{i}", shape) for i, shape in enumerate(shapes)]
    result = tape.input("y", node.shape)
    seed = np.zeros(node.shape)
    seed[above] = 1
    sent = tape.lift(Call(node.op, args, result, dict(node.params)).adjoint(argument, seed[()]))
    recorded = tape.graph({"sent": sent})
    try:
        found = symbolic.expressions(recorded)
        entry = np.asarray(found.outputs["sent"], object)[below]
        exact = entry.doit() if hasattr(entry, "doit") else symbolic.rational(entry)
    except (TypeError, ValueError, AttributeError, ArithmeticError, np.linalg.LinAlgError):
        return None  # an operator of whole arrays that SymPy's elements do not have, such as det
    names = dict(zip([f"x{i}" for i in range(len(args))] + ["y"], [*node.args, position], strict=True))
    printed = {
        each: element_name(graph, names[name], place)
        for name, symbols in found.inputs.items()
        for place, each in np.ndenumerate(np.asarray(symbols, object))
    }
    text: str = sympy.latex(exact, symbol_names=printed)
    return text if len(text) < LARGEST else None


def element_name(graph: Graph, position: int, place: Place) -> str:
    r"""An element of a node in LaTeX, counted from 1 as in mathematics: A_{23}, {z_{1}}_{2}.

    A vector of ten or more elements, or a matrix with as many rows, has commas between its indices.
    """
    base = symbol(graph, position).text
    if not place:
        return base
    sign = "," if max(graph.nodes[position].shape) > 9 else ""
    index = sign.join(str(i + 1) for i in place)
    return rf"{{{base}}}_{{{index}}}" if "_" not in base else rf"{{\left({base}\right)}}_{{{index}}}"
