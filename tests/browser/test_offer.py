"""LaTeX or Python in the field for the program: offered as a program, never replaced unasked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import LECTURE, settled, visit

FIELD = "#expression"


def test_a_pasted_formula_is_read_shown_and_used(page: Page) -> None:
    visit(page, LECTURE)
    field = page.locator(FIELD)
    field.fill(r"\frac{1}{1 + e^{-(w_1 x_1 + w_0)}}")
    offer = page.locator("#offer")
    expect(offer).to_contain_text("looks like LaTeX")
    expect(offer.locator(".reading")).to_have_text("1/(1 + exp(-(w1*x1 + w0)))")
    expect(offer.locator(".katex")).to_be_visible()
    offer.get_by_role("button", name="Use it").click()
    settled(page)
    expect(field).to_have_value("1/(1 + exp(-(w1*x1 + w0)))")
    expect(offer).to_be_hidden()
    expect(page.locator(".count")).to_contain_text("Step 0 of")
    field.focus()
    page.keyboard.press("Control+z")
    expect(field).to_have_value(r"\frac{1}{1 + e^{-(w_1 x_1 + w_0)}}")


def test_it_can_be_kept_and_is_not_offered_again(page: Page) -> None:
    visit(page, LECTURE)
    field = page.locator(FIELD)
    field.fill(r"\sin x")
    page.get_by_role("button", name="Keep my text").click()
    expect(field).to_have_value(r"\sin x")
    expect(field).to_be_focused()
    field.press_sequentially(" y")
    page.wait_for_timeout(500)
    expect(page.locator("#offer")).to_be_hidden()


@pytest.mark.complains("400 (BAD REQUEST)")
def test_what_is_no_formula_is_said_where_it_is_typed(page: Page) -> None:
    visit(page, LECTURE)
    page.locator(FIELD).fill(r"\fraq{1}{x}")
    offer = page.locator("#offer")
    expect(offer.locator(".problem")).to_contain_text(r"\fraq")
    offer.get_by_role("button", name=r"\frac{1}{x}").click()
    expect(page.locator(FIELD)).to_have_value(r"\frac{1}{x}")
    expect(offer.locator(".reading")).to_have_text("1/x")


def test_what_could_be_meant_otherwise_is_noted_in_russian(page: Page) -> None:
    visit(page, "e=x&lang=ru")
    page.locator(FIELD).fill(r"\sin^{-1} x")
    expect(page.locator("#offer .notes")).to_contain_text("обратная функция arcsin")


def test_pasted_python_is_offered_too(page: Page) -> None:
    visit(page, LECTURE)
    page.locator(FIELD).fill("import numpy as np\ny = np.tanh(x).sum()")
    offer = page.locator("#offer")
    expect(offer).to_contain_text("looks like Python")
    expect(offer.locator(".reading")).to_have_text("y = sum(tanh(x))")
    offer.get_by_role("button", name="Use it").click()
    settled(page)
    expect(page.locator(FIELD)).to_have_value("y = sum(tanh(x))")


QUESTION = "e=x%20y&at=x=[1,2];y=[3,4]"
BROKEN = """(all) => all.flatMap(({ firstChild: text }) => text.data.split(/\\s+/)
  .filter((word) => {
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(word));
    range.setEnd(text, text.data.indexOf(word) + word.length);
    return range.getClientRects().length > 1; // of a word on two lines
  }))"""


def test_what_means_two_things_is_asked_and_answered_by_one_click(page: Page) -> None:
    visit(page, QUESTION)
    asked = page.locator("#problem")
    expect(asked).to_contain_text("x y means two things")
    choices = asked.get_by_role("button")
    expect(choices).to_have_count(2)
    expect(choices.first.locator(".katex")).to_be_visible()
    choices.filter(has_text="x @ y").click()
    settled(page)
    expect(page.locator(FIELD)).to_have_value("x @ y")
    expect(asked).to_be_empty()
    expect(page.locator(".count")).to_contain_text("Step 0 of")


def test_on_a_phone_the_question_is_what_one_sees(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, QUESTION + "&lang=ru")
    choice = page.locator("#problem").get_by_role("button").first
    expect(choice).to_be_in_viewport()
    box = choice.bounding_box()
    assert box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 390
    last = page.locator("#problem").get_by_role("button").last.bounding_box()
    transport = page.locator("#transport").bounding_box()  # is fixed, and would hide what is below it
    assert last and transport and last["y"] + last["height"] <= transport["y"]
    choice.click()
    settled(page)
    drawn = page.locator("computation-graph").bounding_box()
    assert drawn and drawn["height"] >= 200
    expect(page.locator("computation-graph .controls")).to_be_visible()


@pytest.mark.parametrize("query", [QUESTION, "e=y%20=%20f(g(h(x)))"])
def test_words_of_a_choice_are_not_broken_beside_its_formula(page: Page, query: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, query + "&lang=ru")
    said = page.locator("#problem .said")
    expect(said.first).to_be_visible()
    assert said.evaluate_all(BROKEN) == []


@pytest.mark.complains("400 (BAD REQUEST)")
def test_the_preview_asks_too(page: Page) -> None:
    visit(page, "e=x*y&at=x=[1,2];y=[3,4]")
    page.locator(FIELD).fill("x y")
    expect(page.locator("#problem").get_by_role("button").first.locator(".katex")).to_be_visible()
