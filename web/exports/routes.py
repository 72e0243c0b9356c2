"""Addresses of files: `/step.tex`, `/step.pdf`, `/slides.tex`, `/walk.pdf`, `/graph.dot`, `/trace.csv`…"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Response
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

import graphengine

from .. import answers, styling
from ..languages import link
from ..pictures import raster
from . import beamer, digraph, films, papers, tables, tikz
from .frames import Frames

exports = Blueprint("exports", __name__)
exports.register_error_handler(graphengine.GraphError, answers.refuse)

PAGES = 400
"""Pictures of a PDF or a zip: three seconds of work."""
SLIDES = 120
SLIDE_NODES = 4_000
"""Of a beamer file: its pictures, and the nodes in all of them, for LaTeX to be patient."""
FILM = 60
"""Pictures of an animated GIF: six seconds of work on one core."""
FILM_PIXELS = 1_000_000
"""Of a picture of it."""

TABLES = {
    "tex": (tables.as_latex, "text/x-tex"),
    "md": (tables.as_markdown, "text/markdown"),
    "csv": (tables.as_csv, "text/csv"),
}
"""How the trace is written, by the ending of the file."""

Maker = Callable[[Frames], bytes]


def _made(make: Maker, mimetype: str, name: str) -> Response:
    """What `make` makes of the link, to save as `name`."""
    state, _found = link()
    response = Response(make(Frames(state)), mimetype=mimetype)
    response.headers["Content-Disposition"] = f"inline; filename={name}"
    return answers.cached(response)


@exports.get("/step.pdf")
def step_pdf() -> Response:
    """The step of the link as PDF."""
    return _made(lambda frames: papers.page(frames.picture(frames.step)), "application/pdf", "chainwalk.pdf")


def _labels(frames: Frames) -> list[str]:
    return [_("Step {step} of {steps}").format(step=k, steps=frames.count - 1) for k in range(frames.count)]


def _sentences(frames: Frames) -> list[str]:
    return [frames.sentence(step) for step in range(frames.count)]


@exports.get("/step.tex")
def step_tex() -> Response:
    """The step of the link as a document for pdflatex, a tikzpicture as large as its page."""
    return _made(_tikz, "application/x-tex", "chainwalk.tex")


def _tikz(frames: Frames) -> bytes:
    return tikz.document(frames.picture(frames.step)).encode()


@exports.get("/slides.tex")
def slides_tex() -> Response:
    """The walk of the link as slides with beamer, an overlay for each step."""
    return _made(_slides, "application/x-tex", "chainwalk-slides.tex")


def _slides(frames: Frames) -> bytes:
    return beamer.slides(list(frames.all(SLIDES, SLIDE_NODES)), _sentences(frames)).encode()


@exports.get("/walk.pdf")
def walk_pdf() -> Response:
    """The walk as PDF, a page a step."""
    return _made(_walk_pdf, "application/pdf", "chainwalk-walk.pdf")


def _walk_pdf(frames: Frames) -> bytes:
    svgs = list(frames.all(PAGES))
    colours = styling.palette("dark" if frames.state.theme == "dark" else "light")
    return papers.pages(svgs, _labels(frames), _sentences(frames), colours["page"], colours["ink"])


@exports.get("/walk.zip")
def walk_zip() -> Response:
    """The walk as numbered pictures."""
    return _made(_zipped, "application/zip", "chainwalk.zip")


def _zipped(frames: Frames) -> bytes:
    out = io.BytesIO()
    digits = len(str(frames.count - 1))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for step, svg in enumerate(frames.all(PAGES)):
            # The same link gives the same bytes: no time of the day is in them.
            archive.writestr(zipfile.ZipInfo(f"step-{step:0{digits}}.svg"), svg, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@exports.get("/walk.gif")
def walk_gif() -> Response:
    """The walk as an animated GIF."""
    return _made(lambda frames: _film(tuple(frames.all(FILM))), "image/gif", "chainwalk.gif")


@lru_cache(maxsize=8)
def _film(svgs: tuple[str, ...]) -> bytes:
    return films.film([raster(svg, 1.5, FILM_PIXELS) for svg in svgs])


@exports.get("/graph.dot")
def graph_dot() -> Response:
    """The graph as DOT, with the numbers of the link's step."""
    return _made(_dotted, "text/vnd.graphviz", "chainwalk.dot")


def _dotted(frames: Frames) -> bytes:
    return digraph.digraph(frames.document, frames.step).encode()


@exports.get("/trace.<kind>")
def trace(kind: str) -> Response:
    """The trace table as LaTeX, Markdown or CSV."""
    if kind not in TABLES:
        raise NotFound
    write, mimetype = TABLES[kind]
    return _made(lambda frames: write(frames.document).encode(), mimetype, f"chainwalk-trace.{kind}")
