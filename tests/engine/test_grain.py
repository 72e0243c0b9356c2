"""Folding and opening: other nodes, the same numbers, and rules that are the closed form of the inside."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from graphengine import explain, parse
from graphengine.derivatives.gradients import gradient_graph
from graphengine.folds import GRAINS, suited, view
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from graphengine.sweeps import forward, reverse
from tests.oracles.programs import Author
from tests.oracles.references import close

LOGISTIC = (
    "f(t) = 1/(1 + exp(-t))\nz1 = X @ w\nz2 = z1 + b*ones(3)\nz3 = {sigma}\n"
    "Q = -sum(y*log(z3) + (1 - y)*log(1 - z3))"
)
DATA = "X = [[1, 2], [3, 4], [5, 6]]; w = [0.1, 0.2]; b = 0.3; y = [0, 1, 1]"


def ids(program: str, grain: Any, *toggled: str, given: str = "") -> list[str]:
    """The operators that are drawn."""
    drawn = view(parse(program, given), grain, toggled).graph
    return [node.id for node in drawn.nodes if node.op is not None]


def rules(program: str, given: str, **options: Any) -> dict[tuple[str, str], str]:
    """The rule of each contribution, by where it comes from and where it goes."""
    document = explain(program, given, **options)
    names = {node["id"]: node["name"] for node in document["graph"]["nodes"]}
    return {
        (names[step["source"] or ""], names[step["node"]]): step["rule"].partition(r"\mathrel{+}= ")[2]
        for step in document["steps"]
        if step["kind"] == "contribute"
    }


def test_a_statement_is_a_node_with_the_id_of_its_result() -> None:
    program = "a = sin(x)*y; b = a + 1; c = exp(a*b)/b"
    assert ids(program, "operator") == ["v1", "v2", "v3", "v4", "v5", "v6"]
    assert ids(program, "statement") == ["v2", "v3", "v6"]
    assert ids(program, "statement", "s1") == ["v1", "v2", "v3", "v6"]
    assert ids(program, "operator", "s3") == ["v1", "v2", "v3", "v6"]
    assert ids(program, "operator", "s9", "v77") == ids(program, "operator")


def test_a_call_folds_within_its_statement() -> None:
    program = "f(t) = t*exp(t); y = 2*f(3*x) + f(x)"
    drawn = view(parse(program), "operator").graph
    assert len([node for node in drawn.nodes if node.op]) == 7
    assert len(ids(program, "operator", "s2")) == 6
    assert ids(program, "statement") == ["v7"]
    inside = view(parse(program), "statement", ["s1"]).graph
    assert [node.op.said.symbol for node in inside.nodes if node.op] == ["×", "f", "×", "f", "+"]


def test_what_is_used_elsewhere_keeps_a_scope_from_folding() -> None:
    graph = parse("f(t) = sin(t)*t; p = f(x) + 1; q = f(x) + 2", share=True)
    names = [node.name for node in view(graph, "statement").graph.nodes if node.op]
    assert {"p", "q"} <= set(names)
    for grain in ("operator", "statement"):
        close(evaluate(view(graph, grain).graph, {"x": 0.7})["q"], np.sin(0.7) * 0.7 + 2, 1e-15, 0, "q")


def test_a_composite_operator_opens_into_its_parts() -> None:
    given = "y = [1, 2]; t = [3, 5]"
    assert ids("mse(y, t)", "operator", given=given) == ["v1"]
    assert ids("mse(y, t)", "operator", "v1", given=given) == ["v1_1", "v1_3", "v1"]
    document = explain("L = mse(y, t)", given, folds=["v1"])
    assert document["results"]["gradient"] == {"y": [-2, -3], "t": [2, 3]}
    nodes = {node["id"]: node for node in document["graph"]["nodes"]}
    assert nodes["v1_1"]["folds"][0] == {"id": "v1", "name": "mse"}
    assert nodes["v1"]["opens"] is None
    closed = explain("L = mse(y, t)", given)["graph"]["nodes"][-1]
    assert (closed["id"], closed["opens"]) == ("v1", "v1")


def test_logistic_regression_by_statements_reads_as_on_the_blackboard() -> None:
    """The lecture's section 10, line by line; for z3 = σ(z2) also as a function of the user's own."""
    found = rules(LOGISTIC.format(sigma="sigmoid(z2)"), DATA, wrt=["w", "b"], grain="statement")
    assert found == {
        ("Q", "z3"): r"\frac{\bar{Q} \, \left(1 - y\right)}{1 - z_{3}} - \frac{\bar{Q} \, y}{z_{3}}",
        ("z3", "z2"): r"\bar{z}_{3} \odot z_{3} \odot \left(1 - z_{3}\right)",
        ("z2", "z1"): r"\bar{z}_{2}",
        ("z2", "b"): r"\sum \bar{z}_{2}",
        ("z1", "w"): r"{X}^{\top} \, \bar{z}_{1}",
    }
    assert rules(LOGISTIC.format(sigma="f(z2)"), DATA, wrt=["w", "b"], grain="statement") == found
    written_out = explain(LOGISTIC.format(sigma="f(z2)"), DATA, wrt=["w", "b"], grain="statement")
    data = np.array([[1, 2], [3, 4], [5, 6.0]])
    y = np.array([0, 1, 1])
    slope = 1 / (1 + np.exp(-(data @ [0.1, 0.2] + 0.3))) - y
    close(written_out["results"]["gradient"]["w"], data.T @ slope, 1e-13, 0, "∂Q/∂w")
    close(written_out["results"]["gradient"]["b"], slope.sum(), 1e-13, 0, "∂Q/∂b")


def test_the_local_derivative_of_a_folded_node_is_a_formula_of_its_arguments() -> None:
    document = explain(
        "z = sigmoid(w*x + b)\nL = (z - t)**2", "w = 1; x = 2; b = 3; t = 1", grain="statement"
    )
    found = {
        (step["source"], step["node"]): next(p["latex"] for p in step["parts"] if p["name"] == "local")
        for step in document["steps"]
        if step["kind"] == "contribute"
    }
    assert found["v3", "v6"].startswith(r"\frac{\partial z}{\partial w} = z \, \left(1 - z\right) \, x")
    z = 1 / (1 + np.exp(-5))
    slope = 2 * (z - 1) * z * (1 - z)
    close(document["results"]["gradient"]["w"], 2 * slope, 1e-14, 0, "∂L/∂w")


def test_a_large_graph_opens_folded() -> None:
    small, large = (
        "a = sin(x)*y + 1; b = a*a + a",
        "; ".join(f"a{i} = x*sin(x)*{i} + 1" for i in range(2, 20)),
    )
    assert suited(parse(small)) == "operator"
    assert suited(parse(large)) == "statement"
    assert explain(large)["grain"] == "statement"
    assert explain(large, grain="operator")["grain"] == "operator"
    chain = "+".join(["x"] * 80)
    assert suited(parse(chain)) == "operator", "one statement is nothing to walk"


def same_numbers(graph: Graph, drawn: Graph, rng: np.random.Generator) -> None:
    """Both sweeps and the gradient graph of two views of one program agree."""
    for name, value in evaluate(graph).items():
        close(evaluate(drawn)[name], value, 1e-12, 1e-13, name)
    for output, position in graph.outputs.items():
        g = np.asarray(rng.normal(size=graph.nodes[position].shape))
        first, second = (reverse(each, seed={output: g}) for each in (graph, drawn))
        if first.error or second.error:
            continue
        gradients = [evaluate(gradient_graph(each, output)) for each in (graph, drawn)]
        for name in graph.inputs:
            zero = 0 * graph.values[name]
            expected = first.adjoints.get(graph.inputs[name], zero)
            size = 1 + float(np.max(np.abs(expected)))
            close(second.adjoints.get(drawn.inputs[name], zero), expected, 1e-9, 1e-11 * size, f"∂/∂{name}")
        for title, value in gradients[0].items():
            close(gradients[1][title], value, 1e-9, 1e-9 * (1 + float(np.max(np.abs(value)))), title)
    for name, value in graph.values.items():
        moved = np.asarray(rng.normal(size=np.shape(value)))
        first, second = (forward(each, seed={name: moved}) for each in (graph, drawn))
        for output, position in graph.outputs.items():
            expected = first.tangents.get(position, 0.0)
            found = second.tangents.get(drawn.outputs[output], 0.0)
            close(found, expected, 1e-9, 1e-9 * (1 + float(np.max(np.abs(expected)))), f"{output} by {name}")


@pytest.mark.parametrize("seed", range(40))
def test_however_it_is_folded_the_numbers_stay(seed: int) -> None:
    program = Author(seed).write()
    graph = parse(program.text, program.inputs)
    rng = np.random.default_rng(seed)
    scopes = [scope.id for scope in graph.scopes]
    chosen = [name for name in scopes if rng.random() < 0.5]
    for grain, toggled in itertools.product(GRAINS, ((), chosen)):
        same_numbers(graph, view(graph, grain, toggled).graph, rng)


@pytest.mark.parametrize("seed", range(10))
def test_a_folded_document_is_whole(seed: int) -> None:
    program = Author(seed).write()
    document = explain(program.text, program.inputs, grain="statement")
    for node in document["graph"]["nodes"]:
        if node["opens"]:
            opened = explain(program.text, program.inputs, grain="statement", folds=[node["opens"]])
            inner = {n["id"]: n for n in opened["graph"]["nodes"]}
            assert len(inner) > len(document["graph"]["nodes"])
            assert node["opens"] in {fold["id"] for n in inner.values() for fold in n["folds"]}


LAYERS = "; ".join(
    f"z{i} = W{i} @ {'x' if i == 1 else f'h{i - 1}'} + b{i}; h{i} = relu(z{i})" for i in range(1, 4)
)
WEIGHTS = {f"W{i}": np.full((2, 2), 0.1 * i) for i in range(1, 4)} | {
    f"b{i}": np.ones(2) for i in range(1, 4)
}


def test_layers_that_repeat_fold_into_a_node_each() -> None:
    program = LAYERS + "; L = mse(h3, t)"
    graph = parse(program, {**WEIGHTS, "x": [1, 2], "t": [0, 1]})
    plain = view(graph, "statement")
    assert [node.name for node in plain.graph.nodes if node.op] == ["z1", "h1", "z2", "h2", "z3", "h3", "L"]
    first = next(node for node in plain.graph.nodes if node.name == "z1")
    assert ("b1", "h1") in plain.folds_into(first)
    folded = view(graph, "statement", ["b1", "b2", "b3"]).graph
    assert [node.name for node in folded.nodes if node.op] == ["h1", "h2", "h3", "L"]
    same_numbers(graph, folded, np.random.default_rng(0))


def test_many_layers_open_as_blocks() -> None:
    program = "; ".join(
        f"z{i} = w*{'x' if i == 1 else f'h{i - 1}'} + b; h{i} = tanh(z{i})" for i in range(1, 31)
    )
    drawn = explain(program)
    assert [node["name"] for node in drawn["graph"]["nodes"] if node["kind"] == "operator"] == [
        f"h{i}" for i in range(1, 31)
    ]
    opened = explain(program, folds=["b2"])
    assert {"z2", "h2"} <= {node["name"] for node in opened["graph"]["nodes"]}


def test_what_does_not_repeat_is_no_block() -> None:
    graph = parse("a = x + 1; b = sin(a); c = a*b; d = exp(c)")
    assert {scope.kind for scope in view(graph, "statement").graph.scopes} == {"statement"}


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_statement_without_a_derivative_folds_and_its_walk_says_so(mode: str) -> None:
    program = "y = argmax(x)*sum(x); z = y*argmax(x); L = z + y"
    folded = explain(program, "x = [1, 3, 2]", mode=mode, grain="statement")
    assert folded["error"]["message"] == "argmax has no derivative."
    assert [node["name"] for node in folded["graph"]["nodes"]] == ["x", "y", "z", "L"]


def test_a_second_name_is_a_node_by_statements() -> None:
    program = "w0 = x; w1 = sin(w0); y = w1"
    document: Any = explain(program, "x = 2", grain="statement")
    assert [node["name"] for node in document["graph"]["nodes"]] == ["x", "w0", "w1", "y"]
    assert document["program"]["latex"] == (
        r"\begin{aligned} w_{0} &= x \\ w_{1} &= \sin w_{0} \\ y &= w_{1} \end{aligned}"
    )
    assert document["results"]["gradient"]["x"] == pytest.approx(np.cos(2))
    assert any("under another name" in step["sentence"] for step in document["steps"])
    small: Any = explain(program, "x = 2")  # by operators nothing is done
    assert [node["name"] for node in small["graph"]["nodes"]] == ["x", "w1"]
    constant: Any = explain("a = pi; y = a*x", "x = 2", grain="statement")
    assert "same" not in [node["op"] for node in constant["graph"]["nodes"]]
