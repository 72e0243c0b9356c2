"""What is right: values and adjoints of every node at some points, and what each edge contributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..derivatives.calls import Call
from ..graph import Graph, Role
from ..graph.roles import roles
from ..sweeps import reverse
from ..values import Array, freeze

POINTS = 4
"""Points besides the given one."""
TRIALS = 12


@dataclass(frozen=True)
class Truth:
    """One point: every node's value and, for those that have one, its adjoint."""

    graph: Graph
    values: Sequence[Array]
    adjoints: Mapping[int, Array]

    def call(self, position: int) -> Call:
        """The use of an operator at a node, with its numbers."""
        return Call.at(self.graph.nodes, self.values, position)

    def contribution(self, position: int, argument: int, upstream: Array | None = None) -> Array:
        """What node `position` sends to an argument; from another adjoint than its own, if one is given.

        In the argument's shape; `upstream` has the node's.
        """
        g = self.adjoints[position] if upstream is None else upstream
        return self.call(position).adjoint(argument, g)

    def senders(self, position: int) -> Iterator[tuple[int, int]]:
        """The consumers of a node that have an adjoint, each with the argument that the node is."""
        for edge in self.graph.edges():
            if edge.source == position and edge.target in self.adjoints:
                yield edge.target, edge.argument


def truths(graph: Graph, output: str, wrt: Sequence[str], *, seeded: bool = False) -> list[Truth]:
    """The given point, and random ones near it where everything is finite.

    With `seeded` the adjoint of the output is random there too: a backward that reads it has to use it.
    Raises NameProblem for an unknown output or input; none is found where the given point is not finite.
    """
    first = _truth(graph, output, wrt)
    found = [] if first is None else [first]
    known = roles(graph)
    for trial in range(TRIALS):
        if first is None or len(found) > POINTS:
            break
        moved = {
            name: _moved(value, name in wrt, known[name], [trial, index])
            for index, (name, value) in enumerate(graph.values.items())
        }
        seed = _seed(graph, output, trial) if seeded else None
        other = _truth(replace(graph, values=moved), output, wrt, seed)
        if other is not None:
            found.append(other)
    return found


def _moved(value: Array, differentiated: bool, role: Role, seed: list[int]) -> Array:
    """A random point near `value`; labels become others, and whole numbers stay in every other trial.

    Labels are class numbers, one-hot rows, or zeros and ones that nobody differentiates by: formulas may rely
    on them. Counts stay, and indices change places.
    """
    rng = np.random.default_rng(seed)
    if role == "count":
        return value
    if role == "index" or (role == "label" and np.ndim(value) < 2):
        return freeze(rng.permutation(np.ravel(value)).reshape(np.shape(value)))
    if np.ndim(value) and not np.iscomplexobj(value) and np.all((value == 0) | (value == 1)):
        if np.shape(value)[-1] > 1 and np.all(np.sum(value, axis=-1) == 1):
            classes = np.shape(value)[-1]
            return freeze(np.eye(classes)[rng.integers(classes, size=np.shape(value)[:-1])])
        if not differentiated:
            return freeze(rng.integers(2, size=np.shape(value)) * 1.0)
    if seed[0] % 2 and np.ndim(value) and np.all(np.asarray(value) == np.round(np.real(value))):
        return value
    step = rng.uniform(-0.4, 0.4, np.shape(value)) * (1 + np.abs(value))
    if np.iscomplexobj(value):
        step = step + 1j * rng.uniform(-0.4, 0.4, np.shape(value))
    return freeze(np.asarray(value) + step)


def _seed(graph: Graph, output: str, trial: int) -> Mapping[str, Array]:
    """A random adjoint of the output."""
    shape = graph.nodes[graph.outputs[output]].shape
    return {output: freeze(np.random.default_rng([trial, 1]).uniform(0.5, 2.0, shape))}


def _truth(
    graph: Graph, output: str, wrt: Sequence[str] | None, seed: Mapping[str, Array] | None = None
) -> Truth | None:
    trace = reverse(graph, wrt, seed, output)
    if trace.error is not None:
        return None
    numbers = [*trace.values.values(), *trace.adjoints.values()]
    if not all(np.all(np.isfinite(number)) for number in numbers):
        return None
    values = [
        node.value if node.op is None and node.value is not None else trace.values[i]
        for i, node in enumerate(graph.nodes)
    ]
    return Truth(graph, values, trace.adjoints)


def same(found: Array, right: Array) -> bool:
    """Whether two arrays are equal but for rounding; of other shapes they are not."""
    if np.shape(found) != np.shape(right):
        return False
    size = float(np.max(np.abs(right), initial=0.0))
    return bool(np.allclose(found, right, rtol=1e-7, atol=1e-12 + 1e-9 * size))
