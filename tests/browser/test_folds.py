"""Folding in a real browser: statements and operators, opening by a double click, and the step that stays."""

from __future__ import annotations

import dataclasses

from playwright.sync_api import Page, expect

from tests.browser.browsing import PICTURE, at_step, settled, slots, until, visit
from web import codec

PROGRAM = codec.State(e="f(t) = t*exp(t)\na = f(x) + y\nb = a*a", at="x=0.5;y=2")


def nodes(page: Page) -> list[str]:
    """The ids of the nodes that are drawn."""
    return page.evaluate(f"{PICTURE}.document.graph.nodes.map(({{ id }}) => id)")  # type: ignore[no-any-return]


def node(page: Page, name: str) -> None:
    """Open the details of a node by its card."""
    page.locator(f"computation-graph #node_{name}").click(position={"x": 8, "y": 8})


def test_statements_are_drawn_by_one_click_and_the_walk_stays_where_it_is(page: Page) -> None:
    visit(page, dataclasses.replace(PROGRAM, step=6))
    at_step(page, 6, 14)
    before = slots(page)
    page.get_by_role("button", name="Statements").click()
    until(page, "walk.grain === 'statement'")
    settled(page)
    assert nodes(page) == ["v5", "v6", "v3", "v4"]
    at_step(page, 4, 9)
    after = slots(page)
    assert {name: after[name] for name in after if name in before} == {
        name: value for name, value in before.items() if name in after
    }
    expect(page.get_by_role("button", name="Statements")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Operators").click()
    until(page, "walk.grain === 'operator'")
    at_step(page, 6, 14)


def test_a_folded_node_opens_by_a_double_click_and_folds_from_its_details(page: Page) -> None:
    visit(page, dataclasses.replace(PROGRAM, grain="statement"))
    page.locator("computation-graph #node_v3").dblclick(position={"x": 8, "y": 8})
    until(page, "walk.folds.length === 1")
    assert nodes(page) == ["v5", "v6", "v2", "v3", "v4"]
    assert "folds=s1" in page.url
    node(page, "v2")
    page.get_by_role("button", name="Open: show what is inside").click()
    until(page, "walk.folds.length === 2")
    assert nodes(page) == ["v5", "v6", "v1", "v2", "v3", "v4"]
    page.get_by_role("button", name="Fold into f").click()
    until(page, "walk.folds.length === 1")
    page.get_by_role("button", name="Fold into a").click()
    until(page, "walk.folds.length === 0")
    assert nodes(page) == ["v5", "v6", "v3", "v4"]
    page.go_back()
    until(page, "walk.folds.length === 1")


def test_the_key_o_opens_and_folds_the_node_of_the_step(page: Page) -> None:
    visit(page, codec.State(e="L = mse(p, t)", at="p=[1,2];t=[3,5]", step=3))
    page.keyboard.press("o")
    until(page, "walk.graph.nodes.length === 6")
    expect(page.locator("computation-graph #node_v1_1 .name")).to_have_text("v1,1")
    page.keyboard.press("o")
    until(page, "walk.graph.nodes.length === 3")


def test_a_program_of_one_operator_has_nothing_to_fold(page: Page) -> None:
    visit(page, codec.State(e="x*y", at="x=1;y=2"))
    expect(page.locator("#grain")).to_be_hidden()
