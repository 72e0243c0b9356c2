"""Limits of the server, and one budget for each of its requests."""

from __future__ import annotations

import pytest

from app import create_app
from graphengine import ValueProblem


def test_the_server_takes_limits_from_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINWALK_LIMITS", "nodes=3 document=5000000")
    client = create_app().test_client()
    answer = client.get("/api/v1/explain?e=x*x+x*x")
    assert answer.status_code == 400
    assert "`nodes`, 3" in answer.get_json()["error"]["message"]
    assert client.get("/api/v1/explain?e=x*x").status_code == 200


@pytest.mark.parametrize("text", ["node=3", "nodes=many", "nodes", "nodes=0", "nodes=-1", "=3"])
def test_a_limit_that_is_none_stops_the_start(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINWALK_LIMITS", text)
    with pytest.raises(ValueProblem, match="limit"):
        create_app()


def test_a_request_is_one_budget_whatever_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINWALK_LIMITS", "work=20")
    client = create_app().test_client()
    for address in ("/api/v1/explain", "/step.svg", "/walk.zip", "/code.py", "/api/v1/closed"):
        view = "code:torch" if address == "/code.py" else "closed:y:x"
        answer = client.get(f"{address}?e=exp(x)*sin(x)+exp(x)*sin(x)+cos(x)*exp(x)&view={view}")
        assert answer.status_code == 400, address
        assert "`work`, 20" in answer.get_data(as_text=True)
