"""A Python function written with NumPy becomes a Graph."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..errors import ValueProblem
from ..limits import bounded
from ..messages import NN_
from ..values import array
from . import Graph
from .recording import Tape, free_name


@bounded
def from_function(f: Callable[..., Any], *example_inputs: Any) -> Graph:
    """Record `f`, a Python function written with NumPy, as a Graph.

    Inputs are named by the parameters of `f` and take the shapes and values of `example_inputs`. What `f`
    returns becomes the outputs: one is called y (or f, g, out, whichever is free), a tuple y1, y2, …
    and those of a dict by its keys. Raises GraphError where `f` does what cannot be recorded.
    """
    names = list(inspect.signature(f).parameters)
    if len(names) != len(example_inputs):
        raise ValueProblem(
            NN_("The function has {count} parameter, but {given} example inputs were given.",
                "The function has {count} parameters, but {given} example inputs were given.",
                len(names), count=len(names), given=len(example_inputs))
        )  # fmt: skip
    values = {name: array(value, name) for name, value in zip(names, example_inputs, strict=True)}
    tape = Tape()
    result = f(
        *(tape.input(name, value.shape, is_complex=np.iscomplexobj(value)) for name, value in values.items())
    )
    if isinstance(result, Mapping):
        outputs = dict(result)
    elif isinstance(result, (tuple, list)):
        outputs = {f"y{i}": part for i, part in enumerate(result, 1)}
    else:
        outputs = {free_name(values): result}
    symbols = {str(name): tape.lift(part) for name, part in outputs.items()}
    for name, symbol in symbols.items():
        tape.christen(symbol, name)
    return tape.graph(symbols, values=values)
