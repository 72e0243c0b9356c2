"""A rule as lines of code: the recorded nodes of an expression, printed in a dialect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..graph import Node, Shape
from ..graph.shortening import Shortening
from ..graph.traversal import upstream
from ..limits import spend
from ..ops import Op
from ..values import Array
from .dialects import Dialect
from .terms import Term

PRINTED = 8
"""Pieces of work of a node in code."""
LONG = 72
"""Characters from which on a part of an expression gets a line and a name of its own."""


@dataclass(frozen=True)
class Line:
    """One line of code, and what it writes, by the ids of the picture: node_v3.value, edge_v3_0."""

    text: str
    marks: tuple[str, ...] = ()


class Printer:
    """Prints expressions; what they use twice gets a name from `temporaries` and a line before them."""

    def __init__(self, dialect: Dialect, temporaries: Iterator[str]) -> None:
        self.dialect = dialect
        self.temporaries = temporaries

    def lines(self, nodes: Sequence[Node], result: int, leaves: Mapping[int, Term]) -> tuple[list[str], Term]:
        """The assignments that come first, and the expression of `nodes[result]`."""
        needed = upstream(nodes, [result])
        spend("work", PRINTED * len(needed))
        uses = Counter(i for index in needed for i in nodes[index].args)
        before: list[str] = []
        terms: dict[int, Term] = {}
        for index in sorted(needed):
            node = nodes[index]
            args = [terms[i] for i in _plain(nodes, node)]
            term = leaves[index] if index in leaves else self._term(node, args, leaves)
            again = uses[index] > 1 or (len(term.text) > LONG and index != result)
            if node.op is not None and again and index not in leaves:
                name = next(self.temporaries)
                before.append(f"{name} = {term.text}")
                term = Term(name, node.shape, complex=node.complex)
            terms[index] = term
        return before, terms[result]

    def operator(
        self, op: Op, args: Sequence[Term], params: Mapping[str, Hashable], shape: Shape
    ) -> tuple[list[str], Term]:
        """A call of an operator; one that stands for others is written out in these."""
        if op.inside is None and op.kind != "composite":
            text = self.dialect.call(op, args, params, repr(params.get("shape")))
            return [], Term(text, shape)
        tape = Shortening()
        symbols = [tape.input(f"a{i}", arg.shape, is_complex=arg.complex) for i, arg in enumerate(args)]
        found = tape.lift(op.evaluate(*symbols, **params))
        return self.lines(tape.nodes, found.index, dict(enumerate(args)))

    def literal(self, value: Array) -> Term:
        """A number as it is written, an array as one of the library's."""
        if np.ndim(value):
            return Term(self.dialect.array(value), np.shape(value), complex=np.iscomplexobj(value))
        number = np.asarray(value).item()
        return Term(self.dialect.number(number), (), number, isinstance(number, complex))

    def _term(self, node: Node, args: Sequence[Term], leaves: Mapping[int, Term]) -> Term:
        if node.op is None:
            return self.literal(node.value)
        params = dict(node.params)
        shape = params.get("shape", ())
        text = self.dialect.call(node.op, args, params, _like(shape, leaves))
        return Term(text, node.shape, complex=node.complex)


def _like(shape: Hashable, leaves: Mapping[int, Term]) -> str:
    """A shape as that of an array which has it: code for one batch is code for every batch."""
    same = (
        leaf.text for leaf in leaves.values() if shape and leaf.shape == shape and leaf.text.isidentifier()
    )
    found = next(same, None)
    return f"{found}.shape" if found else repr(shape)


def _plain(nodes: Sequence[Node], node: Node) -> Sequence[int]:
    """The arguments of a node; a number that is stretched needs no axes of length 1 first."""
    if node.op is not None and node.op.name == "expand":
        (before,) = node.args
        inner = nodes[before]
        if (
            inner.op is not None
            and inner.op.name in ("reshape", "reshaped")
            and not nodes[inner.args[0]].shape
        ):
            return inner.args
    return node.args
