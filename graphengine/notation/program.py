"""Graph -> text in the language of programs, for graphs that did not come from text."""

from __future__ import annotations

from collections import Counter

from ..graph import Graph
from ..values import to_json
from .source import call_source

_INFIX = {"add": "a + b", "sub": "a - b", "mul": "a * b", "div": "a / b", "pow": "a ** b", "neg": "-x", "scaled": "a * b"}


def program_text(graph: Graph) -> str:
    """One statement for each named or shared node; what is used once is written where it is used."""
    uses = Counter(i for node in graph.nodes for i in node.args)
    texts: list[str] = []
    lines: list[str] = []
    for position, node in enumerate(graph.nodes):
        if node.op is None:
            texts.append(node.label if node.kind == "input" or node.name else str(to_json(node.value)))
            continue
        template = _INFIX.get(node.op.name) or f"{node.op.name}({', '.join(node.op.arguments)})"
        text = call_source(template, node.op.arguments, [texts[i] for i in node.args])
        if node.name or uses[position] > 1 or position in graph.outputs.values():
            lines.append(f"{node.label} = {text}")
            text = node.label
        texts.append(text)
    for name, position in graph.outputs.items():
        if graph.nodes[position].label != name:
            lines.append(f"{name} = {texts[position]}")
    return "\n".join(lines)
