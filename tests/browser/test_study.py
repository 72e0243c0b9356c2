"""The panel about the derivative in a real browser: a Jacobian, its elements, its sweeps, and its link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import settled, visit
from web import codec

LAYER = codec.State(e="z = A @ x\ny = sum(z*z)", at="A=[[1,2,3],[4,5,6]];x=[1,0,-1]")


def open_study(page: Page) -> None:
    page.get_by_role("tab", name="Derivative").click()
    expect(page.locator("#study .slices")).not_to_be_empty()


def test_the_whole_jacobian_has_a_link_of_its_own(page: Page) -> None:
    visit(page, LAYER)
    open_study(page)
    expect(page.locator("#study .matrix [role=gridcell]")).to_have_count(6)
    page.locator("#study select.of").select_option(label="z")
    expect(page.locator("#study figure")).to_have_count(2)
    expect(page.locator("#study .jacobian .about")).to_contain_text("sparse")
    page.wait_for_url("**view=jacobian:v1**")
    other = page.url
    page.goto("about:blank")
    page.goto(other)
    settled(page)
    expect(page.locator("#study figure")).to_have_count(2)
    page.get_by_role("tab", name="Table").click()
    page.wait_for_url(lambda url: "view=" not in url)


def test_an_element_says_what_it_is(page: Page) -> None:
    visit(page, "e=z=A@x&at=A=[[1,2,3],[4,5,6]];x=[1,0,-1]&view=jacobian:z:A")
    cells = page.locator("#study [role=gridcell]")
    expect(cells).to_have_count(12)
    cells.nth(2).click()
    expect(page.locator("#study .told .katex-mathml annotation")).to_contain_text(r"{x}_{3} = -1")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#study .told")).to_contain_text("whatever the numbers")


def test_layouts_transpose_and_say_so(page: Page) -> None:
    visit(page, "e=z=A@x&at=A=[[1,2,3],[4,5,6]];x=[1,0,-1]&view=jacobian:z:x")
    rows = page.locator("#study .matrix tr:has([role=gridcell])")
    expect(rows).to_have_count(3)
    expect(page.locator("#study .jacobian .about")).to_contain_text("Gradient (denominator) layout")
    page.get_by_role("button", name="Jacobian layout").click()
    expect(rows).to_have_count(2)
    expect(page.locator("#study .jacobian .about")).to_contain_text("Jacobian (numerator) layout")
    page.wait_for_url("**layout=jacobian**")


def test_it_is_filled_sweep_by_sweep_and_a_sweep_can_be_walked(page: Page) -> None:
    visit(page, LAYER)
    open_study(page)
    page.locator("#study select.by").select_option(label="x")
    page.get_by_role("button", name="By columns, forward").click()
    hidden = page.locator("#study [data-state=hidden]")
    expect(hidden).to_have_count(3)
    more = page.get_by_role("button", name="One sweep on")
    more.click()
    more.click()
    expect(hidden).to_have_count(1)
    expect(page.locator("#study .so-far")).to_have_text("2 of 3 sweeps")
    page.get_by_role("button", name="Walk this sweep").click()
    settled(page)
    page.wait_for_url("**mode=forward**")
    walk = page.evaluate("document.querySelector('computation-graph').document")
    assert (walk["mode"], walk["seed"]) == ("forward", {"x": [0, 1, 0]})


@pytest.mark.complains("Failed to load resource")
def test_what_has_no_jacobian_is_told_in_words(page: Page) -> None:
    visit(page, "e=y=log(x)&at=x=[-1,2]&view=jacobian")
    expect(page.locator("#study > .problem")).to_contain_text("not defined")


def test_a_path_lights_up_and_its_brackets_lead_to_the_steps(page: Page) -> None:
    visit(page, "e=log(x1)+x1*x2-sin(x2)&at=x1=2;x2=5&view=paths:y:x2")
    items = page.locator("#study .path")
    expect(items).to_have_count(2)
    expect(page.locator("#study .sum")).to_have_text("(−0.2837) + 2 = 1.716")
    lit = page.locator("computation-graph .node[data-lit]")
    expect(lit).to_have_count(3)
    items.nth(1).hover()
    expect(lit).to_have_count(4)
    items.nth(1).click()
    page.locator("#study .partial button").first.click()
    expect(page.locator("computation-graph")).to_have_attribute("step", "9")
    page.get_by_role("tab", name="Table").click()
    expect(lit).to_have_count(0)


def test_a_ladder_is_drawn(page: Page) -> None:
    visit(page, "e=x*x&view=paths")
    page.get_by_text("Why sweeps do not list paths").click()
    expect(page.locator("#study .ladder tbody tr").last).to_have_text("10201024")
    page.get_by_role("button", name="Draw a ladder").click()
    expect(page.locator("#study > [data-study=paths] .about")).to_contain_text(
        "32 paths lead from x to v5, over 10 edges"
    )


def test_a_closed_form_says_how_it_came_about_and_follows_the_layout(page: Page) -> None:
    visit(page, "e=x@A@x&at=A=[[1,2],[3,4]];x=[1,2]&view=closed:y:x")
    shown = page.locator("#study .formulas .katex-mathml annotation").first
    expect(shown).to_contain_text(r"= \left(A + {A}^{\top}\right) \, x")
    page.locator("#study .formulas summary").click()
    expect(page.locator("#study .formulas li")).to_have_count(2)
    page.get_by_role("button", name="Jacobian", exact=True).click()
    page.get_by_role("button", name="Jacobian layout").click()
    page.get_by_role("button", name="Formula").click()
    expect(page.locator("#study .closed .about")).to_contain_text("as a row")
