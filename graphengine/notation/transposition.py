r"""How an adjoint comes about: from the differential, inside an inner product, one operator at a time.

    ⟨ȳ, dy⟩ = ⟨ȳ, −Y dX Y⟩ = ⟨ȳ Yᵀ, −Y dX⟩ = ⟨−Yᵀ ȳ Yᵀ, dX⟩

Each line moves the outermost operator from the right side of the product to the left, as its transpose; what
stands beside dX in the last line is the contribution.
(Giles, "Collected matrix derivative results for forward and reverse mode AD", 2008, section 2.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from ..derivatives.accumulation import add, backwards
from ..derivatives.activity import active
from ..derivatives.calls import Call, fit
from ..graph import Graph
from ..graph.recording import Tape
from ..graph.shortening import Shortening
from ..graph.symbols import Symbol
from ..graph.traversal import upstream
from ..limits import spend
from ..ops import Level
from .latex import UNSAID, Formula, print_nodes
from .rules import names_at

RECORDED = 3
"""Arguments in a piece of work."""
LONGEST = 400
"""Characters of a line beyond which a derivation is no help."""


def derivation(graph: Graph, position: int, argument: int) -> list[str]:
    """The lines in LaTeX, without the relation between them; none for an elementwise operator.

    Raises LimitError where a request's work is used up.
    """
    node = graph.nodes[position]
    assert node.op is not None
    if node.op.kind in ("elementwise", "composite"):
        return []
    spend("work", 1 + len(node.args) // RECORDED)
    tape = Shortening()
    sources = (graph.nodes[k] for k in node.args)
    args = [tape.input(f"a{i}", of.shape, is_complex=of.complex) for i, of in enumerate(sources)]
    result, g = (tape.input(name, node.shape, is_complex=node.complex) for name in ("y", "g"))
    da = tape.input("da", args[argument].shape, is_complex=args[argument].complex)
    names = names_at(graph, position)
    roles = {symbol.index: ("arg", i) for i, symbol in enumerate(args)}
    roles |= {result.index: ("y", 0), g.index: ("g", 0)}

    def leaf(index: int) -> Formula | None:
        if index == da.index:
            return _differential(names("arg", argument))
        return names(*roles[index]) if index in roles else None

    swept = tape.lift(Call(node.op, args, result, dict(node.params)).tangent(argument, da))
    lines = [_inner(names("g", 0), _differential(names("y", 0)))]
    for left in _moved(tape, da.index, swept.index, fit(g, swept)):
        line = _line(tape, left, leaf)
        if len(line) > LONGEST:
            return []
        if line != lines[-1]:
            lines.append(line)
    return lines


def _moved(tape: Tape, start: int, end: int, g: Symbol) -> Iterator[Mapping[int, Symbol]]:
    """What stands on the left of each differential: at first, and after each operator that has moved."""
    left, symbols = {end: g}, tape.symbols
    yield left
    edges = backwards(tape.nodes, active(tape.nodes, [start], [end]))
    for index, inner in groupby(edges, attrgetter("target")):
        call, incoming = Call.at(tape.nodes, symbols, index), left.pop(index)
        for edge in inner:
            add(left, edge.source, tape.lift(call.adjoint(edge.argument, incoming)))
        yield left


def _line(tape: Tape, left: Mapping[int, Symbol], leaf: Callable[[int], Formula | None]) -> str:
    shown = upstream(tape.nodes, [*left, *(symbol.index for symbol in left.values())])
    formulas = print_nodes(tape.nodes, lambda index: leaf(index) if index in shown else UNSAID)
    terms = [_inner(formulas[left[index].index], formulas[index]) for index in sorted(left, reverse=True)]
    return " + ".join(terms)


def _inner(first: Formula, second: Formula) -> str:
    return rf"\left\langle {first.text},\; {second.text} \right\rangle"


def _differential(of: Formula) -> Formula:
    return Formula(rf"\mathrm{{d}}{of.text}", Level.ATOM, of.array)
