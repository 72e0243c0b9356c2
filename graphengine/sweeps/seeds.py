"""Where a sweep starts: tangents of the inputs, adjoints of the outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..derivatives.activity import nothing_moves
from ..errors import NameProblem, ShapeError, ValueProblem
from ..graph import Graph, Shape
from ..messages import N_, Message
from ..values import Array, array, freeze
from .steps import Notice


def forward_seed(
    graph: Graph, wrt: Sequence[str], seed: Mapping[str, object] | None
) -> tuple[dict[str, Array], list[Notice]]:
    """The tangent of every `wrt` input, in its shape: as given, else 0; by default ones on the first scalar.

    Raises NameProblem for a seed of something else, ShapeError for one of another shape, ValueProblem for a
    complex one of a real input.
    """
    shapes = {name: graph.nodes[graph.inputs[name]].shape for name in wrt}
    notices: list[Notice] = []
    if seed is None and wrt:
        first = next((name for name in wrt if not shapes[name]), wrt[0])
        seed = {first: np.ones(shapes[first])}
        notices += _noted(graph, first, graph.inputs[first])
    given = _arrays(seed or {}, shapes, N_("an input that is differentiated by"))
    _agree(given, {name: graph.nodes[graph.inputs[name]].complex for name in given})
    return {name: given.get(name, freeze(np.zeros(shape))) for name, shape in shapes.items()}, notices


def reverse_seed(
    graph: Graph, default: str, output: str | None, seed: Mapping[str, object] | None
) -> tuple[dict[str, Array], list[Notice]]:
    """The adjoints that a reverse sweep starts from: as given, by default ones on the output `default`.

    Raises NameProblem for a seed of something else, ShapeError for one of another shape, and ValueProblem for
    a complex one of a real output, an empty one, or one that leaves `output` out.
    """
    shapes = {name: graph.nodes[position].shape for name, position in graph.outputs.items()}
    if seed is None:
        notices = _noted(graph, default, graph.outputs[default]) + _noted_complex(graph, default)
        return {default: freeze(np.ones(shapes[default]))}, notices
    given = _arrays(seed, shapes, N_("an output"))
    _agree(given, {name: graph.nodes[graph.outputs[name]].complex for name in given})
    if output is not None and output not in given:
        raise ValueProblem(N_("The seed says nothing about the output {name}.", name=output))
    if not given:
        raise ValueProblem(
            N_("The seed is empty."), hint=N_("Give an adjoint, such as {name} = 1.", name=default)
        )
    return given, []


def idle(graph: Graph, wrt: Sequence[str] | None) -> list[Notice]:
    """What to say where nobody chose what to differentiate `wrt`, and there is nothing to choose."""
    why = nothing_moves(graph) if wrt is None else None
    return [] if why is None else [Notice(why, None)]


def _noted(graph: Graph, name: str, position: int) -> list[Notice]:
    if not graph.nodes[position].shape:
        return []
    message = N_("{name} is not a scalar: the seed is all ones, so the result belongs to the sum.", name=name)
    return [Notice(message, position)]


def _noted_complex(graph: Graph, name: str) -> list[Notice]:
    position = graph.outputs[name]
    if not graph.nodes[position].complex:
        return []
    message = N_(
        "{name} is complex: with the seed 1 the result is the gradient of its real part. PyTorch refuses"
        " this and asks for a real output, such as abs({name})**2.",
        name=name,
    )
    return [Notice(message, position)]


def _agree(seed: Mapping[str, Array], complexes: Mapping[str, bool]) -> None:
    """A real node has real derivatives; ValueProblem for a complex seed of one."""
    for name, value in seed.items():
        if np.iscomplexobj(value) and not complexes[name]:
            raise ValueProblem(N_("{name} is real, so its seed must be real.", name=name))


def _arrays(seed: Mapping[str, object], shapes: Mapping[str, Shape], what: Message) -> dict[str, Array]:
    found = {}
    for name, value in seed.items():
        if name not in shapes:
            raise NameProblem(
                N_("The seed names {name}, which is not {what}.", name=name, what=what),
                hint=N_("Possible names: {names}.", names=", ".join(shapes) or "–"),
            )
        found[name] = array(value, name)
        if found[name].shape != shapes[name]:
            raise ShapeError(
                N_(
                    "The seed of {name} has shape {given}; {name} has shape {shape}.",
                    name=name,
                    given=found[name].shape,
                    shape=shapes[name],
                )
            )
    return found
