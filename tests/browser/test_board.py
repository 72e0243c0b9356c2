"""The board in a real browser: one line for each step, back again, and the whole as LaTeX."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import FAN_OUT, LECTURE, at_step, go, settled, visit

LINES = "#board .lines > li:not(.phase)"


def test_a_line_for_each_step_and_back_again(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=3))
    page.click("#tab-board")
    lines = page.locator(LINES)
    expect(lines).to_have_count(3)
    expect(page.locator("#board .phase")).to_have_text(["Forward pass"])
    page.locator("body").press("End")
    expect(lines).to_have_count(11)
    expect(page.locator("#board .phase")).to_have_text(["Forward pass", "Backward pass"])
    expect(page.locator("#board [aria-current=step]")).to_have_count(1)
    go(page, 4)
    expect(lines).to_have_count(4)
    expect(page.locator("#board .phase")).to_have_count(1)
    go(page, 0)
    expect(page.locator("#board .lines li")).to_have_count(0)
    expect(page.locator("#board")).to_contain_text("collects here")


def test_a_line_leads_to_its_step(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=20))
    page.click("#tab-board")
    page.locator(LINES).nth(11).get_by_role("button").click()
    at_step(page, 12, 20)


def test_another_number_writes_all_lines_anew(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=11))
    page.click("#tab-board")
    page.get_by_label("Value of x", exact=True).fill("5")
    settled(page)
    expect(page.locator(LINES).last).to_contain_text("15+1")  # the running sum before the last arrival


def test_copied_as_latex(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=11))
    page.click("#tab-board")
    page.get_by_role("button", name="Copy as LaTeX").click()
    expect(page.locator("#board .said")).to_have_text("Copied as LaTeX")
    text = page.evaluate("navigator.clipboard.readText()")
    lines = text.strip().split("\n")
    assert lines[0] == r"\begin{align*}"
    assert lines[-1] == r"\end{align*}"
    assert [line.strip() for line in lines if "intertext" in line] == [
        r"\intertext{Forward pass}",
        r"\intertext{Backward pass}",
    ]
    rows = [line for line in lines[1:-1] if "intertext" not in line]
    assert len(rows) == 11
    assert all(row.count("&") == 1 for row in rows)
    # A row ends in \\ unless \intertext or the end follows.
    assert [row.endswith(r"\\") for row in rows] == [*[True] * 3, False, *[True] * 6, False]
    assert r"\bar{x} &\mathrel{+}= \bar{v}_{1} \cdot x = 9 + 1 \cdot 3 = 12" in rows[-1]
    # KaTeX knows align*, and not \intertext.
    body = re.sub(r"\n  \\intertext\{[^}]*\}", r" \\\\", text.replace("\\intertext{Forward pass}\n", ""))
    assert page.evaluate(
        """(text) => import("katex").then(({ default: katex }) =>
             katex.renderToString(text, { throwOnError: true, displayMode: true }).length > 500)""",
        body,
    )


def test_the_whole_is_copied_where_there_is_no_clipboard(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=11))  # as over plain http in a hall's network
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.click("#tab-board")
    page.get_by_role("button", name="Copy as LaTeX").click()
    expect(page.locator("#board .said")).to_have_text("Copied as LaTeX")
    assert page.evaluate("navigator.clipboard.readText()").startswith(r"\begin{align*}")
    expect(page.get_by_role("button", name="Copy as LaTeX")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1024, 768), (1600, 700)])
def test_the_newest_line_is_in_sight(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    visit(page, dataclasses.replace(LECTURE, step=1))
    page.click("#tab-board")
    for step in (20, 11, 3):
        go(page, step)
        line = page.locator("#board [aria-current]")
        assert line.evaluate(
            """(line) => {
              const { left, right, top, bottom } = line.getBoundingClientRect();
              const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
              return top >= 0 && bottom <= innerHeight && line.contains(seen);
            }"""
        ), step


def test_lines_say_their_sentences(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=13))
    page.click("#tab-board")
    last = page.locator(LINES).last.get_by_role("button")
    expect(last).to_have_accessible_name(re.compile(r"^Step 13 of 20: v4 sends"))
