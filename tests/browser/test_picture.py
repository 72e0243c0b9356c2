"""The picture in a real browser: both languages' patches agree, text stays in its box, nothing moves."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

import graphengine
from graphengine.document.shapes import Document
from graphengine.picture import stages
from tests.browser.browsing import BAYDIN, FAN_OUT, LECTURE, PICTURE, visit
from web import walks
from web.codec import State

WIDE = State(
    e="a = 2; b_long_name = a*pi*x1 - atan2(θ, x1)/3; leaky_relu(b_long_name)", at="x1=-12345.678;θ=1.5e-9"
)
SMALL = State(e="-x", at="x=-1.23456789e-300", digits=12)
STOPPED = State(e="log(x)*y", at="x=-1;y=2")
SEVERAL = State(e="p = x*y; q = sin(x)", at="x=1;y=2", wrt=("x",), output="p")
STATES = {
    "lecture": LECTURE,
    "Baydin": BAYDIN,
    "fan-out": FAN_OUT,
    "wide": WIDE,
    "small": SMALL,
    "stopped": STOPPED,
    "several": SEVERAL,
}
every_state = pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
both_modes = pytest.mark.parametrize("mode", ["reverse", "forward"])

SERIALISED = f"""() => {{
  const svg = {PICTURE}.shadowRoot.querySelector("svg").cloneNode(true);
  svg.removeAttribute("style");
  for (const element of [svg, ...svg.querySelectorAll("*")]) {{
    // What names the nodes for screen readers is the page's, not the picture's.
    for (const {{ name }} of [...element.attributes]) {{
      if (/^(role|tabindex|aria-.*)$/.test(name)) element.removeAttribute(name);
    }}
  }}
  return new XMLSerializer().serializeToString(svg);
}}"""


def canonical(svg: str) -> str:
    """One way to write the same SVG."""
    return ElementTree.canonicalize(svg)


def hang(page: Page, state: State, mode: str) -> Document:
    """Put the picture of a state into the page; returns its document."""
    walk = graphengine.explain(**walks.arguments(dataclasses.replace(state, mode=mode)))
    page.evaluate(f"(walk) => {{ Object.assign({PICTURE}, {{ step: 0, document: walk }}); }}", walk)
    return walk


def at_steps(page: Page, look: str, steps: Iterable[int]) -> list[Any]:
    """What `look`, a JavaScript function, sees at these steps of the picture."""
    return page.evaluate(  # type: ignore[no-any-return]
        f"(steps) => steps.map((step) => {{ {PICTURE}.step = step; return ({look})(); }})", list(steps)
    )


@every_state
@both_modes
def test_patches_agree_with_python_at_every_step(gallery: Page, state: State, mode: str) -> None:
    walk = hang(gallery, state, mode)
    patches = [walk["graph"]["initial"], *(step["patch"] for step in walk["steps"])]
    expected = [canonical(stages.apply(walk["graph"]["svg"], patches[: k + 1])) for k in range(len(patches))]
    last = len(walk["steps"])
    way = [*range(last + 1), *reversed(range(last + 1)), last, 0, last // 2, last]
    for step, svg in zip(way, at_steps(gallery, SERIALISED, way), strict=True):
        assert canonical(svg) == expected[step], step


def test_the_server_draws_the_same_picture(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=14))
    drawn = page.request.get(page.url).text()
    start = drawn.index("<svg xmlns")
    svg = drawn[start : drawn.index("</svg>", start) + len("</svg>")]
    assert canonical(svg) == canonical(page.evaluate(SERIALISED))


OVERFLOWS = f"""() => {{
  const found = [];
  const root = {PICTURE}.shadowRoot;
  const shown = (element) => element.checkVisibility() && element.getBBox().width > 0;
  const inside = (text, box, margin) =>
    text.x >= box.x - margin && text.x + text.width <= box.x + box.width + margin &&
    text.y >= box.y - margin && text.y + text.height <= box.y + box.height + margin;
  const check = (text, box, margin = 0.1) => {{
    if (text && shown(text) && !inside(text.getBBox(), box.getBBox(), margin)) found.push(text.outerHTML);
  }};
  const apart = (left, right) => {{
    if (!left || !right || !shown(left) || !shown(right)) return;
    const [a, b] = [left.getBBox(), right.getBBox()];
    if (a.x + a.width > b.x) found.push(`${{left.outerHTML}} over ${{right.outerHTML}}`);
  }};
  for (const node of root.querySelectorAll(".node")) {{
    const card = node.querySelector(".card");
    for (const text of node.querySelectorAll(":scope > text")) check(text, card);
    apart(node.querySelector(".name"), node.querySelector(".operator"));
    for (const slot of node.querySelectorAll(".slot")) {{
      for (const text of slot.querySelectorAll("text")) check(text, card);
      apart(slot.querySelector(".symbol"), slot.querySelector(".number"));
      // The box of a line of text is higher than its signs: half a unit on either side is empty.
      for (const text of slot.querySelectorAll("text")) check(text, slot.querySelector(".fill"), 1);
    }}
  }}
  for (const pill of root.querySelectorAll(".pill")) {{
    check(pill.querySelector("text"), pill.querySelector("rect"), 0.5);
  }}
  return found;
}}"""


@every_state
@both_modes
def test_no_text_leaves_its_box(gallery: Page, state: State, mode: str) -> None:
    walk = hang(gallery, state, mode)
    for step, overflows in enumerate(at_steps(gallery, OVERFLOWS, range(len(walk["steps"]) + 1))):
        assert overflows == [], step


def test_the_test_of_boxes_sees_an_overflow(gallery: Page) -> None:
    hang(gallery, LECTURE, "reverse")
    gallery.evaluate(f"{PICTURE}.shadowRoot.querySelector('.number').textContent = '−1.23456789012345'")
    assert len(gallery.evaluate(OVERFLOWS)) >= 1


PLACES = f"""() => Object.fromEntries([...{PICTURE}.shadowRoot.querySelectorAll(".card, .edge > .line")].map(
  (element) => {{
    const {{ x, y, width, height }} = element.getBoundingClientRect();
    return [`${{element.closest("[id]").id}} ${{element.getAttribute("class")}}`, [x, y, width, height]];
  }}))"""


@every_state
def test_nodes_and_edges_never_move(gallery: Page, state: State) -> None:
    seen = None
    for mode, at in (("reverse", state.at), ("forward", state.at), ("reverse", "")):
        walk = hang(gallery, dataclasses.replace(state, at=at), mode)
        for step, places in enumerate(at_steps(gallery, PLACES, range(len(walk["steps"]) + 1))):
            seen = seen or places
            assert places == seen, (mode, step)
    assert seen


def test_the_step_at_hand_lies_on_top(page: Page) -> None:
    visit(page, dataclasses.replace(LECTURE, step=17))
    raised = page.evaluate(
        f"[...{PICTURE}.shadowRoot.querySelectorAll('.front use')].map((u) => u.getAttribute('href'))"
    )
    assert raised == ["#edge_v2_0"]


def test_several_pictures_stand_on_a_page(page: Page) -> None:
    visit(page, LECTURE)
    other = page.request.get("/api/v1/explain?e=x*y").json()
    steps = page.evaluate(
        """(walk) => {
          const graph = document.createElement("computation-graph");
          graph.step = 2;
          document.body.append(graph);
          graph.document = walk;
          graph.step = 3;
          return [graph.getAttribute("step"), graph.shadowRoot.querySelectorAll('[data-state="now"]').length];
        }""",
        other,
    )
    assert steps[0] == "3" and steps[1] >= 1
    assert json.loads(page.evaluate(f"JSON.stringify({PICTURE}.document.program.text)")) == LECTURE.e
