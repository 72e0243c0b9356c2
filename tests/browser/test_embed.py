"""An embed in another page, in a real browser: stepped from outside, heard there, deaf to all else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import FrameLocator, Page, expect

AT = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"


AROUND = """<!doctype html><iframe src="/embed?{query}" width="960" height="540"></iframe>
<script>window.heard = []; addEventListener("message", ({{ data }}) => window.heard.push(data));</script>"""


def framed(page: Page, query: str = AT) -> FrameLocator:
    """Somebody's page with the embed in it, which keeps what it hears."""
    body = AROUND.format(query=query)
    page.route("**/somebody", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/somebody")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".count")).to_have_text("Step 0 of 20")
    page.wait_for_function("() => window.heard.length > 0")
    return frame


def send(page: Page, message: str) -> None:
    page.evaluate(f"document.querySelector('iframe').contentWindow.postMessage({message}, '*')")


def test_it_is_stepped_from_outside_and_tells_its_step(page: Page) -> None:
    frame = framed(page)
    send(page, "{ chainwalk: { step: 7 } }")
    expect(frame.locator(".count")).to_have_text("Step 7 of 20")
    send(page, "{ chainwalk: { do: 'forward' } }")
    expect(frame.locator(".count")).to_have_text("Step 8 of 20")
    assert page.evaluate("window.heard.at(-1)") == {"chainwalk": {"step": 8, "steps": 20}}
    frame.locator("#transport [data-do=last]").click()
    expect(frame.locator(".count")).to_have_text("Step 20 of 20")
    page.wait_for_function("() => window.heard.at(-1).chainwalk.step === 20")


@pytest.mark.parametrize(
    "message",
    [
        "'step'",
        "null",
        "{}",
        "{ chainwalk: 7 }",
        "{ chainwalk: { step: '3' } }",
        "{ chainwalk: { do: 'ask' } }",
    ],
)
def test_other_messages_do_nothing(page: Page, message: str) -> None:
    frame = framed(page)
    send(page, message)
    send(page, "{ chainwalk: { step: 2 } }")
    expect(frame.locator(".count")).to_have_text("Step 2 of 20")


def test_its_keys_step_and_its_link_keeps_the_state(page: Page) -> None:
    frame = framed(page, AT + "&mode=forward")
    frame.locator("#card").click()
    page.keyboard.press("ArrowRight")
    expect(frame.locator(".count")).to_have_text("Step 1 of 20")
    page.keyboard.press("e")  # a part that the embed does not have
    expect(frame.get_by_role("link", name="Open in Chainwalk")).to_have_attribute(
        "href", "/?v=1&e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3&mode=forward&step=1"
    )


def test_it_alone_may_be_framed(client: FlaskClient) -> None:
    for address, allowed in ((f"/embed?{AT}", "*"), (f"/?{AT}", "'none'"), ("/gallery", "'none'")):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert f"frame-ancestors {allowed}" in policy
    assert "Open in Chainwalk" not in client.get(f"/embed?{AT}&readonly=1").get_data(as_text=True)
    assert "not a function" in client.get("/embed?e=x(y)").get_data(as_text=True)
