"""The inputs in a real browser: sliders, random numbers, defaults; nothing else moves."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.browsing import LECTURE, at_step, document, settled, until, visit
from web.codec import State

AT_17 = dataclasses.replace(LECTURE, step=17)


def slide(page: Page, name: str, *places: float) -> None:
    """Move a slider as a hand does, without waiting."""
    page.get_by_label(f"Slider of {name}").evaluate(
        """(slider, places) => {
          for (const place of places) {
            slider.value = place;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }""",
        places,
    )


def test_a_slider_moves_its_number_and_every_step_with_it(page: Page) -> None:
    visit(page, AT_17)
    slide(page, "x2", 0.5)
    expect(page.get_by_label("Value of x2")).to_have_value("0.5")
    until(page, "walk.program.inputs.x2 === 0.5")
    at_step(page, 17, 20)
    page.wait_for_url("**x2=0.5;**")


@pytest.mark.parametrize(
    ("value", "room", "step"),
    [("2", 5, 0.05), ("0", 2, 0.02), ("-0.03", 0.05, 0.0005), ("700", 2000, 20), ("1/4", 0.5, 0.005)],
)
def test_the_range_follows_from_the_number(page: Page, value: str, room: float, step: float) -> None:
    visit(page, State(e="x*y", at=f"x={value};y=1"))
    slider = page.get_by_label("Slider of x")
    found = slider.evaluate("(slider) => [slider.min, slider.max, slider.step].map(Number)")
    assert found == [-room, room, step]


def test_arrays_have_no_slider(page: Page) -> None:
    visit(page, State(e="sum(v)*x", at="v=[1, 2];x=3"))
    expect(page.get_by_label("Slider of v")).to_be_hidden()
    expect(page.get_by_label("Slider of x")).to_be_visible()


def test_one_request_at_a_time_while_sliding_and_the_latest_wins(page: Page) -> None:
    visit(page, AT_17)
    open_, most, asked = 0, 0, 0

    def begun(request: Any) -> None:
        nonlocal open_, most, asked
        if "/explain" in request.url:
            open_, asked = open_ + 1, asked + 1
            most = max(most, open_)

    def ended(request: Any) -> None:
        nonlocal open_
        open_ -= "/explain" in request.url

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    before = page.evaluate("history.length")
    slide(page, "w1", *(place / 10 for place in range(30)))
    expect(page.get_by_label("Value of w1")).to_have_value("2.9")
    until(page, "walk.program.inputs.w1 === 2.9")
    settled(page)
    page.wait_for_url("**w1=2.9;**")
    assert most == 1
    assert asked <= 3
    assert page.evaluate("history.length") - before <= 1
    page.remove_listener("request", begun)
    page.remove_listener("requestfinished", ended)
    page.remove_listener("requestfailed", ended)


def test_sliding_moves_nothing_else(page: Page) -> None:
    visit(page, AT_17)
    places = """() => [...document.querySelectorAll(".panel, #transport"),
        ...document.querySelector("computation-graph").shadowRoot.querySelectorAll(".node, .pill, .place")]
        .map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [element.id, x, y, width, height].join(" ");
        })"""
    before = [place for place in page.evaluate(places) if not place.startswith("pill")]
    slide(page, "w2", -1.5)
    until(page, "walk.program.inputs.w2 === -1.5")
    settled(page)
    assert [place for place in page.evaluate(places) if not place.startswith("pill")] == before
    at_step(page, 17, 20)


def test_arrow_keys_on_a_slider_do_not_step(page: Page) -> None:
    visit(page, AT_17)
    slider = page.get_by_label("Slider of w1")
    slider.focus()
    slider.press("ArrowRight")
    until(page, "walk.program.inputs.w1 === 2.05")
    at_step(page, 17, 20)
    expect(slider).to_be_focused()


def test_random_numbers_are_written_into_fields_and_link(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, at="w1=2", step=5))
    expect(page.locator("#inputs [data-default]")).to_have_count(4)
    page.get_by_role("button", name="Random numbers").click()
    expect(page.locator("#inputs [data-default]")).to_have_count(0)
    at_step(page, 5, 20)
    inputs = document(page)["program"]["inputs"]
    for name, number in inputs.items():
        assert float(page.get_by_label(f"Value of {name}").input_value()) == number
        assert abs(number) < 6
    page.go_back()
    until(page, "walk.program.defaults.length === 4")


def test_a_number_can_be_taken_back_for_good(page: Page) -> None:
    visit(page, State(e="x*y", at="x=3;y=2"))
    row = page.locator("#inputs tbody tr").first
    row.get_by_role("button", name="Back to the default of x").click()
    expect(row).to_have_attribute("data-default", "")
    expect(row.get_by_role("button")).to_be_hidden()
    expect(page.get_by_label("Value of x")).to_be_focused()
    page.locator("#expression").fill("x*y + 1")
    page.locator("#expression").press("Enter")
    until(page, "walk.program.text === 'x*y + 1'")
    assert document(page)["program"]["defaults"] == ["x"]


def test_more_digits_keep_the_step(page: Page) -> None:
    visit(page, AT_17)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Digits").press("End")
    until(page, "walk.steps.some((step) => step.sentence.includes('2.71828182846'))")
    at_step(page, 17, 20)


def test_a_view_without_numbers_keeps_step_and_picture(page: Page) -> None:
    visit(page, AT_17)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Symbols only").check()
    until(page, "walk.steps[0].sentence === 'w1 is an input: its value is given.'")
    page.keyboard.press("Escape")
    at_step(page, 17, 20)
    expect(page.locator("#inputs")).to_be_visible()
    expect(page.get_by_label("Value of w1")).to_be_hidden()
    texts = page.locator("computation-graph .node .number").all_text_contents()
    assert not [text for text in texts if any(c.isascii() and c.isdigit() for c in text)]
    assert "v₁" in texts
    page.wait_for_url("**&symbols=1**")
    page.reload()
    at_step(page, 17, 20)
    expect(page.get_by_label("Value of w1")).to_be_hidden()


def test_choices_made_while_an_answer_is_awaited_are_all_kept(page: Page) -> None:
    visit(page)
    held: list[Route] = []
    page.route("**/api/v1/explain**", lambda route: held.append(route))
    for name in ("x1", "x2", "w1", "w2"):
        page.get_by_label(f"Differentiate by {name}").uncheck()
    held[-1].continue_()  # the page gave up the others
    until(page, "walk.wrt.length === 1")


def test_complex_numbers_are_shown_and_edited_as_text(page: Page) -> None:
    visit(page, State(e="L = sum(abs(z.H @ w))", at="z=[1+2j,3];w=[1j,2]"))
    value = page.get_by_label("Value of z", exact=True)
    expect(value).to_have_value("[1+2j,3]")
    expect(page.get_by_label("Elements of z")).to_be_hidden()
    value.fill("[1, -2j]")
    until(page, "walk.program.inputs.z[1].im === -2")
    page.get_by_role("button", name="Random").click()
    until(page, "walk.program.inputs.w[0].im !== 1 && walk.program.inputs.w[0].im !== undefined")


def test_a_count_slides_in_whole_numbers_and_can_be_made_a_parameter(page: Page) -> None:
    visit(page, State(e="sum(x*w)/n", at="n=4"))
    slider = page.get_by_label("Slider of n")
    assert [slider.get_attribute(name) for name in ("min", "step")] == ["0", "1"]
    expect(page.get_by_label("Differentiate by n")).to_be_disabled()
    page.get_by_label("What n is").select_option("parameter")
    until(page, "walk.wrt.length === 3")
    expect(page.get_by_label("Differentiate by n")).to_be_enabled()
    page.wait_for_url("**roles=n=parameter**")
    page.get_by_label("What n is").select_option("count")
    until(page, "walk.wrt.length === 2")


def test_random_numbers_leave_labels_and_counts_alone(page: Page) -> None:
    visit(page, State(e="cross_entropy(z, t) + sum(z)/n", at="z=[1,2,3];t=[0,1,0];n=3"))
    page.get_by_role("button", name="Random numbers").click()
    until(page, "walk.program.inputs.z[0] !== 1")
    inputs = document(page)["program"]["inputs"]
    assert inputs["t"] == [0, 1, 0] and inputs["n"] == 3


WRITTEN = """(select) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(select).font;
  return pen.measureText(select.selectedOptions[0].text).width;
}"""


def test_what_an_input_is_can_be_read_and_hit_by_a_finger(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, "e=sum(C[Xb])/n&lang=ru")
    page.get_by_role("tab", name="Программа").click()
    for role in page.locator("select.role").all():
        box = role.bounding_box()
        assert box and box["height"] >= 24
        assert box["width"] >= 2 + role.evaluate(WRITTEN)  # its padding
