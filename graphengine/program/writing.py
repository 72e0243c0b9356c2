"""Graph -> text in the language of programs, for graphs that did not come from text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import cast

import numpy as np

from ..graph import Graph, Node
from ..graph.source import call_source
from ..ops import Constant, Op
from ..ops.places import Index, index_code
from ..values import Array, to_json
from .declarations import declaration

LONGEST = 200
"""Characters of a node's formula."""
_NUMBERS = {"π": np.pi, "e": np.e}


def program_text(graph: Graph) -> str:
    """One statement for each named or shared node; what is used once is written where it is used.

    Until the end nodes go by their ids, for a name may be a word of Python's, such as lambda.
    """
    uses = Counter(i for node in graph.nodes for i in node.args)
    texts: list[str] = []
    lines: list[str] = []
    for position, node in enumerate(graph.nodes):
        text = _text(node, [texts[i] for i in node.args], graph)
        used = uses[position] > 1 or position in graph.outputs.values()
        if _stated(node) or (used and node.op is not None):
            lines.append(f"{node.id} = {text}")
            text = node.id
        texts.append(text)
    for name, position in graph.outputs.items():
        if graph.nodes[position].label != name:
            lines.append(f"{name} = {texts[position]}")
    labels = _labels(graph)
    text = re.sub(r"\b\w+\b", lambda word: labels.get(word[0], word[0]), "\n".join(lines))
    return declaration(unknown_names(graph)) + text


def unknown_names(graph: Graph) -> set[str]:
    """The functions of which no more than their names are known."""
    return {op.name for op in _unknown(graph)}


def formulas(graph: Graph) -> list[str]:
    """Each node in the inputs; what would be longer than `LONGEST` goes by its name."""
    texts: list[str] = []
    for node in graph.nodes:
        text = _text(node, [texts[i] for i in node.args], graph)
        texts.append(text if len(text) <= LONGEST else node.id)
    labels = _labels(graph)
    return [re.sub(r"\b\w+\b", lambda word: labels.get(word[0], word[0]), text) for text in texts]


def _labels(graph: Graph) -> dict[str, str]:
    """What is written in the end for the names that stand in for others until then."""
    labels = {node.id: node.label for node in graph.nodes}
    return labels | {_key(op): op.said.text.partition("(")[0] for op in _unknown(graph)}


def _unknown(graph: Graph) -> Iterator[Op]:
    """The functions that are known by their names alone, those in folded nodes too."""
    for node in graph.nodes:
        if node.op is not None and node.op.inside is not None:
            yield from _unknown(node.op.inside)
        elif node.op is not None and node.op.unknown:
            yield node.op


def _key(op: Op) -> str:
    """What a function known by name alone is called until the end: f' is no name of Python's."""
    return f"unknown{id(op)}"


def _text(node: Node, args: list[str], graph: Graph) -> str:
    """A node in its arguments' texts."""
    if node.op is not None:
        template = node.op.said.text
        if node.op.inside is not None:
            parts = list(args)
            for part in node.op.inside.nodes[len(args) :]:
                parts.append(_text(part, [parts[i] for i in part.args], node.op.inside))
            return parts[-1]
        if node.op.unknown:
            return f"{_key(node.op)}({', '.join(args)})"
        for key, value in node.params:
            if f"[{key}]" in template:
                written = index_code(cast(Index, value), node.op.arguments[1:]) or "()"
                template = template.replace(f"[{key}]", f"[{written}]")
            elif template.startswith(f"{node.op.name}({key}, "):
                template = template.replace(key, repr(value), 1)
            elif value != node.op.parameters[key]:
                template = f"{template[:-1]}, {key}={value!r})"
        return call_source(template, node.op.arguments, args)
    if node.kind == "input":
        return node.id
    constant = Constant.known.get(node.label)
    if constant is not None and graph.inputs.keys().isdisjoint(("pi", "e")):
        return constant.sympy  # such templates are in the language too
    return node.label if _known(node) else _number(node.value)


def _stated(node: Node) -> bool:
    """Whether a node has a name that a statement must give it."""
    if node.name is None or node.kind == "input":
        return False
    return node.name not in Constant.known and not _known(node)


def _known(node: Node) -> bool:
    """Whether a literal is a number that the language knows by name."""
    return node.kind == "literal" and bool(np.all(_NUMBERS.get(node.label, np.nan) == node.value))


def _number(value: Array) -> str:
    if np.iscomplexobj(value):
        return str(value.tolist())
    if np.ndim(value) and np.any(infinite := np.isinf(value)):
        return f"{_number(np.where(infinite, np.sign(value), value))} / {_number(~infinite * 1.0)}"
    if np.ndim(value):
        return str(to_json(value))
    text = repr(float(value))
    return {"inf": "1/0", "-inf": "-1/0", "nan": "0/0"}.get(text) or text.removesuffix(".0")
