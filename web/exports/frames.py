"""The pictures of a walk, one for each step, as the files that hold all of them want them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import graphengine
from graphengine.document.shapes import Document
from graphengine.errors import LimitError
from graphengine.limits import spend
from graphengine.messages import N_

from .. import styling, walks
from ..codec import State
from ..languages import language

DRAWN = 56
"""Pieces of work of a node in a picture."""


@dataclass(frozen=True)
class Frames:
    """The document of a link, and its pictures in the link's theme."""

    state: State

    @cached_property
    def document(self) -> Document:
        """The walk; GraphError as `explain` raises it."""
        return graphengine.explain(**walks.arguments(walks.with_example(self.state)), language=language())

    @property
    def count(self) -> int:
        """The pictures: one before any step, and one after each."""
        return len(self.document["steps"]) + 1

    @property
    def step(self) -> int:
        """The step that the link names, or the last one. Raises GraphError as `explain` does."""
        return walks.clamped(self.state, self.document).step

    def picture(self, step: int, scale: float = 1.0) -> str:
        """One step as SVG without a style sheet."""
        spend("work", DRAWN * len(self.document["graph"]["nodes"]))
        theme = "dark" if self.state.theme == "dark" else "light"
        return styling.styled(walks.picture(self.document, step), theme, self.state.transparent, scale)

    def all(self, most: int, nodes: int) -> Iterator[str]:
        """Every picture; LimitError for more than `most`, or more than `nodes` in all of them together."""
        most = min(most, nodes // max(1, len(self.document["graph"]["nodes"])))
        if self.count > most:
            raise LimitError(
                N_("The walk has {count} pictures; this file holds {most}.", count=self.count, most=most),
                hint=N_("Fold the graph to statements, or take single steps."),
            )
        return (self.picture(step) for step in range(self.count))

    def sentence(self, step: int) -> str:
        """What happens at a step, in plain words."""
        return self.document["steps"][step - 1]["sentence"] if step else ""
