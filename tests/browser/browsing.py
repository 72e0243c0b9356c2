"""Words for tests in a browser: open a walk, look at its picture, wait for an answer."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page, expect

from web import codec

LECTURE = codec.State(e="exp(w1*x1 + w2*x2 + w0)", at="w1=2;x1=-1;w2=-3;x2=-2;w0=-3")
BAYDIN = codec.State(e="log(x1) + x1*x2 - sin(x2)", at="x1=2;x2=5")
FAN_OUT = codec.State(e="x*x + x*x", at="x=3")

PICTURE = 'document.querySelector("computation-graph")'
SLOTS = """(graph) => Object.fromEntries(
  [...graph.shadowRoot.querySelectorAll(".slot")]
    .filter((slot) => getComputedStyle(slot).display !== "none")
    .map((slot) => [
      `${slot.closest(".node").querySelector(".name").textContent} ${slot.dataset.slot}`,
      [slot.dataset.state, slot.querySelector(".number").textContent],
    ]))"""
ROWS = """(table) => Object.fromEntries(
  [...table.querySelectorAll("tbody tr")].flatMap((row) => [...row.querySelectorAll(".slot")].map((cell) => [
    `${row.id} ${cell.dataset.slot}`, [cell.dataset.state, cell.textContent]])))"""


def visit(page: Page, state: codec.State | str = LECTURE) -> None:
    """Open a state, or a query as it is, and wait until the scripts have drawn it."""
    page.goto("/?" + (state if isinstance(state, str) else codec.encode(state)))
    settled(page)


def settled(page: Page) -> None:
    """Wait until no answer is awaited."""
    expect(page.locator("#bench")).to_have_attribute("aria-busy", "false")


def at_step(page: Page, step: int, steps: int) -> None:
    """Expect the page, with all of its parts, at a step."""
    expect(page.locator(".count")).to_have_text(f"Step {step} of {steps}")
    expect(page.locator("computation-graph")).to_have_attribute("step", str(step))
    expect(page.locator("#transport input[type=range]")).to_have_value(str(step))


def go(page: Page, step: int) -> None:
    """Go to a step by the scrubber."""
    page.locator("#transport input[type=range]").evaluate(
        """(slider, step) => {
          slider.value = step;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        step,
    )


def each_step(page: Page) -> list[list[dict[str, list[str]]]]:
    """The slots of the picture and of the table at every step, from 0 to the last: [state, text] by name."""
    return page.evaluate(  # type: ignore[no-any-return]
        f"""() => {{
          const slider = document.querySelector("#transport input");
          return Array.from({{ length: Number(slider.max) + 1 }}, (_, step) => {{
            slider.value = step;
            slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
            return [({SLOTS})({PICTURE}), ({ROWS})(document.querySelector("#trace"))];
          }});
        }}"""
    )


def document(page: Page) -> dict[str, Any]:
    """The document that the picture shows."""
    return page.evaluate(f"{PICTURE}.document")  # type: ignore[no-any-return]


def until(page: Page, truth: str) -> None:
    """Wait until `truth`, JavaScript about the document `walk` of the picture, holds."""
    end = time.monotonic() + 5
    while not page.evaluate(f"((walk) => {truth})({PICTURE}.document)"):
        assert time.monotonic() < end, f"waited too long for {truth}"
        page.wait_for_timeout(20)


def slots(page: Page) -> dict[str, tuple[str, str]]:
    """Every visible slot of the picture, as "v1 value": (state, number)."""
    found = page.locator("computation-graph").evaluate(SLOTS)
    return {key: (state, text) for key, (state, text) in found.items()}


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace("−", "-").replace("∞", "inf"))


def theme(page: Page) -> str | None:
    """The theme in force."""
    return page.locator("html").get_attribute("data-theme")
