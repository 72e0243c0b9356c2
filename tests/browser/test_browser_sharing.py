"""Sharing in a real browser: the link of the very step, its QR code, and a code for a hall."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.browsing import LECTURE, at_step, settled, slots, visit
from web import codec

AT_14 = dataclasses.replace(LECTURE, mode="forward", step=14)


def state_of(url: str) -> codec.State:
    """What an address says."""
    state, notices = codec.decode(url.partition("?")[2])
    assert notices == ()
    return state


def test_a_copied_link_opens_on_the_same_step(page: Page, context: BrowserContext) -> None:
    visit(page, AT_14)
    page.keyboard.press("s")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#share .said")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert state_of(link) == AT_14
    page.keyboard.press("Escape")
    before = slots(page)
    other = context.new_page()
    other.goto(link)
    settled(other)
    at_step(other, 14, 20)
    assert slots(other) == before
    other.close()


def test_a_link_can_be_copied_where_the_clipboard_is_closed(page: Page) -> None:
    visit(page, AT_14)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.evaluate("() => { document.execCommand = () => false; }")
    page.click("#open-share")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#share .said")).to_contain_text("by hand")
    selected = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert state_of(page.locator("#link").evaluate(selected)) == AT_14


def test_the_link_may_open_at_the_start_and_for_a_projector(page: Page) -> None:
    visit(page, AT_14)
    page.click("#open-share")
    field = page.locator("#link")
    expect(field).to_have_value(re.compile("step=14$"))
    page.get_by_label("on this very step").uncheck()
    page.get_by_label("in the projector view").check()
    expect(field).to_have_value(re.compile("theme=projector$"))
    assert state_of(field.input_value()) == dataclasses.replace(AT_14, step=0, theme="projector")


def test_the_code_fills_the_window_and_goes_again(page: Page) -> None:
    visit(page, AT_14)
    page.click("#open-share")
    page.get_by_role("button", name="Show the QR code").click()
    large = page.get_by_role("img", name="QR code")
    expect(large).to_be_visible()
    box = large.bounding_box()
    assert box and min(box["width"], box["height"]) > 0.7 * 900
    assert large.evaluate("(image) => image.complete && image.naturalWidth > 0")
    page.keyboard.press("Escape")
    expect(page.locator("#hall")).to_be_hidden()
    expect(page.locator("#share")).to_be_visible()


@pytest.mark.complains("422")
def test_a_link_that_no_code_holds_says_so(page: Page) -> None:
    noise = "+".join(f"x{i * i * 7919 % 99991}" for i in range(700))
    visit(page, codec.State(e=f"y = 2*x # {noise}"))
    page.click("#open-share")
    expect(page.locator("#share .caption")).to_contain_text("too long for a QR code")
    expect(page.locator("#share .enlarge")).to_be_hidden()
