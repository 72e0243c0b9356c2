"""What tests of the web part share: the app, a live server, and a page in a real browser.

A page fails its test on anything that a browser's console or Content-Security-Policy complains about.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app

DESK: ViewportSize = {"width": 1400, "height": 900}
LISTEN = """
window.reports = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.reports.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* there is none */ } }"
SEEN = """
try { localStorage.chainwalk ??= JSON.stringify({ hint: true }); } catch { /* there is none */ }
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


@pytest.fixture(scope="session")
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """What all pages share: a warm cache. The app keeps nothing else in a browser."""
    shared = browser.new_context(
        base_url=server,
        viewport=DESK,
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    shared.set_default_timeout(10_000)
    shared.set_default_navigation_timeout(30_000)  # a large graph, beside other tests
    shared.add_init_script(LISTEN)
    shared.add_init_script(SEEN)  # the hint of a first visit has tests of its own
    yield shared
    shared.close()


@contextmanager
def watched(page: Page, allowed: tuple[str, ...] = ()) -> Iterator[Page]:
    """A page about which the browser may complain in `allowed` words alone; it is left empty."""
    complaints: list[str] = []

    def note(said: ConsoleMessage | Error) -> None:
        if isinstance(said, Error) or said.type in ("error", "warning"):
            complaints.append(str(said) if isinstance(said, Error) else said.text)

    page.on("console", note)
    page.on("pageerror", note)
    yield page
    complaints += page.evaluate("window.reports ?? []")
    page.evaluate(FORGET)
    page.unroute_all()
    page.goto("about:blank")
    page.remove_listener("console", note)
    page.remove_listener("pageerror", note)
    assert [text for text in complaints if not any(part in text for part in allowed)] == []


def _allowed(request: pytest.FixtureRequest) -> tuple[str, ...]:
    marker = request.node.get_closest_marker("complains")
    return marker.args if marker else ()


@pytest.fixture(scope="session")
def desk(context: BrowserContext) -> Page:
    """The page that tests hand on to each other: a new one takes longer than most tests."""
    return context.new_page()


@pytest.fixture
def page(desk: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the live server, as wide and as light as a page is by default."""
    desk.set_viewport_size(DESK)
    desk.emulate_media(color_scheme="light", reduced_motion="reduce")
    with watched(desk, _allowed(request)) as opened:
        yield opened


@pytest.fixture
def fresh(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without a past, for tests of the clock or of the history."""
    new = context.new_page()
    with watched(new, _allowed(request)) as opened:
        yield opened
    new.close()


@pytest.fixture
def stranger(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of somebody who was never here, with a clock and a storage of their own."""
    alone = browser.new_context(base_url=server, viewport=DESK)
    alone.add_init_script(LISTEN)
    with watched(alone.new_page(), _allowed(request)) as opened:
        yield opened
    alone.close()


@pytest.fixture(scope="module")
def gallery(context: BrowserContext) -> Iterator[Page]:
    """One page for all tests of a module, in which they hang one picture after another."""
    new = context.new_page()
    with watched(new) as opened:
        opened.goto("/")
        opened.evaluate("document.fonts.load('700 15px \"DejaVu Sans\"', 'v̄')")
        yield opened
    new.close()
