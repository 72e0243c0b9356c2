"""The shape of a report as JSON, for the type checker and for the description of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

Kind = Literal["right", "fed", "wrong", "lucky", "shape", "error", "missing"]


class Verdict(TypedDict):
    """What is right or wrong with one gradient."""

    node: str
    name: str
    kind: Kind
    sentences: list[str]
    spans: list[list[int]]
    absolute: str | None
    relative: str | None
    place: list[int] | None
    found: str | None
    right: str | None
    rules: list[str]
    sum: str
    error: Mapping[str, object] | None


class Report(TypedDict):
    """A verdict on every gradient."""

    passed: bool
    points: int
    output: str
    verdicts: list[Verdict]
