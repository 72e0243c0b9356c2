"""How others reach the server: the QR code of a link, and the address that it begins with."""

from __future__ import annotations

import dataclasses
import io
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
import segno
from flask.testing import FlaskClient

from app import create_app
from tests.browser.browsing import LECTURE
from web import codec, reach

PUBLIC = "https://walk.example.org"


def modules(svg: bytes) -> set[tuple[int, int]]:
    """The dark modules of a drawn code, from its strokes: horizontal runs of width 1."""
    root = ElementTree.fromstring(svg)
    dark = next(path for path in root.iter() if path.tag.endswith("path") and path.get("stroke") == "#000")
    found, x, y = set(), 0.0, 0.0
    text = (dark.get("d") or "").replace("M", " M ").replace("m", " m ").replace("h", " h ").split()
    words = iter(text)
    for word in words:
        if word in "Mm":
            dx, dy = float(next(words)), float(next(words))
            x, y = (dx, dy) if word == "M" else (x + dx, y + dy)
        else:
            run = int(next(words))
            found |= {(int(x) + i, int(y)) for i in range(run)}
            x += run
    return found


def expected(address: str) -> set[tuple[int, int]]:
    """The same from the table of modules that the library makes of `address`."""
    rows = segno.make_qr(address, error="l", boost_error=True).matrix_iter(border=4)
    return {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def code(client: FlaskClient, state: codec.State, base: str) -> Any:
    """The answer to a request for the code of a state."""
    return client.get("/code.svg?" + codec.encode(state), base_url=base)


def test_the_code_is_that_of_the_link(client: FlaskClient) -> None:
    state = dataclasses.replace(LECTURE, step=16)
    response = code(client, state, PUBLIC)
    assert response.mimetype == "image/svg+xml"
    assert "private" in response.headers["Cache-Control"]
    assert modules(response.data) == expected(f"{PUBLIC}/?{codec.encode(state)}")


def test_the_code_of_a_page_without_program_is_that_of_its_example(client: FlaskClient) -> None:
    found = modules(client.get("/code.svg?v=1", base_url=PUBLIC).data)
    assert found == modules(code(client, LECTURE, PUBLIC).data)


def test_a_link_that_no_code_holds_is_refused_in_words(client: FlaskClient) -> None:
    noise = "".join(f"x{i * 7919 % 1000}*" for i in range(1200)) + "x"
    response = code(client, codec.State(e=noise), PUBLIC)
    assert response.status_code == 422
    assert "too long" in response.text


def test_the_longest_link_has_a_code() -> None:
    drawn = io.BytesIO()
    segno.make_qr("x" * reach.LONGEST, error="l").save(drawn, kind="svg")
    assert drawn.getvalue()


@pytest.mark.parametrize(
    ("base", "lan", "begins", "reachable"),
    [
        ("http://127.0.0.1:8000", "http://192.0.2.7:8000", "http://192.0.2.7:8000", True),
        ("http://localhost:8000", "http://192.0.2.7:8000", "http://192.0.2.7:8000", True),
        ("http://[::1]:8000", "http://192.0.2.7:8000", "http://192.0.2.7:8000", True),
        ("http://127.0.0.1:8000", "", "http://127.0.0.1:8000", False),
        (PUBLIC, "http://192.0.2.7:8000", PUBLIC, True),
    ],
)
def test_links_lead_where_others_can_go(
    monkeypatch: pytest.MonkeyPatch, base: str, lan: str, begins: str, reachable: bool
) -> None:
    monkeypatch.setenv("CHAINWALK_LAN", lan)
    app = create_app()
    with app.test_request_context("/", base_url=base):
        assert reach.origin() == begins
        assert reach.reachable() is reachable
    page = app.test_client().get("/", base_url=base).text
    assert f'"origin": "{begins}"' in page or f'"origin":"{begins}"' in page
    assert ("HOST=0.0.0.0" in page) is not reachable
