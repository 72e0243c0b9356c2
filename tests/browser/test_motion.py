"""What travels along the edges: on a step forward, and for those alone who want motion."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import LECTURE, PICTURE, go, visit
from web import codec

WAYS = f"""[...{PICTURE}.shadowRoot.querySelectorAll(".traveller")].map((dot) => [
  dot.getAnimations()[0].effect.getKeyframes().map((frame) => frame.offsetDistance).join(" "),
  dot.style.offsetPath.startsWith("path(")])"""


@pytest.fixture
def moving(page: Page) -> Page:
    page.emulate_media(reduced_motion="no-preference")
    return page


def test_a_contribution_travels_backwards_along_its_edge(moving: Page) -> None:
    visit(moving, codec.State(e=LECTURE.e, at=LECTURE.at, step=16))
    moving.keyboard.press("ArrowRight")
    assert moving.evaluate(WAYS) == [["100% 0%", True]]
    moving.wait_for_function(f'() => {PICTURE}.shadowRoot.querySelector(".traveller") === null')


def test_values_travel_forwards_along_every_edge_that_is_read(moving: Page) -> None:
    visit(moving, codec.State(e=LECTURE.e, at=LECTURE.at, step=5))
    moving.keyboard.press("ArrowRight")
    assert moving.evaluate(WAYS) == [["0% 100%", True]] * 2


def test_a_jump_and_a_step_back_are_no_journey(moving: Page) -> None:
    visit(moving, codec.State(e=LECTURE.e, at=LECTURE.at, step=5))
    go(moving, 17)
    moving.keyboard.press("ArrowLeft")
    assert moving.evaluate(WAYS) == []


def test_nothing_travels_where_motion_is_unwanted(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, codec.State(e=LECTURE.e, at=LECTURE.at, step=16))
    page.keyboard.press("ArrowRight")
    assert page.evaluate(WAYS) == []


@pytest.mark.parametrize(("motion", "time"), [("slow", 1600), ("normal", 520), ("off", None)])
def test_the_reader_chooses_the_speed(page: Page, motion: str, time: int | None) -> None:
    visit(page, codec.State(e=LECTURE.e, at=LECTURE.at, step=16))
    page.locator("#open-settings").click()
    page.locator(f"#settings [name=motion][value={motion}]").check(force=True)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    times = page.evaluate(
        f"""[...{PICTURE}.shadowRoot.querySelectorAll(".traveller")]
          .map((dot) => dot.getAnimations()[0].effect.getTiming().duration)"""
    )
    assert times == ([time] if time else [])


def test_the_local_derivative_lights_up_as_the_contribution_passes(moving: Page) -> None:
    visit(moving, codec.State(e=LECTURE.e, at=LECTURE.at, step=16))
    moving.keyboard.press("ArrowRight")
    lit = f"{PICTURE}.shadowRoot.querySelector('.pill[data-state=now] rect').getAnimations().length"
    assert moving.evaluate(lit) == 1
