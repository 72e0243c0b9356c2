"""The page itself: drawn on the server at the step of its link, so that it shows before any script runs."""

from __future__ import annotations

import dataclasses
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for

from graphengine.document.shapes import Document

from . import codec, notices, reach, walks, wording
from .languages import language, link, switch
from .replies import Choice, Complaint

pages = Blueprint("pages", __name__)


@pages.get("/")
def walk() -> Response:
    """Program, picture, step and table for the state in the query string."""
    asked, found = link()
    opened = walks.opened(asked, language())
    state, document = opened.state, opened.document
    data = {
        "document": document,
        "keys": codec.table(),
        "state": dataclasses.asdict(state),
        "example": dataclasses.asdict(walks.EXAMPLE),
        "problem": opened.problem,
        "strings": wording.strings(),
        "origin": reach.origin(),
    }
    page = render_template(
        "walk.html",
        state=state,
        document=document,
        problem=opened.problem,
        reachable=reach.reachable(),
        notices=[notices.say(notice) for notice in found],
        sentence=_sentence(state, document),
        picture=opened.picture,
        preview=_preview(state) if document else "",
        oembed=_described(state) if document else "",
        neighbours=_neighbours(state, document),
        answers=_answers(state, opened.problem),
        languages=switch(state),
        data=walks.to_script(data),
    )
    response = Response(page)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


@pages.get("/draw")
def draw() -> Response:
    """Where a browser without scripts sends the program: a form says + for a space, a link does not."""
    fields = {key: request.args.get(key, "") for key in ("e", "at", "mode", "share", "theme", "lang")}
    state, _found = codec.decode("&".join(f"{key}={codec.escape(text)}" for key, text in fields.items()))
    return redirect(url_for("pages.walk") + "?" + codec.encode(state), 303)  # type: ignore[return-value]


def _sentence(state: codec.State, document: Document | None) -> str:
    """What the step card says first."""
    if document is None:
        return ""
    if state.step == 0:
        return wording.strings()["nothing yet"]
    return str(document["steps"][state.step - 1]["sentence"])


def _preview(state: codec.State) -> str:
    """The address of the picture that a chat shows when the link is pasted."""
    return reach.origin() + url_for("pictures.png") + "?" + codec.encode(state)


def _described(state: codec.State) -> str:
    """The address that tells a chat or a blog how to show the walk itself."""
    own = f"{reach.origin()}{url_for('pages.walk')}?{codec.encode(state)}"
    return f"{reach.origin()}{url_for('oembed.oembed')}?url={quote(own, safe='')}"


def _answers(state: codec.State, problem: Complaint | None) -> list[tuple[Choice, str]]:
    """What a text can mean, each with its link, for a browser without scripts."""
    return [
        (choice, url_for("pages.walk") + "?" + codec.encode(dataclasses.replace(state, e=choice["program"])))
        for choice in (problem.get("alternatives", []) if problem else [])
    ]


def _neighbours(state: codec.State, document: Document | None) -> dict[str, str]:
    """The links one step back and one step on, for a browser without scripts."""
    last = len(document["steps"]) if document else 0
    links = {"back": state.step - 1, "forward": state.step + 1}
    return {
        name: url_for("pages.walk") + "?" + codec.encode(dataclasses.replace(state, step=step))
        for name, step in links.items()
        if 0 <= step <= last
    }
