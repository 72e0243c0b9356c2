"""Pages for what goes wrong outside of a program: no such page, too much, a bug of ours."""

from __future__ import annotations

from flask import Flask, Response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadHost, HTTPException

from . import walks
from .asgi import LONGEST_BODY


def attach(app: Flask) -> None:
    """Answer every HTTP error in plain words: as a page, or as JSON under /api."""
    app.register_error_handler(HTTPException, _fail)


def _fail(error: HTTPException) -> Response:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()  # type: ignore[return-value]
    title, advice = _words(code)
    if request.path.startswith("/api/"):
        message = f"{title} {advice}".strip()
        body = walks.to_json({"error": {"kind": "http", "message": message, "hint": None, "span": None}})
        response = Response(body + "\n", status=code, mimetype="application/json")
    elif isinstance(error, BadHost):  # with which a page could make no links
        response = Response(title, status=code, mimetype="text/plain")
    else:
        response = Response(render_template("failure.html", title=title, advice=advice), status=code)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _words(code: int) -> tuple[str, str]:
    size = LONGEST_BODY // 1024
    known = {
        404: (_("There is no page here."), _("The address may be mistyped, or cut off on its way to you.")),
        405: (_("This address cannot be used in this way."), ""),
        413: (_("That is too much at once."), _("A request may have up to %(size)s kB.", size=size)),
        414: (_("The link is too long."), _("Ask for the link once more: long programs are packed in it.")),
        415: (_("The body must be JSON."), _("Send it with Content-Type: application/json.")),
    }
    if code in known:
        return known[code]
    if code < 500:
        return _("The request could not be understood."), ""
    return _("Something broke on our side."), _(
        "It has been written down. What you typed is still in the address."
    )
