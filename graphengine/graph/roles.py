"""What the inputs of a graph are: parameters and data, which move; labels, indices and counts, which do not.

A role follows from use. What an operator `wants` of an argument is a label or an index; a number that is
called as counts are, and divides a sum, or whose root divides a product, is a count. What was asked for comes
first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import cast, get_args

import numpy as np

from ..errors import ValueProblem
from ..messages import N_, Message
from ..names import parts
from . import Graph, Node, Role

ROLES: tuple[Role, ...] = get_args(Role)
_COUNTED = {"n", "N", "m", "M", "B", "d", "D"}
"""What counts are called."""
NEAR = 20
"""Nodes within which a sum is looked for."""


def roles(graph: Graph) -> dict[str, Role]:
    """The role of every input of `graph`, by name."""
    known = all(name in graph.roles for name in graph.inputs)
    used = {} if known else {graph.nodes[place].label: role for place, role in _used(graph)}
    return {name: graph.roles.get(name) or used.get(name, "parameter") for name in graph.inputs}


def discrete(graph: Graph) -> dict[str, Message]:
    """The inputs that have no derivative, by name, and why each has none."""
    return {name: STILL[role](name) for name, role in roles(graph).items() if role in STILL}


STILL: Mapping[Role, Callable[[str], Message]] = {
    "label": lambda name: N_("{name} says which class is right: a label has no derivative.", name=name),
    "index": lambda name: N_("{name} says which element is taken: an index has no derivative.", name=name),
    "count": lambda name: N_("{name} says how many there are: a count has no derivative.", name=name),
}
"""The roles of what has no derivative, and why: to move it a little means nothing."""


WORDS: Mapping[Role, Message] = {
    "data": N_("data"),
    "label": N_("label"),
    "index": N_("index"),
    "count": N_("count"),
}
"""What stands on the card of an input that is no parameter."""


def with_roles(graph: Graph, asked: Mapping[str, str]) -> Graph:
    """`graph` with the role of every input written down, those `asked` for among them.

    What was written down stays when the graph is drawn in another grain, where the uses are out of sight. A
    name that is no input is warned about. Raises ValueProblem for a role that there is not.
    """
    for role in asked.values():
        if role not in ROLES:
            raise ValueProblem(
                N_("{role} is no role of an input.", role=role),
                hint=N_("The roles are: {names}.", names=", ".join(ROLES)),
            )
    known = {name: role for name, role in asked.items() if name in graph.inputs}
    lost = (
        N_("The program has no input {name}; its role is ignored.", name=n) for n in asked if n not in known
    )
    found = {**roles(graph), **cast(Mapping[str, Role], known)}
    return replace(graph, roles=found, warnings=(*graph.warnings, *lost))


def parse_roles(text: str) -> dict[str, str]:
    """Roles as they are written, by name; ValueProblem for what is none.

    >>> parse_roles("n = count; t = label")
    {'n': 'count', 't': 'label'}
    """
    found = {}
    for part in filter(str.strip, re.split(r"[;,\n]", text)):
        name, _, role = (side.strip() for side in part.partition("="))
        if not name or not role:
            raise ValueProblem(
                N_("Roles are written as name = role."), hint=N_("For example: n = count; t = label")
            )
        found[unicodedata.normalize("NFKC", name)] = role
    return found


def wanted(graph: Graph) -> Iterator[tuple[int, int, Role]]:
    """Inputs that an operator wants as labels or indices: the input, the operator, and as what."""
    for place, node in enumerate(graph.nodes):
        for want, argument in zip(node.op.wants if node.op else (), node.args, strict=False):
            whole = want == "index"  # 2*i + 1 is an index as well
            sources = [_source(graph, i) for i in (_reached(graph, argument) if whole else [argument])]
            yield from ((i, place, want) for i in sources if want and graph.nodes[i].kind == "input")


def counted(graph: Graph) -> Iterator[tuple[int, int]]:
    """Inputs that are counts, and the sum that each divides, or the product that its root divides."""
    for node in graph.nodes:
        for divided, divisor in _divisions(graph, node):
            sums = ("sum", "product") if _name(graph, divisor) == "sqrt" else ("sum",)
            total = next((i for i in _reached(graph, divided) if _name(graph, i) in sums), None)
            if total is not None:
                yield from ((i, total) for i in _reached(graph, divisor) if _is_count(graph, i))


def _used(graph: Graph) -> Iterator[tuple[int, Role]]:
    yield from ((source, "count") for source, _ in counted(graph))
    yield from ((source, role) for source, _, role in wanted(graph))


def _source(graph: Graph, place: int) -> int:
    """What is wanted at `place`, before it was reshaped, or parts of it were taken."""
    node = graph.nodes[place]
    while node.op is not None and node.op.cost == 0 and len(node.args) == 1:
        (place,) = node.args
        node = graph.nodes[place]
    return place


def _divisions(graph: Graph, node: Node) -> Iterator[tuple[int, int]]:
    """What a node divides, and by what: a/b does, and so do (1/b)·a and a·(1/b)."""
    if node.op is None or node.op.name not in ("div", "mul"):
        return
    a, b = node.args
    if node.op.name == "div":
        yield a, b
        return
    for factor, other in ((a, b), (b, a)):
        if _name(graph, factor) == "div":
            one, divisor = graph.nodes[factor].args
            if graph.nodes[one].kind == "literal":
                yield other, divisor


def _reached(graph: Graph, place: int) -> list[int]:
    """A node, and what it is a sum, a multiple or a root of; the nearest `NEAR` of them."""
    found = [place]
    for near in found:
        if _name(graph, near) in ("add", "sub", "neg", "mul", "sqrt") and len(found) < NEAR:
            found += [source for source in graph.nodes[near].args if source not in found]
    return found


def _name(graph: Graph, place: int) -> str:
    op = graph.nodes[place].op
    return "" if op is None else "product" if op.said.product else op.name


def _is_count(graph: Graph, place: int) -> bool:
    """Whether a node is an input that is called as counts are, and may be one."""
    node = graph.nodes[place]
    if node.kind != "input" or node.shape or node.complex or parts(node.label)[0] not in _COUNTED:
        return False
    value = graph.values.get(node.label)
    return value is None or node.label in graph.defaults or bool(value > 0 and value == np.round(value))
