"""Step -> one plain sentence without numbers, for deriving on the board."""

from __future__ import annotations

import numpy as np

from ..graph import Graph, Node
from ..messages import N_, Message
from ..sweeps.steps import Step
from ..values import format_value


def sentence(graph: Graph, step: Step) -> Message:
    """What `step` does, in names."""
    node = graph.nodes[step.node]
    if step.kind == "input":
        return N_("{name} is an input: its value is given.", name=node.label)
    if step.kind == "evaluate":
        return _evaluated(graph, node)
    if step.kind == "seed":
        return _seeded(node, step)
    if step.kind == "tangent":
        return _pushed(graph, node, step)
    return _contributed(graph, node, step)


def _evaluated(graph: Graph, node: Node) -> Message:
    assert node.op is not None
    names = [_called(graph.nodes[i]) for i in node.args]
    verb = node.op.said.verb
    if verb is not None:
        operation = Message(verb.template, dict(zip(("a", "b"), names, strict=False)))
        return N_("{operation}: the result is {name}.", operation=operation, name=node.label)
    return N_(
        "Apply {op} to {values}: the result is {name}.",
        op=graph.operator(node),
        values=", ".join(names),
        name=node.label,
    )


def _called(node: Node) -> str:
    """A literal without a name is a part of the formula, and called by its number."""
    return node.label if node.kind != "literal" or node.name else format_value(node.value)


def _seeded(node: Node, step: Step) -> Message:
    if step.slot == "adjoint":
        if node.shape == () and step.result == 1:
            return N_(
                "The backward pass starts here: with the derivative of {name} by itself.", name=node.label
            )
        return N_("The backward pass starts here: with a seed on {name}.", name=node.label)
    if not np.any(step.result):
        return N_("{name} does not move.", name=node.label)
    return N_("{name} moves: its tangent is the seed.", name=node.label)


def _pushed(graph: Graph, node: Node, step: Step) -> Message:
    if len(step.terms) > 1:
        return N_(
            "Every argument moves {name} by its tangent times its local derivative; the tangents add up.",
            name=node.label,
        )
    (term,) = step.terms
    argument = graph.nodes[node.args[term.argument]].label
    if term.local is None:
        return N_(
            "{name} moves with {argument}: {op} is linear, so it maps the tangent like the value.",
            name=node.label,
            argument=argument,
            op=graph.operator(node),
        )
    return N_(
        "{name} moves with {argument}: by its tangent times the local derivative.",
        name=node.label,
        argument=argument,
    )


def _contributed(graph: Graph, node: Node, step: Step) -> Message:
    (term,) = step.terms
    assert step.source is not None
    source = graph.nodes[step.source].label
    sent = N_(
        "{source} sends its adjoint times the local derivative to {name}", source=source, name=node.label
    )
    if term.local is None:
        sent = N_("{source} sends its adjoint back to {name}", source=source, name=node.label)
    if step.before is not None:
        return N_("{sent}, where it is added to what had arrived.", sent=sent)
    if step.last:
        return N_("{sent}.", sent=sent)
    return N_("{sent}. More contributions will follow.", sent=sent)
