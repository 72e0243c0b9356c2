"""`/embed`: the graph with its transport and its step card alone, for an iframe or a slide.

The only page that may be framed. Messages step it from outside, and it tells its step (`static/js/embed.js`).
"""

from __future__ import annotations

import dataclasses

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

import graphengine

from . import codec, walks, wording
from .languages import language, link

embeds = Blueprint("embeds", __name__)


@embeds.get("/embed")
def embed() -> Response:
    """The walk of the link, to be stepped where it is framed."""
    asked, _found = link()
    state = walks.with_example(asked)
    document, problem = None, None
    try:
        document = graphengine.explain(**walks.arguments(state), language=language())
        state = walks.clamped(state, document)
    except graphengine.GraphError as error:
        problem = walks.complaint(error, walks.arguments(state), language())
    data = {
        "document": document,
        "state": dataclasses.asdict(state),
        "problem": problem,
        "strings": wording.strings(),
    }
    page = render_template(
        "embed.html",
        state=state,
        document=document,
        problem=problem,
        neighbours={},  # without scripts an embed is the picture of its step
        sentence="",
        picture=Markup(walks.picture(document, state.step)) if document else "",  # escaped by the engine
        whole=url_for("pages.walk") + "?" + codec.encode(dataclasses.replace(state, readonly=False)),
        data=walks.to_script(data),
    )
    response = Response(page)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
