"""The gallery in a real browser: its pictures step, its cards open, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from graphengine.messages import LANGUAGES
from tests.browser.browsing import settled, visit
from tests.browser.looks import Look, every_look

WRITTEN = (
    """(miniature) => miniature.shadowRoot.querySelector('.node[data-state="written"] .name')?.textContent"""
)


@every_look
def test_nothing_is_wider_than_the_window_and_formulas_are_set(page: Page, look: Look) -> None:
    look.open(page, "/gallery")
    expect(page.locator(".example .formula .katex").last).to_be_attached()
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width
    boxes = [card.bounding_box() for card in page.locator(".example").all()]
    assert all(box and box["width"] <= look.width and box["height"] > 200 for box in boxes)


def test_a_picture_steps_under_the_pointer_and_rests_at_its_end(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/gallery")
    card = page.locator(".example").first
    miniature = card.locator(".miniature")
    assert miniature.evaluate(WRITTEN) == "x1"
    card.hover()
    for _ in range(40):
        if miniature.evaluate(WRITTEN) not in ("x1", None):
            break
        page.wait_for_timeout(100)
    assert miniature.evaluate(WRITTEN) != "x1"
    page.mouse.move(2, 2)
    page.wait_for_timeout(100)
    assert miniature.evaluate(WRITTEN) == "x1"


def test_a_picture_that_was_left_before_its_answer_rests(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/gallery")
    held: list[Route] = []
    page.route("**/api/v1/explain*", lambda route: held.append(route))
    card = page.locator(".example").first
    miniature = card.locator(".miniature")
    for _ in range(2):  # the hand comes by twice before the answer
        card.hover()
        page.wait_for_timeout(50)
        page.mouse.move(2, 2)
    card.hover()
    page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    page.wait_for_timeout(900)
    page.mouse.move(2, 2)
    page.wait_for_timeout(100)
    for _ in range(8):
        assert miniature.evaluate(WRITTEN) == "x1"
        page.wait_for_timeout(150)


def test_a_picture_stands_still_for_those_who_prefer_it(page: Page) -> None:
    page.goto("/gallery")
    card = page.locator(".example").first
    card.hover()
    page.wait_for_timeout(700)
    assert card.locator(".miniature").evaluate(WRITTEN) == "x1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_opens_an_example(page: Page, language: str) -> None:
    page.goto(f"/gallery?lang={language}")
    page.locator("#olah").click()
    settled(page)
    expect(page.locator("#expression")).to_have_value("c = a + b\nd = b + 1\ny = c*d")
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.complains("400")  # what was typed so far is no formula
def test_what_was_typed_is_there_again_on_the_way_back(stranger: Page) -> None:
    visit(stranger, "e=x*y&at=x=2;y=3")
    stranger.keyboard.press("ArrowRight")  # the address waits a moment for the step
    stranger.fill("#expression", "x*y + not(drawn")
    stranger.get_by_role("link", name="Examples").click()
    stranger.locator("#gates a").first.click()
    settled(stranger)
    expect(stranger.locator("#expression")).to_have_value("(x + y)*z")
    stranger.go_back()
    stranger.go_back()
    settled(stranger)
    expect(stranger.locator("#expression")).to_have_value("x*y + not(drawn")
    stranger.reload()
    settled(stranger)
    expect(stranger.locator("#expression")).to_have_value("x*y + not(drawn")


def test_a_link_that_is_opened_anew_shows_its_own_program(stranger: Page) -> None:
    visit(stranger, "e=x*y")
    stranger.fill("#expression", "left here")
    stranger.goto("about:blank")
    visit(stranger, "e=x*y")
    expect(stranger.locator("#expression")).to_have_value("x*y")
