"""What a link says, in the engine's terms, and what the engine says, in those of a page."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from markupsafe import Markup

import graphengine
from graphengine import document
from graphengine.document.kinds import Setting
from graphengine.document.shapes import Document, Patch
from graphengine.errors import caret
from graphengine.folds import View
from graphengine.notation.latex import program_latex
from graphengine.notation.spelling import spelled
from graphengine.picture import stages

from . import codec
from .codec import State
from .replies import Complaint

Asked: TypeAlias = dict[str, Setting]
"""Arguments of `graphengine.explain`, as a link or the body of a request gives them."""

EXAMPLE = State(e="exp(w1*x1 + w2*x2 + w0)", at="w1=2;x1=-1;w2=-3;x2=-2;w0=-3")


@dataclass(frozen=True)
class Opened:
    """A link as a page shows it: its state, at a step that there is, and its document or the complaint."""

    state: State
    document: Document | None
    problem: Complaint | None

    @property
    def picture(self) -> Markup:
        """The SVG of its step, empty where there is no document."""
        drawn = picture(self.document, self.state.step) if self.document else ""
        return Markup(drawn)  # escaped by the engine


def opened(state: State, language: str) -> Opened:
    """What `state` leads to; a link without a program opens the first example."""
    state = with_example(state)
    asked = arguments(state)
    try:
        document = graphengine.explain(**asked, language=language)
    except graphengine.GraphError as error:
        return Opened(state, None, complaint(error, asked, language))
    return Opened(clamped(state, document), document, None)


def with_example(state: State) -> State:
    """`state`, opened on the first example if its link has no program."""
    if state.e is not None:
        return state
    return dataclasses.replace(state, e=EXAMPLE.e, at=state.at or EXAMPLE.at)


def arguments(state: State) -> Asked:
    """The arguments of `graphengine.explain` that a state stands for; the language is the reader's."""
    asked = {
        option.name: option.default if (value := getattr(state, key)) == option.unsaid else value
        for key, option in codec.KEYS.items()
        if option.name not in ("", "language")
    }
    return {**asked, "program": state.e or ""}


def drawn(asked: Asked) -> View:
    """The graph that the walk of these arguments goes through. Raises GraphError as `explain` does."""
    return document.drawn(**{name: asked[name] for name in codec.DRAWN})


def complaint(error: graphengine.GraphError, asked: Asked, language: str) -> Complaint:
    """What the page says about an error: `as_dict`, the argument it is about, and its line with carets.

    What a text can mean is set as formulas, too.
    """
    texts = [key for key in ("program", "inputs", "seed") if error.text and asked.get(key) == error.text]
    placed = error.span is not None and error.text is not None
    told = {
        **error.as_dict(language),
        "field": texts[0] if texts else "program",
        "excerpt": caret(error.text or "", error.span or (0, 0)) if placed else None,
    }
    if error.alternatives:
        told["alternatives"] = [
            {**choice, "latex": _formula(choice["program"], asked.get("inputs"), language)}
            for choice in error.as_dict(language)["alternatives"]
        ]
    return cast(Complaint, told)


def _formula(program: str, inputs: Setting, language: str) -> str | None:
    """A program as a formula, at inputs of these shapes; None where it is none."""
    try:
        return spelled(program_latex(graphengine.parse(program, inputs)), language)
    except graphengine.GraphError:
        return None


def clamped(state: State, document: Document) -> State:
    """`state` at a step that the document has."""
    return dataclasses.replace(state, step=min(state.step, len(document["steps"])))


def picture(document: Document, step: int) -> str:
    """The SVG of one step."""
    return stages.apply(document["graph"]["svg"], _patches(document, step))


def to_json(data: object) -> str:
    """JSON that every parser reads: a number that is none would be a bug of ours."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_script(data: object) -> Markup:
    """The same JSON for a <script> of an HTML page, which nothing in it can close."""
    return Markup(to_json(data).replace("<", "\\u003c"))


def _patches(document: Document, step: int) -> Iterator[Patch]:
    yield document["graph"]["initial"]
    yield from (listed["patch"] for listed in document["steps"][:step])
