"""What the picture shows at each step, decided once, as patches.

A patch is {target: {key: value}}: a target is the id of an SVG element, "node_v3.value" for a slot of a
node, or "graph" for the whole; "text" is its text, "width" that of a pill, every other key the attribute
data-<key>. The picture of step k is the skeleton with the initial patch and those of steps 1 … k. The
browser applies them (`static/js/graph/patches.js`), `apply` does the same to SVG text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from ..graph import Graph
from ..sweeps.steps import Step, Term, Trace
from ..values import DIGITS
from .inscriptions import Inscriptions

Patch = dict[str, dict[str, str | float]]

SVG = "http://www.w3.org/2000/svg"


def patches(
    graph: Graph, trace: Trace, digits: int = DIGITS, symbols: bool = False
) -> tuple[Patch, list[Patch]]:
    """The patch that makes step 0 of the skeleton, and one for each step; with `symbols`, without numbers."""
    texts = Inscriptions(graph, digits, symbols)
    first = _initial(graph, trace, texts)
    shown: Patch = {}
    _merge(shown, first)
    listed, settled = [], Patch()
    for step in trace.steps:
        wanted = settled
        _merge(wanted, _present(graph, step, texts))
        change = _difference(shown, wanted)
        _merge(shown, change)
        listed.append(change)
        settled = _settled(graph, step)
    return first, listed


def _initial(graph: Graph, trace: Trace, texts: Inscriptions) -> Patch:
    patch: Patch = {"graph": {"mode": trace.mode}}
    for position, node in enumerate(graph.nodes):
        if position not in trace.active:
            patch[f"node_{node.id}"] = {"dimmed": "yes"}
        if node.kind == "literal" and node.name is not None:
            text = texts.slot(position, "value", node.value)
            patch[f"node_{node.id}.value"] = {"state": "done", **text}
    return patch


def _present(graph: Graph, step: Step, texts: Inscriptions) -> Patch:
    """What is special while `step` is the current one."""
    node = graph.nodes[step.node]
    patch: Patch = {f"node_{graph.nodes[i].id}": {"state": "read"} for i, _ in step.reads}
    if step.source is not None:
        # Only the consumer: the other arguments are read by the rule, but nothing travels from them.
        patch = {f"node_{graph.nodes[step.source].id}": {"state": "read"}}
    patch[f"node_{node.id}"] = {"state": "written"}
    patch[f"node_{node.id}.{step.slot}"] = {"state": "now", **texts.slot(step.node, step.slot, step.result)}
    for edge, _ in _travelled(graph, step):
        patch[f"edge_{edge}"] = {"state": "back" if step.kind == "contribute" else "now"}
    for edge, term in _labelled(graph, step):
        patch[f"pill_{edge}"] = {"state": "now", **texts.pill(_consumer(step), term, step.source is not None)}
    return patch


def _settled(graph: Graph, step: Step) -> Patch:
    """What becomes of `_present` once the next step is there."""
    patch: Patch = {f"node_{graph.nodes[i].id}": {"state": ""} for i, _ in step.reads}
    patch[f"node_{graph.nodes[step.node].id}"] = {"state": ""}
    patch[f"node_{graph.nodes[step.node].id}.{step.slot}"] = {"state": "done" if step.last else "partial"}
    for edge, labelled in _travelled(graph, step):
        patch[f"edge_{edge}"] = {"state": "done" if step.kind == "contribute" else ""}
        if labelled:
            patch[f"pill_{edge}"] = {"state": ""}
    return patch


def _consumer(step: Step) -> int:
    return step.node if step.source is None else step.source


def _travelled(graph: Graph, step: Step) -> Iterable[tuple[str, bool]]:
    """The edges that carry something in `step`, and whether they have a pill for it."""
    if step.kind == "evaluate":
        for argument in range(len(graph.nodes[step.node].args)):
            yield f"{graph.nodes[step.node].id}_{argument}", False
    for edge, _ in _labelled(graph, step):
        yield edge, True


def _labelled(graph: Graph, step: Step) -> Iterable[tuple[str, Term]]:
    for term in step.terms:
        yield f"{graph.nodes[_consumer(step)].id}_{term.argument}", term


def _merge(into: Patch, patch: Patch) -> None:
    for target, keys in patch.items():
        into.setdefault(target, {}).update(keys)


def _difference(shown: Patch, wanted: Patch) -> Patch:
    """The part of `wanted` that is not shown yet; a slot that was never written counts as empty."""
    change: Patch = {}
    for target, keys in wanted.items():
        now = shown.get(target, {})
        new = {key: value for key, value in keys.items() if now.get(key, "") != value}
        if new:
            change[target] = new
    return change


# ---- the same patches on SVG text ---------------------------------------------------------------------


def apply(svg: str, listed: Iterable[Mapping[str, Mapping[str, str | float]]]) -> str:
    """`svg` with patches applied in their order: the picture of a step without a browser."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    known = {name: element for element in root.iter() if (name := element.get("id"))}
    known["graph"] = root
    for node in root.iter(f"{{{SVG}}}g"):
        for slot in node:
            if slot.get("data-slot"):
                known[f"{node.get('id')}.{slot.get('data-slot')}"] = slot
    for patch in listed:
        for target, keys in patch.items():
            for key, value in keys.items():
                _set(known[target], key, value)
    _raise(root, known)
    return ElementTree.tostring(root, encoding="unicode")


def _set(element: ElementTree.Element, key: str, value: str | float) -> None:
    if key == "text":
        texts = [text for text in element.findall(f"{{{SVG}}}text") if text.get("class") != "symbol"]
        texts[0].text = str(value)
    elif key == "width":
        rectangle = element.find(f"{{{SVG}}}rect")
        assert rectangle is not None
        wide = float(value)
        rectangle.set("width", f"{wide:g}")
        rectangle.set("x", f"{-wide / 2:g}")
    else:
        element.set(f"data-{key}", str(value))


def _raise(root: ElementTree.Element, known: Mapping[str, ElementTree.Element]) -> None:
    """Repeat the edges in use on top of everything, so that no other line crosses them."""
    front = next(group for group in root.iter(f"{{{SVG}}}g") if group.get("class") == "front")
    front[:] = [
        ElementTree.Element(f"{{{SVG}}}use", {"href": f"#{name}"})
        for name, element in known.items()
        if element.get("class") == "edge" and element.get("data-state") in ("now", "back")
    ]
