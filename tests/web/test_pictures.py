"""`/step.svg` and `/step.png`: self-contained, in the colours of the theme, the same step as the page's."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from web import codec, styling
from web.examples import EXAMPLES

AT = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"
SVG = "{http://www.w3.org/2000/svg}"


def size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_drawn_without_style_sheets_or_black_boxes(client: FlaskClient, example) -> None:
    state = codec.State(
        e=example.program, at=example.at, mode=example.mode, seed=example.seed, wrt=example.wrt
    )
    query = codec.encode(state)
    answer = client.get(f"/step.svg?{query}&step=9999&theme=dark")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    text = answer.get_data(as_text=True)
    assert "var(" not in text
    assert "light-dark" not in text
    assert "<style" not in text
    root = ElementTree.fromstring(text)
    for shape in root.iter():
        if shape.tag in (f"{SVG}rect", f"{SVG}polygon") or (shape.tag == f"{SVG}text" and shape.text):
            parents = [shape, *(g for g in root.iter(f"{SVG}g") if shape in g.iter())]
            assert any(each.get("fill") for each in parents), ElementTree.tostring(shape)
    width, height = size(client.get(f"/step.png?{query}&scale=0.5").data)
    assert abs(width - float(root.get("width", "0")) / 2) <= 1
    assert abs(height - float(root.get("height", "0")) / 2) <= 1


def test_the_picture_is_of_the_step_and_of_the_theme(client: FlaskClient) -> None:
    light = client.get(f"/step.svg?{AT}&step=14").get_data(as_text=True)
    assert "2.718" in light
    assert 'fill="#ffffff"' in light
    assert "2.718" not in client.get(f"/step.svg?{AT}&step=3").get_data(as_text=True)
    dark = client.get(f"/step.svg?{AT}&step=14&theme=dark").get_data(as_text=True)
    assert 'fill="#0f1319"' in dark
    clear = client.get(f"/step.svg?{AT}&transparent=1").get_data(as_text=True)
    assert ElementTree.fromstring(clear)[0].tag == f"{SVG}g"


def test_what_is_hidden_on_the_page_is_not_in_the_picture(client: FlaskClient) -> None:
    reverse = client.get(f"/step.svg?{AT}&step=14").get_data(as_text=True)
    assert 'data-slot="adjoint"' in reverse
    assert 'data-slot="tangent"' not in reverse


def test_a_png_is_as_large_as_asked_within_bounds(client: FlaskClient) -> None:
    usual, large, huge = (
        size(client.get(f"/step.png?{AT}{more}").data) for more in ("", "&scale=4", "&scale=1e9")
    )
    assert large[0] == pytest.approx(2 * usual[0], abs=2)
    assert huge[0] <= 8 * usual[0]
    assert size(client.get(f"/step.png?{AT}&scale=nan").data) == usual


def test_errors_are_words_and_answers_can_be_kept(client: FlaskClient) -> None:
    assert client.get("/step.svg?e=sni(x)").status_code == 400
    answer = client.get(f"/step.svg?{AT}")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    again = client.get(f"/step.svg?{AT}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_no_text_of_a_user_becomes_markup(client: FlaskClient) -> None:
    name = "aé" + "x" * 60
    text = client.get(f"/step.svg?e={name}*2").get_data(as_text=True)
    ElementTree.fromstring(text)
    assert client.get("/step.svg?e=%3Cscript%3E").mimetype == "application/json"


def test_a_pasted_link_shows_the_step(client: FlaskClient) -> None:
    page = client.get(f"/?{AT}&step=14").get_data(as_text=True)
    assert 'property="og:image"' in page
    assert "/step.png?v=1&amp;e=exp" in page


def test_the_style_sheet_is_understood_whole() -> None:
    """Every rule of the picture's style sheet but those about the host and other media is matched by us."""
    assert styling.palette("light").keys() == styling.palette("dark").keys()
    drawn = styling.styled('<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="0 0 1 1"/>')
    assert 'font-family="&quot;DejaVu Sans&quot;' in drawn
