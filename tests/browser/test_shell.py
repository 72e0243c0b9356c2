"""The shell of the page: columns and tabs, themes, settings, swiping, the first visit."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import LECTURE, at_step, settled, slots, theme, visit
from tests.browser.looks import Look, every_look

AT_9 = dataclasses.replace(LECTURE, step=9)


# ---- columns and tabs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "key"), [("left", "["), ("right", "]")])
def test_a_column_hides_and_comes_back(page: Page, side: str, key: str) -> None:
    visit(page, AT_9)
    middle = page.locator("computation-graph")
    before = middle.bounding_box()
    page.keyboard.press(key)
    expect(page.locator(f".{side}")).to_be_hidden()
    wider = middle.bounding_box()
    assert wider and before and wider["width"] > before["width"] + 200
    page.reload()  # it is kept
    expect(page.locator(f".{side}")).to_be_hidden()
    button = page.locator(f'#tools [data-panel="{side}"]')
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(page.locator(f".{side}")).to_be_visible()
    assert middle.bounding_box() == before


def test_a_splitter_moves_by_mouse_and_by_keyboard(page: Page) -> None:
    visit(page)
    splitter = page.locator('.splitter[data-side="left"]')
    width = page.locator(".left").bounding_box()["width"]  # type: ignore[index]
    x = splitter.bounding_box()["x"]  # type: ignore[index]
    page.mouse.move(x, 400)
    page.mouse.down()
    page.mouse.move(x + 80, 400)
    page.mouse.up()
    assert page.locator(".left").bounding_box()["width"] == pytest.approx(width + 80, abs=2)  # type: ignore[index]
    splitter.press("ArrowLeft")
    assert page.locator(".left").bounding_box()["width"] == pytest.approx(width + 64, abs=2)  # type: ignore[index]
    splitter.dblclick()
    assert page.locator(".left").bounding_box()["width"] == pytest.approx(width, abs=1)  # type: ignore[index]


def test_tabs_follow_the_arrow_keys(page: Page) -> None:
    visit(page, AT_9)
    page.locator("#tab-trace").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-board")).to_be_focused()
    expect(page.locator("#board")).to_be_visible()
    expect(page.locator("#trace")).to_be_hidden()
    at_step(page, 9, 20)  # the arrow was the tab's
    page.keyboard.press("End")
    expect(page.locator("#tab-code")).to_have_attribute("aria-selected", "true")


def test_a_narrow_page_shows_one_panel_under_the_picture(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, AT_9)
    for name in ("card", "program", "trace", "board", "node", "study", "code"):
        page.click(f"#tab-{name}")
        panel = page.locator(f"#{name}")
        expect(panel).to_be_visible()
        for other in {"card", "program", "trace", "board", "node", "study", "code"} - {name}:
            expect(page.locator(f"#{other}")).to_be_hidden()
        page.evaluate("scrollTo(0, 0)")  # the board had scrolled to its newest line
        picture = page.locator("computation-graph").bounding_box()
        place = panel.bounding_box()
        assert picture and place and place["y"] >= picture["y"] + picture["height"]


def test_a_window_that_becomes_narrow_keeps_what_was_typed(page: Page) -> None:
    visit(page)
    page.fill("#expression", "x*y + not drawn")
    page.set_viewport_size({"width": 400, "height": 740})
    page.click("#tab-program")
    expect(page.locator("#expression")).to_have_value("x*y + not drawn")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.locator("#expression")).to_be_visible()
    expect(page.locator("#expression")).to_have_value("x*y + not drawn")


# ---- themes ---------------------------------------------------------------------------------------------


def test_the_projector_shows_the_graph_the_step_and_the_transport(page: Page) -> None:
    visit(page, AT_9)
    small = float(page.locator(".sentence").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
    page.keyboard.press("p")
    assert theme(page) == "projector"
    for shown in ("computation-graph", "#card", "#transport"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("#program", "#inputs", "#trace", "#tabs"):
        expect(page.locator(hidden)).to_be_hidden()
    large = float(page.locator(".sentence").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
    assert large > 1.25 * small
    at_step(page, 9, 20)
    page.keyboard.press("ArrowRight")
    at_step(page, 10, 20)
    page.keyboard.press("p")
    assert theme(page) is None
    expect(page.locator("#program")).to_be_visible()


def test_a_chosen_theme_is_there_before_anything_is_drawn(page: Page) -> None:
    visit(page)
    page.keyboard.press("t")
    page.keyboard.press("t")
    assert theme(page) == "dark"
    page.add_init_script(
        """new MutationObserver(() => {
             window.first ??= document.body && document.documentElement.dataset.theme;
           }).observe(document, { childList: true, subtree: true })"""
    )
    page.reload()
    assert page.evaluate("window.first") == "dark"


def test_choosing_a_theme_changes_that_of_the_link(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, theme="dark"))
    page.keyboard.press(",")
    page.locator('#settings input[name="theme"][value="light"]').check()
    assert theme(page) == "light"
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("theme=light"))


@every_look
def test_nothing_overlaps_and_nothing_is_cut_off(page: Page, look: Look) -> None:
    look.open(page, "/?v=1&step=15")
    places = page.evaluate(
        """(names) => names.map((name) => {
          const element = document.querySelector(name);
          const { left, top, right, bottom, width } = element.getBoundingClientRect();
          const stands = width && getComputedStyle(element).position !== "fixed";
          return [name, stands ? [left, top, right, bottom] : null];
        })""",
        ["header.top", ".left", "computation-graph", ".transport", ".card", ".tabs", "#trace"],
    )
    shown = [(name, box) for name, box in places if box]
    assert len(shown) >= 3
    for name, (left, _top, right, _bottom) in shown:
        assert left >= -0.5, name
        assert right <= look.width + 0.5, name
    for index, (name, one) in enumerate(shown):
        for other_name, other in shown[index + 1 :]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 1 or down < 1, (name, other_name)
    cut = page.evaluate(
        """() => [...document.querySelectorAll("button, .sentence, label, caption, th")].filter((element) =>
          element.offsetWidth > 2 && element.offsetParent && element.scrollWidth > element.clientWidth + 1
          && getComputedStyle(element).overflowX !== "auto" && !element.querySelector(".katex")
        ).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []


