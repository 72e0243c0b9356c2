"""A walk as one HTML file, opened from the disk in a real browser that is offline."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.conftest import watched
from web import codec
from web.examples import EXAMPLES

LOADED = """document.fonts.ready.then(
  () => [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family))"""
EXAMPLE = {example.name: example for example in EXAMPLES}


def opened(page: Page, server: str, folder: Path, state: codec.State) -> list[str]:
    """The file of a state, on the disk and in the page; what the page asks for is listed."""
    answer = page.request.get(f"{server}/walk.html?{codec.encode(state)}")
    assert answer.ok
    assert answer.headers["content-disposition"] == "attachment; filename=chainwalk.html"
    path = folder / "chainwalk.html"
    path.write_bytes(answer.body())
    asked: list[str] = []

    def listen(request: Request) -> None:
        asked.append(request.url)

    page.on("request", listen)
    page.context.set_offline(True)
    page.goto(path.as_uri())
    expect(page.locator(".count")).to_contain_text(str(state.step))
    return asked


@pytest.mark.parametrize("name", ["exponential", "network"])
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ru", "dark")])
def test_it_walks_with_no_network(
    browser: Browser, server: str, tmp_path: Path, name: str, language: str, theme: str
) -> None:
    example = EXAMPLE[name]
    state = codec.State(e=example.program, at=example.at, lang=language, theme=theme, step=2)
    with watched(browser.new_page(viewport={"width": 1200, "height": 700})) as page:
        asked = opened(page, server, tmp_path, state)
        steps = int(page.locator("#transport input[type=range]").get_attribute("max") or 0)
        assert steps > 15
        page.keyboard.press("ArrowRight")
        expect(page.locator(".count")).to_contain_text(str(3))
        page.locator("#transport [data-do=last]").click()
        expect(page.locator(".count")).to_contain_text(f"{steps}")
        expect(page.locator("#card .katex").first).to_be_visible()
        shown = page.locator("computation-graph .slot[data-state=now] .number").first
        expect(shown).not_to_be_empty()
        fonts = page.evaluate(LOADED)
        assert any("DejaVu" in font for font in fonts)
        assert any("KaTeX" in font for font in fonts)
        assert page.locator("html").get_attribute("lang") == language
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (theme == "light")
        assert page.locator(".told").inner_text().strip() == example.program
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_what_a_person_typed_is_no_markup(browser: Browser, server: str, tmp_path: Path) -> None:
    state = codec.State(e="y = x  # </script><script>alert(1)</script><!--", at="x=2")
    with watched(browser.new_page()) as page:
        page.on("dialog", lambda _dialog: pytest.fail("a script of somebody else's ran"))
        opened(page, server, tmp_path, state)
        expect(page.locator(".told")).to_contain_text("</script><script>alert(1)</script><!--")
        page.keyboard.press("End")
        expect(page.locator(".count")).to_contain_text("2")


def test_a_file_of_a_broken_program_says_what_is_wrong(browser: Browser, server: str, tmp_path: Path) -> None:
    with watched(browser.new_page()) as page:
        answer = page.request.get(f"{server}/walk.html?e=sni(x)")
        path = tmp_path / "chainwalk.html"
        path.write_bytes(answer.body())
        page.goto(path.as_uri())
        expect(page.locator(".problem")).to_contain_text("sin")
