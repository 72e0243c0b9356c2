"""The page without a server, without scripts, in any width; and the codec in JavaScript."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import LECTURE, at_step, go, until, visit


@pytest.mark.complains("Failed to load resource")
def test_without_a_server_everything_stays_and_stepping_works(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=3))
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_label("Value of x2").fill("8")
    notice = page.locator("#notices")
    expect(notice).to_contain_text("The server did not answer.")
    page.keyboard.press("Escape")
    page.locator("#picture").click()
    page.keyboard.press("ArrowRight")
    at_step(page, 4, 20)
    expect(page.get_by_label("Value of x2")).to_have_value("8")
    page.unroute("**/api/**")
    notice.get_by_role("button", name="Try again").click()
    until(page, "walk.program.inputs.x2 === 8")
    expect(notice).not_to_contain_text("The server")
    at_step(page, 4, 20)


@pytest.mark.complains("status of 500")
@pytest.mark.parametrize("body", ["<h1>oops</h1>", '{"error": {"kind": "http", "message": "oops"}}'])
def test_a_server_that_breaks_is_not_blamed_on_the_program(page: Page, body: str) -> None:
    visit(page)
    page.route("**/api/**", lambda route: route.fulfill(status=500, body=body))
    page.get_by_role("button", name="Forward mode").click()
    expect(page.locator("#notices")).to_contain_text("The server broke down")
    expect(page.locator("#problem")).to_be_empty()


@pytest.mark.complains("Failed to load resource")
@pytest.mark.parametrize(
    ("tab", "panel", "shown"), [("Derivative", "study", ".slices"), ("Code", "code", ".listing")]
)
def test_a_panel_without_an_answer_says_so_and_asks_again(
    page: Page, tab: str, panel: str, shown: str
) -> None:
    visit(page)
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("tab", name=tab).click()
    problem = page.locator(f"#{panel} > .problem")
    expect(problem).to_contain_text("The server did not answer.")
    page.unroute("**/api/**")
    problem.get_by_role("button", name="Try again").click()
    expect(page.locator(f"#{panel} {shown}")).not_to_be_empty()
    expect(problem).to_be_empty()
    expect(page.locator(f"#{panel}")).to_have_attribute("aria-busy", "false")


@pytest.fixture
def plain(browser: Browser, server: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_the_server_draws_each_step(plain: Page) -> None:
    plain.goto("/?step=17")
    assert "−5.437" in plain.content()
    expect(plain.locator(".sentence")).to_contain_text("times the local derivative −2 to w2")
    plain.get_by_role("link", name="Forward").click()
    expect(plain.locator(".sentence")).to_contain_text("to x2")
    plain.get_by_label("Expression or program").fill("a + b")
    plain.get_by_role("button", name="Draw").click()
    assert plain.url.endswith("/?v=1&e=a%20+%20b&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3")


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280, 1600])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, dataclasses.replace(LECTURE, step=17))
    wider = page.evaluate(
        """() => [...document.querySelectorAll("body *:not(.katex *)")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
        }).map((element) => element.outerHTML.slice(0, 200))"""
    )
    assert wider == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_narrow_picture_follows_the_step(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page)
    go(page, 10)
    inside = page.locator("computation-graph").evaluate(
        """(graph) => {
          const box = graph.shadowRoot.querySelector('[data-state="written"]').getBoundingClientRect();
          const here = graph.getBoundingClientRect();
          return box.left >= here.left && box.right <= here.right;
        }"""
    )
    assert inside


def test_codec_vectors_in_javascript(page: Page) -> None:
    visit(page)
    vectors = json.loads(
        (Path(__file__).parents[1] / "web" / "codec_vectors.json").read_text(encoding="utf-8")
    )
    found: list[dict[str, Any]] = page.evaluate(
        """async (vectors) => {
          const { decode, encode, DEFAULTS } = await import("/static/js/walk/codec.js");
          return Promise.all(vectors.map(async ({ query }) => {
            const { state, notices } = await decode(query);
            const canonical = await encode(state);
            const again = await decode(canonical);
            const changed = Object.entries(state).filter(([key, value]) => value !== DEFAULTS[key]);
            return {
              state: Object.fromEntries(changed),
              notices: notices.map(({ code, key, value }) => [code, key, value]),
              canonical,
              same: JSON.stringify(again) === JSON.stringify({ state, notices: [] }),
            };
          }));
        }""",
        vectors,
    )
    for vector, result in zip(vectors, found, strict=True):
        name = vector["name"]
        assert (name, result["state"]) == (name, vector["state"])
        assert (name, result["notices"]) == (name, vector["notices"])
        assert (name, result["canonical"]) == (name, vector.get("canonical", result["canonical"]))
        assert (name, result["same"]) == (name, True)


@pytest.mark.parametrize("width", [360, 1024, 1400])
@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_nothing_on_the_page_jumps_while_stepping(page: Page, width: int, mode: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, dataclasses.replace(LECTURE, mode=mode))
    parts = "section, article, table, td, th, .transport, .transport *"
    places = f"""() => [...document.querySelectorAll("{parts}")].map((element) => {{
      const {{ x, y, width, height }} = element.getBoundingClientRect();
      return [x, y, width, height];
    }})"""
    before = page.evaluate(places)
    page.keyboard.press("Home")
    for step in range(21):
        go(page, step)
        assert page.evaluate(places) == before, step
