"""Equal sub-expressions of a graph become one node, where somebody asks for it.

Equal is what reads the same: `x*y` twice is shared, `x*y` and `y*x` are not. A number is drawn wherever it
stands, but does not keep apart what is equal around it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable

from . import Graph
from .recording import Tape
from .symbols import Symbol


def share(graph: Graph) -> Graph:
    """`graph` with each sub-expression once, at the place of its first occurrence and by its first name.

    Raises LimitError where that is too much work.
    """
    tape = Tape()
    tape.scopes = list(graph.scopes)
    symbols: list[Symbol] = []
    known: dict[Hashable, Symbol] = {}
    for node in graph.nodes:
        args = tuple(symbols[i].index for i in node.args)
        key = (node.op, node.params, tuple(_argument(tape, i) for i in args))
        if node.kind == "operator" and key in known:
            symbols.append(known[key])
            tape.christen(known[key], node.name)
            continue
        symbols.append(tape.take(node, symbols))
        known[key] = symbols[-1]
    outputs = {name: symbols[position] for name, position in graph.outputs.items()}
    kept = {field.name: getattr(graph, field.name) for field in dataclasses.fields(graph)}
    about = {name: value for name, value in kept.items() if name not in ("nodes", "outputs")}
    return tape.graph(outputs, **about)


def _argument(tape: Tape, index: int) -> Hashable:
    """Equal for arguments that are one node, or the same number."""
    node = tape.nodes[index]
    return index if node.value is None else (node.value.tobytes(), node.shape, node.name)
