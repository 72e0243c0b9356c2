"""The document: its schema, golden examples, errors inside it, and the command line that prints it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import graphengine
from graphengine.document import explain
from graphengine.document.schema import document_schema
from graphengine.limits import Limits

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
SCHEMA = document_schema()
LECTURE = "exp(w1*x1 + w2*x2 + w0)"
AT = {"w1": 2, "x1": -1, "w2": -3, "x2": -2, "w0": -3}

CASES: dict[str, dict[str, Any]] = {
    "lecture-reverse": {"program": LECTURE, "inputs": AT},
    "lecture-forward": {"program": LECTURE, "inputs": AT, "mode": "forward"},
    "fan-out": {"program": "x*x + x*x", "inputs": "x = 3"},
    "statements": {"program": "c = a + b; d = b + 1; y = c*d", "inputs": "a = 2; b = 1", "wrt": ["b"]},
    "array": {"program": "mean(x*y) + 2*y", "inputs": {"x": [[1, 2, 3], [4, 5, 6]], "y": 2}},
    "infinite": {"program": "log(sigmoid(x))", "inputs": "x = -800"},
    "outside": {"program": "a = x + 1\ny = log(a)", "inputs": "x = -3"},
}


@pytest.mark.parametrize("case", CASES)
def test_documents_follow_the_schema_and_plain_json(case: str) -> None:
    document = explain(**CASES[case])
    jsonschema.validate(json.loads(json.dumps(document, allow_nan=False)), SCHEMA)


def test_the_schema_refuses_a_step_without_its_numbers() -> None:
    document = explain("x*x", "x=3")
    del document["steps"][-1]["local"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize("case", CASES)
def test_golden_documents(case: str) -> None:
    """The golden files come from `script/golden`; only the drawing, which Graphviz decides, is left out."""
    document = json.loads(json.dumps(explain(**CASES[case])))
    document["graph"].pop("svg")
    golden = json.loads((GOLDEN / f"{case}.json").read_text("utf-8"))
    assert _rounded(document) == _rounded(golden)


def _rounded(thing: Any) -> Any:
    """The last bits of a float may differ between processors."""
    if isinstance(thing, dict):
        return {key: _rounded(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_rounded(value) for value in thing]
    return float(f"{thing:.12g}") if isinstance(thing, float) else thing


def test_indices_count_from_one_and_every_slot_is_written_by_a_listed_step() -> None:
    document = explain(LECTURE, AT)
    assert [step["index"] for step in document["steps"]] == list(range(1, 21))
    inputs = [step for step in document["steps"] if step["kind"] == "input"]
    assert len(inputs) == 5
    assert {step["slot"] for step in document["steps"]} == {"value", "adjoint"}


@pytest.mark.parametrize("case", CASES)
def test_a_step_is_one_equation_with_a_mark_to_align_it_by(case: str) -> None:
    for step in explain(**CASES[case])["steps"]:
        assert step["aligned"].replace(" &", " ", 1) == step["rule"]
        if step["numbers"]:
            assert step["numbers"][-1] == step["result_latex"]


def test_a_contribution_is_a_product_only_where_that_is_true() -> None:
    """A number that multiplies an array gets the sum of many products."""
    document = explain("y = sum(c*x) - c", "c=2;x=[1,-3]")
    names = {node["id"]: node["name"] for node in document["graph"]["nodes"]}
    sent = {
        (names[step["source"]], names[step["node"]]): step["contribution_latex"]
        for step in document["steps"]
        if step["source"]
    }
    assert sent["v1", "c"] == "-2"
    assert sent["v1", "x"].endswith(r"\cdot 2} = {\begin{bmatrix} 2 \\ 2 \end{bmatrix}}")
    assert sent["y", "c"] == r"{1 \cdot \left(-1\right)} = {-1}"


def test_inputs_may_be_text_mapping_lists_or_arrays() -> None:
    texts = explain("x*y", "x = 2; y = 1/2")["results"]
    assert texts == explain("x*y", {"x": 2, "y": 0.5})["results"]
    assert texts["gradient"] == {"x": 0.5, "y": 2.0}
    arrays = explain("sum(x*y)", {"x": np.array([1.0, 2.0]), "y": [3, 4]})
    assert arrays["results"]["gradient"] == {"x": [3.0, 4.0], "y": [1.0, 2.0]}


def test_a_default_is_marked_and_the_same_each_time() -> None:
    first, second = explain("x*y", {"x": 2}), explain("y + x", {"x": 2})
    assert first["program"]["defaults"] == ["y"]
    assert first["program"]["inputs"]["y"] == second["program"]["inputs"]["y"]


def test_values_for_unknown_names_are_ignored_with_a_warning() -> None:
    document = explain("x", {"x": 1, "z": 2})
    assert "z" in document["warnings"][0]["message"]
    assert document["program"]["inputs"] == {"x": 1.0}


def test_an_input_that_the_output_does_not_use_gets_zeros() -> None:
    document = explain("a = x*2; b = y*3", {"x": [1, 2], "y": 4}, output="b")
    assert document["results"]["gradient"] == {"x": [0.0, 0.0], "y": 3.0}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"wrt": ["q"]}, "q"),
        ({"wrt": "x"}, "list of names"),
        ({"output": "q"}, "q"),
        ({"output": 3}, "name"),
        ({"seed": {"q": 1}}, "q"),
        ({"seed": {"x": 1}}, "x"),
        ({"seed": {"y": [1, 2]}}, "shape"),
        ({"seed": {}}, "empty"),
        ({"seed": {"y": "abc"}}, "not a number"),
        ({"mode": "sideways"}, "sideways"),
        ({"mode": None}, "mode"),
        ({"digits": 1}, "2 to 12"),
        ({"digits": "4"}, "2 to 12"),
        ({"inputs": [1, 2]}, "values by name"),
        ({"inputs": {"x": [1, [2]]}}, "rows"),
        ({"inputs": {"x": float("nan")}}, "finite"),
        ({"inputs": {"x": None}}, "number"),
        ({"inputs": {"x": True}}, "number"),
        ({"inputs": {"x": [0.0] * (Limits().elements + 1)}}, "elements"),
        ({"inputs": "x"}, "name = number"),
        ({"inputs": "x = z"}, "must be a number"),
        ({"inputs": "x = 1/0"}, "finite"),
    ],
)
def test_what_a_user_can_get_wrong_raises_a_graph_error(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(graphengine.GraphError, match=words):
        explain(**{"program": "x*2", "inputs": {"x": 1}, **arguments})


def test_leaving_the_reals_keeps_the_steps_before() -> None:
    document = explain("a = x + 1\ny = log(a)", "x = -3")
    assert [step["node"] for step in document["steps"]] == ["v3", "v1"]
    assert document["error"]["node"] == "v2"
    assert document["error"]["span"] == [14, 20]
    text, hint = document["error"]["text"], document["error"]["hint"]
    assert text and text[slice(*document["error"]["span"])] == "log(a)"
    assert hint and "x > 0" in hint


def test_infinity_is_carried_with_a_warning_that_proposes_the_stable_form() -> None:
    document = explain("log(sigmoid(x))", "x = -800")
    assert document["results"]["value"] == {"y": "-Infinity"}
    assert "logsigmoid" in document["warnings"][0]["message"]
    better = explain("logsigmoid(x)", "x = -800")
    assert better["results"] == {"value": {"y": -800.0}, "gradient": {"x": 1.0}}
    assert better["warnings"] == []


def test_a_derivative_that_does_not_exist_is_warned_about_with_its_convention() -> None:
    root = explain("sqrt(x)", "x = 0")
    assert root["results"]["gradient"] == {"x": "Infinity"}
    assert "∞ is taken" in root["warnings"][0]["message"]
    kink = explain("abs(x)", "x = 0")
    assert kink["results"]["gradient"] == {"x": 0.0}
    assert "0 is taken" in kink["warnings"][0]["message"]


def test_an_overflow_is_not_called_a_missing_derivative() -> None:
    messages = [warning["message"] for warning in explain("exp(1000*x)", "x = 1")["warnings"]]
    assert messages == ["y is ∞ in double precision."]


def test_a_seed_of_ones_on_an_array_is_noted() -> None:
    document = explain("x*2", {"x": [1, 2]})
    assert document["results"]["gradient"] == {"x": [2.0, 2.0]}
    assert "not a scalar" in document["warnings"][0]["message"]


def test_a_recorded_function_is_explained_as_text_is() -> None:
    def f(w: Any, x: Any) -> Any:
        return np.exp(w * x) + np.sum(x)

    document = explain(graphengine.from_function(f, 2.0, 3.0))
    assert document["results"]["gradient"]["w"] == pytest.approx(3 * math.exp(6))
    again = explain(document["program"]["text"], document["program"]["inputs"])
    assert again["results"] == document["results"]
    moved = explain(graphengine.from_function(f, 2.0, 3.0), {"w": 0})
    assert moved["results"]["gradient"]["w"] == 3.0


def test_a_gradient_graph_is_explained_and_differentiated_again() -> None:
    graph = graphengine.gradient_graph(graphengine.parse("x**3", "x=2"))
    document = explain(graph)
    assert document["results"] == {"value": {"dy_dx": 12.0}, "gradient": {"x": 12.0}}
    assert document["program"]["latex"] == r"\frac{\partial y}{\partial x} = 3 \, {x}^{2}"


# ---- the command line -------------------------------------------------------------------------------


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graphengine", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8")


def test_the_command_line_prints_the_document() -> None:
    values = [f"{name}={value}" for name, value in AT.items()]
    done = _run("explain", LECTURE, *values, "--mode", "reverse")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["gradient"]["w1"] == pytest.approx(-math.e)


def test_the_command_line_prints_the_caret_and_returns_2() -> None:
    done = _run("explain", "2 + sni(x)")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[2:4] == ["2 + sni(x)", "    ^^^"]
    assert "Did you mean sin?" in done.stderr


def test_a_document_that_stopped_at_an_error_is_printed_with_exit_0() -> None:
    done = _run("explain", "log(x)", "x=-1")
    assert done.returncode == 0
    assert json.loads(done.stdout)["error"]["node"] == "v1"
