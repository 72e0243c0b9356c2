"""The editor in a real browser: colours, places of errors, the formula while one types, sharing."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import FAN_OUT, LECTURE, at_step, document, settled, until, visit
from web.codec import State

PROGRAM = State(e="f(t) = 1/(1 + exp(-t))  # sigmoid\nz1 = w1*x1\nQ = -log(f(z1))", at="w1=2;x1=-1")
refused = pytest.mark.complains("400 (BAD REQUEST)")


def words(page: Page, kind: str) -> set[str]:
    return set(page.locator(f".mirror .{kind}").all_text_contents())


def test_names_are_told_apart_by_what_they_are(page: Page) -> None:
    visit(page, PROGRAM)
    assert words(page, "input") == {"w1", "x1"}
    assert words(page, "assigned") == {"z1", "Q"}
    assert words(page, "function") == {"f", "exp", "log"}
    assert words(page, "parameter") == {"t"}
    assert words(page, "comment") == {"# sigmoid"}
    assert words(page, "number") == {"1"}


@pytest.mark.parametrize("width", [1600, 1024, 360])
def test_the_colours_lie_exactly_under_the_letters(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, State(e="y = " + " + ".join(f"w{i}*x{i}" for i in range(40)) + "\n" * 3 + "z = y\n"))
    if width == 360:
        page.get_by_role("tab", name="Program").click()
    boxes = page.evaluate(
        """() => [".mirror", ".editor textarea"].map((name) => {
          const element = document.querySelector(name), style = getComputedStyle(element);
          const { x, y, width, height } = element.getBoundingClientRect();
          return [x, y, width, height, element.scrollHeight, style.font, style.padding, style.letterSpacing];
        })"""
    )
    assert boxes[0] == boxes[1]
    editor = page.locator(".editor")
    assert editor.evaluate("(box) => box.clientHeight <= innerHeight * 0.4")
    assert editor.evaluate("(box) => box.scrollWidth <= box.clientWidth")


def test_the_bracket_at_the_caret_shows_its_partner(page: Page) -> None:
    visit(page, State(e="sin((x+1)*[2)"))
    field = page.locator("#expression")
    lit = page.locator(".mirror .is-bracket")
    field.focus()
    for caret, expected in ((5, ["(", ")"]), (9, ["(", ")"]), (2, []), (11, ["["])):
        field.evaluate("(field, caret) => field.setSelectionRange(caret, caret)", caret)
        expect(lit).to_have_text(expected)
    page.locator(".mark").focus()
    expect(lit).to_have_count(0)


@refused
def test_an_error_is_underlined_and_mended_with_the_fields_own_undo(page: Page) -> None:
    visit(page)
    field = page.locator("#expression")
    field.fill("a = x*y\nb = 2*sni(a)")
    field.press("Enter")
    expect(page.locator(".mirror .is-wrong")).to_have_text("sni")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Write b = 2*sin(a)").click()
    at_step(page, 0, 10)
    expect(page.locator(".mirror .is-wrong")).to_have_count(0)
    expect(field).to_have_value("a = x*y\nb = 2*sin(a)")
    field.press("Control+z")
    expect(field).to_have_value("a = x*y\nb = 2*sni(a)")


@refused
def test_the_place_of_an_error_counts_characters(page: Page) -> None:
    visit(page)
    page.locator("#expression").fill("𝑥 + 𝑦*sni(2)")
    page.locator("#expression").press("Enter")
    expect(page.locator(".mirror .is-wrong")).to_have_text("sni")


@refused
def test_the_formula_follows_the_typing_and_errors_wait(page: Page) -> None:
    visit(page)
    field, preview = page.locator("#expression"), page.locator(".preview")
    expect(preview).to_be_hidden()
    field.fill("")
    field.press_sequentially("x^2/y")
    expect(preview.locator(".katex-html")).to_have_text(re.compile(r"^f\s*="))
    expect(preview.locator(".mfrac")).to_be_visible()
    with page.expect_response("**/api/v1/formula?**"):
        field.press_sequentially(" + sin(")
    expect(preview).to_have_attribute("data-stale", "")
    assert page.locator("#problem").text_content() == "", "nobody is interrupted in the middle of a word"
    expect(page.locator("#problem")).to_contain_text("This bracket is never closed.")
    field.press_sequentially("x)")
    expect(page.locator("#problem")).to_be_empty()
    expect(preview).not_to_have_attribute("data-stale", "")
    field.press("Enter")
    until(page, "walk.program.text === 'x^2/y + sin(x)'")
    expect(preview).to_be_hidden()


def test_a_very_long_formula_scrolls_by_itself(page: Page) -> None:
    visit(page)
    page.locator("#expression").fill(" + ".join(f"w{i}*x{i}" for i in range(60)))
    preview = page.locator(".preview")
    expect(preview).to_be_visible()
    assert preview.evaluate("(box) => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@refused
def test_complaints_about_program_and_inputs_stand_side_by_side(page: Page) -> None:
    visit(page)
    page.get_by_label("Value of x2").fill("1/")
    expect(page.locator("#inputs .problem")).to_contain_text("ends too early")
    page.locator("#expression").fill("sni(x1)")
    page.locator("#expression").press("Enter")
    expect(page.locator("#problem")).to_contain_text("There is no function sni.")
    expect(page.locator("#inputs .problem")).to_contain_text("ends too early")


def test_pointing_at_the_text_lights_the_innermost_node_and_the_reverse(page: Page) -> None:
    visit(page, LECTURE)
    page.locator(".mirror .input", has_text="w2").hover(force=True)
    pointed = page.evaluate("document.querySelector('.mirror .is-pointed').textContent")
    assert pointed == "w2"
    page.locator(".mirror .operator", has_text="*").nth(1).hover(force=True)
    lit = page.locator(".mirror .is-pointed")
    expect(lit).to_have_text(["w2", "*", "x2"])
    page.locator("computation-graph .node", has_text="exp").hover()
    assert "".join(lit.all_text_contents()).startswith("exp(w1*x1")
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)


def test_equal_expressions_are_shared_by_a_switch_and_in_the_link(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=3))
    switch = page.get_by_role("switch", name="Share equal sub-expressions")
    expect(switch).not_to_be_checked()
    assert len(document(page)["graph"]["nodes"]) == 4
    switch.check()
    until(page, "walk.graph.nodes.length === 3")
    settled(page)
    page.wait_for_url("**&share=1**")
    page.reload()
    expect(switch).to_be_checked()
    page.go_back()
    until(page, "walk.graph.nodes.length === 4")
    expect(switch).not_to_be_checked()


@pytest.mark.complains("net::ERR_FAILED")
def test_without_an_answer_typing_goes_on(page: Page) -> None:
    visit(page)
    page.route("**/api/v1/formula?**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("#expression").fill("x*y*z")
    expect(page.locator(".preview")).to_be_hidden()
    expect(page.locator("#problem")).to_be_empty()
    expect(page.locator(".mirror .input")).to_have_text(["x", "y", "z"])


@pytest.mark.complains("400")
def test_without_a_graph_its_place_says_so_in_the_middle(page: Page) -> None:
    visit(page, "e=sni(x)")
    place, told = page.locator("computation-graph").bounding_box(), page.locator(".empty").bounding_box()
    assert place and told
    assert told["y"] + told["height"] / 2 == pytest.approx(place["y"] + place["height"] / 2, abs=2)
