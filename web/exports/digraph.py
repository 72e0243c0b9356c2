"""The graph as DOT, for a Graphviz of one's own: names, operators and numbers as labels."""

from __future__ import annotations

import graphviz

from graphengine.document.shapes import Document, Node
from graphengine.ops import OPS

SLOTS = {"value": "v", "tangent": "v\N{COMBINING DOT ABOVE}", "adjoint": "v\N{COMBINING MACRON}"}


def digraph(document: Document, step: int) -> str:
    """The graph of a walk after `step` steps; ids are the document's, so nothing typed is an id."""
    texts: dict[str, str] = {}
    for patch in (document["graph"]["initial"], *(listed["patch"] for listed in document["steps"][:step])):
        texts |= {
            key: str(change["text"]) for key, change in patch.items() if change.get("text") and "." in key
        }
    source = graphviz.Digraph(
        graph_attr={"rankdir": "LR"},
        node_attr={"shape": "box", "style": "rounded", "fontname": "DejaVu Sans"},
    )
    for node in document["graph"]["nodes"]:
        source.node(node["id"], _label(node, texts))
    for edge in document["graph"]["edges"]:
        source.edge(edge["from"], edge["to"])
    return str(source.source)


def _label(node: Node, texts: dict[str, str]) -> str:
    if node["kind"] == "literal":
        return _escaped(node["name"])
    op = OPS.get(node["op"])
    sign = op.said.symbol if op is not None else node["op"]
    lines = [node["name"] if node["kind"] == "input" else f"{node['name']} = {sign}"]
    for slot, letter in SLOTS.items():
        text = texts.get(f"node_{node['id']}.{slot}")
        if text:
            lines.append(f"{letter} = {text}")
    return str(graphviz.nohtml("\\n".join(map(_escaped, lines))))


def _escaped(text: str) -> str:
    """A line of a label: no escape of Graphviz's, and no HTML."""
    return str(graphviz.escape(" ".join(text.split())))