# ---- settings -------------------------------------------------------------------------------------------


def test_more_digits_keep_step_and_place(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=20))
    page.keyboard.press(",")
    page.locator('#settings input[name="digits"]').fill("8")
    settled(page)
    page.keyboard.press("Escape")
    at_step(page, 20, 20)
    assert slots(page)["x2 adjoint"][1] == "−8.1548455"
    expect(page).to_have_url(re.compile("digits=8"))


def test_symbols_only_shows_no_number_anywhere(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=20))
    page.keyboard.press(",")
    page.locator('#settings input[name="symbols"]').check()
    settled(page)
    page.keyboard.press("Escape")
    at_step(page, 20, 20)
    assert not any(re.search(r"\d\.\d|−\d", text) for _state, text in slots(page).values())
    for part in ("#card .sentence", "#trace tbody"):
        assert not re.search(r"\d\.\d", page.locator(part).inner_text()), part


def test_settings_are_kept(page: Page) -> None:
    visit(page)
    page.keyboard.press(",")
    page.locator('#settings input[name="motion"][value="slow"]').check()
    page.locator('#settings input[name="letters"]').uncheck()
    page.reload()
    settled(page)
    page.keyboard.press("p")
    page.keyboard.press("5")
    assert theme(page) is None
    expect(page.locator(".jump")).to_be_hidden()
    page.click("#open-settings")
    expect(page.locator('#settings input[name="motion"][value="slow"]')).to_be_checked()
    page.keyboard.press("Escape")
    page.locator("body").press("ArrowRight")  # keys that are no characters go on
    at_step(page, 1, 20)


# ---- swiping and the first visit ------------------------------------------------------------------------


def swipe(page: Page, place: str, dx: int, dy: int = 0) -> None:
    """Send the touches of one finger that moves."""
    page.locator(place).evaluate(
        """(element, [dx, dy]) => {
          const touch = (x, y) => new Touch({ identifier: 1, target: element, clientX: x, clientY: y });
          const send = (type, touches, changedTouches) =>
            element.dispatchEvent(new TouchEvent(type, { touches, changedTouches, bubbles: true }));
          send("touchstart", [touch(200, 200)], [touch(200, 200)]);
          send("touchend", [], [touch(200 + dx, 200 + dy)]);
        }""",
        [dx, dy],
    )


def test_a_swipe_over_the_card_steps(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, AT_9)
    swipe(page, "#card", -120)
    at_step(page, 10, 20)
    swipe(page, "#card", 120)
    swipe(page, "#card", 120)
    at_step(page, 8, 20)
    for dx, dy in [(-20, 0), (-80, 90), (0, 200)]:  # too short, too steep
        swipe(page, "#card", dx, dy)
    at_step(page, 8, 20)


def test_the_hint_of_a_first_visit_is_closed_for_good(stranger: Page) -> None:
    visit(stranger)
    hint = stranger.locator("#hint")
    expect(hint.locator("li")).to_have_count(3)
    hint.get_by_role("button").click()
    expect(hint).to_be_hidden()
    stranger.reload()
    expect(hint).to_be_hidden()


def test_without_storage_everything_else_works(fresh: Page) -> None:
    fresh.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
             Object.defineProperty(window, name, { get() { throw new DOMException("blocked"); } });"""
    )
    visit(fresh)
    fresh.keyboard.press("ArrowRight")
    at_step(fresh, 1, 20)
    fresh.keyboard.press("p")
    assert theme(fresh) == "projector"
    fresh.keyboard.press("p")
    assert theme(fresh) is None
