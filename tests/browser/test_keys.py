"""Keys in a real browser: phases, a clicker, numbers of steps, layouts, fields, and the help."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import LECTURE, at_step, theme, visit

AT_9 = dataclasses.replace(LECTURE, step=9)


def test_phases(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=4))
    for key, step in [("Right", 10), ("Right", 20), ("Right", 20), ("Left", 10), ("Left", 0)]:
        page.keyboard.press(f"Shift+Arrow{key}")
        at_step(page, step, 20)


def test_a_presenters_clicker_steps(page: Page) -> None:
    visit(page)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    at_step(page, 1, 20)


def test_jumping_to_a_number(page: Page) -> None:
    visit(page)
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    at_step(page, 17, 20)
    page.click(".count")
    page.keyboard.type("999")
    page.keyboard.press("Enter")
    at_step(page, 20, 20)
    page.keyboard.type("3")
    page.keyboard.press("Escape")
    at_step(page, 20, 20)
    expect(page.locator(".count")).to_be_focused()


def test_letters_work_in_a_russian_layout(page: Page) -> None:
    visit(page)
    for key, wanted in [("з", "projector"), ("З", None)]:
        page.evaluate(
            "(key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))", key
        )
        assert theme(page) == wanted


def test_the_projector_button_says_what_it_does_whichever_way_the_theme_came(page: Page) -> None:
    visit(page)
    button = page.locator("#project")
    page.keyboard.press("p")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("t")
    assert theme(page) is None
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press(",")
    page.locator('#settings input[name="theme"][value="projector"]').check()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_help_lists_every_key(page: Page) -> None:
    visit(page)
    page.keyboard.press("?")
    rows = page.locator("#help tbody tr")
    expect(rows.first).to_contain_text("one step forward")
    keys = page.evaluate("import('/static/js/shell/keys.js').then(({ KEYS }) => KEYS.length)")
    assert rows.count() == keys
    page.keyboard.press("ArrowRight")  # a dialog has its own keys
    page.keyboard.press("Escape")
    at_step(page, 0, 20)


@pytest.mark.complains("400")  # what is typed into a field may be asked for
@pytest.mark.parametrize("field", ["#expression", "#inputs tbody input[type=text]", "#seed"])
def test_keys_are_not_ours_in_a_field(page: Page, field: str) -> None:
    visit(page, AT_9)
    page.locator(field).first.focus()
    for key in ("p", "?", "5", "Home", "ArrowRight", "PageDown"):
        page.keyboard.press(key)
    at_step(page, 9, 20)
    assert theme(page) is None
    expect(page.locator("dialog[open]")).to_have_count(0)
