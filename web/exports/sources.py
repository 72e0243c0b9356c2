"""`/step.tex` and `/slides.tex`: one step, or the whole walk, as LaTeX."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

import graphengine
from graphengine.errors import LimitError
from graphengine.messages import N_

from .. import answers, styling, walks
from ..codec import State
from ..languages import language, link
from . import beamer, tikz

sources = Blueprint("sources", __name__)

MOST_STEPS = 120
MOST_NODES = 4_000
"""Of slides: nodes drawn, over all of them."""


@sources.get("/step.tex")
def step() -> Response:
    """The step of the link as a document for pdflatex, a tikzpicture as large as its page."""
    return _answered(_step)


@sources.get("/slides.tex")
def slides() -> Response:
    """The walk of the link as slides with beamer, an overlay for each step."""
    return _answered(_slides)


def _answered(written: Callable[[State, walks.Document], str]) -> Response:
    state, _found = link()
    spoken = language()
    asked = walks.arguments(walks.with_example(state))
    try:
        document = graphengine.explain(**asked, language=spoken)
        text = written(walks.clamped(state, document), document)
    except graphengine.GraphError as error:
        return answers.refused(error, asked, spoken)
    return answers.cached(Response(text, mimetype="application/x-tex"))


def _step(state: State, document: walks.Document) -> str:
    return tikz.document(_picture(state, document, state.step))


def _slides(state: State, document: walks.Document) -> str:
    """All steps, from the empty picture on; LimitError where they are too many for LaTeX to be patient."""
    count = len(document["steps"])
    most = min(MOST_STEPS, MOST_NODES // max(1, len(document["graph"]["nodes"])) - 1)
    if count > most:
        raise LimitError(
            N_(
                "Too many steps for slides: {count}; the limit for this graph is {most}.",
                count=count,
                most=most,
            )
        )
    sentences = ["", *(each["sentence"] for each in document["steps"])]
    return beamer.slides([_picture(state, document, k) for k in range(count + 1)], sentences)


def _picture(state: State, document: walks.Document, number: int) -> str:
    theme = "dark" if state.theme == "dark" else "light"
    return styling.styled(walks.picture(document, number), theme, state.transparent)
