"""All of it as one JSON document: program, graph, steps, results, cost, warnings and error.

`explain` is what the page, the API and the command line call; `schema.json` says what it returns.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import layout, lettered, sharing, stages, sweeps
from .errors import LimitError, ValueProblem
from .graph import Graph
from .limits import LIMITS
from .messages import N_, NN_
from .notation import latex, rules
from .notation.program import program_text
from .notation.spelling import spelled
from .parse import parse, parse_values
from .sentences import sentence
from .steps import Step, Trace
from .transposition import derivation
from .values import DIGITS, array, format_value, to_json

VERSION = 1
MODES = ("forward", "reverse")


def explain(
    program: str | Graph,
    inputs: Mapping[str, Any] | str | None = None,
    mode: str = "reverse",
    wrt: Sequence[str] | None = None,
    seed: Mapping[str, Any] | str | None = None,
    output: str | None = None,
    language: str = "en",
    *,
    digits: int = DIGITS,
    share: bool = False,
    symbols: bool = False,
) -> dict[str, Any]:
    """The document of one walk: `program` (text or Graph) at `inputs`, differentiated in `mode`.

    `inputs` and `seed` are mappings of numbers, nested lists or arrays, or text such as "x = 2; w = -1".
    `wrt` names the inputs to differentiate by (default all). `seed` is {input: tangent} in forward mode and
    {output: adjoint} in reverse mode; `output` names the output to differentiate (default the last scalar).
    `digits` (2 to 12) are the significant digits shown; `share` makes equal sub-expressions one node;
    with `symbols`, picture, rules and sentences say names where numbers would stand. Raises GraphError where
    no graph is left to show; a sweep that leaves the real numbers is the document's `error`.
    """
    _check(program, inputs, mode, wrt, seed, output, digits)
    graph = parse(program, inputs) if isinstance(program, str) else _with_values(program, inputs)
    if share:
        graph = sharing.share(graph)
    given = parse_values(seed) if isinstance(seed, str) else seed
    if mode == "forward":
        trace = sweeps.forward(graph, wrt, given)
    else:
        trace = sweeps.reverse(graph, wrt, given, output)
    _bound(sum(_NUMBER * np.size(step.result) * (1 + 3 * len(step.terms)) for step in trace.steps))
    document = _document(graph, trace, language, digits, symbols)
    _bound(len(json.dumps(document, ensure_ascii=False).encode()))
    return document


_NUMBER = 4
"""The fewest bytes that a number takes in a document: what is sure to be too large is not even built."""


def _bound(size: int) -> None:
    if size > LIMITS.document:
        raise LimitError(
            NN_("The document has at least {size} byte; the limit `document` is {limit}.",
                "The document has at least {size} bytes; the limit `document` is {limit}.",
                size, size=size, limit=LIMITS.document)
        )  # fmt: skip


def _check(program: Any, inputs: Any, mode: Any, wrt: Any, seed: Any, output: Any, digits: Any) -> None:
    """Refuse arguments of the wrong kind, for they come from links and requests."""
    if not isinstance(program, str | Graph):
        raise ValueProblem(N_("The program is a text."))
    for name, values in (("inputs", inputs), ("seed", seed)):
        if not (values is None or isinstance(values, str | Mapping)):
            raise ValueProblem(N_("{name} are values by name, or a text such as x = 2; y = -1.", name=name))
    if mode not in MODES:
        raise ValueProblem(N_("The mode is forward or reverse, not {mode}.", mode=mode))
    if wrt is not None and (isinstance(wrt, str) or not all(isinstance(name, str) for name in wrt)):
        raise ValueProblem(N_("wrt is a list of names."))
    if not (output is None or isinstance(output, str)):
        raise ValueProblem(N_("The output is a name."))
    if not isinstance(digits, int) or isinstance(digits, bool) or not 2 <= digits <= 12:
        raise ValueProblem(N_("The number of digits is a whole number from 2 to 12."))


def _with_values(graph: Graph, inputs: Mapping[str, Any] | str | None) -> Graph:
    """`graph` at other values of its inputs, whose shapes must stay."""
    given = parse_values(inputs) if isinstance(inputs, str) else inputs or {}
    values, warnings = dict(graph.values), list(graph.warnings)
    for name, value in given.items():
        if name not in values:
            warnings.append(N_("The program has no input {name}; its value is ignored.", name=name))
            continue
        values[name] = array(value, name)
        if values[name].shape != graph.nodes[graph.inputs[name]].shape:
            raise ValueProblem(N_("The shape of {name} cannot change in a recorded graph.", name=name))
    defaults = graph.defaults - set(given)
    return dataclasses.replace(graph, values=values, warnings=tuple(warnings), defaults=defaults)


def _document(graph: Graph, trace: Trace, language: str, digits: int, symbols: bool) -> dict[str, Any]:
    initial, changes = stages.patches(graph, trace, digits, symbols)
    warnings: list[dict[str, Any]] = [
        {"message": text.text(language), "node": None} for text in graph.warnings
    ]
    for notice in trace.notices:
        place = None if notice.node is None else graph.nodes[notice.node].id
        warnings.append({"message": notice.message.text(language), "node": place})
    names = {position: name for name, position in graph.outputs.items()}
    document = {
        "version": VERSION,
        "program": {
            "text": graph.text or program_text(graph),
            "latex": spelled(latex.program_latex(graph), language),
            "inputs": {name: to_json(value) for name, value in graph.values.items()},
            "defaults": [name for name in graph.values if name in graph.defaults],
            "outputs": list(graph.outputs),
        },
        "graph": {
            "svg": layout.draw(graph, digits, language),
            "initial": initial,
            "nodes": [_node(graph, trace, i, language) for i in range(len(graph.nodes))],
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
        "mode": trace.mode,
        "wrt": list(trace.wrt),
        "seed": {name: to_json(value) for name, value in trace.seed.items()},
        "output": names[graph.outputs[next(iter(trace.seed))]] if trace.mode == "reverse" else None,
        "steps": [
            {
                **_step(graph, trace, step, patch, language, digits),
                **(_lettered(graph, step, language) if symbols else {}),
            }
            for step, patch in zip(trace.steps, changes, strict=True)
        ],
        "results": _results(graph, trace),
        "cost": {**trace.cost},
        "warnings": warnings,
    }
    if trace.error is not None:
        node = None if trace.error_node is None else graph.nodes[trace.error_node].id
        document["error"] = {**trace.error.as_dict(language), "node": node}
    return document


def _node(graph: Graph, trace: Trace, position: int, language: str) -> dict[str, Any]:
    node = graph.nodes[position]
    return {
        "id": node.id,
        "name": node.label if node.kind != "literal" or node.name else format_value(node.value),
        "kind": node.kind,
        "op": node.op.name if node.op is not None else node.kind,
        "args": [graph.nodes[i].id for i in node.args],
        "params": {key: list(value) if isinstance(value, tuple) else value for key, value in node.params},
        "shape": list(node.shape),
        "symbol": latex.symbol(graph, position).text,
        "latex": spelled(latex.node_formula(graph, position), language),
        "span": list(node.span) if node.span else None,
        "active": position in trace.active,
    }


def _step(
    graph: Graph, trace: Trace, step: Step, patch: stages.Patch, language: str, digits: int
) -> dict[str, Any]:  # fmt: skip
    ids = [node.id for node in graph.nodes]
    listed = {
        "index": step.index,
        "phase": step.phase,
        "kind": step.kind,
        "slot": step.slot,
        "node": ids[step.node],
        "source": None if step.source is None else ids[step.source],
        "argument": step.argument,
        "reads": [{"node": ids[position], "slot": slot} for position, slot in step.reads],
        "rule": spelled(_equation(graph, step, latex.number(step.result, digits).text), language),
        "substituted": spelled(rules.substituted(graph, trace, step, digits), language),
        "parts": [
            {**part, "latex": spelled(part["latex"], language)}
            for part in rules.parts(graph, trace, step, digits)
        ],
        "sentence": sentence(graph, trace, step, digits).text(language),
        "result": to_json(step.result),
        "result_latex": latex.number(step.result, digits).text,
        "patch": patch,
    }
    if step.kind == "contribute":
        (term,) = step.terms
        listed |= {
            "upstream": to_json(term.incoming),
            "local": None if term.local is None else to_json(term.local),
            "contribution": to_json(term.product),
            "before": None if step.before is None else to_json(step.before),
        }
        lines = derivation(graph, step.source, term.argument) if step.source is not None else []
        if lines:
            listed["derivation"] = [spelled(line, language) for line in lines]
    elif step.kind == "tangent":
        listed["terms"] = [
            {
                "argument": term.argument,
                "tangent": to_json(term.incoming),
                "local": None if term.local is None else to_json(term.local),
                "product": to_json(term.product),
            }
            for term in step.terms
        ]
    return listed


def _lettered(graph: Graph, step: Step, language: str) -> dict[str, Any]:
    """What a step says otherwise in a view without numbers."""
    return {
        "rule": spelled(_equation(graph, step), language),
        "substituted": "",
        "parts": [
            {**part, "latex": spelled(part["latex"], language)} for part in rules.named_parts(graph, step)
        ],
        "sentence": lettered.sentence(graph, step).text(language),
        "result_latex": "",
    }


def _equation(graph: Graph, step: Step, number: str = "") -> str:
    """The rule of a step; of one that has no formula, its `number` if that may be shown."""
    target, formula = rules.rule(graph, step)
    sign = r"\mathrel{+}=" if step.kind == "contribute" else "="
    right = formula or number
    return f"{target} {sign} {right}" if right else target


def _results(graph: Graph, trace: Trace) -> dict[str, Any]:
    """What the sweep has found so far, by name; after an `error` some may be missing."""
    found: dict[str, Any] = {"value": _named(graph.outputs, trace.values)}
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


def _named(places: Mapping[str, int], slots: Mapping[int, Any]) -> dict[str, Any]:
    return {name: to_json(slots[position]) for name, position in places.items() if position in slots}
