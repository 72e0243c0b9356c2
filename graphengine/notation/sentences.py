"""Step -> one plain sentence, in the reader's language."""

from __future__ import annotations

import numpy as np

from ..graph import Graph, Node
from ..messages import N_, Message
from ..sweeps.steps import Step, Trace
from ..values import DIGITS, Array, format_value, shape_text


def sentence(graph: Graph, trace: Trace, step: Step, digits: int = DIGITS) -> Message:
    """What `step` does, in words; a Message, so that the language can be chosen later."""
    node = graph.nodes[step.node]
    result = format_value(step.result, digits)
    if step.kind == "input":
        return N_("The input {name} is {value}.", name=node.label, value=result)
    if step.kind == "evaluate":
        return _evaluated(graph, trace, step, digits)
    if step.kind == "seed":
        return _seeded(node, step, result)
    if step.kind == "tangent":
        return _pushed(graph, step, digits)
    return _contributed(graph, step, digits)


def _evaluated(graph: Graph, trace: Trace, step: Step, digits: int) -> Message:
    node = graph.nodes[step.node]
    assert node.op is not None
    values = [_named(graph.nodes[i], trace.values[i], digits) for i in node.args]
    listed = ", ".join(values)
    verb = node.op.said.verb
    if verb is not None:
        operation = Message(verb.template, dict(zip(("a", "b"), values, strict=False)))
    elif node.op.inside is not None:
        operation = N_("Compute {name} from {values}", name=node.label, values=listed)
    else:
        operation = N_("Apply {op} to {values}", op=graph.operator(node), values=listed)
    result = format_value(step.result, digits)
    if result == shape_text(node.shape):
        return N_(
            "{operation}: {name} has the shape {shape}.", operation=operation, name=node.label, shape=result
        )
    return N_("{operation}: {name} = {value}.", operation=operation, name=node.label, value=result)


def _named(node: Node, value: Array, digits: int) -> str:
    """A value as a sentence says it: an array that is too long to be read out is called by its name."""
    text = format_value(value, digits)
    return node.label if node.shape and text == shape_text(node.shape) else text


def _seeded(node: Node, step: Step, result: str) -> Message:
    if step.slot == "adjoint":
        if node.shape == () and step.result == 1:
            return N_(
                "The backward pass starts here: the derivative of {name} by itself is 1.", name=node.label
            )
        return N_(
            "The backward pass starts here, with the seed {value} on {name}.", name=node.label, value=result
        )
    if not np.any(step.result):
        return N_("{name} does not move: its tangent is 0.", name=node.label)
    return N_("{name} moves at the rate {value}: this is the seed.", name=node.label, value=result)


def _pushed(graph: Graph, step: Step, digits: int) -> Message:
    node = graph.nodes[step.node]
    result = format_value(step.result, digits)
    if len(step.terms) == 1:
        term = step.terms[0]
        argument = graph.nodes[node.args[term.argument]].label
        incoming = format_value(term.incoming, digits)
        if term.local is None:
            return N_(
                "{name} moves with {argument}: {op} is linear, so it maps the tangent {incoming} to {value}.",
                name=node.label,
                argument=argument,
                op=graph.operator(node),
                incoming=incoming,
                value=result,
            )
        return N_(
            "{name} moves with {argument}:"
            " the tangent {incoming} times the local derivative {local} gives {value}.",
            name=node.label,
            argument=argument,
            incoming=incoming,
            local=format_value(term.local, digits),
            value=result,
        )
    listed = " + ".join(
        _bracketed(format_value(term.product, digits), i) for i, term in enumerate(step.terms)
    )
    return N_(
        "Every argument moves {name} by its tangent times its local derivative: {sum} = {value}.",
        name=node.label,
        sum=listed,
        value=result,
    )


def _contributed(graph: Graph, step: Step, digits: int) -> Message:
    (term,) = step.terms
    assert step.source is not None
    consumer = graph.nodes[step.source]
    node = graph.nodes[step.node]
    sent = N_(
        "{source} sends its adjoint {incoming} times the local derivative {local} to {name}",
        source=consumer.label,
        incoming=format_value(term.incoming, digits),
        name=node.label,
        local="" if term.local is None else format_value(term.local, digits),
    )
    if term.local is None:
        sent = N_("{source} sends its adjoint back to {name}", source=consumer.label, name=node.label)
    product, result = format_value(term.product, digits), format_value(step.result, digits)
    if step.before is None:
        return (
            N_("{sent}: {value}.", sent=sent, value=product)
            if step.last
            else N_("{sent}: {value}. More contributions will follow.", sent=sent, value=product)
        )
    before = format_value(step.before, digits)
    return N_(
        "{sent}: {product}, added to the {before} that had arrived: {value}.",
        sent=sent,
        product=product,
        before=before,
        value=result,
    )


def _bracketed(text: str, place: int) -> str:
    return f"({text})" if place and text.startswith("−") else text
