"""Arrays in a real browser: grids, pasted cells, matrices in the step card, derivations of transposes."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import at_step, document, go, settled, until, visit
from web.codec import State

LOGISTIC = State(
    e="z1 = X @ w\nz2 = z1 + b\nz3 = sigmoid(z2)\nQ = -sum(y*log(z3) + (1 - y)*log(1 - z3))",
    at="X=[[1,2],[3,4],[0,1]];w=[0.1,0.2];b=0.1;y=[1,0,1]",
    wrt=("w", "b"),
)
TRACE = State(e="tr(A @ inv(X))", at="A=[[1,2],[3,4]];X=[[2,1],[1,3]]")


def paste(page: Page, label: str, text: str) -> None:
    """Paste text into a field."""
    page.get_by_label(label, exact=True).first.evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const how = { clipboardData, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )
    settled(page)


def test_one_number_of_a_matrix_changes_the_walk_and_keeps_the_step(page: Page) -> None:
    visit(page, LOGISTIC)
    go(page, 9)
    page.get_by_label("X[1, 0]").fill("-2")
    until(page, "walk.program.inputs.X[1][0] === -2")
    assert document(page)["program"]["inputs"]["X"] == [[1, 2], [-2, 4], [0, 1]]
    expect(page.get_by_label("Value of X")).to_have_value("[[1, 2], [-2, 4], [0, 1]]")
    expect(page.locator("computation-graph")).to_have_attribute("step", "9")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1\t2\n3\t4\n5\t6\n", [[1, 2], [3, 4], [5, 6]]),
        ("1,5\t2\n3\t4\n5\t6", [[1.5, 2], [3, 4], [5, 6]]),
        ("array([[1., 2.],\n       [3., 4.],\n       [5., 6.]])", [[1, 2], [3, 4], [5, 6]]),
        ("[1 2; 3 4; 5 6]", [[1, 2], [3, 4], [5, 6]]),
    ],
)
def test_arrays_are_pasted(page: Page, text: str, value: list[list[float]]) -> None:
    visit(page, LOGISTIC)
    paste(page, "Value of X", text)
    assert document(page)["program"]["inputs"]["X"] == value


def test_the_card_sets_matrices_and_opens_the_derivation(page: Page) -> None:
    visit(page, TRACE)
    page.keyboard.press("End")
    at_step(page, 10, 10)
    expect(page.locator("#card .numbers .katex")).to_be_visible()
    details = page.locator("#card .derivation")
    details.locator("summary").click()
    lines = details.locator("li")
    expect(lines).to_have_count(5)
    assert page.locator(".katex-error").count() == 0
    page.locator("body").press("ArrowLeft")
    expect(lines).not_to_have_count(5)  # the derivation of the step that is shown


def test_pills_show_what_is_done_to_the_adjoint(page: Page) -> None:
    visit(page, State(e="A @ B", at="A=[[1,2],[3,4]];B=[[1,0],[2,1]]"))
    shown = []
    for step in (5, 6):
        go(page, step)
        shown.append(page.locator('computation-graph .pill[data-state="now"] text').text_content() or "")
    assert sorted(shown) == ["Aᵀ·", "·Bᵀ"]


@pytest.mark.parametrize("width", [360, 1024, 1400])
def test_nothing_jumps_while_stepping_through_matrices(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, LOGISTIC)
    steps = len(document(page)["steps"])
    parts = "#card, .tabs, #transport, computation-graph"
    places = f"""() => [...document.querySelectorAll("{parts}")].map((element) => {{
      const {{ x, y, width }} = element.getBoundingClientRect();
      return [x, y, width];
    }})"""
    go(page, 0)
    before = page.evaluate(places)
    for step in range(steps + 1):
        go(page, step)
        assert page.evaluate(places) == before, step


def test_a_large_array_is_a_heat_map_with_its_numbers_on_demand(page: Page) -> None:
    visit(page, State(e="sum((A @ B)**2)", at="A=randn(12, 8);B=randn(8, 60)"))
    page.keyboard.press("End")
    heat = page.locator("#card .heat")
    expect(heat.get_by_role("img")).to_be_visible()
    shape = document(page)["steps"][-1]["result"]
    expect(heat.locator("p")).to_contain_text(f"{len(shape)}×{len(shape[0])} numbers from")
    heat.locator("summary").click()
    assert len(heat.locator("pre").inner_text().split()) == len(shape) * len(shape[0])
    go(page, 0)
    expect(heat).to_have_count(0)


def test_the_details_of_every_node_can_be_opened_in_both_modes(page: Page) -> None:
    """An operator that is not elementwise tells no local derivative: a point stands there."""
    for mode in ("reverse", "forward"):
        visit(page, dataclasses.replace(LOGISTIC, mode=mode, step=99))
        for node in document(page)["graph"]["nodes"]:
            if page.locator(f"computation-graph #node_{node['id']}").count():
                page.locator(f"computation-graph #node_{node['id']} .name").click()
                expect(page.locator("#node .kind")).not_to_be_empty()
                expect(page.locator("#node .arguments tbody tr")).to_have_count(len(node["args"]))
