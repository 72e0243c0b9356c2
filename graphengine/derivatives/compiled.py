"""Numbers alone: value and gradient compiled once to NumPy source, without steps.

Only what `graph.source` generated is compiled: operator templates and identifiers of our own. This
is the one module that turns text into code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import special

from ..errors import ShapeError, ValueProblem
from ..graph import Graph, Shape
from ..graph.evaluation import needs_numbers
from ..graph.source import literal_lines, operator_lines
from ..messages import N_
from ..ops import HELPERS
from ..values import Array, Function, array, freeze
from .gradients import reverse_tape

Gradient = Callable[[Mapping[str, object]], tuple[Array, dict[str, Array]]]


def compile_gradient(graph: Graph, output: str | None = None, wrt: Sequence[str] | None = None) -> Gradient:
    """A function of the inputs' values by name that returns (value of `output`, {input: ∂output/∂input}).

    Compiled for the graph's shapes and cached by program and shapes; a gradient has the shape of its input.
    Raises NameProblem for unknown names, DerivativeError where no derivative exists. The function
    raises ValueProblem for a missing input and ShapeError for another shape; infinities and NaN come back as
    NumPy gives them, and NaN alone where a matrix is singular.
    """
    needs_numbers(graph)
    tape, value, gradient = reverse_tape(graph, output, wrt)
    flat = tape.graph({"value": value, **{f"d{i}": symbol for i, symbol in enumerate(gradient.values())}})
    inputs = {node.label: node for node in flat.nodes if node.kind == "input"}
    run = _compiled(_source(flat, [node.id for node in inputs.values()]))
    kinds = {name: (node.shape, node.complex) for name, node in inputs.items()}
    names = tuple(gradient)
    shapes = [flat.nodes[position].shape for position in flat.outputs.values()]

    def value_and_gradient(values: Mapping[str, object]) -> tuple[Array, dict[str, Array]]:
        """(value, {input: gradient}) at `values`."""
        given = [_checked(values, name, shape, kind) for name, (shape, kind) in kinds.items()]
        with np.errstate(all="ignore"):
            try:
                result, *parts = run(*given)
            except np.linalg.LinAlgError:  # a singular matrix: outside the reals, as for `Op.compute`
                result, *parts = (freeze(np.full(shape, np.nan)) for shape in shapes)
        return result, dict(zip(names, parts, strict=True))

    return value_and_gradient


def _checked(values: Mapping[str, object], name: str, shape: Shape, is_complex: bool) -> Array:
    if name not in values:
        raise ValueProblem(N_("The input {name} has no value.", name=name))
    value = values[name]
    if type(value) is float or (type(value) is int and abs(value) <= 2**53):
        value = np.float64(value)
    elif not (isinstance(value, np.ndarray | np.float64) and value.dtype == np.float64):
        value = array(value, name)
        if value.dtype.kind == "c" and not is_complex:
            raise ValueProblem(
                N_("{name} is complex; this gradient was compiled for a real number.", name=name)
            )
    if is_complex and value.dtype.kind != "c":
        value = freeze(value + 0j)
    if value.shape != shape:
        raise ShapeError(
            N_(
                "{name} has shape {given}; this gradient was compiled for {shape}.",
                name=name,
                given=value.shape,
                shape=shape,
            )
        )
    return value


def _source(graph: Graph, parameters: Sequence[str]) -> str:
    results = ", ".join(graph.nodes[position].id for position in graph.outputs.values())
    head = "".join(f"{line}\n" for line in literal_lines(graph))
    body = "".join(f"    {line}\n" for line in operator_lines(graph))
    return f"{head}def run({', '.join(parameters)}):\n{body}    return {results},\n"


@lru_cache(maxsize=256)
def _compiled(source: str) -> Function:
    namespace: dict[str, Any] = {"np": np, "special": special, "freeze": freeze, **HELPERS}
    exec(compile(source, "<gradient>", "exec"), namespace)
    return namespace["run"]  # type: ignore[no-any-return]
