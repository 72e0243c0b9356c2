"""A slide of reveal.js with a walk, exactly as "Share" gives it: the clicker walks, then turns the slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.browsing import visit
from web import codec

REVEAL = Path(__file__).resolve().parents[2] / "node_modules" / "reveal.js" / "dist"
DECK = """<!doctype html><html><head><link rel="stylesheet" href="/deck/reveal.css"></head><body>
<div class="reveal"><div class="slides"><section id="first">First</section>
{snippet}
<section id="last">Last</section></div></div>
<script src="/deck/reveal.js"></script>
<script>Reveal.initialize({{ transition: "none", hash: false }});</script></body></html>"""
SHORT = codec.State(e="x*y", at="x=2;y=3")


def snippet(page: Page, kind: str, readonly: bool = False) -> str:
    """What the dialog gives to be pasted."""
    visit(page, SHORT)
    page.locator("#open-share").click()
    page.locator(".snippet select").select_option(kind)
    page.locator(".snippet").get_by_role("checkbox").set_checked(readonly)
    return page.locator("#snippet").input_value()


def deck(page: Page, pasted: str) -> None:
    """A page of somebody's with reveal.js from the disk and the snippet on its middle slide."""

    def serve(route: Route) -> None:
        route.fulfill(path=REVEAL / route.request.url.rpartition("/")[2])

    page.route("**/deck/*", serve)
    page.route(
        "**/talk", lambda route: route.fulfill(body=DECK.format(snippet=pasted), content_type="text/html")
    )
    page.goto("/talk")
    page.wait_for_function("() => window.Reveal?.isReady()")


def slide(page: Page) -> int:
    return int(page.evaluate("Reveal.getIndices().h"))


def test_the_clicker_walks_the_steps_and_then_turns_the_slide(page: Page) -> None:
    deck(page, snippet(page, "reveal"))
    count = page.frame_locator("iframe").locator(".count")
    page.keyboard.press("PageDown")
    expect(count).to_have_text("Step 0 of 6")
    assert slide(page) == 1
    for step in range(1, 7):
        page.keyboard.press("PageDown" if step % 2 else "ArrowRight")
        expect(count).to_have_text(f"Step {step} of 6")
        assert slide(page) == 1
    page.keyboard.press("PageDown")
    page.wait_for_function("() => Reveal.getIndices().h === 2")
    page.keyboard.press("PageUp")
    page.wait_for_function("() => Reveal.getIndices().h === 1")
    for step in range(5, -1, -1):
        page.keyboard.press("PageUp")
        expect(count).to_have_text(f"Step {step} of 6")
    page.keyboard.press("PageUp")
    page.wait_for_function("() => Reveal.getIndices().h === 0")


def test_a_clicker_in_the_embed_hands_over_at_the_end(page: Page) -> None:
    deck(page, snippet(page, "reveal"))
    page.keyboard.press("PageDown")
    frame = page.frame_locator("iframe")
    frame.locator("#transport [data-do=last]").click()  # the focus is in the frame now
    expect(frame.locator(".count")).to_have_text("Step 6 of 6")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => Reveal.getIndices().h === 2")
    page.keyboard.press("PageUp")
    page.wait_for_function("() => Reveal.getIndices().h === 1")


@pytest.mark.parametrize("kind", ["html", "moodle"])
def test_the_iframe_of_a_snippet_is_an_embed(page: Page, kind: str) -> None:
    pasted = snippet(page, kind, readonly=True)
    page.route("**/somebody", lambda route: route.fulfill(body=pasted, content_type="text/html"))
    page.goto("/somebody")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".count")).to_have_text("Step 0 of 6")
    # To step is all that there is to do.
    expect(frame.get_by_role("link")).to_have_count(0)
    expect(frame.locator("input:not([type=range]):visible, textarea, select")).to_have_count(0)


def test_markdown_shows_the_picture_of_the_step(page: Page) -> None:
    pasted = snippet(page, "markdown")
    picture, link = pasted.removeprefix("[![Chainwalk](").removesuffix(")").split(")](")
    assert page.request.get(picture).headers["content-type"] == "image/png"
    assert codec.decode(link.partition("?")[2])[0].e == SHORT.e
    visit(page, codec.State(e="exp((x+1)*2)", at="x=[1,2]"))
    page.locator("#open-share").click()
    page.locator(".snippet select").select_option("markdown")
    pasted = page.locator("#snippet").input_value()
    addresses = pasted.removeprefix("[![Chainwalk](").removesuffix(")").split(")](")
    assert len(addresses) == 2
    assert not any(sign in address for address in addresses for sign in "()[]")
    assert codec.decode(addresses[1].partition("?")[2])[0].e == "exp((x+1)*2)"
