"""Jacobians against differences and HIPS autograd, their structure, and the formulas of their elements."""

from __future__ import annotations

import re
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from flask.testing import FlaskClient

from graphengine import explain, parse
from graphengine.errors import GraphError, LimitError, NameProblem
from graphengine.graph.evaluation import evaluate
from graphengine.notation.elements import element
from graphengine.studies import jacobian_study
from graphengine.studies.jacobians import alone, jacobian, values_of
from graphengine.sweeps import forward, reverse
from tests.oracles.array_programs import ArrayAuthor
from tests.oracles.references import close


def numerical(graph: Any, of: str, by: str) -> np.ndarray:
    """By central differences, an element of `by` at a time."""
    value = graph.values[by]
    result = np.zeros((*graph.nodes[graph.outputs[of]].shape, *np.shape(value)))
    for place in np.ndindex(np.shape(value)):
        ends = []
        for h in (1e-6, -1e-6):
            moved = np.array(value)
            moved[place] += h
            ends.append(evaluate(graph, {by: moved})[of])
        result[(..., *place)] = (ends[0] - ends[1]) / 2e-6
    return result


@pytest.mark.parametrize("seed", range(40))
def test_random_programs_against_differences(seed: int) -> None:
    program = ArrayAuthor(seed).write()
    graph = parse(program.text, program.inputs)
    for of in graph.outputs:
        for by in graph.inputs:
            found = jacobian(graph, of, by)
            expected = numerical(graph, of, by)
            close(found.values, expected, 1e-4, 1e-6 * (1 + float(np.max(abs(expected)))), program.text)
            assert not np.any(np.asarray(found.values)[~found.mask])


def test_a_layer_against_hips_autograd() -> None:
    w, x = np.array([[0.5, -1.0], [1.0, 0.3], [-0.7, 0.8]]), np.array([1.0, 2.0])
    graph = parse("h = tanh(W @ x)", {"W": w, "x": x})
    by_x = autograd.jacobian(lambda t: anp.tanh(w @ t))(x)
    by_w = autograd.jacobian(lambda t: anp.tanh(t @ x))(w)
    close(jacobian(graph, "h", "x").values, by_x, 1e-13, 1e-15, "by x")
    close(jacobian(graph, "h", "W").values, by_w, 1e-13, 1e-15, "by W")


@pytest.mark.parametrize(
    ("program", "given", "by", "structure"),
    [
        ("y = sigmoid(x)", "x = [1, 2, -1]", "x", "diagonal"),
        ("y = relu(x)", "x = [1, 2, -1]", "x", "diagonal"),
        ("y = 3*x", "x = [1, 2, -1]", "x", "scaled"),
        ("y = x + b", "x = [1, 2, -1]; b = [1, 2, 3]", "b", "identity"),
        ("y = A @ x", "A = [[1, 2], [3, 4]]; x = [1, 2]", "A", "sparse"),
        ("y = A @ x", "A = [[1, 2], [3, 4]]; x = [1, 2]", "x", "dense"),
        ("y = softmax(x)", "x = [1, 2, 3]", "x", "dense"),
        ("y = x*x", "x = [0, 0, 1]", "x", "diagonal"),
        ("y = step(x)", "x = [1, 2]", "x", "zero"),
    ],
)
def test_structure(program: str, given: str, by: str, structure: str) -> None:
    assert jacobian(parse(program, given), "y", by).structure == structure


def test_a_zero_by_accident_is_told_from_one_that_always_is() -> None:
    found = jacobian(parse("y = A @ x", "A = [[1, 0], [3, 4]]; x = [1, 2]"), "y", "x")
    assert found.values.tolist() == [[1, 0], [3, 4]]
    assert found.mask.all()


def test_an_element_of_a_product_by_its_matrix_is_the_element_of_the_vector() -> None:
    """∂z_k/∂A_ij is non-zero only for k = i, where it is x_j (the lecture's section 9)."""
    graph = parse("z = A @ x", "A = [[1, 2, 3], [4, 5, 6]]; x = [7, 8, 9]")
    for k, (i, j) in ((k, place) for k in range(2) for place in np.ndindex(2, 3)):
        assert element(graph, 2, 0, (k,), (i, j)) == (f"{{x}}_{{{j + 1}}}" if k == i else "0")
        assert element(graph, 2, 1, (k,), (j,)) == f"{{A}}_{{{k + 1}{j + 1}}}"


