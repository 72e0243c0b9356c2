"""The language of arrays: notation, literals, indices, shapes; what is printed, and what is said."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from graphengine import explain, from_function
from graphengine.errors import ShapeError
from graphengine.graph.evaluation import evaluate
from graphengine.notation.transposition import derivation
from graphengine.program import parse, parse_values
from graphengine.program.writing import program_text
from graphengine.sweeps import reverse


@pytest.mark.parametrize(
    ("program", "given", "shapes"),
    [
        ("x.T @ A @ x", {}, {"x": (2,), "A": (2, 2)}),
        ("logdet(X)", {}, {"X": (2, 2)}),
        ("A @ x + b", {"A": np.ones((3, 4))}, {"x": (4,), "b": (3,)}),
        ("softmax(Q @ K.T) @ V", {}, {"Q": (2, 2), "K": (2, 2), "V": (2, 2)}),
        ("x*y + z", {}, {"x": (), "y": (), "z": ()}),
    ],
)
def test_inputs_without_values_take_shapes_that_fit(
    program: str, given: dict[str, Any], shapes: dict[str, tuple[int, ...]]
) -> None:
    graph = parse(program, given)
    for name, shape in shapes.items():
        assert graph.nodes[graph.inputs[name]].shape == shape, name
        assert np.shape(graph.values[name]) == shape


def test_a_program_that_no_shapes_fit_is_an_error_soon() -> None:
    with pytest.raises(ShapeError):
        parse("A @ B + C @ D @ E + inv(F @ G) + x[9]")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("zeros(2, 3)", np.zeros((2, 3))), ("zeros(0)", np.zeros(0)), ("ones(2)", np.ones(2))),
        *(("eye(2)", np.eye(2)), ("linspace(0, 1, 3)", [0, 0.5, 1]), ("[[1, 2], [3, 4]]", [[1, 2], [3, 4]])),
    ],
)
def test_arrays_are_written_by_functions(written: str, value: Any) -> None:
    np.testing.assert_array_equal(parse_values(f"a = {written}")["a"], value)
    graph = parse(f"y = x + {written}", {"x": np.asarray(value) * 0.0})
    np.testing.assert_array_equal(evaluate(graph)["y"], value)


def test_random_numbers_are_the_same_each_time_and_differ_by_name() -> None:
    first, again = parse_values("a = randn(50); b = randn(50)"), parse_values("a = randn(50); b = randn(50)")
    np.testing.assert_array_equal(first["a"], again["a"])
    assert not np.array_equal(first["a"], first["b"])
    assert abs(first["a"].mean()) < 0.5 and 0.7 < first["a"].std() < 1.3
    np.testing.assert_array_equal(first["a"][:3], [0.1517, 0.0987, 0.2424])
    assert np.all((parse_values("u = rand(200)")["u"] >= 0) & (parse_values("u = rand(200)")["u"] < 1))


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        *(("X[0]", [1, 2]), ("X[:, 1]", [2, 4]), ("X[1, 0]", 3), ("X[::-1, 0]", [3, 1])),
        *(("X[0:1]", [[1, 2]]), ("x.T", [5, 6]), *((X, [[1, 3], [2, 4]]) for X in ("X.T", "X'", "Xᵀ"))),
        *(("X @ x", [17, 39]), ("x @ X", [23, 34]), ("x @ x", 61), ("x.T @ X @ x", 319)),
        *(("2X.T x[0]", [[10, 30], [20, 40]]), ("[[1], [2]] ⊗ X", [[1, 2], [3, 4], [2, 4], [6, 8]])),
        *(("max(X)", 4), ("max(X, axis=0)", [3, 4]), ("max(x, 5.5)", [5.5, 6])),
        ("sum(X, axis=1, keepdims=True)", [[3], [7]]),
    ],
)
def test_the_notation_of_arrays(program: str, expected: Any) -> None:
    graph = parse(f"y = {program}", {"X": [[1, 2], [3, 4]], "x": [5, 6]})
    np.testing.assert_allclose(evaluate(graph)["y"], expected)


@pytest.mark.parametrize(
    ("program", "text", "hint"),
    [
        ("A @ B", "2×3 @ 2×3", "transpose of the first"),
        ("A @ x", "2×3 @ (2,)", "transpose of the first"),
        ("2 @ A", "scalar", r"\*"),
        ("inv(A)", "square", None),
        ("x[7]", "outside", "count from 0"),
        ("A.T @ A.T", "3×2 @ 3×2", "transpose of the first"),
        ("concat(A, x)", "concat", None),
    ],
)
def test_errors_of_shape_name_both_and_what_would_fit(program: str, text: str, hint: str | None) -> None:
    with pytest.raises(ShapeError) as caught:
        parse(program, {"A": np.ones((2, 3)), "B": np.ones((2, 3)), "x": np.ones(2)})
    assert text in str(caught.value)
    if hint:
        assert re.search(hint, str(caught.value))


# ---- what is printed --------------------------------------------------------------------------------

SQUARES = {"A": [[2, 1], [1, 3]], "B": [[1, 0], [2, 1]], "X": [[2, 1], [1, 3]]}

RULES = {
    "A @ B": [r"\bar{A} \mathrel{+}= \bar{y} \, {B}^{\top}", r"\bar{B} \mathrel{+}= {A}^{\top} \, \bar{y}"],
    "tr(X)": [r"\bar{X} \mathrel{+}= \bar{y} I"],
    "A * B": [r"\bar{A} \mathrel{+}= \bar{y} \odot B", r"\bar{B} \mathrel{+}= \bar{y} \odot A"],
    "inv(X)": [r"\bar{X} \mathrel{+}= -{y}^{\top} \, \bar{y} \, {y}^{\top}"],
    "det(X)": [r"\bar{X} \mathrel{+}= \bar{y} \, {\operatorname{adj}(X)}^{\top}"],
    "logdet(X)": [r"\bar{X} \mathrel{+}= \bar{y} \, {X}^{-\top}"],
    "X.T": [r"\bar{X} \mathrel{+}= {\bar{y}}^{\top}"],
    "solve(A, B)": [
        r"\bar{A} \mathrel{+}= -{A}^{-\top} \, \bar{y} \, {y}^{\top}",
        r"\bar{B} \mathrel{+}= {A}^{-\top} \, \bar{y}",
    ],
}
"""The adjoints of the textbook (Giles, 2008), as the engine derives them."""


@pytest.mark.parametrize("program", RULES)
def test_the_adjoints_of_the_textbook_are_derived(program: str) -> None:
    document = explain(program, SQUARES)
    rules = [step["rule"] for step in document["steps"] if step["kind"] == "contribute"]
    assert sorted(rules) == sorted(RULES[program])


DIFFERENTIALS = {
    "A @ B": [r"\mathrm{d}A \, B", r"A \, \mathrm{d}B"],
    "tr(X)": [r"\operatorname{tr}(\mathrm{d}X)"],
    "A ⊗ B": [r"\mathrm{d}A \otimes B", r"A \otimes \mathrm{d}B"],
    "inv(X)": [r"-y \, \mathrm{d}X \, y"],
    "det(X)": [r"\operatorname{tr}(\operatorname{adj}(X) \, \mathrm{d}X)"],
    "logdet(X)": [r"\operatorname{tr}({X}^{-1} \, \mathrm{d}X)"],
    "X.T": [r"{\mathrm{d}X}^{\top}"],
    "sum(X)": [r"\sum \mathrm{d}X"],
}


@pytest.mark.parametrize("program", DIFFERENTIALS)
def test_a_derivation_begins_with_the_differential_and_ends_with_the_adjoint(program: str) -> None:
    graph = parse(program, SQUARES)
    position = graph.outputs["y"]
    for argument, differential in enumerate(DIFFERENTIALS[program]):
        lines = derivation(graph, position, argument)
        name = graph.nodes[graph.nodes[position].args[argument]].label
        assert lines[0] == r"\left\langle \bar{y},\; \mathrm{d}y \right\rangle"
        assert lines[1] == rf"\left\langle \bar{{y}},\; {differential} \right\rangle"
        assert lines[-1].endswith(rf",\; \mathrm{{d}}{name} \right\rangle")


def test_every_line_of_a_derivation_is_the_same_number() -> None:
    rng = np.random.default_rng(3)
    x, g, dx = rng.normal(size=(3, 3)) + 3 * np.eye(3), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    y = np.linalg.inv(x)
    found = [np.sum(g * (-y @ dx @ y)), np.sum((-g @ y.T) * (y @ dx)), np.sum((-y.T @ g @ y.T) * dx)]
    swept = reverse(parse("inv(X)", {"X": x}), seed={"y": g})
    found.append(np.sum(swept.adjoints[0] * dx))
    np.testing.assert_allclose(found, found[0], rtol=1e-12)


@pytest.mark.parametrize(
    ("program", "inputs", "value", "gradient"),
    [
        (
            "sum((W @ x)**2)",
            {"W": [[0.1, 0.5], [-0.3, 0.8]], "x": [0.2, 0.4]},
            0.116,
            {"W": [[0.088, 0.176], [0.104, 0.208]], "x": [-0.112, 0.636]},
        ),
        ("x.T @ A @ x", {"A": [[1, 2], [3, 4]], "x": [1, 2]}, 27, {"x": [12, 21], "A": [[1, 2], [2, 4]]}),
        ("logdet(X)", {"X": [[2, 1], [1, 3]]}, np.log(5), {"X": [[0.6, -0.2], [-0.2, 0.4]]}),
        ("a.T @ x", {"a": [3, 4], "x": [1, 2]}, 11, {"a": [1, 2], "x": [3, 4]}),
        ("x.T @ x", {"x": [1, 2]}, 5, {"x": [2, 4]}),
        ("det(X)", {"X": [[1, 2], [2, 4]]}, 0, {"X": [[4, -2], [-2, 1]]}),
    ],
)
def test_matrix_examples_of_the_literature(
    program: str, inputs: dict[str, Any], value: float, gradient: dict[str, Any]
) -> None:
    results = explain(program, inputs)["results"]
    assert results["value"]["y"] == pytest.approx(value, rel=1e-12, abs=1e-12)
    for name, expected in gradient.items():
        np.testing.assert_allclose(results["gradient"][name], expected, rtol=1e-12, atol=1e-12)


def test_logistic_regression_reads_as_on_the_board() -> None:
    document = explain(
        "z1 = X @ w\nz2 = z1 + b\nz3 = sigmoid(z2)\nQ = -sum(y*log(z3) + (1 - y)*log(1 - z3))",
        {"X": [[1, 2], [3, 4], [0, 1]], "w": [0.1, 0.2], "b": 0.1, "y": [1, 0, 1]},
        wrt=["w", "b"],
    )
    rules = {step["node"]: step["rule"] for step in document["steps"] if step["kind"] == "contribute"}
    ids = {node["name"]: node["id"] for node in document["graph"]["nodes"]}
    assert rules[ids["w"]] == r"\bar{w} \mathrel{+}= {X}^{\top} \, \bar{z}_{1}"
    assert rules[ids["b"]] == r"\bar{b} \mathrel{+}= \sum \bar{z}_{2}"
    x, y = np.array([[1, 2], [3, 4], [0, 1]]), np.array([1, 0, 1])
    z3 = 1 / (1 + np.exp(-(x @ [0.1, 0.2] + 0.1)))
    np.testing.assert_allclose(document["results"]["gradient"]["w"], x.T @ (z3 - y), rtol=1e-12)
    np.testing.assert_allclose(document["results"]["gradient"]["b"], np.sum(z3 - y), rtol=1e-12)


def test_outside_the_domain_it_is_said_in_words() -> None:
    for program, matrix, said in (
        ("logdet(X)", [[0, 1], [1, 0]], "det X > 0"),
        ("inv(X)", [[1, 2], [2, 4]], "det X ≠ 0"),
        ("solve(X, [1, 2])", [[1, 2], [2, 4]], "det A ≠ 0"),
    ):
        hint = explain(program, {"X": matrix})["error"]["hint"]
        assert hint and said in hint, program
    assert "argmax has no derivative" in explain("argmax(x)", {"x": [1, 2]})["error"]["message"]


def test_a_nearly_singular_matrix_is_warned_about() -> None:
    warnings = explain("inv(X)", {"X": [[1, 1], [1, 1 + 1e-12]]})["warnings"]
    assert any("nearly singular" in warning["message"] for warning in warnings)
    assert not any("singular" in w["message"] for w in explain("logdet(X)", SQUARES)["warnings"])


@pytest.mark.parametrize(
    "program",
    [
        *("X[:, 1] + X[0]", "sum(X[0:1] @ X.T)", "max(X, axis=0)", "x.T @ X @ x", "diag(x) @ X", "X ⊗ X"),
        *("x[::-1]", "solve(X, x) + prod(X, axis=1)", "logsumexp(X, axis=0)", "softmax(X @ X.T, axis=0)"),
        *("norm(x - X[1])", "where(X[0] - 2, x, X[1])", "concat(x, x)", "cross_entropy(X, [1, 0])"),
        "(X + 1).T @ (2*x)",
    ],
)
def test_programs_are_written_as_they_can_be_read(program: str) -> None:
    given = {"X": [[2, 1], [1, 3]], "x": [1, 2]}
    graph = parse(f"y = {program}", given)
    again = parse(program_text(graph), given)
    np.testing.assert_array_equal(evaluate(again)["y"], evaluate(graph)["y"])


def test_an_index_is_seen_in_the_formula_and_in_its_adjoint() -> None:
    document = explain("y = X[:, 1]", {"X": [[1, 2], [3, 4]]})
    assert document["program"]["latex"] == "y = {X}_{:, 1}"
    assert document["steps"][-1]["rule"] == r"\bar{X} \mathrel{+}= \operatorname{place}_{:, 1}(\bar{y})"


def test_arrays_are_put_together_from_anything() -> None:
    """The rotation of a vector, as a matrix of sines and cosines: d/dt is the rotation by t + π/2."""
    document = explain(
        "R = [[cos(t), -sin(t)], [sin(t), cos(t)]]\ns = u @ R @ x", "t = 0.3; u = [1, -2]; x = [3, 4]"
    )
    assert (
        r"\begin{bmatrix} \cos t & -\sin t \\ \sin t & \cos t \end{bmatrix}" in document["program"]["latex"]
    )
    c, s = np.cos(0.3 + np.pi / 2), np.sin(0.3 + np.pi / 2)
    expected = np.array([1, -2]) @ np.array([[c, -s], [s, c]]) @ np.array([3, 4])
    np.testing.assert_allclose(document["results"]["gradient"]["t"], expected, 1e-14)


def test_concat_takes_any_number_of_arrays_and_sends_each_its_part() -> None:
    document = explain("z = concat(a, b, c, d)\ns = z @ z", "a = [1, 2]; b = [3]; c = [4, 5]; d = [6]")
    assert document["results"]["gradient"] == {"a": [2, 4], "b": [6], "c": [8, 10], "d": [12]}
    rules = [step["rule"] for step in document["steps"] if step["kind"] == "contribute"]
    assert rules[-4:] == [
        rf"\bar{{{name}}} \mathrel{{+}}= {{\bar{{z}}}}_{{{part}}}"
        for name, part in (("a", "0:2"), ("b", "2:3"), ("c", "3:5"), ("d", "5:6"))
    ]


def test_stack_makes_a_new_axis() -> None:
    of = explain("stack(x, y, axis=-1)", "x = [1, 2]; y = [3, 4]")
    assert of["results"]["value"] == {"f": [[1, 3], [2, 4]]}
    with pytest.raises(ShapeError, match="one shape"):
        parse("stack(x, y)", "x = [1, 2]; y = 3")


def test_reshape_and_several_axes_are_written_as_in_numpy() -> None:
    of = "X = [[1, 2, 3], [4, 5, 6]]"
    assert explain("reshape(X, (3, -1))", of)["results"]["value"] == {"y": [[1, 2], [3, 4], [5, 6]]}
    assert explain("reshape(X, shape=6) @ reshape(X, (6,))", of)["results"]["value"] == {"y": 91}
    assert explain("sum(X, axis=(0, 1))", of)["results"]["value"] == {"y": 21}
    with pytest.raises(ShapeError, match="cannot be rearranged"):
        parse("reshape(X, (4, 2))", of)


def test_numpy_code_that_puts_arrays_together_is_recorded() -> None:
    def f(a: Any, b: Any) -> Any:
        return np.sum(np.concatenate((a, b, a)) * 2) + np.stack([a, a]).reshape(4) @ np.reshape(b, (4,))

    graph = from_function(f, [1.0, 2.0], [3.0, 4.0, 5.0, 6.0])
    names = [node.op.name for node in graph.nodes if node.op]
    assert names == ["concat", "mul", "sum", "stack", "reshape", "reshape", "dot", "add"]


@pytest.mark.parametrize(
    ("program", "given"),
    [("layernorm(x)", "x = 2"), ("layernorm(x)", "x = []"), ("cross_entropy(x, softmax(x))", "x = []")],
)
def test_nothing_has_neither_a_norm_nor_a_loss(program: str, given: str) -> None:
    with pytest.raises(ShapeError):
        parse(program, given)
