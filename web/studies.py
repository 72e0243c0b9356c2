"""What there is to see of a derivative besides the walk: a table of addresses of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphengine.studies import formula_study, jacobian_study, paths_study

from . import replies


@dataclass(frozen=True)
class Study:
    """`/api/v1/name` answers, in the shape `reply`, what `find` finds for the nodes of the link's `view`."""

    name: str
    find: Callable[..., Mapping[str, object]]
    summary: str
    reply: type
    view: str
    example: str


STUDIES = (
    Study(
        "jacobian",
        jacobian_study,
        "A Jacobian, with its structure and every element",
        replies.Jacobian,
        "Which: jacobian:of:by, by names or ids of nodes",
        "jacobian:z:A",
    ),
    Study(
        "closed",
        formula_study,
        "The gradient in closed form",
        replies.Closed,
        "Which: closed:of:by",
        "closed:y:x",
    ),
    Study(
        "paths",
        paths_study,
        "The chain rule as a sum over paths",
        replies.Paths,
        "Which: paths:of:by",
        "paths:y:x",
    ),
)
