"""A sweep under way: it writes slots, and keeps the step that wrote each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypedDict, Unpack

import numpy as np

from ..derivatives.accumulation import backwards
from ..derivatives.calls import Call
from ..derivatives.rules import derive
from ..errors import GraphError, LimitError, ValueProblem
from ..graph import Edge, Graph, Node
from ..limits import limits, spend
from ..messages import N_
from ..values import Array, format_value, freeze
from .steps import Mode, Notice, Phase, Slot, Step, StepKind, Term, Trace

Reads = Iterable[tuple[int, Slot]]


class Contribution(TypedDict, total=False):
    """What a step says of the edges that it travelled."""

    source: int | None
    argument: int | None
    terms: tuple[Term, ...]
    before: Array | None
    last: bool


class Walk:
    """The slots written so far, the steps that wrote them, and what there was to say on the way."""

    def __init__(self, graph: Graph, active: frozenset[int], notices: Sequence[Notice]) -> None:
        self.graph = graph
        self.active = active
        self.phase: Phase = "forward"
        self.steps: list[Step] = []
        self.values: dict[int, Array] = {}
        self.tangents: dict[int, Array] = {}
        self.adjoints: dict[int, Array] = {}
        self.notices = list(notices)
        self.error: GraphError | None = None
        self.cost = {"values": 0, "derivatives": 0}
        self.awaited = Counter(edge.source for edge in backwards(graph.nodes, active))

    def run(self, sweep: Callable[[], None]) -> None:
        """Sweep until the end, or until a number leaves the reals; LimitError alone goes on."""
        with np.errstate(all="ignore"):
            try:
                sweep()
            except GraphError as error:
                if isinstance(error, LimitError):
                    raise
                self.error = error

    def trace(self, mode: Mode, wrt: tuple[str, ...], seed: Mapping[str, Array]) -> Trace:
        """All that was written, as it is now."""
        node = self.error.node if self.error else None
        return Trace(
            mode,
            tuple(self.steps),
            self.active,
            wrt,
            MappingProxyType(dict(seed)),
            MappingProxyType(self.values),
            MappingProxyType(self.tangents),
            MappingProxyType(self.adjoints),
            tuple(self.notices),
            self.error,
            node,
            MappingProxyType(self.cost),
        )

    # ---- the three slots ----

    def evaluate(self, position: int) -> None:
        """Write the value of a node; literals are known from the start and have no step.

        Raises ValueProblem where it leaves the reals, LimitError where it is too much.
        """
        node = self.graph.nodes[position]
        if node.kind == "literal":
            self.values[position] = node.value
        elif node.op is None:
            self.write("input", "value", position, self.graph.values[node.label])
        else:
            shapes = tuple(self.graph.nodes[i].shape for i in node.args)
            self._spend("values", node.op.operations(node.shape, shapes, dict(node.params)))
            args = [self.values[i] for i in node.args]
            value = node.op.compute(*args, **dict(node.params))
            if np.any(np.isnan(value)) and position not in self.graph.unknown:
                raise self._undefined(position, args)
            if np.any(np.isinf(value)) and all(np.all(np.isfinite(arg)) for arg in args):
                self._warn_infinite(position, value)
            doubt = node.op.doubt and node.op.doubt(*args)
            if doubt:
                self._notice(Notice(doubt, position))
            self.write("evaluate", "value", position, value, [(i, "value") for i in dict.fromkeys(node.args)])

    def push(self, position: int) -> None:
        """v̇ = Σ ∂v/∂argument · (argument's tangent), over the active arguments.

        Raises DerivativeError where there is no rule, ValueProblem and LimitError as `evaluate` does.
        """
        node = self.graph.nodes[position]
        call = self._call(position)
        terms = []
        for argument, source in enumerate(node.args):
            if source in self.active:
                local = self._local(call, position, argument)
                self._spend("derivatives", derive("tangent", self.graph, position, argument).operations)
                product = freeze(call.tangent(argument, self.tangents[source]))
                terms.append(Term(argument, self.tangents[source], local, product))
        result = terms[0].product
        for term in terms[1:]:
            self._spend("derivatives", int(np.size(result)))
            result = freeze(result + term.product)
        values = [place for term in terms for place in self._read(position, term.argument)]
        moving: list[tuple[int, Slot]] = [(node.args[term.argument], "tangent") for term in terms]
        reads = dict.fromkeys([*values, *moving])
        self.write("tangent", "tangent", position, result, reads, terms=tuple(terms))

    def pull(self, edge: Edge) -> None:
        """Send v̄ · ∂v/∂argument along an edge to the argument.

        Raises DerivativeError where there is no rule, ValueProblem and LimitError as `evaluate` does.
        """
        position, argument, upstream = edge.target, edge.argument, self.adjoints[edge.target]
        call = self._call(position)
        local = self._local(call, position, argument)
        self._spend("derivatives", derive("adjoint", self.graph, position, argument).operations)
        product = freeze(call.adjoint(argument, upstream))
        self.awaited[edge.source] -= 1
        reads = dict.fromkeys([*self._read(position, argument), (position, "adjoint")])
        term = Term(argument, upstream, local, product)
        self.accumulate("contribute", edge.source, product, reads, position, term)

    def accumulate(
        self,
        kind: StepKind,
        position: int,
        product: Array,
        reads: Reads = (),
        source: int | None = None,
        term: Term | None = None,
    ) -> None:
        """adjoint += product; ValueProblem where the sum is not a number, LimitError where it is too much."""
        before = self.adjoints.get(position)
        if before is not None:
            self._spend("derivatives", int(np.size(before)))
        result = product if before is None else freeze(before + product)
        self.write(
            kind,
            "adjoint",
            position,
            result,
            reads,
            source=source,
            argument=None if term is None else term.argument,
            terms=(term,) if term else (),
            before=before,
            last=self.awaited[position] == 0,
        )

    def write(
        self,
        kind: StepKind,
        slot: Slot,
        position: int,
        result: Array,
        reads: Reads = (),
        **more: Unpack[Contribution],
    ) -> None:
        """Append the step that writes `result` into a slot; ValueProblem where that is not a number."""
        spend("work", 2)
        spend("numbers", np.size(result))
        if self.graph.nodes[position].complex and not np.iscomplexobj(result):
            result = freeze(result + 0j)  # a derivative is of its node's kind
        if np.any(np.isnan(result)) and not self.graph.unknown:
            error = ValueProblem(
                N_(
                    "The {slot} of {name} is not a number: 0 · ∞ or ∞ − ∞ occurs in it.",
                    slot=_SLOTS[slot],
                    name=self.graph.nodes[position].label,
                )
            )
            raise self._place(error, position)
        {"value": self.values, "tangent": self.tangents, "adjoint": self.adjoints}[slot][position] = result
        self.steps.append(
            Step(len(self.steps) + 1, self.phase, kind, slot, position, result, tuple(reads), **more)
        )

    # ---- rules, with what can be said about them ----

    def _call(self, position: int) -> Call:
        return Call.at(self.graph.nodes, self.values, position)

    def _read(self, position: int, argument: int) -> list[tuple[int, Slot]]:
        """The values that the rule of one argument of a node reads."""
        node = self.graph.nodes[position]
        assert node.op is not None
        places = {**dict(zip(node.op.arguments, node.args, strict=True)), "y": position}
        return [(places[name], "value") for name in node.op.reads(argument)]

    def _local(self, call: Call, position: int, argument: int) -> Array | None:
        """The local derivative of an elementwise operator; notes where it is infinite or a convention."""
        try:
            if call.op.kind != "elementwise":
                return None
            local = freeze(call.local(argument))
        except GraphError as error:
            raise self._place(error, position) from None
        if np.any(np.isnan(local)) and position not in self.graph.unknown:
            raise self._undefined(position, call.args, derivative=True)
        if call.op.note is not None and call.op.breaks_at(call.args):
            self._notice(Notice(call.op.note, position))
        elif np.any(np.isinf(local) & np.isfinite(call.result)):
            message = N_(
                "{op} has no derivative at {at}: its slope is infinite there, and {limit} is taken.",
                op=self.graph.operator(self.graph.nodes[position]),
                at=_listed(call.args),
                limit=format_value(local),
            )
            self._notice(Notice(message, position))
        return local

    def _warn_infinite(self, position: int, value: Array) -> None:
        node = self.graph.nodes[position]
        assert node.op is not None
        message = N_("{name} is {value} in double precision.", name=node.label, value=format_value(value))
        inner = self.graph.nodes[node.args[0]].op
        if inner is not None and inner.name in node.op.stable:
            message = N_(
                "{name} is {value}, because {inner} was rounded to {at}. Write {better} instead.",
                name=node.label,
                value=format_value(value),
                inner=self.graph.operator(self.graph.nodes[node.args[0]]),
                at=format_value(self.values[node.args[0]]),
                better=node.op.stable[inner.name],
            )
        self._notice(Notice(message, position))

    def _undefined(self, position: int, args: Sequence[Array], derivative: bool = False) -> GraphError:
        node = self.graph.nodes[position]
        assert node.op is not None
        op = self.graph.operator(node)
        what = N_("The derivative of {op}", op=op) if derivative else op
        message = N_("{what} is not defined at {at} in the real numbers.", what=what, at=_listed(args))
        hint = N_("{op} needs {domain}.", op=op, domain=node.op.domain) if node.op.domain else None
        if derivative:
            hint = N_("Choose other values, or leave an input out of those that are differentiated by.")
        return self._place(ValueProblem(message, hint=hint), position)

    def _place(self, error: GraphError, position: int) -> GraphError:
        node: Node = self.graph.nodes[position]
        error.node = position
        return error.at(node.span, self.graph.text)

    def _notice(self, notice: Notice) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _spend(self, phase: str, operations: int) -> None:
        self.cost[phase] += operations
        if sum(self.cost.values()) > limits().operations:
            raise LimitError(
                N_(
                    "This sweep takes more scalar operations than the limit `operations`, {limit}.",
                    limit=limits().operations,
                )
            )


_SLOTS = {"value": N_("value"), "tangent": N_("tangent"), "adjoint": N_("adjoint")}


def _listed(args: Sequence[Array]) -> str:
    return ", ".join(format_value(arg) for arg in args)
