"""Static files under addresses that carry a digest of their content: cached for ever, and never out of date.

Modules import each other by plain relative addresses; the page's import map leads these to the same files
with their digests.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

FOR_EVER = 365 * 24 * 3600
A_DAY = 24 * 3600  # for the fonts, which style sheets name without a digest


def attach(app: Flask) -> None:
    """Let `url_for("static", …)` add the digest, and tell caches what they may keep."""
    app.url_defaults(_add_digest)
    app.after_request(_keep)
    app.context_processor(lambda: {"import_map": import_map(), "modules": walk_modules(), "parts": parts()})


def walk_modules() -> list[str]:
    """What the page of a walk runs, so that it can fetch it side by side."""
    return [name for name in modules() if name.count("/") > 1 or name == "js/main.js"]


def parts() -> list[str]:
    """The style sheets of the parts of a page, in any order: layers say which rules win."""
    return sorted(path.relative_to(_folder()).as_posix() for path in (_folder() / "css").glob("*/*.css"))


def modules() -> list[str]:
    """Our own modules."""
    return sorted(path.relative_to(_folder()).as_posix() for path in (_folder() / "js").rglob("*.js"))


def import_map() -> str:
    """Where modules are: KaTeX by its name, our own by the addresses under which they import each other."""
    found = {"katex": url_for("static", filename="vendor/katex/katex.mjs")}
    for name in modules():
        address = url_for("static", filename=name)
        found[address.partition("?")[0]] = address
    return json.dumps({"imports": found}).replace("<", "\\u003c")


def _folder() -> Path:
    return Path(current_app.static_folder or "")


def _add_digest(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static" and (digest := _digest(str(values.get("filename", "")))):
        values["v"] = digest


def _keep(response: Response) -> Response:
    if request.endpoint != "static" or not request.view_args or response.status_code >= 400:
        return response
    name = request.view_args["filename"]
    current = request.args.get("v") == _digest(name)
    if current or name.startswith("vendor/"):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = FOR_EVER if current else A_DAY
        response.cache_control.immutable = current
    return response


def _digest(name: str) -> str | None:
    """A digest of a file's content; None where there is no such file."""
    path = _folder() / name
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return _digest_of(path, found.st_mtime_ns, found.st_size) if path.is_file() else None


@lru_cache(maxsize=512)
def _digest_of(path: Path, changed: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
