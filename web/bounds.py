"""One budget for each request, whatever it asks for; limits by CHAINWALK_LIMITS="nodes=2000 work=300000"."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from graphengine.limits import limited, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def attach(app: Flask) -> None:
    """Let every request of `app` keep the limits of its configuration; ValueProblem where one is none."""
    bounds = app.config.setdefault("LIMITS", _written(os.environ.get("CHAINWALK_LIMITS", "")))
    with limited(**bounds):
        app.wsgi_app = _Bounded(app.wsgi_app, bounds)  # type: ignore[method-assign]


class _Bounded:
    def __init__(self, inner: WSGIApplication, bounds: dict[str, int]) -> None:
        self.inner = inner
        self.bounds = bounds

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with limited(**self.bounds), request():
            return self.inner(environ, start_response)


def _written(text: str) -> dict[str, int]:
    """The limits of a text; one that is no number is 0, which no limit may be."""
    pairs = (pair.partition("=") for pair in text.replace(",", " ").split())
    return {name: int(bound) if bound.isdecimal() else 0 for name, _, bound in pairs}
