"""Pictures outside of the page against the browser's: the same colours, and texts inside boxes."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.web.test_exports import examples, linked

BOXES = """() => [...document.querySelectorAll("g.node, [id^=node_]")].flatMap((node) => {
  const box = node.querySelector("rect")?.getBoundingClientRect();
  return !box ? [] : [...node.querySelectorAll("text")].map((text) => text.getBoundingClientRect())
    .filter((text) => text.width && (text.left < box.left - 1 || text.right > box.right + 1
      || text.top < box.top - 4 || text.bottom > box.bottom + 4))
    .map((text) => [node.id, text.left - box.left, box.right - text.right]);
})"""


def image(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), float)


@pytest.mark.parametrize("theme", ["light", "dark"])
@examples
def test_a_step_looks_as_in_the_browser(desk: Page, server: str, example: Any, theme: str) -> None:
    query = linked(example, theme=theme)
    svg = desk.request.get(f"{server}/step.svg?{query}")
    assert svg.ok
    desk.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg.text()}")
    assert desk.evaluate(BOXES) == []
    shown = image(desk.locator("svg").screenshot())
    drawn = image(desk.request.get(f"{server}/step.png?{query}&scale=1").body())
    height, width = (min(shown.shape[i], drawn.shape[i]) for i in (0, 1))
    difference = np.abs(shown[:height, :width] - drawn[:height, :width])
    assert difference.mean() < 4, "not the same picture"
    # Apart from edges of letters and lines, no area has another colour: a black box would.
    blurred = (
        difference[: height // 8 * 8, : width // 8 * 8]
        .reshape(height // 8, 8, width // 8, 8, 3)
        .mean((1, 3, 4))
    )
    assert blurred.max() < 70, "an area has another colour"
