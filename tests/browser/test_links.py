"""Links in a real browser: the address holds the state, goes back, is copied, and may be hostile."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import FAN_OUT, LECTURE, at_step, document, go, settled, slots, until, visit
from web import codec
from web.codec import State

LONG = State(e="\n".join(["v0 = x", *(f"v{i} = v{i - 1} + x*{i}" for i in range(1, 60))]), at="x=2", step=5)


def state_of(url: str) -> State:
    """What an address says."""
    state, notices = codec.decode(url.partition("?")[2])
    assert notices == ()
    return state


def expect_state(page: Page, state: State) -> None:
    """Expect the address bar to hold a state, soon."""
    expect(page).to_have_url(re.compile(re.escape("?" + codec.encode(state)) + "$"))


def test_the_address_follows_every_step(page: Page) -> None:
    visit(page, "")
    page.keyboard.press("ArrowRight")
    expect_state(page, dataclasses.replace(LECTURE, step=1))
    page.keyboard.press("End")
    expect_state(page, dataclasses.replace(LECTURE, step=20))


def test_back_and_forward(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=4))
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Forward mode").click()
    at_step(page, 0, 20)
    go(page, 7)
    page.locator("#expression").fill("x*x")
    page.locator("#expression").press("Enter")
    at_step(page, 0, 4)
    page.go_back()
    at_step(page, 7, 20)
    expect(page.locator("#expression")).to_have_value(LECTURE.e or "")
    expect(page.get_by_role("button", name="Forward mode")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    at_step(page, 5, 20)
    expect(page.get_by_role("button", name="Reverse mode")).to_have_attribute("aria-pressed", "true")
    page.go_forward()
    page.go_forward()
    at_step(page, 0, 4)
    expect(page.locator("#expression")).to_have_value("x*x")


def test_back_to_the_bare_address_is_the_first_example(page: Page) -> None:
    visit(page, "")
    page.locator("#expression").fill("x*x")
    page.locator("#expression").press("Enter")
    at_step(page, 0, 5)
    page.go_back()
    at_step(page, 0, 20)
    expect(page.get_by_label("Value of w2")).to_have_value("-3")


def test_typing_a_number_is_one_entry_of_the_history(fresh: Page) -> None:
    visit(fresh, FAN_OUT)
    entries = fresh.evaluate("history.length")
    field = fresh.get_by_label("Value of x")
    for text, value in (("4", 4), ("42", 42), ("42.5", 42.5)):
        field.fill(text)
        until(fresh, f"walk.program.inputs.x === {value}")
    expect_state(fresh, dataclasses.replace(FAN_OUT, at="x=42.5"))
    assert fresh.evaluate("history.length") == entries + 1
    fresh.go_back()
    expect(field).to_have_value("3")


def test_hundreds_of_steps_do_not_overrun_the_history(page: Page) -> None:
    visit(page, FAN_OUT)
    for _ in range(5):
        page.evaluate(
            """() => {
              const slider = document.querySelector("#transport input");
              for (let change = 0; change < 100; change += 1) {
                slider.value = change % 10;
                slider.dispatchEvent(new Event("input", { bubbles: true }));
              }
            }"""
        )
        page.wait_for_timeout(50)
    expect_state(page, dataclasses.replace(FAN_OUT, step=9))


def test_long_programs_travel_packed(page: Page) -> None:
    visit(page, LONG)
    at_step(page, 5, len(document(page)["steps"]))
    assert document(page)["program"]["text"] == LONG.e
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"\?v=1&z=[A-Za-z0-9_-]+&step=6$"))
    assert state_of(page.url) == dataclasses.replace(LONG, step=6)
    page.get_by_label("Value of x").fill("3")
    until(page, "walk.program.inputs.x === 3")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("e=x*y&mode=sideways&step=two", "The link asks for mode = “sideways”"),
        ("e=x*y&nonsense=1", "“nonsense”"),
        ("e=x*y&z=AAAA", "damaged or cut off"),
        ("v=9&e=x*y", "another version"),
        ("e=x*y&at=x=%FF", "not text"),
        ("e=sni(x)", "Did you mean sin?"),
        ("e=", "The program is empty."),
        ('e=<img src=x onerror="window.hacked=1">', "<img"),
        ("e=x&at=</script><script>window.hacked=1</script>", "script"),
        ("e=x&theme=</html><script>window.hacked=1</script>", "The link asks for theme"),
        ("e=x*y&wrt=__proto__&<script>window.hacked=1</script>=1", "<script>"),
    ],
)
def test_a_broken_or_hostile_link_opens_the_page_with_a_message(page: Page, query: str, said: str) -> None:
    visit(page, query)
    expect(page.locator("body")).to_contain_text(said, use_inner_text=True)
    assert page.evaluate("window.hacked") is None
    # The page works: another program can be drawn.
    if page.get_by_label("Inputs").is_visible():
        page.get_by_label("Inputs").fill("x=1")
    page.locator("#expression").fill("x*y")
    page.locator("#expression").press("Enter")
    settled(page)
    page.keyboard.press("End")
    assert slots(page)["y value"][0] == "done"


@pytest.mark.parametrize("name", ["constructor", "toString", "style", "script"])
def test_names_of_the_browser_are_only_names(page: Page, name: str) -> None:
    visit(page, dataclasses.replace(FAN_OUT, e=f"{name}*2", at=f"{name}=3", step=99))
    expect(page.get_by_label(f"Value of {name}")).to_have_value("3")
    page.get_by_label(f"Value of {name}").fill("4")
    until(page, f"walk.program.inputs['{name}'] === 4")


def test_a_long_name_stays_in_place(page: Page) -> None:
    visit(page, State(e="an_input_with_a_very_long_name_indeed * another_input_of_the_same_kind", step=3))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_theme_of_the_link_wins_over_the_system(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    visit(page, dataclasses.replace(LECTURE, theme="dark"))
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(15, 19, 25)"
    page.keyboard.press("ArrowRight")
    expect_state(page, dataclasses.replace(LECTURE, theme="dark", step=1))


def test_the_system_decides_without_a_theme(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(15, 19, 25)"
