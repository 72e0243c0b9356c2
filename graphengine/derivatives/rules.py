"""An operator's derivative rule, run on Symbols: it can be printed, and its operations counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..graph import Graph, Node, Shape
from ..graph.shortening import Shortening
from ..graph.symbols import Symbol
from ..graph.traversal import upstream
from ..limits import priced, spend
from ..ops import Op
from .calls import COPIED, Call, Complexes, Kept, Shapes

What = Literal["local", "tangent", "adjoint", "alternative"]
Role = tuple[str, int]
"""What a leaf stands for: argument ("arg", i), result ("y", 0), upstream ("g", 0), tangent ("d", i)."""


@dataclass(frozen=True)
class Derivation:
    """The recorded nodes of one rule, the index of its result, and the roles of its leaves by index.

    All leaves are there, for an argument that is not read may still lend its shape; `needed` are the nodes
    that the result follows from.
    """

    nodes: tuple[Node, ...]
    result: int
    roles: Mapping[int, Role]
    needed: frozenset[int]
    operations: int
    """Scalar operations of evaluating it once, by the operators' cost model."""


def derive(what: What, graph: Graph, position: int, argument: int) -> Derivation:
    """The rule of one argument of the operator at `position`: its local derivative, tangent or adjoint.

    Unnamed scalar literals take part as numbers, so that x**2 gives 2x. Raises DerivativeError where there is
    no rule, LimitError for too much work.
    """
    node = graph.nodes[position]
    assert node.op is not None
    spend("work", 1 + len(node.args) // (6 * COPIED))
    literals = tuple(_literal(graph, i) for i in node.args)
    shapes = tuple(graph.nodes[i].shape for i in node.args)
    complexes = (*(graph.nodes[i].complex for i in node.args), node.complex)
    return _derive(what, node.op, argument, literals, shapes, node.shape, node.params, complexes)


def _literal(graph: Graph, position: int) -> complex | None:
    node = graph.nodes[position]
    if node.value is None or node.name is not None or node.shape:
        return None
    return node.value.item()  # type: ignore[no-any-return]


@priced(4096)
def _derive(
    what: What,
    op: Op,
    argument: int,
    literals: tuple[complex | None, ...],
    shapes: Shapes,
    shape: Shape,
    params: Kept,
    complexes: Complexes,
) -> Derivation:
    spend("work", 1 + len(shapes) // (2 * COPIED))
    tape = Shortening()
    roles: dict[int, Role] = {}

    def leaf(role: str, i: int, of: Shape, kind: bool) -> Symbol:
        made = tape.input(role, of, is_complex=kind)
        roles[made.index] = (role, i)
        return made

    numbers = enumerate(literals)
    args = [
        leaf("arg", i, shapes[i], complexes[i]) if value is None else tape.literal(value)
        for i, value in numbers
    ]
    call = Call(op, args, leaf("y", 0, shape, complexes[-1]), dict(params))
    if what == "local":
        result = call.local(argument)
    elif what == "adjoint":
        result = call.adjoint(argument, leaf("g", 0, shape, complexes[-1]))
    elif what == "alternative":
        result = call.alternative(argument, leaf("d", argument, shapes[argument], complexes[argument]))
    else:
        result = call.tangent(argument, leaf("d", argument, shapes[argument], complexes[argument]))
    index = tape.lift(result).index
    needed = upstream(tape.nodes, [index])
    return Derivation(tuple(tape.nodes), index, roles, needed, _operations(tape.nodes, needed))


def _operations(nodes: Sequence[Node], needed: Collection[int]) -> int:
    return sum(
        node.op.operations(node.shape, tuple(nodes[i].shape for i in node.args), dict(node.params))
        for node in (nodes[place] for place in needed)
        if node.op is not None
    )
