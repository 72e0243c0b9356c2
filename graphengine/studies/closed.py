"""The gradient in closed form: the engine's own gradient graph, simplified, and checked before it is shown.

The reverse sweep on Symbols gives the gradient as a graph (`derivatives.gradients`); named rules and rational
algebra make it short (`derivatives.rewriting`); numbers at random points decide whether it may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..derivatives.activity import choose_output, choose_wrt
from ..derivatives.gradients import gradient_graph
from ..derivatives.rewriting.check import agreeing_points
from ..derivatives.rewriting.rewriter import Rewriter
from ..errors import LimitError
from ..graph import Graph
from ..graph.evaluation import needs_numbers
from ..limits import bounded
from ..messages import N_, Message
from .shortest import Rewriting, Way, printed

POINTS = 5
"""Random points at which a closed form is compared with the gradient."""
LARGEST = 120
"""Nodes of a program whose closed form is worked out."""


@dataclass(frozen=True)
class Closed:
    """∂output/∂input in the inputs alone: a graph with the one output "y", and how it came about.

    `points` is at how many random points it was found equal; `graph` is None where that was at too few, and
    `reason` then says so.
    """

    output: str
    name: str
    graph: Graph | None
    rewritings: tuple[Rewriting, ...]
    points: int
    reason: Message | None = None

    @property
    def latex(self) -> str:
        """The formula; "" where there is none."""
        return printed(self.graph)[0].text if self.graph is not None else ""

    @property
    def row(self) -> str:
        """The formula in the Jacobian layout, as a row or transposed."""
        return printed(self.graph)[1].text if self.graph is not None else ""


@bounded
def closed_form(
    graph: Graph, output: str | None = None, wrt: Sequence[str] | None = None
) -> dict[str, Closed]:
    """The closed form of ∂output/∂input for each input of `wrt`, by name; a non-scalar output is summed.

    Raises NameProblem for unknown names, LimitError for a large program, DerivativeError as a sweep does.
    """
    needs_numbers(graph)
    label = choose_output(graph, output)
    if len(graph.nodes) > LARGEST:
        raise LimitError(
            N_("The program has more than {limit} nodes: that is too much for a closed form.", limit=LARGEST)
        )
    found = {}
    for name in choose_wrt(graph, wrt):
        gradient = gradient_graph(graph, label, [name])
        way = Way()
        rewriter = Rewriter(way.note)
        result = rewriter.short(gradient, rewriter.inputs(gradient))
        short = rewriter.tape.graph({"y": result}, values=gradient.values)
        points = agreeing_points(gradient, short, POINTS)
        reason = None
        if points < 2:
            reason = N_("No closed form could be confirmed by numbers.")
        shown = None if reason else short
        found[name] = Closed(label, name, shown, tuple(way.rewritings), points, reason)
    return found
