"""The two sweeps: a Graph and its inputs become a Trace.

Forward mode carries (v, v̇) along the edges; reverse mode computes all values, sets the adjoint of an
output to the seed, and sends v̄ · ∂v/∂argument back along every active edge, where it is added up.
Baydin et al., JMLR 18(153), sections 3.1 and 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..derivatives.accumulation import backwards
from ..derivatives.activity import active_nodes, choose_output, choose_wrt
from ..graph import Graph
from ..graph.traversal import downstream
from .seeds import forward_seed, idle, reverse_seed
from .steps import Trace
from .walk import Walk


def forward(
    graph: Graph, wrt: Sequence[str] | None = None, seed: Mapping[str, object] | None = None
) -> Trace:
    """Forward mode: per node its value and then its tangent, from `seed` {input: tangent}.

    A tangent has the shape of its node. Raises NameProblem for unknown names, ShapeError and ValueProblem for
    a seed that does not fit, LimitError where it is too much; any other error ends the trace, and is in it.
    """
    names = choose_wrt(graph, wrt)
    tangent, notices = forward_seed(graph, names, seed)
    walk = Walk(
        graph, downstream(graph.nodes, [graph.inputs[name] for name in names]), [*notices, *idle(graph, wrt)]
    )
    seeds = {graph.inputs[name]: value for name, value in tangent.items()}

    def run() -> None:
        for position, node in enumerate(graph.nodes):
            walk.evaluate(position)
            if position in seeds:
                walk.write("seed", "tangent", position, seeds[position])
            elif node.op is not None and position in walk.active:
                walk.push(position)

    walk.run(run)
    return walk.trace("forward", names, tangent)


def reverse(
    graph: Graph,
    wrt: Sequence[str] | None = None,
    seed: Mapping[str, object] | None = None,
    output: str | None = None,
) -> Trace:
    """Reverse mode: all values, the seed {output: adjoint}, then one step for each active edge.

    An adjoint has the shape of its node. Raises NameProblem for unknown names, ShapeError and ValueProblem
    for a seed that does not fit, LimitError where it is too much; any other ends the trace, and is in it.
    """
    names = choose_wrt(graph, wrt)
    adjoint, notices = reverse_seed(graph, choose_output(graph, output), output, seed)
    starts = [graph.outputs[name] for name in adjoint]
    walk = Walk(graph, active_nodes(graph, names, starts), [*notices, *idle(graph, wrt)])

    def run() -> None:
        for position in range(len(graph.nodes)):
            walk.evaluate(position)
        walk.phase = "backward"
        for name, value in adjoint.items():
            if graph.outputs[name] in walk.active:
                walk.accumulate("seed", graph.outputs[name], value)
        for edge in backwards(graph.nodes, walk.active):
            walk.pull(edge)

    walk.run(run)
    return walk.trace("reverse", names, adjoint)
