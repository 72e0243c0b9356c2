"""What axe-core, an independent checker of WCAG 2.2 A and AA, says of every page in every look."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import visit
from tests.browser.looks import LANGUAGES, WIDTHS, Look, in_turn

# axe itself measures with inline styles, which a Content-Security-Policy reports.
OURS = ("inline style", "style-src-")
pytestmark = pytest.mark.complains(*OURS)
BROKEN = ("404", "400")  # a page that is not there, and a program that cannot be drawn

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PROGRAM = "f(t) = 1/(1 + exp(-t)); a = 2; z = f(a*x + b); y = log(z) - abs(b)"
STATES = {
    "start": "/?v=1",
    "reverse": "/?v=1&step=15",
    "forward": "/?v=1&e=log(x1) + x1*x2 - sin(x2)&at=x1=2;x2=5&mode=forward&step=9",
    "program": f"/?v=1&e={PROGRAM}&step=99",
    "warning": "/?v=1&e=sqrt(x)*y&at=x=0&step=99",
    "stopped": "/?v=1&e=log(x)*y&at=x=-1&step=99",
    "no graph": "/?v=1&e=sni(x)&at=x=1",
    "nothing here": "/nowhere",
    "notation": "/notation?v=1",
    "gallery": "/gallery?v=1",
    "latex": "/?v=1&e=%5Cfrac{1}{1+e^{-x}}",
}


def findings(page: Page, *within: str) -> list[str]:
    """What axe finds: rule, help and the elements."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate(
        "([within, options]) => axe.run(within.length ? { include: within } : document, options)",
        [list(within), options],
    )
    return [
        f"{found['id']}: {found['help']}: {node['target']} {node['html'][:150]} {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def test_the_checker_finds_what_is_wrong(page: Page) -> None:
    visit(page)
    page.evaluate("document.querySelector('#bench').append(document.createElement('button'))")
    assert any("button-name" in text for text in findings(page))


def tabs() -> list[object]:
    """Every tab in every look that has it: a projector has none, two stand open where there is room."""
    found: list[object] = []
    for turn, name in enumerate(("card", "program", "trace", "board", "node")):
        widths = (360,) if name in ("card", "program") else tuple(WIDTHS)
        for (row, theme), (column, width), language in product(
            enumerate(("light", "dark")), enumerate(widths), LANGUAGES
        ):
            quick = LANGUAGES[row % len(LANGUAGES)] == language and column == (turn + row) % len(widths)
            look = Look(language, theme, width)
            marks = () if quick else pytest.mark.slow
            found.append(pytest.param(name, look, id=f"{name}-{look}", marks=marks))
    return found


@in_turn(*STATES)
@pytest.mark.complains(*OURS, *BROKEN)
def test_nothing_is_found_on_a_page(page: Page, name: str, look: Look) -> None:
    look.open(page, STATES[name].replace(" ", "%20"))
    assert findings(page) == []


@in_turn("open-help", "open-settings", "open-share")
def test_nothing_is_found_in_a_dialog(page: Page, name: str, look: Look) -> None:
    look.open(page, STATES["reverse"])
    if not page.locator(f"#{name}").is_visible():
        page.click(".more")
    page.click(f"#{name}")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert findings(page, "dialog[open]") == []


@in_turn("hall")
def test_nothing_is_found_in_the_code_for_a_hall(page: Page, name: str, look: Look) -> None:
    look.open(page, STATES["reverse"])
    page.click("#open-share")
    page.click(".enlarge")
    expect(page.locator(f"#{name}")).to_be_visible()
    assert findings(page, f"#{name}") == []


@pytest.mark.parametrize(("name", "look"), tabs())
def test_nothing_is_found_behind_a_tab(page: Page, name: str, look: Look) -> None:
    look.open(page, STATES["reverse"])
    page.click(f"#tab-{name}")
    expect(page.locator(f"#{name}")).to_be_visible()
    assert findings(page) == []
