"""The graph under hand: what is pointed at lights up, here and there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browsing import LECTURE, visit

NODE = "computation-graph #node_{}"
ROW = "#trace #node_{}"


def test_a_node_and_its_row_light_up_together(page: Page) -> None:
    visit(page, LECTURE)
    node, row = page.locator(NODE.format("v3")), page.locator(ROW.format("v3"))
    for pointed in (node, row):
        pointed.hover()
        expect(node).to_have_attribute("data-pointed", "")
        expect(row).to_have_attribute("data-pointed", "")
        page.mouse.move(700, 5)
        expect(page.locator("[data-pointed]")).to_have_count(0)
