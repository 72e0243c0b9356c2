"""Both languages in the browser: the switch keeps walk and step, and nothing is wider than the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from graphengine.messages import LANGUAGES
from tests.browser.browsing import LECTURE, go, visit
from web import codec


def test_the_switch_keeps_the_walk_and_the_step(page: Page) -> None:
    visit(page, LECTURE)
    go(page, 12)
    page.get_by_role("link", name="RU").click()
    expect(page.locator(".count")).to_have_text("Шаг 12 из 20")
    expect(page.locator(".sentence")).to_contain_text("передаёт")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("link", name="EN").click()
    expect(page.locator(".count")).to_have_text("Step 12 of 20")


@pytest.mark.complains("400 (BAD REQUEST)")
def test_documents_that_are_asked_for_later_are_russian_too(page: Page) -> None:
    visit(page, codec.State(e="x*y", at="x=2;y=3", lang="ru"))
    page.locator("#expression").fill("log(x)/sni(y)")
    page.locator("#expression").press("Enter")
    expect(page.locator("#problem")).to_contain_text("Может быть, sin?")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("width", [320, 360, 1024, 1600])
def test_nothing_is_wider_than_the_page(page: Page, language: str, mode: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, codec.State(e=LECTURE.e, at=LECTURE.at, mode=mode, step=12, lang=language))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("program", "language", "words"),
    [
        ("log(-x)", "ru", "после 2 шагов."),
        ("log(-1) + x", "ru", "после 1 шага."),
        ("log(-x)", "en", "after 2 steps."),
        ("log(-1) + x", "en", "after 1 step."),
    ],
)
def test_what_the_scripts_count_agrees_with_its_number(
    page: Page, program: str, language: str, words: str
) -> None:
    visit(page, codec.State(e=program, at="x=1", lang=language))
    expect(page.locator("#warnings .stop")).to_contain_text(words)
