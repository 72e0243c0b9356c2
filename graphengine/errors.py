"""The errors that a user can cause, as one tree.

    GraphError                what: says what is wrong, where, and how to mend it
    ├── ProgramError          the text is not a program
    ├── AmbiguousError        the text means two things, and the person is asked which
    ├── NameProblem           a name that nobody knows, or one that is taken
    ├── ShapeError            arrays that do not fit each other
    ├── ValueProblem          an input, seed or number that cannot be used
    ├── DerivativeError       an operation without a derivative rule
    └── LimitError            more than the limits allow (`graphengine.limits`)

Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from .messages import Message, say

Span = tuple[int, int]


class Choice(TypedDict):
    """One of the meanings of a text as JSON: the whole program that says it, and what it is in words."""

    program: str
    said: str


class Report(TypedDict):
    """An error as JSON; what it does not know is None, and `span` is [start, end] in `text`.

    `alternatives` are there for a text with several meanings alone.
    """

    kind: str
    message: str
    hint: str | None
    text: str | None
    span: list[int] | None
    suggestion: str | None
    alternatives: NotRequired[list[Choice]]


@dataclass(frozen=True)
class Alternative:
    """One of the meanings of a text: the whole program that says it beyond doubt, and what it is in words."""

    program: str
    said: Message


class GraphError(Exception):
    """Something that the user can mend, at `span` of `text` (half-open) or at the node at position `node`."""

    kind = "graph"

    def __init__(
        self,
        message: Message | str,
        *,
        hint: Message | str | None = None,
        span: Span | None = None,
        text: str | None = None,
        suggestion: str | None = None,
        alternatives: Sequence[Alternative] = (),
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint
        self.span = span
        self.text = text
        self.suggestion = suggestion
        self.alternatives = tuple(alternatives)
        self.node: int | None = None

    def at(self, span: Span | None, text: str | None) -> GraphError:
        """This error, placed at `span` of `text` unless it knows its place already."""
        if self.span is None:
            self.span = span
        if self.text is None:
            self.text = text
        return self

    def as_dict(self, language: str = "en") -> Report:
        """The error for JSON, worded in `language`."""
        told: Report = {
            "kind": self.kind,
            "message": say(self.message, language),
            "hint": None if self.hint is None else say(self.hint, language),
            "text": self.text,
            "span": None if self.span is None else list(self.span),
            "suggestion": self.suggestion,
        }
        if self.alternatives:
            told["alternatives"] = [
                {"program": each.program, "said": say(each.said, language)} for each in self.alternatives
            ]
        return told

    def explain(self, language: str = "en") -> str:
        """The message with the offending line, a caret under the place, and the hint."""
        lines = [say(self.message, language)]
        if self.span is not None and self.text is not None:
            lines += ["", *caret(self.text, self.span)]
        if self.hint is not None:
            lines += ["", say(self.hint, language)]
        if self.alternatives:
            lines += ["", *(f"{say(each.said, language)}:\n    {each.program}" for each in self.alternatives)]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


class ProgramError(GraphError):
    """The text is not a program of the language."""

    kind = "program"


class AmbiguousError(GraphError):
    """The text has several meanings, and nothing tells which one is meant: `alternatives` are all of them."""

    kind = "ambiguous"

    def __init__(
        self,
        message: Message | str,
        alternatives: Sequence[Alternative],
        *,
        span: Span | None = None,
        text: str | None = None,
    ) -> None:
        super().__init__(message, span=span, text=text, alternatives=alternatives)


class NameProblem(GraphError):
    """A name that is unknown, taken, or used as what it is not."""

    kind = "name"


class ShapeError(GraphError):
    """Arrays whose shapes do not fit."""

    kind = "shape"


class ValueProblem(GraphError):
    """A value, seed or option that cannot be used."""

    kind = "value"


class DerivativeError(GraphError):
    """An operation that has no derivative rule was asked for one."""

    kind = "derivative"


class LimitError(GraphError):
    """More work than the limits allow; the message names the limit."""

    kind = "limit"


def caret(text: str, span: Span) -> list[str]:
    """The line of `text` that holds `span`, and under it carets that mark the span.

    Of a long line only the surroundings of the span are shown.

    >>> print(*caret("a = 2; sni(x)", (7, 10)), sep="\\n")
    a = 2; sni(x)
           ^^^
    """
    start = min(max(span[0], 0), len(text))
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    stop = max(start + 1, min(span[1], end))
    left, right = max(begin, start - SHOWN), min(end, start + SHOWN)
    before, after = "…" * (left > begin), "…" * (right < end)
    pad = "".join("\t" if c == "\t" else " " for c in before + text[left:start])
    return [before + text[left:right] + after, pad + "^" * (min(stop, max(right, start + 1)) - start)]


SHOWN = 60
"""Characters of a line that are shown before the place of an error, and from there on."""
