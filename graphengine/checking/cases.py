"""A gradient that is wrong, and guesses at how it came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeAlias

import numpy as np

from ..errors import GraphError
from ..graph import Graph
from ..messages import Message
from ..values import Array
from .truth import Truth, same

P = ParamSpec("P")
Candidate: TypeAlias = Array | None
Guess: TypeAlias = tuple[Message, Callable[[Truth], Candidate]]


def bound(
    guess: Callable[Concatenate[Truth, P], Candidate], *args: P.args, **more: P.kwargs
) -> Callable[[Truth], Candidate]:
    """A guess about these senders, axes or names."""
    return lambda point: guess(point, *args, **more)


@dataclass(frozen=True)
class Case:
    """A gradient that is wrong: of which node, at which points, and what was found there."""

    position: int
    points: Sequence[Truth]
    found: Sequence[Array]

    @property
    def graph(self) -> Graph:
        """The program."""
        return self.points[0].graph

    def label(self, position: int) -> str:
        """What a node is called."""
        return self.graph.nodes[position].label

    def right(self, point: Truth) -> Array:
        """The true adjoint, in the node's shape."""
        return point.adjoints[self.position]

    def explains(self, guess: Callable[[Truth], Candidate]) -> bool:
        """Whether a guess gives what was found, at every point."""
        for point, found in zip(self.points, self.found, strict=True):
            with np.errstate(all="ignore"):
                try:
                    guessed = guess(point)
                except (GraphError, ValueError, TypeError, IndexError):  # shapes that do not fit
                    return False
            if guessed is None or not np.all(np.isfinite(guessed)) or not same(found, guessed):
                return False
        return True
