"""Who takes part in a derivative: the chosen inputs, what lies between them and an output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import DerivativeError, NameProblem
from ..graph import Graph, Node
from ..graph.roles import discrete
from ..graph.traversal import downstream, upstream
from ..messages import N_, Message


def choose_wrt(graph: Graph, wrt: Sequence[str] | None) -> tuple[str, ...]:
    """The inputs to differentiate by, in the graph's order: by default all that have a derivative.

    Raises NameProblem for others, DerivativeError for labels, indices and counts.
    """
    still = discrete(graph)
    chosen = [name for name in graph.inputs if name not in still] if wrt is None else list(wrt)
    for name in chosen:
        if name not in graph.inputs:
            raise NameProblem(
                N_("There is no input {name} to differentiate by.", name=name),
                hint=N_("The inputs are: {names}.", names=", ".join(graph.inputs) or "–"),
            )
        if name in still:
            raise DerivativeError(
                still[name],
                hint=N_("Differentiate by other inputs, or give it the role of a parameter."),
            )
    return tuple(name for name in graph.inputs if name in chosen)


def nothing_moves(graph: Graph) -> Message | None:
    """Why there is nothing to differentiate by; None where there is something."""
    if not graph.inputs:
        return N_(
            "Everything here is a number, so there is nothing to differentiate by: an input is a name"
            " that no line assigns."
        )
    if not choose_wrt(graph, None):
        return N_("Every input is a label, an index or a count, so there is nothing to differentiate by.")
    return None


def choose_output(graph: Graph, output: str | None) -> str:
    """The output to differentiate: by default the last scalar one, else the last; NameProblem for others."""
    if not graph.outputs:
        raise NameProblem(N_("The program computes nothing."))
    if output is None:
        scalar = [name for name, position in graph.outputs.items() if not graph.nodes[position].shape]
        return (scalar or list(graph.outputs))[-1]
    if output not in graph.outputs:
        raise NameProblem(
            N_("There is no output {name}.", name=output),
            hint=N_("The outputs are: {names}.", names=", ".join(graph.outputs)),
        )
    return output


def active(nodes: Sequence[Node], starts: Iterable[int], ends: Iterable[int]) -> frozenset[int]:
    """The places on a path from one of `starts` to one of `ends`: those that carry a derivative."""
    return downstream(nodes, starts) & upstream(nodes, ends)


def active_nodes(graph: Graph, wrt: Sequence[str], outputs: Iterable[int]) -> frozenset[int]:
    """Positions on a path from a `wrt` input to one of `outputs`: those that have an adjoint to compute."""
    return active(graph.nodes, [graph.inputs[name] for name in wrt], outputs)
