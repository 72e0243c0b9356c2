"""Every number of every step in the browser, against closed forms derived by hand."""

from __future__ import annotations

import dataclasses
import math

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import (
    BAYDIN,
    FAN_OUT,
    LECTURE,
    at_step,
    document,
    each_step,
    go,
    number,
    slots,
    visit,
)
from web.codec import State

Script = list[tuple[str, float]]
"""What each step writes: the slot, "v1 value", and the number that stands in it then."""

E = math.e


def writing(slot: str, names: str, *numbers: float) -> Script:
    """The steps that write one number after the other into this slot of these nodes."""
    return [(f"{name} {slot}", number) for name, number in zip(names.split(), numbers, strict=True)]


def both(values: Script, tangents: Script) -> Script:
    """Forward mode writes the tangent of a node right after its value."""
    return [step for pair in zip(values, tangents, strict=True) for step in pair]


LECTURE_NAMES = "w1 x1 w2 x2 w0 v1 v2 v3 v4 y"
LECTURE_VALUES = writing("value", LECTURE_NAMES, 2, -1, -3, -2, -3, -2, 6, 4, 1, E)
LECTURE_TANGENTS = writing("tangent", LECTURE_NAMES, 1, 0, 0, 0, 0, -1, 0, -1, -1, -E)
LECTURE_FORWARD = both(LECTURE_VALUES, LECTURE_TANGENTS)
LECTURE_ADJOINTS = (1, E, E, E, E, E, -2 * E, -3 * E, -E, 2 * E)
LECTURE_REVERSE = LECTURE_VALUES + writing("adjoint", "y v4 v3 w0 v1 v2 w2 x2 w1 x1", *LECTURE_ADJOINTS)

SIN, COS, LN = math.sin(5), math.cos(5), math.log(2)
BAYDIN_NAMES = "x1 x2 v1 v2 v3 v4 y"
BAYDIN_VALUES = writing("value", BAYDIN_NAMES, 2, 5, LN, 10, LN + 10, SIN, LN + 10 - SIN)
BAYDIN_FORWARD = both(BAYDIN_VALUES, writing("tangent", BAYDIN_NAMES, 1, 0, 1 / 2, 5, 5.5, 0, 5.5))
BAYDIN_ADJOINTS = (1, 1, -1, -COS, 1, 1, 5, -COS + 2, 5 + 1 / 2)
BAYDIN_REVERSE = BAYDIN_VALUES + writing("adjoint", "y v3 v4 x2 v1 v2 x1 x2 x1", *BAYDIN_ADJOINTS)

FAN_OUT_VALUES = writing("value", "x v1 v2 y", 3, 9, 9, 18)
FAN_OUT_REVERSE = FAN_OUT_VALUES + writing("adjoint", "y v1 v2 x x x x", 1, 1, 1, 3, 6, 9, 12)


@pytest.mark.parametrize(
    ("state", "mode", "script"),
    [
        pytest.param(LECTURE, "reverse", LECTURE_REVERSE, id="lecture-reverse"),
        pytest.param(LECTURE, "forward", LECTURE_FORWARD, id="lecture-forward"),
        pytest.param(BAYDIN, "reverse", BAYDIN_REVERSE, id="Baydin-reverse"),
        pytest.param(BAYDIN, "forward", BAYDIN_FORWARD, id="Baydin-forward"),
        pytest.param(FAN_OUT, "reverse", FAN_OUT_REVERSE, id="fan-out-reverse"),
    ],
)
def test_every_step_shows_the_right_numbers(page: Page, state: State, mode: str, script: Script) -> None:
    visit(page, dataclasses.replace(state, mode=mode))
    ids = {node["name"]: node["id"] for node in document(page)["graph"]["nodes"]}
    shown: dict[str, float] = {}
    at_step(page, 0, len(script))
    seen = each_step(page)
    assert len(seen) == len(script) + 1
    for step, (written, value) in enumerate(script, 1):
        picture, table = seen[step]
        shown[written] = value
        for slot, (slot_state, text) in picture.items():
            name, which = slot.split()
            assert table[f"node_{ids[name]} {which}"] == [slot_state, text]
            if slot in shown:
                assert number(text) == pytest.approx(shown[slot], rel=6e-4), (step, slot)
                assert (slot_state == "now") == (slot == written)
            else:
                assert [slot_state, text] == ["empty", ""], (step, slot)


def test_a_number_used_four_times_gets_four_contributions(page: Page) -> None:
    visit(page, dataclasses.replace(FAN_OUT, step=7))
    said = []
    for running in (3, 6, 9, 12):
        page.keyboard.press("ArrowRight")
        assert slots(page)["x adjoint"] == ("now", str(running))
        expect(page.locator("#card .phase")).to_have_text("Backward pass · contribution")
        expect(page.locator("#card .parts dd")).to_have_count(3)
        said.append(page.locator("#card .sentence").inner_text())
        edges = page.locator('computation-graph .edges .edge[data-state="back"]')
        expect(edges).to_have_count(1)
    assert "more" in said[0].lower()
    assert [text for text in said[1:] if "had arrived" not in text] == []
    go(page, 9)
    page.keyboard.press("ArrowLeft")
    assert slots(page)["x adjoint"] == ("now", "3")


def test_what_is_not_computed_is_not_zero(page: Page) -> None:
    visit(page)
    assert set(slots(page).values()) == {("empty", "")}
    dots = page.locator("#trace td .number").first.evaluate("(e) => getComputedStyle(e, '::before').content")
    assert dots == '"·"'


def test_a_walk_that_stops_says_where_and_why(page: Page) -> None:
    visit(page, "e=y=log(x);z=y*x&at=x=-1")
    at_step(page, 0, 1)
    expect(page.locator("#warnings")).to_contain_text("log is not defined at −1")
    expect(page.locator("#warnings")).to_contain_text("The walk stops after 1 step.")


def test_infinity_is_carried_with_a_warning(page: Page) -> None:
    visit(page, "e=sqrt(x)&at=x=0&step=99")
    assert slots(page)["x adjoint"][1] == "∞"
    expect(page.locator("#warnings")).to_contain_text("slope is infinite")
