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
LECTURE_VALUES: Script = [
    ("w1 value", 2), ("x1 value", -1), ("w2 value", -3), ("x2 value", -2), ("w0 value", -3),
    ("v1 value", -2), ("v2 value", 6), ("v3 value", 4), ("v4 value", 1), ("y value", E),
]  # fmt: skip
LECTURE_REVERSE: Script = [
    *LECTURE_VALUES,
    ("y adjoint", 1), ("v4 adjoint", E), ("v3 adjoint", E), ("w0 adjoint", E), ("v1 adjoint", E),
    ("v2 adjoint", E), ("w2 adjoint", -2 * E), ("x2 adjoint", -3 * E), ("w1 adjoint", -E),
    ("x1 adjoint", 2 * E),
]  # fmt: skip
LECTURE_FORWARD: Script = [
    ("w1 value", 2), ("w1 tangent", 1), ("x1 value", -1), ("x1 tangent", 0),
    ("w2 value", -3), ("w2 tangent", 0), ("x2 value", -2), ("x2 tangent", 0),
    ("w0 value", -3), ("w0 tangent", 0), ("v1 value", -2), ("v1 tangent", -1),
    ("v2 value", 6), ("v2 tangent", 0), ("v3 value", 4), ("v3 tangent", -1),
    ("v4 value", 1), ("v4 tangent", -1), ("y value", E), ("y tangent", -E),
]  # fmt: skip

SIN, COS, LN = math.sin(5), math.cos(5), math.log(2)
BAYDIN_REVERSE: Script = [
    ("x1 value", 2), ("x2 value", 5), ("v1 value", LN), ("v2 value", 10), ("v3 value", LN + 10),
    ("v4 value", SIN), ("y value", LN + 10 - SIN),
    ("y adjoint", 1), ("v3 adjoint", 1), ("v4 adjoint", -1), ("x2 adjoint", -COS), ("v1 adjoint", 1),
    ("v2 adjoint", 1), ("x1 adjoint", 5), ("x2 adjoint", -COS + 2), ("x1 adjoint", 5 + 1 / 2),
]  # fmt: skip
BAYDIN_FORWARD: Script = [
    ("x1 value", 2), ("x1 tangent", 1), ("x2 value", 5), ("x2 tangent", 0),
    ("v1 value", LN), ("v1 tangent", 1 / 2), ("v2 value", 10), ("v2 tangent", 5),
    ("v3 value", LN + 10), ("v3 tangent", 5.5), ("v4 value", SIN), ("v4 tangent", 0),
    ("y value", LN + 10 - SIN), ("y tangent", 5.5),
]  # fmt: skip
FAN_OUT_REVERSE: Script = [
    ("x value", 3), ("v1 value", 9), ("v2 value", 9), ("y value", 18),
    ("y adjoint", 1), ("v1 adjoint", 1), ("v2 adjoint", 1),
    ("x adjoint", 3), ("x adjoint", 6), ("x adjoint", 9), ("x adjoint", 12),
]  # fmt: skip


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
