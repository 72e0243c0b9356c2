"""What inputs are: parameters, data, labels, indices and counts, from their use or as it was said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import DerivativeError, check_backward, explain, gradient_graph, parse
from graphengine.checking.truth import truths
from graphengine.derivatives.activity import choose_wrt
from graphengine.errors import NameProblem, ValueProblem
from graphengine.graph.roles import roles, with_roles
from graphengine.listings.files import listing
from graphengine.studies import formula_study, jacobian_study, paths_study
from graphengine.studies.closed import closed_form


@pytest.mark.parametrize(
    ("program", "found"),
    [
        ("x*y", {}),
        ("cross_entropy(X @ W, t)", {"t": "label"}),
        ("cross_entropy(X @ W, reshape(t, 2))", {"t": "label"}),
        ("cross_entropy(X @ W, t[0])", {"t": "label"}),
        ("cross_entropy(X @ W, softmax(v))", {}),
        ("nll_loss(log_softmax(X @ W), t)", {"t": "label"}),
        ("bce(sigmoid(X @ w), t) + bce_with_logits(x, s)", {"t": "label", "s": "label"}),
        ("kl_div(log(p), q)", {}),
        ("sum(C[i])", {"i": "index"}),
        ("sum(C[2*i + 1])", {"i": "index"}),
        ("sum(take(C, i) + take_along_axis(D, j))", {"i": "index", "j": "index"}),
        ("sum(x)/n", {"n": "count"}),
        ("-sum(t*log(p))/N", {"N": "count"}),
        ("(1/n)*sum(x*x)", {"n": "count"}),
        ("1/(2m) * (sum(x) + sum(y))", {"m": "count"}),
        ("sum((x - mean(x))**2)/(n - 1)", {"n": "count"}),
        ("softmax(Q @ K.T / sqrt(d_k)) @ V", {"d_k": "count"}),
        ("sum(x)/s", {}),
        ("x/n", {}),
        ("x @ w/m", {}),
    ],
)
def test_roles_follow_from_use(program: str, found: dict[str, str]) -> None:
    graph = parse(program)
    assert roles(graph) == {name: found.get(name, "parameter") for name in graph.inputs}
    assert choose_wrt(graph, None) == tuple(name for name in graph.inputs if name not in found)


def test_a_divisor_that_is_no_whole_number_is_no_count() -> None:
    assert roles(parse("sum(x)/n", {"n": 2.5}))["n"] == "parameter"
    assert roles(parse("sum(x)/n", {"n": -2}))["n"] == "parameter"
    assert roles(parse("sum(x)/n", {"n": 2}))["n"] == "count"


@pytest.mark.parametrize(
    ("program", "name", "told"),
    [
        ("cross_entropy(x, t)", "t", "t says which class is right: a label has no derivative."),
        ("sum(x)/n", "n", "n says how many there are: a count has no derivative."),
    ],
)
def test_what_has_no_derivative_says_so(program: str, name: str, told: str) -> None:
    for mode in ("forward", "reverse"):
        with pytest.raises(DerivativeError) as caught:
            explain(program, mode=mode, wrt=[name])
        assert str(caught.value.message) == told
        assert "parameter" in str(caught.value.hint)
    with pytest.raises(DerivativeError):
        gradient_graph(parse(program), wrt=[name])


def test_a_role_that_was_given_comes_first() -> None:
    graph = with_roles(parse("sum(x)/n"), {"n": "parameter", "x": "data"})
    assert roles(graph) == {"x": "data", "n": "parameter"}
    assert choose_wrt(graph, None) == ("x", "n")


def test_a_role_that_there_is_not_is_refused_and_one_of_no_input_ignored() -> None:
    with pytest.raises(ValueProblem, match="star is no role"):
        explain("sum(x)", roles={"x": "star"})
    with pytest.raises(ValueProblem, match="name = role"):
        explain("sum(x)", roles="x")
    document = explain("sum(x)", roles="z = label")
    assert document["program"]["roles"] == {"x": "parameter"}
    assert document["warnings"] == [
        {"message": "The program has no input z; its role is ignored.", "node": None}
    ]


@pytest.mark.parametrize("roles", [{"s": "count", "x": "data"}, "s = count; x = data", "x=data\ns=count"])
def test_roles_can_be_set(roles: Any) -> None:
    document = explain("sum(x*w)/s", roles=roles)
    assert document["program"]["roles"] == {"x": "data", "w": "parameter", "s": "count"}
    assert document["wrt"] == ["x", "w"]
    assert document["program"]["inputs"]["s"] == 2
    found = {node["name"]: node["role"] for node in document["graph"]["nodes"] if node["kind"] == "input"}
    assert found == document["program"]["roles"]


@pytest.mark.parametrize("grain", ["operator", "statement"])
def test_roles_do_not_depend_on_how_the_graph_is_drawn(grain: str) -> None:
    program = "a = sum(x*w)/n\nloss = a*cross_entropy(X, t)"
    document = explain(program, grain=grain)
    assert document["program"]["roles"] == {
        "x": "parameter", "w": "parameter", "n": "count", "X": "parameter", "t": "label",
    }  # fmt: skip
    moved = explain(program, grain=grain, roles={"n": "parameter"})
    n = moved["program"]["inputs"]["n"]
    loss = moved["results"]["value"]["loss"]
    assert np.isclose(moved["results"]["gradient"]["n"], -loss / n)


def test_a_card_says_what_an_input_is_and_has_no_place_for_a_derivative() -> None:
    document = explain("cross_entropy(x, t) + sum(x)/n", roles={"x": "data"}, language="ru")
    svg = document["graph"]["svg"]
    cards = {node["name"]: svg.partition(f'id="node_{node["id"]}"')[2].partition('class="frame"')[0]
             for node in document["graph"]["nodes"]}  # fmt: skip
    for name, word, slots in (("x", "данные", 3), ("t", "метка", 1), ("n", "число", 1)):
        assert f">{word}</text>" in cards[name]
        assert cards[name].count("data-slot") == slots


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize(
    ("program", "inputs", "told"),
    [
        ("2 + 3", {}, "Everything here is a number"),
        ("sum(ones(3))/n", {"n": 3}, "Every input is a label, an index or a count"),
    ],
)
def test_a_program_in_which_nothing_moves_says_why(
    program: str, inputs: dict[str, Any], told: str, mode: str
) -> None:
    document = explain(program, inputs, mode=mode)
    (warning,) = document["warnings"]
    assert warning["message"].startswith(f"{told}, so there is nothing to differentiate by")
    assert document["wrt"] == []
    assert explain(program, inputs, mode=mode, wrt=[])["warnings"] == []
    assert explain("x + 2", mode=mode)["warnings"] == []


# ---- who moves inputs -----------------------------------------------------------------------------------

LABELS = ("L = cross_entropy(X @ W, t) + sum(W*W)/n", "X=[[1,2],[3,-1]];W=[[0.5,1,0],[2,-1,0.3]];t=[2,0];n=4")
PICKS = ("L = sum(C[i]**2)/n", "C=[[1,2],[3,4],[5,6]];i=[2,0,2];n=3")


@pytest.mark.parametrize("program", [LABELS, PICKS])
def test_a_check_of_a_backward_pass_moves_no_class_index_or_count(program: tuple[str, str]) -> None:
    graph = parse(*program)
    points = truths(graph, "L", choose_wrt(graph, None))
    assert len(points) == 5
    for name, role in roles(graph).items():
        values = [np.asarray(point.graph.values[name]) for point in points]
        if role == "parameter":
            assert not np.array_equal(values[0], values[1])
        else:
            assert all(set(value.ravel()) == set(values[0].ravel()) for value in values)


def test_a_backward_pass_through_labels_and_counts_is_judged() -> None:
    report = check_backward(parse(*LABELS), "dW = X.T @ (softmax(X @ W) - onehot(t))/2 + 2*W/n")
    assert {verdict.kind for verdict in report.verdicts} <= {"right", "missing", "error"}
    report = check_backward(parse("L = sum(x*x)/n", "x=[1,2,3];n=3"), "dx = 2*x/n")
    assert report.passed and len(report.verdicts) == 1


def test_closed_forms_hold_at_classes_and_counts() -> None:
    found = closed_form(parse(*LABELS))
    assert set(found) == {"X", "W"}
    found = closed_form(parse("sum(x*x)/n"))
    assert set(found) == {"x"} and found["x"].reason is None and found["x"].points == 5


@pytest.mark.parametrize("study", [jacobian_study, formula_study, paths_study])
def test_studies_are_of_what_moves(study: Any) -> None:
    with pytest.raises(NameProblem, match="nothing to differentiate by"):
        study(parse("2 + 3"))
    graph = with_roles(parse("n*0 + sum(x)/n"), {})
    assert roles(graph) == {"n": "count", "x": "parameter"}
    told = study(graph)
    assert told["by"]["name"] == "x"
    with pytest.raises(DerivativeError, match="how many"):
        study(graph, "y", "n")


@pytest.mark.parametrize("kind", ["torch", "function", "module"])
@pytest.mark.parametrize("program", [LABELS, PICKS])
def test_files_of_classes_indices_and_counts_pass_gradcheck(
    kind: str, program: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch")
    text = listing(parse(*program), kind).text
    exec(compile(text, "<listing>", "exec"), {"__name__": "__main__"})  # noqa: S102 - it is ours
    assert "gradcheck" in capsys.readouterr().out


def test_a_file_of_numpy_agrees_with_differences_by_what_moves(capsys: pytest.CaptureFixture[str]) -> None:
    for program in (LABELS, PICKS):
        text = listing(parse(*program), "numpy").text
        exec(compile(text, "<listing>", "exec"), {"__name__": "__main__"})  # noqa: S102 - it is ours
        assert "agree with central differences" in capsys.readouterr().out


def test_the_walk_leaves_labels_and_counts_alone() -> None:
    document = explain("cross_entropy(x, t) + sum(x*x)/n", {"x": [1.0, 2.0], "t": [0.0, 1.0], "n": 4})
    assert document["wrt"] == ["x"]
    assert list(document["results"]["gradient"]) == ["x"]
    p = np.exp([1.0, 2.0]) / np.sum(np.exp([1.0, 2.0]))
    assert np.allclose(document["results"]["gradient"]["x"], p - [0, 1] + np.array([1.0, 2.0]) / 2)


def test_data_are_no_parameters_of_a_module() -> None:
    graph = parse("mse(A @ w, b)", {"A": [[1, 2], [3, 4]], "w": [1, 2], "b": [1, 2]})
    assert listing(graph, "module").parameters == ("A", "w", "b")
    assert listing(with_roles(graph, {"A": "data", "b": "data"}), "module").parameters == ("w",)


def test_a_file_of_jax_differentiates_by_what_moves() -> None:
    """JAX is optional: the names shown are those of the gradients that are pulled."""
    text = listing(parse("y = sum(C[i]**2)/n + sum(i)", {"C": [1, 2, 3], "i": [2, 0], "n": 2}), "jax").text
    compile(text, "<listing>", "exec")
    assert "moving = C," in text and "jax.vjp(moved, *moving)" in text and "check_grads(moved, moving" in text
    assert "return C_bar, None, None" in text
