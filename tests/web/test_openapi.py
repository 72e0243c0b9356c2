"""The description of the API says what the API does."""

from __future__ import annotations

import jsonschema
import pytest
from flask.testing import FlaskClient

from graphengine.document.options import OPTIONS
from tests.engine.test_checking_functions import LINEAR
from web import codec, openapi


def test_it_is_served_with_the_schema_that_it_refers_to(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    answer = described["paths"]["/explain"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    schema = client.get(f"/api/v1/{answer['$ref']}").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(client.get("/api/v1/explain?e=x*y").json, schema)


def test_it_names_every_argument_and_no_other(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    calls = described["paths"]["/explain"]
    body = calls["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["properties"]) == set(OPTIONS)
    keys = {parameter["name"] for parameter in calls["get"]["parameters"]}
    assert keys <= {*codec.KEYS, "v", "z"}
    for key in keys - {"z"}:
        assert client.get(f"/api/v1/explain?e=x&{key}=").status_code in (200, 400)


def test_it_describes_every_address_and_no_other(client: FlaskClient) -> None:
    described = openapi.description()["paths"]
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    served = {
        (rule.rule.removeprefix("/api/v1"), method.lower())
        for rule in rules
        for method in (rule.methods or set()) & {"GET", "POST"}
        if not rule.rule.endswith(".json")
    }
    assert {(path, method) for path, methods in described.items() for method in methods} == served


def test_failures_look_as_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    failure = described["components"]["schemas"]["Failure"]
    for response in (client.get("/api/v1/explain?e=sni(x)"), client.post("/api/v1/explain", data="x")):
        assert response.status_code in (400, 415)
        jsonschema.validate(response.json, failure)


def test_formulas_in_latex_are_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    answer = described["paths"]["/latex"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    got = client.get(r"/api/v1/latex?e=\sin^{-1}x+1&lang=en")
    jsonschema.validate(got.json, answer)
    assert got.json == client.post("/api/v1/latex", json={"e": r"\sin^{-1}x+1"}).json
    assert got.json is not None and got.json["program"] == "arcsin(x) + 1"
    for wrong in (
        client.get(r"/api/v1/latex?e=\sni"),
        client.get("/api/v1/latex"),
        client.post("/api/v1/latex", json={}),
    ):
        assert wrong.status_code == 400
        jsonschema.validate(wrong.json, described["components"]["schemas"]["Failure"])


def test_formulas_of_programs_are_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    calls = described["paths"]["/formula"]["get"]
    got = client.get("/api/v1/formula?e=z=x/y;q=z^2&at=x=1;broken=&lang=en")
    jsonschema.validate(got.json, calls["responses"]["200"]["content"]["application/json"]["schema"])
    assert got.json is not None and r"\frac{x}{y}" in got.json["latex"]
    assert (got.json["inputs"], got.json["outputs"]) == (["x", "y"], ["q"])
    assert "max-age" in got.headers["Cache-Control"]
    for wrong in (client.get("/api/v1/formula?e=sni(x)"), client.get("/api/v1/formula")):
        assert wrong.status_code == 400
        jsonschema.validate(wrong.json, described["components"]["schemas"]["Failure"])


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/jacobian", "e=z=A@x&at=A=[[1,2],[3,4]];x=[1,2]&view=jacobian:z:A"),
        ("/closed", "e=y=x*x&view=closed:y:x"),
        ("/paths", "e=y=x*x&view=paths:y:x"),
        ("/code", "e=y=x*w&view=code:module:w"),
    ],
)
def test_studies_and_code_are_described(client: FlaskClient, path: str, query: str) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    got = client.get(f"/api/v1{path}?{query}").json
    jsonschema.validate(got, answer)
    assert got is not None and set(answer["required"]) <= set(got) <= set(answer["properties"])


def test_verdicts_are_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    answer = described["paths"]["/check"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    for text in ("dx = w", "dx = -w; dw = sin(", "q = 1; dw = x"):
        got = client.post("/api/v1/check?e=y=x*w", json={"backward": text}).json
        jsonschema.validate(got, answer)


def test_texts_in_any_way_of_writing_are_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    answer = described["paths"]["/read"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    for text, way, program in (
        ("x*y", "typed", "x*y"),
        (r"\frac{x}{y}", "latex", "x/y"),
        ("np.exp(x)", "python", "exp(x)"),
    ):
        got = client.post("/api/v1/read", json={"e": text, "inputs": {"x": 1, "y": [1, 2]}})
        jsonschema.validate(got.json, answer)
        assert got.json is not None and (got.json["way"], got.json["program"]) == (way, program)
    got = client.post("/api/v1/read", json={"e": LINEAR})
    jsonschema.validate(got.json, answer)
    assert got.json is not None and got.json["check"]["passed"] is True
    assert got.json["inputs"] == "input = randn(4, 3); weight = randn(2, 3); bias = randn(2)"
    got = client.get("/api/v1/read?e=X.sum()&at=X=[1,2]&lang=en")
    assert got.json is not None and got.json["program"] == "sum(X)"
    for wrong in (
        client.get("/api/v1/read?e=sni(x)"),
        client.get("/api/v1/read"),
        client.post("/api/v1/read", json={"e": "x", "inputs": [1]}),
    ):
        assert wrong.status_code == 400
        jsonschema.validate(wrong.json, described["components"]["schemas"]["Failure"])
