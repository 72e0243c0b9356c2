"""Graph -> text in the language of programs, for graphs that did not come from text."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast

import numpy as np

from ..graph import Graph, Node
from ..graph.source import call_source
from ..ops import Constant
from ..ops.places import Index, index_code
from ..values import Array, to_json

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
    labels = {node.id: node.label for node in graph.nodes}
    return re.sub(r"\b\w+\b", lambda word: labels.get(word[0], word[0]), "\n".join(lines))


def _text(node: Node, args: list[str], graph: Graph) -> str:
    """A node in its arguments' texts."""
    if node.op is not None:
        template = node.op.said.text
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
