"""Answers in JSON: what a cache may keep of them, and how a complaint of the engine's is told."""

from __future__ import annotations

from flask import Response, request

import graphengine

from . import walks
from .languages import language, link

FRESH = 300
"""Seconds for which a cache may repeat an answer without asking; then its ETag is compared."""


def json(data: object) -> Response:
    """`data` as JSON."""
    return Response(walks.to_json(data) + "\n", mimetype="application/json")


def cached(response: Response) -> Response:
    """The answer to a link, which is the same for everybody."""
    response.cache_control.public = True
    response.cache_control.max_age = FRESH
    response.add_etag()
    response.make_conditional(request)
    return response


def refuse(error: graphengine.GraphError) -> Response:
    """400 for a file of a link, with what can be mended in the link; an error handler of blueprints."""
    return refused(error, walks.arguments(walks.with_example(link()[0])), language())


def refused(error: graphengine.GraphError, asked: walks.Asked, spoken: str) -> Response:
    """400, with what can be mended in `asked`."""
    response = json({"error": walks.complaint(error, asked, spoken)})
    response.status_code = 400
    return response
