"""The headers that let a browser run our files and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json

from flask import Flask, Response, url_for

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
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def attach(app: Flask) -> None:
    """Put the headers on every response, errors and files included."""
    app.context_processor(lambda: {"import_map": import_map()})
    app.after_request(_guard)


def import_map() -> str:
    """Where the modules of libraries are; the one inline script, allowed by its hash."""
    katex = url_for("static", filename="vendor/katex/katex.mjs")
    return json.dumps({"imports": {"katex": katex}}).replace("<", "\\u003c")


def _guard(response: Response) -> Response:
    digest = base64.b64encode(hashlib.sha256(import_map().encode()).digest()).decode()
    policy = {**POLICY, "script-src": f"{POLICY['script-src']} 'sha256-{digest}'"}
    response.headers.setdefault(
        "Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())
    )
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
