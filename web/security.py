"""The headers that let a browser run our files and nothing else, and the one that every request has."""

from __future__ import annotations

import base64
import hashlib

from flask import Flask, Response, request
from werkzeug.exceptions import BadHost

from .files import import_map

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
FRAMED = "embeds.embed"
"""The one page that others may put into theirs."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def attach(app: Flask) -> None:
    """Put the headers on every response, errors and files included; refuse what names no host."""
    app.before_request(_check_host)
    app.after_request(_guard)


def _check_host() -> None:
    """400 for a Host that none can have: no link of ours could be made with it."""
    if isinstance(request.routing_exception, BadHost):
        raise request.routing_exception
    try:
        _ = request.host_url
    except UnicodeError:  # xn-- before what stands for nothing
        raise BadHost from None


def _guard(response: Response) -> Response:
    policy = dict(POLICY)
    if response.mimetype == "text/html":
        # The import map is the one inline script.
        digest = base64.b64encode(hashlib.sha256(import_map().encode()).digest()).decode()
        policy["script-src"] += f" 'sha256-{digest}'"
    if request.endpoint == FRAMED:
        policy["frame-ancestors"] = "*"
    listed = "; ".join(f"{name} {value}" for name, value in policy.items())
    response.headers.setdefault("Content-Security-Policy", listed)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
