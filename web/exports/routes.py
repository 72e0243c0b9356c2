"""Addresses of files: `/step.tex`, `/step.pdf`, `/slides.tex`, `/walk.pdf`, `/graph.dot`, `/trace.csv`…"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

import graphengine
from graphengine.document.shapes import Document
from graphengine.limits import priced

from .. import answers, styling
from ..languages import link
from ..pictures import raster
from . import beamer, digraph, films, papers, tables, tikz
from .frames import Frames

exports = Blueprint("exports", __name__)
exports.register_error_handler(graphengine.GraphError, answers.refuse)

PAGES = 400
PAGE_NODES = 2_800
"""Of a PDF or a zip: its pictures, and the nodes in all of them together."""
SLIDES = 120
SLIDE_NODES = 2_400
"""Of a beamer file, for LaTeX to be patient."""
FILM = 60
FILM_NODES = 900
"""Of an animated GIF."""
FILM_PIXELS, FILM_AREA = 1_000_000, 6_000_000
"""Of a picture of it, and of all of them: what has more is drawn smaller. A million: 0.1 s."""

Maker = Callable[[Frames], bytes]


@dataclass(frozen=True)
class Export:
    """A file that is made of a link: `make` makes it, and the page offers it as `name` under `heading`."""

    address: str
    filename: str
    mimetype: str
    make: Maker
    heading: str
    name: str

    @property
    def endpoint(self) -> str:
        """The name of the route, as in exports.step_pdf."""
        return self.address.strip("/").replace(".", "_")


def _labels(frames: Frames) -> list[str]:
    return [_("Step {step} of {steps}").format(step=k, steps=frames.count - 1) for k in range(frames.count)]


def _sentences(frames: Frames) -> list[str]:
    return [frames.sentence(step) for step in range(frames.count)]


def _step_pdf(frames: Frames) -> bytes:
    return papers.page(frames.picture(frames.step))


def _tikz(frames: Frames) -> bytes:
    """A document for pdflatex, a tikzpicture as large as its page."""
    return tikz.document(frames.picture(frames.step)).encode()


def _slides(frames: Frames) -> bytes:
    """Slides with beamer, an overlay for each step."""
    return beamer.slides(list(frames.all(SLIDES, SLIDE_NODES)), _sentences(frames)).encode()


def _walk_pdf(frames: Frames) -> bytes:
    """A page a step."""
    svgs = list(frames.all(PAGES, PAGE_NODES))
    colours = styling.palette("dark" if frames.state.theme == "dark" else "light")
    return papers.pages(svgs, _labels(frames), _sentences(frames), colours["page"], colours["ink"])


def _zipped(frames: Frames) -> bytes:
    """Numbered pictures."""
    out = io.BytesIO()
    digits = len(str(frames.count - 1))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for step, svg in enumerate(frames.all(PAGES, PAGE_NODES)):
            # The same link gives the same bytes: no time of the day is in them.
            archive.writestr(zipfile.ZipInfo(f"step-{step:0{digits}}.svg"), svg, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _animated(frames: Frames) -> bytes:
    return _film(tuple(frames.all(FILM, FILM_NODES)))


@priced(8)
def _film(svgs: tuple[str, ...]) -> bytes:
    pixels = min(FILM_PIXELS, FILM_AREA // len(svgs))
    return films.film([raster(svg, 1.5, pixels) for svg in svgs])


def _dotted(frames: Frames) -> bytes:
    """DOT, with the numbers of the link's step."""
    return digraph.digraph(frames.document, frames.step).encode()


def _traced(write: Callable[[Document], str]) -> Maker:
    return lambda frames: write(frames.document).encode()


STEP, WALK, TABLE = "step", "walk", "table"
EXPORTS = (
    Export("/step.pdf", "chainwalk.pdf", "application/pdf", _step_pdf, STEP, "PDF"),
    Export("/step.tex", "chainwalk.tex", "application/x-tex", _tikz, STEP, "TikZ"),
    Export("/walk.pdf", "chainwalk-walk.pdf", "application/pdf", _walk_pdf, WALK, "PDF"),
    Export("/slides.tex", "chainwalk-slides.tex", "application/x-tex", _slides, WALK, "Beamer"),
    Export("/walk.gif", "chainwalk.gif", "image/gif", _animated, WALK, "GIF"),
    Export("/walk.zip", "chainwalk.zip", "application/zip", _zipped, WALK, "ZIP"),
    Export("/trace.csv", "chainwalk-trace.csv", "text/csv", _traced(tables.as_csv), TABLE, "CSV"),
    Export(
        "/trace.md", "chainwalk-trace.md", "text/markdown", _traced(tables.as_markdown), TABLE, "Markdown"
    ),
    Export("/trace.tex", "chainwalk-trace.tex", "text/x-tex", _traced(tables.as_latex), TABLE, "LaTeX"),
    Export("/graph.dot", "chainwalk.dot", "text/vnd.graphviz", _dotted, TABLE, "DOT"),
)
"""What is served here, in the order in which the page offers it."""

OFFERED = (
    (STEP, "SVG", "pictures.svg", "chainwalk.svg"),
    (STEP, "PNG", "pictures.png", "chainwalk.png"),
    (WALK, "HTML", "embeds.walk_html", "chainwalk.html"),
    *((each.heading, each.name, f"exports.{each.endpoint}", each.filename) for each in EXPORTS),
)
"""What the page offers: these, and what others make."""


def _made(export: Export) -> Response:
    """What is made of the link."""
    state, _found = link()
    response = Response(export.make(Frames(state)), mimetype=export.mimetype)
    response.headers["Content-Disposition"] = f"inline; filename={export.filename}"
    return answers.cached(response)


for _export in EXPORTS:
    exports.add_url_rule(_export.address, _export.endpoint, partial(_made, _export))


@exports.app_template_global()
def offered() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The files that the page offers, under headings: name, address, and name of the file."""
    headings = {STEP: _("This step"), WALK: _("The whole walk"), TABLE: _("The table, the graph")}
    return [
        (title, [(name, url_for(place), file) for under, name, place, file in OFFERED if under == heading])
        for heading, title in headings.items()
    ]