@pytest.mark.parametrize(
    "program", ["sigmoid(x)", "softmax(x)", "tanh(x)", "x*x", "x/(1 + x)", "norm(x)", "cumsum(x)"]
)
def test_formulas_of_elements_have_the_numbers_of_the_jacobian(program: str) -> None:
    graph = parse(f"y = {program}", "x = [0.3, 1.2, -0.4]")
    end = graph.outputs["y"]
    values = values_of(graph)
    for argument, source in enumerate(graph.nodes[end].args):
        found = jacobian(alone(graph, end, values), "y", f"x{argument + 1}").values
        shape = graph.nodes[source].shape
        for above in np.ndindex(graph.nodes[end].shape):
            for below in np.ndindex(shape):
                text = element(graph, end, argument, above, below)
                assert text is not None
                names = {"y": values[end], "x": graph.values["x"], "v": values[0]}
                code = re.sub(r"\{(\w)\}_\{(\d+)\}", lambda m: f"{m[1]}[{int(m[2]) - 1}]", text)
                if "\\" in code or "_" in code:
                    continue  # a fraction or a name with an index: its numbers are compared elsewhere
                code = re.sub(r"(?<=[\])\d]) +(?=[a-z(\d])", "*", code.replace("^{2}", "**2"))
                worth = eval(code, names)  # noqa: S307 - a formula of ours
                assert worth == pytest.approx(float(np.asarray(found)[(*above, *below)]), rel=1e-12)


def test_what_all_sweeps_cost_is_counted_by_the_one_cost_model() -> None:
    graph = parse("y = A @ x", {"A": np.ones((2, 5)), "x": np.arange(5.0)})
    ahead, back = jacobian(graph, "y", "x").sweeps
    assert (ahead.mode, ahead.count, back.mode, back.count) == ("forward", 5, "reverse", 2)
    swept = forward(graph, wrt=["x"]), reverse(graph, wrt=["x"])
    assert [ahead.operations, back.operations] == [trace.cost["derivatives"] for trace in swept]


def test_limits_and_names() -> None:
    graph = parse("y = outer(x, x)", {"x": np.ones(30)})
    with pytest.raises(LimitError, match="jacobian"):
        jacobian(graph, "y", "x")
    with pytest.raises(NameProblem, match="no node q"):
        jacobian(graph, "q", "x")
    with pytest.raises(GraphError, match="not defined"):
        jacobian(parse("y = log(x)", "x = [-1, 2]"), "y", "x")


def test_an_output_that_is_another_name_is_found() -> None:
    assert jacobian(parse("a = 2*x; b = a", "x = 1"), "b", "x").values == 2


def test_the_study_of_an_operator_says_how_sweeps_multiply_by_it() -> None:
    graph = parse("z = A @ x\ny = sum(z*z)", "A = [[1, 2], [3, 4]]; x = [1, 2]")
    told = jacobian_study(graph, "z", "x")
    assert told["pulled"] == r"\bar{x} \mathrel{+}= {A}^{\top} \, \bar{z}"
    assert told["pushed"] == r"\dot{z} = A \, \dot{x}"
    assert told["elements"][1] == ["{A}_{21}", "{A}_{22}"]
    whole = jacobian_study(graph)
    assert (whole["of"]["name"], whole["by"]["name"], whole["local"]) == ("y", "A", False)
    assert whole["values"] == [[10, 20], [22, 44]]


def test_a_document_holds_jacobians_on_request() -> None:
    at = {"A": [[1, 2], [3, 4]], "x": [5, 6]}
    found = explain("y = A @ x", at, jacobian=True)["results"]["jacobian"]
    assert found == {"A": [[[5, 6], [0, 0]], [[0, 0], [5, 6]]], "x": [[1, 2], [3, 4]]}
    assert list(explain("y = A @ x", at, wrt=["x"], jacobian=True)["results"]["jacobian"]) == ["x"]
    assert "jacobian" not in explain("y = A @ x", at)["results"]


def test_the_api_answers_the_link(client: FlaskClient) -> None:
    answer = client.get("/api/v1/jacobian?e=z=A@x&at=A=[[1,2],[3,4]];x=[5,6]&view=jacobian:z:A").get_json()
    assert answer["structure"] == "sparse"
    assert answer["texts"][0] == ["5", "6", "0", "0"]
    missing = client.get("/api/v1/jacobian?e=x*y&view=jacobian:q")
    assert missing.status_code == 400
    assert "q" in missing.get_json()["error"]["message"]
    assert client.get("/api/v1/jacobian").status_code == 400


def test_a_document_says_which_jacobian_there_is_not() -> None:
    document = explain("L = abs(z*t)**2", "z = 1+2j; t = 3", jacobian=True)
    assert document["results"]["jacobian"] == {"t": pytest.approx(30)}
    (warning,) = (each for each in document["warnings"] if "Jacobian" in each["message"])
    assert "z is complex" in warning["message"]
    assert warning["node"] == next(each["id"] for each in document["graph"]["nodes"] if each["name"] == "z")
