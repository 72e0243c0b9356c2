"""What tests of the web part share: the app, a live server, and a page in a real browser.

A page fails its test on anything that a browser's console or Content-Security-Policy complains about.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app

LISTEN = """
window.reports = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.reports.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    """A client of the app without a network."""
    app = create_app()
    app.testing = True
    return app.test_client()


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *args: Any) -> None:
        """Requests are no news in tests."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running Chainwalk, which ends with the session."""
    running = make_server("127.0.0.1", 0, create_app(), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the one in CHROMIUM, or on the PATH."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("No Chromium: install it, or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page of the live server; the arguments of the marker `complains` are allowed complaints."""
    context = browser.new_context(
        base_url=server, viewport={"width": 1400, "height": 900}, reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )  # fmt: skip
    context.set_default_timeout(10_000)
    context.add_init_script(LISTEN)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    complaints += opened.evaluate("window.reports ?? []")
    context.close()
    marker = request.node.get_closest_marker("complains")
    allowed = marker.args if marker else ()
    assert [text for text in complaints if not any(part in text for part in allowed)] == []
