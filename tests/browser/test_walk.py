"""The page in a real browser: stepping, typing, choosing."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.browsing import FAN_OUT, LECTURE, at_step, document, go, settled, slots, until, visit
from web.codec import State

TWO = State(e="p = x*y\nq = sin(x)", at="x=1;y=2")
API = "**/api/v1/explain?**"
refused = pytest.mark.complains("400 (BAD REQUEST)")


# ---- stepping -------------------------------------------------------------------------------------------


def test_nothing_has_the_focus_so_keys_step_at_once(page: Page) -> None:
    visit(page)
    assert page.evaluate("document.activeElement === document.body")
    for key, step in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 20), ("Home", 0)):
        page.keyboard.press(key)
        at_step(page, step, 20)


def test_buttons_step_and_keep_the_focus_at_either_end(page: Page) -> None:
    visit(page)
    for name, step in (("Step forward", 1), ("Last step", 20), ("Step back", 19), ("First step", 0)):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        at_step(page, step, 20)
        expect(button).to_be_focused()
    expect(page.get_by_role("button", name="First step")).to_have_attribute("aria-disabled", "true")


def test_the_scrubber_steps(page: Page) -> None:
    visit(page)
    page.locator("#transport input[type=range]").fill("13")
    at_step(page, 13, 20)
    page.locator("#transport input[type=range]").press("ArrowRight")
    at_step(page, 14, 20)
    expect(page.locator("#transport input[type=range]")).to_have_attribute("aria-valuetext", "Step 14 of 20")


@pytest.mark.parametrize(
    "field", ["#expression", "#seed", "#inputs input >> nth=0", "#inputs [type=checkbox] >> nth=0"]
)
def test_keys_do_nothing_in_fields(page: Page, field: str) -> None:
    visit(page, dataclasses.replace(LECTURE, step=5))
    page.locator(field).focus()
    for key in ("ArrowRight", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
    at_step(page, 5, 20)


def test_typing_a_space_types_a_space(page: Page) -> None:
    visit(page)
    page.locator("#expression").press_sequentially(" + x y")
    assert "x y" in page.locator("#expression").input_value()
    at_step(page, 0, 20)


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_modifiers_are_not_ours(page: Page, modifier: str) -> None:
    visit(page, dataclasses.replace(LECTURE, step=5))
    prevented = page.evaluate(
        """(modifier) => !document.body.dispatchEvent(new KeyboardEvent("keydown", {
          key: "ArrowRight", bubbles: true, cancelable: true, [`${modifier}Key`]: true }))""",
        {"Control": "ctrl"}.get(modifier, modifier.lower()),
    )
    assert not prevented
    at_step(page, 5, 20)


def test_no_key_scrolls_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 400})
    visit(page)
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight + 100")
    page.mouse.wheel(0, 60)
    page.wait_for_function("() => scrollY > 0")
    before = page.evaluate("scrollY")
    for key in (" ", " ", "End", "Home", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("scrollY") == before


def test_space_plays_to_the_end_and_pauses(fresh: Page) -> None:
    fresh.clock.install()
    visit(fresh, dataclasses.replace(FAN_OUT, step=8))
    sentence = fresh.locator("#card .sentence")
    fresh.keyboard.press("Space")
    expect(fresh.get_by_role("button", name="Pause")).to_be_visible()
    fresh.clock.run_for(500)
    at_step(fresh, 9, 11)
    expect(sentence).to_have_attribute("aria-live", "off")
    fresh.keyboard.press("Space")
    fresh.clock.run_for(5000)
    at_step(fresh, 9, 11)
    expect(sentence).to_have_attribute("aria-live", "polite")
    fresh.keyboard.press("Space")
    fresh.clock.run_for(5000)
    at_step(fresh, 11, 11)
    expect(fresh.get_by_role("button", name="Play")).to_be_visible()
    fresh.keyboard.press("Space")
    fresh.clock.run_for(500)
    at_step(fresh, 1, 11)


# ---- program and inputs ---------------------------------------------------------------------------------


def test_enter_draws_and_the_next_keys_step(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=9))
    page.locator("#expression").fill("x1*w1 + 3")
    page.locator("#expression").press("Enter")
    at_step(page, 0, 8)
    assert document(page)["program"]["inputs"] == {"x1": -1, "w1": 2}
    page.keyboard.press("ArrowRight")
    at_step(page, 1, 8)


def test_shift_enter_starts_a_line(page: Page) -> None:
    visit(page)
    field = page.locator("#expression")
    field.fill("a = x*x")
    field.press("Shift+Enter")
    field.press_sequentially("a + 1")
    page.get_by_role("button", name="Draw").click()
    settled(page)
    assert document(page)["program"]["text"] == "a = x*x\na + 1"


def test_an_input_that_comes_back_has_its_number_again(page: Page) -> None:
    visit(page)
    for program in ("w1*x1", "exp(w1*x1 + w0)"):
        page.locator("#expression").fill(program)
        page.locator("#expression").press("Enter")
        settled(page)
    expect(page.get_by_label("Value of w0")).to_have_value("-3")
    assert document(page)["warnings"] == []


@refused
def test_an_error_shows_its_place_and_keeps_text_and_picture(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=4))
    page.locator("#expression").fill("2*sni(x1)")
    page.locator("#expression").press("Enter")
    problem = page.locator("#problem")
    expect(problem).to_contain_text("There is no function sni.")
    expect(page.locator(".mirror .is-wrong")).to_have_text("sni")
    expect(page.locator("#expression")).to_have_value("2*sni(x1)")
    expect(page.locator("#expression")).to_be_focused()
    at_step(page, 4, 20)
    problem.get_by_role("button", name="Write 2*sin(x1)").click()
    at_step(page, 0, 6)
    expect(problem).to_be_empty()


def test_another_number_keeps_the_step(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=17))
    field = page.get_by_label("Value of x2")
    field.fill("1/4")
    expect(
        page.locator("computation-graph .node", has_text="x2").locator('[data-slot="value"] .number')
    ).to_have_text("0.25")
    at_step(page, 17, 20)
    expect(field).to_be_focused()
    expect(field).to_have_value("1/4")


@refused
def test_a_number_that_is_none_is_explained_beside_it(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=17))
    field = page.get_by_label("Value of x2")
    field.fill("1/")
    expect(page.locator("#inputs .problem")).to_contain_text("ends too early")
    expect(field).to_have_attribute("aria-invalid", "true")
    at_step(page, 17, 20)
    field.fill("1")
    expect(page.locator("#inputs .problem")).to_be_empty()
    expect(field).to_have_attribute("aria-invalid", "false")


def test_defaults_are_marked_until_a_number_is_given(page: Page) -> None:
    visit(page, "e=x*y&at=y=2")
    row = page.locator("#inputs tbody tr").first
    expect(row.get_by_text("default")).to_be_visible()
    expect(page.locator("#inputs tbody tr").nth(1).get_by_text("default")).to_be_hidden()
    page.get_by_label("Value of x").fill("4")
    expect(row.get_by_text("default")).to_be_hidden()
    page.get_by_label("Value of x").fill("")
    expect(row.get_by_text("default")).to_be_visible()


def test_the_latest_of_several_answers_wins(page: Page) -> None:
    visit(page, FAN_OUT)
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if "x=4" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route(API, hold_first)
    field = page.get_by_label("Value of x")
    field.fill("4")
    page.wait_for_timeout(400)
    field.fill("5")
    expect(page.locator("#inputs tbody tr").first).to_be_visible()
    until(page, "walk.program.inputs.x === 5")
    assert len(held) == 1
    page.wait_for_timeout(50)
    assert document(page)["program"]["inputs"] == {"x": 5}


# ---- choices --------------------------------------------------------------------------------------------


def test_the_other_mode_starts_at_its_beginning(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=12))
    page.get_by_role("button", name="Forward mode").click()
    at_step(page, 0, 20)
    expect(page.get_by_role("button", name="Forward mode")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Tangent of w1, its seed")).to_have_value("1")
    expect(page.locator("#trace th.derivative")).to_contain_text("tangent")
    page.keyboard.press("End")
    assert slots(page)["y tangent"] == ("now", "−2.718")


def test_seeds(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, mode="forward", step=20))
    page.get_by_label("Tangent of w1, its seed").fill("0")
    page.get_by_label("Tangent of x2, its seed").fill("2")
    until(page, "walk.seed.x2 === 2")
    assert slots(page)["y tangent"] == ("now", "−16.31")
    page.get_by_role("button", name="Reverse mode").click()
    settled(page)
    page.get_by_label("Seed: adjoint of y").fill("10")
    until(page, "walk.seed.y === 10")
    go(page, 20)
    assert slots(page)["w0 adjoint"] == ("done", "27.18")


def test_inputs_that_are_data_are_dimmed_and_carry_no_derivative(page: Page) -> None:
    visit(page)
    for name in ("x1", "x2", "w1", "w2"):
        page.get_by_label(f"Differentiate by {name}").uncheck()
    until(page, "walk.wrt.length === 1")
    expect(page.locator('computation-graph .node[data-dimmed="yes"]')).to_have_count(7)
    expect(page.get_by_label("Differentiate by w0")).to_be_disabled()


def test_several_outputs(page: Page) -> None:
    visit(page, TWO)
    assert document(page)["output"] == "q"
    page.get_by_label("Output").select_option("p")
    until(page, "walk.output === 'p'")
    page.keyboard.press("End")
    assert slots(page)["x adjoint"][1] == "2"
