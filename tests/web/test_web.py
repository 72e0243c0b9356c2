"""The pages without a browser, and the headers of every answer."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import graphengine
from web import codec, files, languages, notices
from web.codec import Notice

API = "/api/v1/explain"
LECTURE = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"


def data_of(page: str) -> dict[str, Any]:
    """The data that a page brings along for its scripts."""
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


# ---- the page -------------------------------------------------------------------------------------------


def test_opens_on_the_first_example(client: FlaskClient) -> None:
    page = client.get("/").text
    data = data_of(page)
    assert data["state"]["e"] == "exp(w1*x1 + w2*x2 + w0)"
    assert data["document"]["results"]["value"]["y"] == pytest.approx(2.718281828)
    assert data["problem"] is None
    assert page.count("<svg xmlns") == 1


def test_a_missing_program_keeps_the_rest_of_the_link(client: FlaskClient) -> None:
    data = data_of(client.get("/?mode=forward&at=w1=5").text)
    assert (data["document"]["mode"], data["document"]["program"]["inputs"]["w1"]) == ("forward", 5)


def test_draws_the_step_of_the_link_before_any_script_runs(client: FlaskClient) -> None:
    page = client.get("/?e=x*y&at=x=2;y=3&step=3").text
    assert re.search(r'data-slot="value" data-state="now".*?>6</text>', page)
    assert "Multiply 2 by 3" in page
    assert 'rel="prev" href="/?v=1&amp;e=x*y&amp;at=x=2;y=3&amp;step=2"' in page


def test_a_step_too_far_is_the_last(client: FlaskClient) -> None:
    data = data_of(client.get("/?e=x*y&step=999").text)
    assert data["state"]["step"] == len(data["document"]["steps"])


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_theme(client: FlaskClient, theme: str) -> None:
    assert f'<html lang="en" data-theme="{theme}">' in client.get(f"/?theme={theme}").text


def test_without_a_theme_the_system_decides(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mode=sideways", "The link asks for mode = “sideways”"),
        ("colour=red", "“colour”"),
        ("z=damaged", "damaged or cut off"),
        ("v=7", "another version"),
        ("e=x%FF", "bytes that are not text"),
        ("e=x&e=y", "more than once"),
        ("e=" + "x" * 70_000, "65,536"),
        ("e=sni(x)", "Did you mean sin?"),
        ("e=", "The program is empty"),
        ('e=__import__("os").system("true")', "__import__ has no equal here"),
        ("e=x&at=x=", "ends too early"),
        ("e=x&wrt=q", "no input q"),
        ("e=x&output=q", "no output q"),
        ("e=x&seed=q=1", "names q"),
        ("e=" + "(" * 500 + "x" + ")" * 500, "limit"),
    ],
)
def test_a_broken_link_opens_the_page_with_a_message(client: FlaskClient, query: str, said: str) -> None:
    response = client.get("/?" + query)
    assert response.status_code == 200
    assert said in html.unescape(response.text)


def test_what_was_typed_is_kept(client: FlaskClient) -> None:
    page = client.get("/?e=sni(x)%0A</textarea><script>alert(1)</script>").text
    assert "\nsni(x)\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028'\"\\"])
def test_no_text_leaves_the_data_block(client: FlaskClient, text: str) -> None:
    page = client.get("/?e=" + codec.escape(text)).text
    assert data_of(page)["state"]["e"] == text
    assert page.count("</script>") == page.count("<script")


def test_names_of_users_stay_text(client: FlaskClient) -> None:
    data = data_of(client.get("/?e=x&at=x=<b>1</b>").text)
    assert data["document"] is None and data["problem"]["field"] == "inputs"


def test_a_form_without_scripts_leads_to_a_link(client: FlaskClient) -> None:
    response = client.get("/draw?e=a+%2B+b%0D%0A&at=a%3D1&mode=forward")
    assert response.status_code == 303
    assert response.location == "/?v=1&e=a%20+%20b%0A&at=a=1&mode=forward"


def test_a_page_is_compared_by_its_etag(client: FlaskClient) -> None:
    first = client.get("/?" + LECTURE)
    again = client.get("/?" + LECTURE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=10))
def test_any_link_is_answered(client: FlaskClient, program: str, at: str, seed: str) -> None:
    query = codec.encode(codec.State(e=program, at=at, seed=seed, mode="forward"))
    assert client.get("/?" + query).status_code == 200
    assert client.get(f"{API}?{query}").status_code in (200, 400)


# ---- every answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", API, f"{API}?e=x", "/static/js/main.js", "/draw", "/?e=sni(x)"]
)
def test_every_answer_is_guarded(client: FlaskClient, path: str) -> None:
    response = client.get(path, buffered=True)
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in response.headers and "Permissions-Policy" in response.headers


def test_pages_hold_no_inline_script_but_the_import_map_and_no_inline_style(client: FlaskClient) -> None:
    for path in ("/", "/?e=sni(x)", "/nowhere"):
        page = client.get(path).text
        scripts = re.findall(r"<script(?![^>]*src=)([^>]*)>", page)
        assert set(scripts) <= {' type="importmap"', ' type="application/json" id="page-data"'}
        assert "<style" not in page and not re.search(r"\s(style|on\w+)=", page)


@pytest.mark.parametrize(
    ("method", "path", "code", "said"),
    [("get", "/nowhere", 404, "There is no page here."), ("post", "/", 405, "cannot be used in this way")],
)
def test_failures_are_pages_in_plain_words(
    client: FlaskClient, method: str, path: str, code: int, said: str
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == code
    assert said in response.text and "Open the first example" in response.text


def test_failures_of_the_api_are_json(client: FlaskClient) -> None:
    for response, code in ((client.get("/api/v1/nowhere"), 404), (client.delete(API), 405)):
        assert response.status_code == code and response.json
        assert response.json["error"]["kind"] == "http"


def test_a_bug_is_a_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from app import create_app

    app = create_app()
    monkeypatch.setattr(graphengine, "explain", lambda *args, **kwargs: 1 / 0)
    with app.test_client() as client:
        page, answer = client.get("/"), client.get(f"{API}?e=x")
    assert page.status_code == 500 and "Something broke on our side." in page.text
    assert answer.status_code == 500 and answer.json and "Something broke" in answer.json["error"]["message"]


def test_every_notice_has_its_sentence(client: FlaskClient) -> None:
    with client.application.test_request_context():
        for code in notices.templates():
            said = notices.say(Notice(code, "key", "value"))  # type: ignore[arg-type]
            assert "{" not in said


def test_the_language_follows_the_reader(client: FlaskClient) -> None:
    response = client.get("/", headers={"Accept-Language": "xx, en;q=0.5"})
    assert response.headers["Content-Language"] == "en"
    assert languages.language() == "en"


def test_files_are_cached_for_ever_under_their_digest(client: FlaskClient) -> None:
    page = client.get("/").text
    addresses = set(re.findall(r'"(/static/[^"]+[?]v=[0-9a-f]+)"', page))
    assert len(addresses) > 25
    for address in addresses:
        response = client.get(address, buffered=True)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
    plain = client.get("/static/js/main.js?v=0", buffered=True)
    assert plain.headers["Cache-Control"] == "no-cache"


def test_every_module_is_found_by_its_digest(client: FlaskClient) -> None:
    found = re.search(r'<script type="importmap">(.*?)</script>', client.get("/").text)
    assert found
    modules = json.loads(found[1])["imports"]
    scripts = Path(files.__file__).parent.parent / "static/js"
    for path in scripts.rglob("*.js"):
        name = path.relative_to(scripts).as_posix()
        assert modules[f"/static/js/{name}"].startswith(f"/static/js/{name}?v=")


def test_the_form_alone_can_share_equal_expressions(client: FlaskClient) -> None:
    assert 'name="share"' in client.get("/?e=x*x%2Bx*x&lang=en").text
    sent = client.get("/draw?e=x*x%2Bx*x&share=1")
    assert "share=1" in sent.headers["Location"]
    page = client.get(sent.headers["Location"]).text
    assert "checked" in page.partition('name="share"')[2].partition(">")[0]
    assert len(set(re.findall(r'id="(node_v\d+)"', page))) == 3
