"""What a document says where a number is not known: of functions known by name alone, the formula."""

from __future__ import annotations

from typing import Any

from ..derivatives.gradients import gradient_graph
from ..errors import GraphError
from ..folds import View
from ..graph import Graph
from ..messages import N_
from ..notation.rules import local_formula
from ..picture.inscriptions import accented, plain
from ..program.writing import formulas, unknown_names
from ..sweeps.steps import Step, Term, Trace
from . import shapes


def tell(document: shapes.Document, view: View, trace: Trace, language: str) -> None:
    """Put formulas and names in the place of numbers that are not known."""
    graph = view.graph
    texts = formulas(graph)
    names = ", ".join(sorted(unknown_names(graph)))
    said = N_("{names}: known by name alone. The walk is in symbols, whatever the numbers are.", names=names)
    document["warnings"].append({"message": said.text(language), "node": None})
    for step, told in zip(trace.steps, document["steps"], strict=True):
        text = texts[step.node] if step.slot == "value" else accented(graph.nodes[step.node].label, step.slot)
        _replace(told, "result", text)
        _replace(told, "before", text)
        if step.kind == "contribute" and step.source is not None:
            _contribution(told, graph, step, step.terms[0])
        for term, each in zip(step.terms, told.get("terms", ()), strict=False):
            _tangent(each, graph, step, term)
    for name, position in graph.outputs.items():
        _replace(document["results"]["value"], name, texts[position])
        _replace(
            document["results"].get("tangent", {}), name, accented(graph.nodes[position].label, "tangent")
        )
    for name in document["results"].get("gradient", {}):
        _replace(document["results"]["gradient"], name, _gradient(graph, trace, name))


def _replace(told: Any, key: str, text: str) -> None:
    if key in told and _is_unknown(told[key]):
        told[key] = text


def _is_unknown(value: object) -> bool:
    return any(map(_is_unknown, value)) if isinstance(value, list) else value == "NaN"


def _local(graph: Graph, position: int, argument: int) -> str:
    return plain(local_formula(graph, position, argument)) or "∂"


def _contribution(told: Any, graph: Graph, step: Step, term: Term) -> None:
    assert step.source is not None
    upstream, local = (
        accented(graph.nodes[step.source].label, "adjoint"),
        _local(graph, step.source, term.argument),
    )
    _replace(told, "upstream", upstream)
    _replace(told, "local", local)
    _replace(told, "contribution", f"{upstream} · {local}")


def _tangent(told: Any, graph: Graph, step: Step, term: Term) -> None:
    moved = graph.nodes[graph.nodes[step.node].args[term.argument]].label
    tangent, local = accented(moved, "tangent"), _local(graph, step.node, term.argument)
    _replace(told, "tangent", tangent)
    _replace(told, "local", local)
    _replace(told, "product", f"{local} · {tangent}")


def _gradient(graph: Graph, trace: Trace, name: str) -> str:
    """The gradient by an input as a formula, where the seed is 1; else by its name."""
    (output, seed), *more = trace.seed.items()
    if not more and (seed == 1).all():
        try:
            found = gradient_graph(graph, output, [name])
        except GraphError:
            pass
        else:
            return formulas(found)[next(iter(found.outputs.values()))]
    return accented(name, "adjoint")
