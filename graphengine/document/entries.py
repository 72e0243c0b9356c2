"""One node and one step of a document, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from ..folds import View
from ..graph import Graph
from ..notation import latex, lettered, rows, rules
from ..notation.sentences import sentence
from ..notation.spelling import spelled
from ..notation.transposition import derivation
from ..picture import stages
from ..sweeps.steps import Step, Trace
from ..values import format_value, to_json
from . import shapes
from .shapes import Node, Slots


def node_entry(view: View, trace: Trace, position: int, language: str) -> Node:
    """A node; `opens` is what to ask for to see what is inside, `folds` what it can be drawn as a part of."""
    graph = view.graph
    node = graph.nodes[position]
    return {
        "id": node.id,
        "name": node.label if node.kind != "literal" or node.name else format_value(node.value),
        "kind": node.kind,
        "op": node.op.name if node.op is not None else node.kind,
        "args": [graph.nodes[i].id for i in node.args],
        "params": {key: _option(value) for key, value in node.params},
        "shape": list(node.shape),
        "role": graph.roles.get(node.label) if node.kind == "input" else None,
        "symbol": latex.symbol(graph, position).text,
        "slots": _slots(graph, position),
        "latex": spelled(latex.node_formula(graph, position), language),
        "span": list(node.span) if node.span else None,
        "active": position in trace.active,
        "opens": view.opens(node),
        "folds": [{"id": scope, "name": name} for scope, name in view.folds_into(node)],
    }


def _option(value: object) -> object:
    """An option as JSON: what has no number there, ... and ∞, as a program writes it."""
    if isinstance(value, tuple):
        return [_option(part) for part in value]
    if value is ...:
        return "..."
    return repr(value) if isinstance(value, float) and not np.isfinite(value) else value


def _slots(graph: Graph, position: int) -> Slots:
    value, tangent, adjoint = (
        latex.symbol(graph, position, rules.ACCENT[slot]).text for slot in ("value", "tangent", "adjoint")
    )
    return {"value": value, "tangent": tangent, "adjoint": adjoint}


def step_entry(
    graph: Graph,
    trace: Trace,
    step: Step,
    patch: stages.Patch,
    language: str,
    digits: int,
    symbols: bool = False,
    rowwise: bool = False,
) -> shapes.Step:
    """A step, with the patch that shows it; with `symbols` it says names where numbers would stand, and
    with `rowwise` contributions are in the Jacobian layout.
    """
    ids = [node.id for node in graph.nodes]
    listed: dict[str, Any] = {  # which of a Step's keys there are depends on the step
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
            "contribution_latex": rules.multiplied(step, digits),
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
    if symbols:
        listed |= _lettered(graph, step, language)
    if rowwise:
        listed |= _in_rows(graph, trace, step, language, digits, symbols)
    return cast(shapes.Step, listed | _equal(graph, step, listed))


def _equal(graph: Graph, step: Step, said: Mapping[str, str]) -> dict[str, object]:
    """The whole equation: its rule with a mark to align it by, and what that is equal to, with numbers."""
    target = rules.rule(graph, step)[0]
    starts = step.kind == "seed" and step.slot == "adjoint"
    numbers = said["substituted"] or (said["result_latex"] if starts else "")
    return {
        "aligned": f"{target} &{said['rule'].removeprefix(target).lstrip()}".removesuffix(" &"),
        "numbers": [text for text in dict.fromkeys([numbers, said["result_latex"]]) if text]
        if numbers
        else [],
    }


def _in_rows(
    graph: Graph, trace: Trace, step: Step, language: str, digits: int, symbols: bool
) -> dict[str, object]:
    """What a contribution of arrays says otherwise in the Jacobian layout, where adjoints are rows."""
    if step.kind != "contribute" or not (np.ndim(step.result) or np.ndim(step.terms[0].incoming)):
        return {}
    (term,) = step.terms
    right = spelled(rows.rule(graph, step), language)
    said: dict[str, object] = {
        "rule": rf"{latex.symbol(graph, step.node, 'bar').text} \mathrel{{+}}= {right}"
    }
    if symbols:
        return said
    shown = {
        "upstream": rows.row(term.incoming, digits).text,
        "contribution": rows.row(term.product, digits).text,
    }
    source = latex.symbol(graph, step.source or 0, "bar").text
    parts = [
        {"name": "upstream", "latex": f"{source} = {shown['upstream']}"},
        {"name": "contribution", "latex": shown["contribution"]},
    ]
    return said | {
        "substituted": spelled(rows.substituted(graph, trace, step, digits), language),
        "parts": parts,
        "contribution_latex": shown["contribution"],
        "result_latex": rows.row(step.result, digits).text,
    }


def _lettered(graph: Graph, step: Step, language: str) -> dict[str, object]:
    """What a step says otherwise in a view without numbers."""
    sent = {}
    if step.source is not None and step.argument is not None:
        sent["contribution_latex"] = spelled(rules.contribution(graph, step.source, step.argument), language)
    return {
        **sent,
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
