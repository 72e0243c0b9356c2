"""`/oembed`: what a chat needs to show a link of ours, for our own links alone."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from web import codec

OWN = "http://localhost"
STATE = codec.State(e="x+y*exp(w)", at="x=2;y=3;w=0.5", step=5, theme="dark")


def told(client: FlaskClient, address: str, more: str = "") -> dict[str, Any]:
    answer = client.get(f"/oembed?url={quote(address, safe='')}{more}")
    assert answer.status_code == 200, answer.data
    assert answer.mimetype == "application/json"
    found = json.loads(answer.data)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_link_is_told_as_an_iframe_of_its_very_step(client: FlaskClient, path: str) -> None:
    found = told(client, f"{OWN}{path}?{codec.encode(STATE)}", "&format=json")
    assert (found["version"], found["type"], found["provider_name"]) == ("1.0", "rich", "Chainwalk")
    frame = html.fromstring(found["html"])
    assert frame.tag == "iframe"
    assert (
        (int(frame.get("width")), int(frame.get("height"))) == (found["width"], found["height"]) == (960, 540)
    )
    source = frame.get("src").removeprefix(OWN)
    assert source.startswith("/embed?")
    assert codec.decode(source.partition("?")[2])[0] == STATE
    assert b"Step 5 of" in client.get(source).data
    picture = client.get(found["thumbnail_url"].removeprefix(OWN))
    assert picture.mimetype == "image/png"
    size = tuple(int.from_bytes(picture.data[at : at + 4], "big") for at in (16, 20))
    assert size == pytest.approx((found["thumbnail_width"], found["thumbnail_height"]), abs=1)


def test_a_page_says_how_large_it_may_be(client: FlaskClient) -> None:
    found = told(client, f"{OWN}/?e=x*y", "&maxwidth=400&maxheight=9999")
    assert (found["width"], found["height"]) == (400, 540)
    assert told(client, f"{OWN}/?e=x*y", "&maxwidth=-5&maxheight=ten")["width"] == 960


def test_what_is_not_ours_is_not_found(client: FlaskClient) -> None:
    for address in (
        "https://example.com/?e=x",
        f"{OWN}/static/theme.js",
        "",
        "http://[",
        "javascript:alert(1)",
        "//x/?e=x",
    ):
        assert client.get(f"/oembed?url={quote(address, safe='')}").status_code == 404
    assert client.get(f"/oembed?url={quote(OWN, safe='')}/&format=xml").status_code == 501


def test_a_broken_program_has_no_preview_and_no_markup(client: FlaskClient) -> None:
    hostile = codec.encode(codec.State(e='sni(x)"><script>'))
    found = told(client, f"{OWN}/?{hostile}")
    assert "thumbnail_url" not in found
    assert "<script" not in found["html"]


def test_the_page_names_it(client: FlaskClient) -> None:
    page = html.fromstring(client.get(f"/?{codec.encode(STATE)}").data)
    (address,) = page.xpath("//link[@type='application/json+oembed']/@href")
    found = json.loads(client.get(address.removeprefix(OWN)).data)
    (frame,) = html.fragments_fromstring(found["html"])
    assert codec.decode(frame.get("src").partition("?")[2])[0].e == STATE.e  # a plus is still a plus
