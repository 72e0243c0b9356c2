"""A Python function written with NumPy becomes a Graph."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import numpy as np

from ..errors import GraphError, NameProblem, ValueProblem
from ..limits import bounded
from ..messages import N_, NN_
from ..values import Function, array
from . import Graph
from .recording import Tape, free_name
from .refusals import no_array


@bounded
def from_function(f: Function, *example_inputs: object) -> Graph:
    """Record `f`, a Python function written with NumPy, as a Graph.

    Inputs are named by the parameters of `f` and take the shapes and values of `example_inputs`; those with
    defaults may be left out. What `f` returns becomes the outputs: one is called y (or f, g, out, whichever
    is free), a tuple y1, y2, … and those of a dict by its keys. Raises GraphError where `f` does what cannot
    be recorded.
    """
    names = _names(f, len(example_inputs))
    values = {name: array(value, name) for name, value in zip(names, example_inputs, strict=True)}
    tape = Tape()
    symbols = [tape.input(name, x.shape, is_complex=np.iscomplexobj(x)) for name, x in values.items()]
    try:
        result = f(*symbols)
    except ValueError as error:
        if isinstance(error.__cause__, GraphError):  # NumPy puts its own words before those of out[0] = x
            no_array()
        raise
    if isinstance(result, Mapping):
        outputs = dict(result)
    elif isinstance(result, (tuple, list)):
        outputs = {f"y{i}": part for i, part in enumerate(result, 1)}
    else:
        outputs = {free_name(values): result}
    for name in outputs:
        if not str(name).isidentifier():
            raise NameProblem(
                N_("{name} is no name for a result.", name=repr(name)),
                hint=N_("Write letters, digits and _, as in loss or y1."),
            )
    found = {str(name): tape.lift(part) for name, part in outputs.items()}
    for name, symbol in found.items():
        tape.christen(symbol, name)
    return tape.graph(found, values=values)


def _names(f: Function, given: int) -> list[str]:
    """The parameters of `f` that take so many inputs; those of *rest are rest1, rest2, …"""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):  # a function of C, as np.exp, keeps its names to itself
        return ["x"] if given == 1 else [f"x{i}" for i in range(1, given + 1)]
    plain = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    rest = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL]
    names = [p.name for p in plain] + [f"{rest[0]}{i}" for i in range(1, given - len(plain) + 1) if rest]
    if not sum(p.default is p.empty for p in plain) <= given <= len(names):
        raise ValueProblem(
            NN_(
                "The function has {count} parameter, but {given} example inputs were given.",
                "The function has {count} parameters, but {given} example inputs were given.",
                len(plain),
                count=len(plain),
                given=given,
            )
        )
    for p in parameters:
        if p.kind is p.KEYWORD_ONLY and p.default is p.empty:
            raise ValueProblem(
                N_("The parameter {name} is named, and has no value.", name=p.name),
                hint=N_("Give it a default, or take the * before it away."),
            )
    return names[:given]
