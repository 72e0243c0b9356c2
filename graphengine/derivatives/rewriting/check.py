"""Whether two graphs of the same inputs compute the same: at random points, by numbers."""

from __future__ import annotations

import numpy as np

from ...graph import Graph
from ...graph.evaluation import evaluate
from ...graph.roles import discrete
from ...values import freeze


def agreeing_points(graph: Graph, other: Graph, count: int) -> int:
    """At how many of `count` random points the first outputs agree; 0 if they differ anywhere.

    Points outside the domain, where a number is not finite, decide nothing. Square matrices are made regular,
    of a positive determinant; labels, indices and counts stay. Raises LimitError where there is too much
    to compute.
    """
    agreed = 0
    for trial in range(count):
        rng = np.random.default_rng(trial)
        point = {name: graph.values[name] for name in discrete(graph) if name in graph.values}
        shapes = {name: each.nodes[i].shape for each in (graph, other) for name, i in each.inputs.items()}
        for name, shape in shapes.items():
            if name in point:
                continue
            drawn = rng.uniform(0.1, 0.9, shape)
            if len(shape) == 2 and shape[0] == shape[1]:
                drawn = drawn / 2 + (1 + trial) * np.eye(shape[0])
            point[name] = freeze(drawn)
        first, second = (
            next(iter(evaluate(each, {name: point[name] for name in each.inputs}).values()))
            for each in (graph, other)
        )
        if not (np.all(np.isfinite(first)) and np.all(np.isfinite(second))):
            continue
        if np.shape(first) != np.shape(second):
            return 0
        size = 1 + float(np.max(np.abs(first), initial=0))
        if not np.allclose(first, second, 1e-8, 1e-9 * size):
            return 0
        agreed += 1
    return agreed
