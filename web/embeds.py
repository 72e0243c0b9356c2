"""`/embed`: the graph with its transport and its step card alone, for an iframe or a slide; `/walk.html`.

The only page that may be framed. Messages step it from outside, and it tells its step (`static/js/embed.js`).
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request, url_for

from . import answers, codec, reach, walks, wording
from .exports import single
from .languages import language, link

embeds = Blueprint("embeds", __name__)


@embeds.get("/embed")
def embed() -> Response:
    """The walk of the link, to be stepped where it is framed."""
    response = Response(_page())
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


@embeds.get("/walk.html")
def walk_html() -> Response:
    """The same as one file, which works from a stick with no network."""
    static = Path(current_app.static_folder or "")
    page = single.alone(_page(alone=True), static, url_for("static", filename="").partition("?")[0])
    response = Response(page, mimetype="text/html")
    response.headers["Content-Disposition"] = "attachment; filename=chainwalk.html"
    response.headers["Content-Security-Policy"] = "sandbox"  # its own policy is in it
    return answers.cached(response)


def _page(alone: bool = False) -> str:
    asked, _found = link()
    opened = walks.opened(asked, language())
    state = opened.state
    data = {
        "document": opened.document,
        "keys": codec.table(),
        "state": dataclasses.asdict(state),
        "problem": opened.problem,
        "strings": wording.strings(),
    }
    whole = url_for("pages.walk") + "?" + codec.encode(dataclasses.replace(state, readonly=False))
    if alone:
        # From a stick the address of somebody's own machine leads nowhere.
        whole = reach.origin() + whole if reach.reachable() else ""
    return render_template(
        "embed.html",
        state=state,
        document=opened.document,
        problem=opened.problem,
        neighbours={},  # without scripts an embed is the picture of its step
        sentence="",
        picture=opened.picture,
        whole="" if state.readonly else whole,
        alone=alone,
        data=walks.to_script(data),
    )
