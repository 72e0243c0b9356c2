"""All of it as one JSON document: program, graph, steps, results, cost, warnings and error.

`explain` is what the page, the API and the command line call; `shapes` say what it returns.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Literal, cast

import numpy as np

from .. import folds as grains
from .. import sweeps
from ..derivatives.activity import choose_output
from ..errors import ValueProblem
from ..folds import View
from ..graph import Graph, sharing
from ..graph.evaluation import ignored
from ..graph.roles import parse_roles, with_roles
from ..limits import bound_document, bounded, spend
from ..messages import LANGUAGES, N_, say
from ..notation import latex
from ..notation.exact import exact_inputs, exact_numbers
from ..notation.spelling import spelled
from ..picture import layout, stages
from ..program import parse, parse_values
from ..program.defaults import with_defaults
from ..program.writing import program_text
from ..studies import jacobians
from ..sweeps.steps import Trace
from ..values import DIGITS, Array, Digits, array, to_json
from .entries import node_entry, step_entry
from .options import check
from .shapes import Document, Results, Stopped, Value, Warned
from .unknown import tell

VERSION: Literal[1] = 1


@bounded
def explain(
    program: str | Graph,
    inputs: Mapping[str, object] | str | None = None,
    mode: str = "reverse",
    wrt: Sequence[str] | None = None,
    seed: Mapping[str, object] | str | None = None,
    output: str | None = None,
    language: str | None = None,
    *,
    digits: int = DIGITS,
    share: bool = False,
    symbols: bool = False,
    grain: str | None = None,
    folds: Sequence[str] = (),
    exact: bool = False,
    layout: str = "gradient",
    jacobian: bool = False,
    roles: Mapping[str, str] | str | None = None,
) -> Document:
    """The document of one walk: `program` (text or Graph) at `inputs`, differentiated in `mode`.

    `inputs` and `seed` are mappings of numbers, nested lists or arrays, or text such as "x = 2; w = -1".
    `wrt` names the inputs to differentiate by (default: all that have a derivative). `seed` is
    {input: tangent} in forward mode and {output: adjoint} in reverse mode. `roles` says what inputs are
    ({"n": "count"}, or text such as "n = count; t = label") where their use does not tell; labels, indices
    and counts have no derivative. `output` names the output to differentiate (default the last scalar).
    `language` is that of sentences and messages (default English).
    `digits` (2 to 12) are the significant digits shown; `share` makes equal sub-expressions one node;
    with `symbols`, picture, rules and sentences say names where numbers would stand. `grain` makes a node of
    each "operator" or of each "statement" (default operators, in a large graph statements), and `folds` lists
    the exceptions: ids of nodes to open, and of what to fold, as `graph.nodes` of a document offers them.
    With `exact`, numbers that follow exactly from the inputs are shown so: 2e, 1/3, √2. The `layout`
    "jacobian" says contributions with adjoints as rows; `results` keep the shapes of the inputs. With
    `jacobian` they hold ∂output/∂input of each input of `wrt`, in the shape of the one and then the other;
    one that there is not, as of complex numbers, is a warning.
    Raises GraphError where no graph is left to show; a sweep that leaves the real numbers is the document's
    `error`.
    """
    check(locals())  # the first statement, while the names are what was asked
    language = language or next(iter(LANGUAGES))
    view = drawn(program, inputs, share, grain, folds, roles)
    graph = view.graph
    if graph.unknown:
        symbols, exact = True, False
    given = parse_values(seed) if isinstance(seed, str) else seed
    if mode == "forward":
        trace = sweeps.forward(graph, wrt, given)
    else:
        trace = sweeps.reverse(graph, wrt, given, output)
    count = sum(np.size(step.result) * (1 + 3 * len(step.terms)) for step in trace.steps)
    bound_document(_NUMBER * count)
    spend("work", count // NUMBERS)
    if exact:
        written = exact_inputs(inputs) if isinstance(inputs, str) else {}
        digits = Digits(digits, exact_numbers(graph, trace, written))
    document = _document(view, trace, language, digits, symbols, layout == "jacobian")
    if graph.unknown:
        tell(document, view, trace, language)
    if jacobian and trace.error is None:
        found = document["results"]["jacobian"] = {}
        for name in trace.wrt:
            try:
                found[name] = to_json(jacobians.jacobian(graph, choose_output(graph, output), name).values)
            except ValueProblem as problem:  # of this one: the others, and the walk, are there all the same
                node = graph.nodes[graph.inputs[name]].id
                document["warnings"].append({"message": say(problem.message, language), "node": node})
    bound_document(len(json.dumps(document, ensure_ascii=False).encode()))
    return document


def drawn(
    program: str | Graph,
    inputs: Mapping[str, object] | str | None = None,
    share: bool = False,
    grain: str | None = None,
    folds: Sequence[str] = (),
    roles: Mapping[str, str] | str | None = None,
) -> View:
    """The graph that `explain` walks, with the same arguments.

    Raises GraphError as `parse` does, and ValueProblem where a value does not fit the input of a Graph.
    """
    if isinstance(program, str):
        graph = parse(program, inputs, aliases=grain == "statement")
    else:
        graph = _with_values(program, inputs)
    asked = parse_roles(roles) if isinstance(roles, str) else roles or {}
    graph = with_roles(graph, asked)
    if asked:
        graph = with_defaults(graph)
    if share:
        graph = sharing.share(graph)
    return grains.view(graph, grain or grains.suited(graph), folds)  # type: ignore[arg-type]


NUMBERS = 10
"""Numbers of a document in a piece of work."""
_NUMBER = 4
"""The fewest bytes that a number takes in a document: what is sure to be too large is not even built."""


WRITTEN = 25
"""Pieces of work of a step or node that is put into words, formulas and patches."""


def _with_values(graph: Graph, inputs: Mapping[str, object] | str | None) -> Graph:
    """`graph` at other values of its inputs, whose shapes must stay."""
    given = parse_values(inputs) if isinstance(inputs, str) else inputs or {}
    values, warnings = dict(graph.values), list(graph.warnings)
    for name, value in given.items():
        if name not in values:
            warnings.append(ignored(name))
            continue
        values[name] = array(value, name)
        node = graph.nodes[graph.inputs[name]]
        if node.complex != np.iscomplexobj(values[name]):
            if not node.complex:
                raise ValueProblem(N_("{name} cannot become complex in a recorded graph.", name=name))
            values[name] = values[name] + 0j
        if values[name].shape != node.shape:
            raise ValueProblem(N_("The shape of {name} cannot change in a recorded graph.", name=name))
    defaults = graph.defaults - set(given)
    return dataclasses.replace(graph, values=values, warnings=tuple(warnings), defaults=defaults)


def _document(view: View, trace: Trace, language: str, digits: int, symbols: bool, rowwise: bool) -> Document:
    graph = view.graph
    spend("work", WRITTEN * len(trace.steps) + WRITTEN * len(graph.nodes))
    initial, changes = stages.patches(graph, trace, digits, symbols)
    warnings: list[Warned] = [{"message": text.text(language), "node": None} for text in graph.warnings]
    for notice in trace.notices:
        place = None if notice.node is None else graph.nodes[notice.node].id
        warnings.append({"message": notice.message.text(language), "node": place})
    names = {position: name for name, position in graph.outputs.items()}
    document: Document = {
        "version": VERSION,
        "program": {
            "text": graph.text or program_text(graph),
            "latex": spelled(latex.program_latex(graph), language),
            "inputs": {name: to_json(value) for name, value in graph.values.items()},
            "defaults": [name for name in graph.values if name in graph.defaults],
            "outputs": list(graph.outputs),
            "roles": dict(graph.roles),
        },
        "graph": {
            "svg": layout.draw(graph, digits, language),
            "initial": initial,
            "nodes": [node_entry(view, trace, i, language) for i in range(len(graph.nodes))],
            "edges": [
                {
                    "id": f"edge_{graph.nodes[edge.target].id}_{edge.argument}",
                    "from": graph.nodes[edge.source].id,
                    "to": graph.nodes[edge.target].id,
                    "argument": edge.argument,
                }
                for edge in graph.edges()
            ],
        },
        "grain": view.grain,
        "folds": list(view.toggled),
        "layout": "jacobian" if rowwise else "gradient",
        "mode": trace.mode,
        "wrt": list(trace.wrt),
        "seed": {name: to_json(value) for name, value in trace.seed.items()},
        "output": names[graph.outputs[next(iter(trace.seed))]] if trace.mode == "reverse" else None,
        "steps": [
            step_entry(graph, trace, step, patch, language, digits, symbols, rowwise)
            for step, patch in zip(trace.steps, changes, strict=True)
        ],
        "results": _results(graph, trace),
        "cost": {"values": trace.cost["values"], "derivatives": trace.cost["derivatives"]},
        "warnings": warnings,
    }
    if trace.error is not None:
        node = None if trace.error_node is None else graph.nodes[trace.error_node].id
        document["error"] = cast(Stopped, {**trace.error.as_dict(language), "node": node})
    return document


def _results(graph: Graph, trace: Trace) -> Results:
    """What the sweep has found so far, by name; after an `error` some may be missing."""
    found: Results = {"value": _named(graph.outputs, trace.values)}
    if trace.mode == "forward":
        tangents = dict(trace.tangents)
        if trace.error is None:
            for position in graph.outputs.values():
                tangents.setdefault(position, np.zeros(graph.nodes[position].shape))
        found["tangent"] = _named(graph.outputs, tangents)
        return found
    inputs = {name: graph.inputs[name] for name in trace.wrt}
    found["gradient"] = _named(inputs, trace.adjoints)
    if trace.error is None:
        for name in inputs:
            found["gradient"].setdefault(name, to_json(graph.values[name] * 0.0))
        found["gradient"] = {name: found["gradient"][name] for name in inputs}
    return found


def _named(places: Mapping[str, int], slots: Mapping[int, Array]) -> dict[str, Value]:
    return {name: to_json(slots[position]) for name, position in places.items() if position in slots}
