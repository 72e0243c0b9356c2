"""The program as code beside its graph, in a real browser: the line of the step, links, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import settled, visit
from web import codec

LAYER = codec.State(e="z = W @ x + b\nL = sum(sigmoid(z)**2)", at="W=[[1,2],[3,4]];x=[1,-1];b=[0.5,0]")


def lit(page: Page) -> list[str]:
    return page.locator("#code li[data-now] code").all_inner_texts()


def open_code(page: Page) -> None:
    page.get_by_role("tab", name="Code").click()
    expect(page.locator("#code .listing li").first).to_be_visible()


def test_the_line_follows_the_step_and_leads_to_it(page: Page) -> None:
    visit(page, LAYER)
    open_code(page)
    expect(page.locator("#code .listing")).to_contain_text("def forward(W, x, b):")
    assert lit(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.locator("#code li[data-now] code")).to_have_text("def forward(W, x, b):")
    page.keyboard.press("End")
    expect(page.locator("#code li[data-now] code")).to_have_text("    x_bar = W.T @ v1_bar")
    line = page.locator("#code li", has_text="z_bar = v3_bar *")
    line.locator("button").click()
    expect(line).to_have_attribute("data-now", "")
    expect(page.locator("#card .katex-mathml annotation").first).to_contain_text(r"\bar{z}")
    # It is in sight within its own scroll, and the page itself stands still.
    page.keyboard.press("End")
    last, box = (
        page.locator("#code li[data-now]").bounding_box(),
        page.locator("#code .listing").bounding_box(),
    )
    assert last and box and box["y"] <= last["y"] <= box["y"] + box["height"]


def test_each_kind_has_a_link_and_a_file(page: Page, tmp_path: Path) -> None:
    visit(page, LAYER)
    open_code(page)
    page.wait_for_url("**view=code:numpy")
    page.get_by_role("button", name="Function").click()
    expect(page.locator("#code .listing")).to_contain_text("class Program(torch.autograd.Function):")
    page.wait_for_url("**view=code:function")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download").click()
    assert caught.value.suggested_filename == "chainwalk_function.py"
    path = tmp_path / "a.py"
    caught.value.save_as(path)
    shown = page.locator("#code .listing code").all_inner_texts()
    assert path.read_text().splitlines() == [line.rstrip("\n") for line in shown]
    # Another panel takes the link away, or puts its own there.
    page.get_by_role("tab", name="Derivative").click()
    page.wait_for_url("**view=jacobian**")
    open_code(page)
    page.wait_for_url("**view=code:numpy")
    page.get_by_role("tab", name="Table").click()
    page.wait_for_url(lambda url: "view=" not in url)


def test_a_module_has_the_parameters_that_are_ticked(page: Page) -> None:
    visit(page, f"{codec.encode(LAYER)}&view=code:module")
    boxes = page.locator("#code .parameters input")
    expect(boxes).to_have_count(3)
    assert boxes.evaluate_all("(all) => all.filter((box) => box.checked).map((box) => box.value)") == [
        "W",
        "b",
    ]
    page.locator("#code .parameters").get_by_label("b", exact=True).uncheck()
    page.wait_for_url("**view=code:module:W")
    expect(page.locator("#code .listing")).to_contain_text("def forward(self, x, b):")
    page.reload()
    settled(page)
    expect(page.locator("#code .listing")).to_contain_text("def forward(self, x, b):")


@pytest.mark.complains("400")
def test_what_cannot_be_written_is_said(page: Page) -> None:
    visit(page, "e=abs(z)**2&at=z=1%2B2j&view=code:jax")
    expect(page.locator("#code .problem")).to_contain_text("real numbers only")
    expect(page.locator("#code .listing")).to_be_hidden()
    page.get_by_role("button", name="NumPy").click()
    expect(page.locator("#code .listing")).to_contain_text("def backward")
    expect(page.locator("#code .problem")).to_be_hidden()


def test_a_backward_of_ones_own_is_judged_gradient_by_gradient(page: Page) -> None:
    visit(page, LAYER)
    open_code(page)
    page.get_by_role("button", name="Check mine").click()
    page.wait_for_url("**view=code:check")
    field = page.get_by_label("Your backward pass")
    field.fill("dv3 = 2*v3\ndz = dv3*v3*(1-v3)\ndb = dz\ndW = np.outer(x, dz)\ndx = -W.T @ dz")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#code .outcome")).to_have_text("Not right: 2 of 5 gradients.")
    verdicts = page.locator("#code .verdicts li")
    expect(verdicts.filter(has_text="∂/∂W")).to_contain_text("the transpose of the right one")
    expect(verdicts.filter(has_text="∂/∂x")).to_contain_text("The sign is wrong")
    expect(verdicts.filter(has_text="∂/∂x").locator(".katex")).to_have_count(1)
    # Its line is found again, and what was typed outlives the page.
    page.get_by_role("button", name="∂/∂x").click()
    assert page.evaluate("getSelection().toString()") == "-W.T @ dz"
    page.reload()
    settled(page)
    expect(field).to_have_value(re.compile("dx = -W.T @ dz"))
    page.get_by_role("button", name="Fill in").click()
    expect(field).to_have_value(re.compile("x_bar = W.T @ v1_bar"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#code .outcome")).to_contain_text("Every gradient is right")
    # The browser's own undo brings back what stood there.
    page.keyboard.press("Control+z")
    expect(field).to_have_value(re.compile("dx = -W.T @ dz"))


@pytest.mark.complains("400")
def test_what_is_no_backward_is_said_with_its_place(page: Page) -> None:
    visit(page, f"{codec.encode(LAYER)}&view=code:check")
    page.get_by_label("Your backward pass").fill("dz = z\nhello there")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#code .problem")).to_contain_text("assigns nothing")
    expect(page.locator("#code .problem pre")).to_contain_text("hello there\n^^^^^")
