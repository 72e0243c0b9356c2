"""The page of notation: every operator and rule, in both languages, each with an example that opens."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from graphengine import OPS
from graphengine.messages import LANGUAGES
from tests.browser.browsing import settled


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operator_is_there_and_every_example_opens(client: FlaskClient, language: str) -> None:
    page = client.get(f"/notation?lang={language}").text
    codes = set(map(unescape, re.findall(r"<code[^>]*>([^<]*)</code>", page)))
    written = {word for code in codes for word in re.findall(r"\w+", code)}
    assert {op.name for op in OPS.values() if not op.helper} <= written
    examples = [unescape(link) for link in re.findall(r'class="typed" href="([^"]+)"', page)]
    assert len(examples) > 50
    for link in examples:
        assert f"lang={language}" in link
        answer = client.get("/api/v1/explain" + link.removeprefix("/"))
        assert answer.status_code == 200 and answer.json is not None, link
        assert answer.json.get("error", {}).get("kind", "derivative") == "derivative", link  # argmax has none
        shapes = {node["name"]: node["shape"] for node in answer.json["graph"]["nodes"]}
        known = "functions" not in link  # a function known by name alone is worth a warning
        if known and not shapes[answer.json.get("output") or answer.json["program"]["outputs"][-1]]:
            assert not answer.json["warnings"], link  # an array as output is worth one


def test_it_is_written_in_the_language_of_the_reader(client: FlaskClient) -> None:
    russian = client.get("/notation?lang=ru").text
    assert "Обозначения" in russian and "tg(x)" in russian and r"\operatorname{tg} x" in russian
    assert re.search(r"\d+ операци[яий]\b", russian)
    english = client.get("/notation?lang=en").text
    assert "Notation" in english and "tan(x)" in english and r"\tan x" in english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1024, 1600])
def test_formulas_are_set_and_nothing_is_wider_than_the_page(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/notation?lang={language}")
    expect(page.locator(".formula .katex").last).to_be_visible()
    assert page.locator(".formula .katex").count() >= len([op for op in OPS.values() if not op.helper])
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_one_click_from_the_walk_and_back(page: Page) -> None:
    page.goto("/?lang=ru")
    settled(page)
    page.get_by_role("link", name="Обозначения").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Обозначения")
    page.locator(".typed", has_text="tg(x)").first.click()
    settled(page)
    expect(page.locator("#expression")).to_have_value("tg(x)")
    expect(page.locator("computation-graph .operator")).to_have_text("tg")
