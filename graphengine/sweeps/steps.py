"""What happens in a sweep, step by step, as immutable data.

Step 0 shows nothing computed and is not listed; `steps[k-1]` has index k, and the picture of step k is
the state after it. Nodes are positions in `Graph.nodes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..errors import GraphError
from ..messages import Message
from ..values import Array

Mode = Literal["forward", "reverse"]
Phase = Literal["forward", "backward"]
Slot = Literal["value", "tangent", "adjoint"]
StepKind = Literal["input", "evaluate", "seed", "tangent", "contribute"]


@dataclass(frozen=True)
class Term:
    """One edge's share: incoming × local = product.

    `incoming` is the consumer's adjoint in reverse mode and the argument's tangent in forward mode;
    `local` is ∂consumer/∂argument, and None for an operator that is not elementwise.
    """

    argument: int
    incoming: Array
    local: Array | None
    product: Array


@dataclass(frozen=True)
class Step:
    """One slot of one node written, and everything needed to explain it without asking a neighbour.

    `source` and `argument` name the edge that a contribution travels: from the consumer `source` to its
    `argument`-th argument, which is `node`. `before` is the sum of what had arrived earlier, if anything had.
    """

    index: int
    phase: Phase
    kind: StepKind
    slot: Slot
    node: int
    result: Array
    reads: tuple[tuple[int, Slot], ...] = ()
    source: int | None = None
    argument: int | None = None
    terms: tuple[Term, ...] = ()
    before: Array | None = None
    last: bool = True
    """Whether the slot is complete after this step; only an adjoint that awaits more contributions is not."""


@dataclass(frozen=True)
class Notice:
    """A warning, and the node that it is about."""

    message: Message
    node: int | None = None


@dataclass(frozen=True)
class Trace:
    """A sweep from beginning to end, or to the step before `error`.

    `values`, `tangents` and `adjoints` hold the last state by position; `active` the positions that carry
    a derivative; `seed` the arrays that started it; `cost` the scalar operations of each phase.
    """

    mode: Mode
    steps: tuple[Step, ...]
    active: frozenset[int]
    wrt: tuple[str, ...]
    seed: Mapping[str, Array]
    values: Mapping[int, Array]
    tangents: Mapping[int, Array] = field(default_factory=dict)
    adjoints: Mapping[int, Array] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    error: GraphError | None = None
    error_node: int | None = None
    cost: Mapping[str, int] = field(default_factory=dict)
