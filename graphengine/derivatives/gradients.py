"""The gradient as a graph: the reverse sweep run on Symbols, with the operators' own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from ..graph import Graph
from ..graph.recording import Tape
from ..graph.roles import roles
from ..graph.shortening import Shortening
from ..graph.symbols import Symbol
from .accumulation import pull
from .activity import active_nodes, choose_output, choose_wrt
from .calls import Call


def gradient_graph(graph: Graph, output: str | None = None, wrt: Sequence[str] | None = None) -> Graph:
    """A Graph with one output ∂output/∂input, named d<output>_d<input>, for each input of `wrt`.

    The result is a Graph like any other: it can be drawn, stepped, evaluated and differentiated again. A
    non-scalar output is seeded with ones. Raises NameProblem for unknown names, DerivativeError where no
    derivative exists, LimitError where it is too much.
    """
    tape, _, gradient = reverse_tape(graph, output, wrt)
    taken = {node.label for node in graph.nodes}
    label = choose_output(graph, output)
    outputs: dict[str, Symbol] = {}
    for name, symbol in gradient.items():
        title = _free(f"d{label}_d{name}", taken)
        outputs[title] = symbol
        taken.add(title)
        if symbol.index >= len(graph.nodes) and symbol.node.op is not None:
            tape.christen(symbol, title)
    return tape.graph(outputs, values=graph.values, defaults=graph.defaults, roles=roles(graph))


def reverse_tape(
    graph: Graph, output: str | None, wrt: Sequence[str] | None
) -> tuple[Tape, Symbol, Mapping[str, Symbol]]:
    """The graph and its reverse sweep on one Shortening: the tape, the output, the gradient by input.

    Raises NameProblem, DerivativeError and LimitError as `gradient_graph` does.
    """
    names = choose_wrt(graph, wrt)
    start = graph.outputs[choose_output(graph, output)]
    active = active_nodes(graph, names, [start])
    tape = Shortening()
    symbols = tape.copy(graph)
    adjoints: dict[int, Symbol] = {start: tape.literal(np.ones(graph.nodes[start].shape))}
    pull(graph.nodes, active, adjoints, partial(Call.at, graph.nodes, symbols), tape.lift)
    zeros = {name: np.zeros(graph.nodes[graph.inputs[name]].shape) for name in names}
    return tape, symbols[start], {n: tape.lift(adjoints.get(graph.inputs[n], zeros[n])) for n in names}


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
