"""The API: documents, errors, caching, and requests of every wrong kind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import graphengine
from graphengine.document.options import OPTIONS
from web.asgi import LONGEST_BODY

API = "/api/v1/explain"
LECTURE = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"


def test_get_gives_the_document(client: FlaskClient) -> None:
    response = client.get(f"{API}?{LECTURE}&step=3&mode=forward&seed=x2=1&digits=6")
    assert response.status_code == 200
    expected = graphengine.explain(
        "exp(w1*x1+w2*x2+w0)", "w1=2;x1=-1;w2=-3;x2=-2;w0=-3", "forward", seed={"x2": 1}, digits=6
    )
    assert response.json == json.loads(json.dumps(expected))


def test_post_gives_the_same_document(client: FlaskClient) -> None:
    asked = {"program": "x*y", "inputs": {"x": 2, "y": 3}, "mode": "reverse", "wrt": ["x"], "output": None}
    posted = client.post(API, json=asked)
    assert posted.status_code == 200
    assert posted.json == client.get(f"{API}?e=x*y&at=x=2;y=3&wrt=x").json


def test_get_may_be_cached_and_compared(client: FlaskClient) -> None:
    first = client.get(f"{API}?{LECTURE}")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Language" in first.headers["Vary"]
    again = client.get(f"{API}?{LECTURE}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{API}?e=x").headers["ETag"] != first.headers["ETag"]
    assert client.head(f"{API}?{LECTURE}").headers["ETag"] == first.headers["ETag"]


def test_an_error_says_what_where_and_how_to_mend_it(client: FlaskClient) -> None:
    response = client.get(f"{API}?e=2*sni(x)")
    assert response.status_code == 400 and response.json
    error = response.json["error"]
    assert (error["kind"], error["span"], error["suggestion"]) == ("name", [2, 5], "2*sin(x)")
    assert error["excerpt"] == ["2*sni(x)", "  ^^^"]
    assert error["field"] == "program"


@pytest.mark.parametrize(
    ("query", "field"), [("e=x&at=x=1/", "inputs"), ("e=x&mode=forward&seed=x=(", "seed")]
)
def test_an_error_names_the_field(client: FlaskClient, query: str, field: str) -> None:
    response = client.get(f"{API}?{query}")
    assert response.json and response.json["error"]["field"] == field


def test_a_walk_that_stops_is_an_answer(client: FlaskClient) -> None:
    response = client.get(f"{API}?e=log(x)&at=x=-1")
    assert response.status_code == 200 and response.json
    assert response.json["error"]["node"] == "v1"
    assert len(response.json["steps"]) == 1


@pytest.mark.parametrize(
    "query", ["", "at=x=1", "e=x&mode=sideways", "e=x&z=1", "e=x&e=y", "v=2&e=x", "e=x%FF"]
)
def test_the_api_takes_no_guesses(client: FlaskClient, query: str) -> None:
    response = client.get(f"{API}?{query}")
    assert response.status_code == 400 and response.json
    assert response.json["error"]["kind"] == "request"


def test_the_api_ignores_unknown_keys(client: FlaskClient) -> None:
    assert client.get(f"{API}?e=x&utm_source=chat").status_code == 200


NO_BODIES = (
    *("", "null", "[]", '"x"', "{", "{}", "[" * 100_000, '{"program": null}', '{"program": 1}'),
    *('{"program": ["x"]}', '{"program": "\\ud800"}', '{"program": "x\\u0000"}', '\ufeff{"program": "x"}'),
    '{"program": "x", "more": 1}',
)
NO_INPUTS = (
    *('1 {"x":{}} {"x":"1"} {"x":null} {"x":true} {"x":NaN} {"x":1e999} {"x":[[1],[1,2]]}'.split()),
    *(f'{{"x": {value}}}' for value in ("1" * 400, "1" * 5000, "[" * 200 + "]" * 200)),
    '{"\\ud800": 1}',
)
NO_OPTIONS = (
    *(("mode", 1), ("mode", '"up"'), ("wrt", '"x"'), ("wrt", [1]), ("wrt", '["q"]'), ("output", 3)),
    *(("seed", 3), ("seed", '{"x": []}'), ("seed", "{}"), ("digits", '"4"'), ("digits", 99)),
    *(("digits", "true"), ("language", 3), ("language", '["en"]'), ("language", '"../etc"')),
)


@pytest.mark.parametrize(
    "body",
    [
        *NO_BODIES,
        *(f'{{"program": "x", "inputs": {value}}}' for value in NO_INPUTS),
        *(f'{{"program": "x", "{key}": {value}}}' for key, value in NO_OPTIONS),
    ],
)
def test_a_body_of_the_wrong_kind_is_400(client: FlaskClient, body: str) -> None:
    response = client.post(API, data=body.encode(), content_type="application/json")
    assert response.status_code == 400 and response.json
    assert response.json["error"]["message"]


def test_bytes_that_are_no_text_are_400(client: FlaskClient) -> None:
    assert client.post(API, data=b'{"program": "\xff"}', content_type="application/json").status_code == 400


def test_a_body_that_is_not_json_is_415(client: FlaskClient) -> None:
    response = client.post(API, data={"program": "x"})
    assert response.status_code == 415 and response.json


def test_a_body_too_large_is_413(client: FlaskClient) -> None:
    response = client.post(API, json={"program": "x" * LONGEST_BODY})
    assert response.status_code == 413 and response.json


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.just("x"), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=100)
@given(
    st.dictionaries(st.sampled_from([*OPTIONS]), JSON, max_size=4),
    st.sampled_from(["x", "a=x*x; b=a+y"]),
)
def test_any_json_is_answered(client: FlaskClient, asked: dict[str, Any], program: str) -> None:
    response = client.post(API, json={"program": program, **asked})
    assert response.status_code in (200, 400)


def test_code_is_given_by_line_and_as_a_file(client: FlaskClient) -> None:
    answer = json.loads(client.get(f"/api/v1/code?{LECTURE}&view=code:module:w0,w1").data)
    assert answer["kind"] == "module"
    assert answer["parameters"] == ["w1", "w0"]
    assert ["edge_v1_0"] in [line["marks"] for line in answer["lines"]]
    file = client.get(f"/code.py?{LECTURE}&view=code:module:w0,w1")
    assert file.headers["Content-Disposition"] == "attachment; filename=chainwalk_module.py"
    assert file.get_data(as_text=True).splitlines() == [line["text"] for line in answer["lines"]]
    wrong = client.get(f"/api/v1/code?{LECTURE}&view=code:cobol")
    assert wrong.status_code == 400
    assert "cobol" in json.loads(wrong.data)["error"]["message"]
    assert client.get("/api/v1/code?view=code").status_code == 400


def test_a_backward_pass_is_judged(client: FlaskClient) -> None:
    answer = client.post("/api/v1/check?e=x*y&at=x=2;y=3", json={"backward": "dx = y\ndy = -x"})
    verdicts = {each["name"]: each for each in json.loads(answer.data)["verdicts"]}
    assert (verdicts["x"]["kind"], verdicts["y"]["kind"]) == ("right", "wrong")
    assert "sign" in verdicts["y"]["sentences"][0]
    wrong = client.post("/api/v1/check?e=x*y", json={"backward": "hello"})
    assert wrong.status_code == 400
    assert json.loads(wrong.data)["error"]["excerpt"] == ["hello", "^^^^^"]
    bodies: list[Any] = [{}, {"backward": 1}, {"backward": "dx = 1", "more": 1}, []]
    for body in bodies:
        assert client.post("/api/v1/check?e=x*y", json=body).status_code == 400
    assert client.post("/api/v1/check", json={"backward": "dx = 1"}).status_code == 400
    russian = client.post("/api/v1/check?e=x*y&lang=ru", json={"backward": "dx = -y"})
    assert "Знак" in json.loads(russian.data)["verdicts"][0]["sentences"][0]
