"""Complex numbers: every operator that claims them against differences and PyTorch, language, JSON, errors.

The gradient of a real L by z is ∂L/∂Re z + i ∂L/∂Im z, as in PyTorch.
"""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import numpy as np
import pytest

from graphengine import explain, from_function
from graphengine.derivatives.calls import Call
from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.errors import GraphError, ShapeError, ValueProblem
from graphengine.graph.evaluation import evaluate
from graphengine.notation import rules
from graphengine.ops import OPS, Op
from graphengine.picture import cards
from graphengine.program import parse, parse_values
from graphengine.program.writing import program_text
from graphengine.sweeps import forward, reverse
from graphengine.values import array, format_number, latex_number, to_json
from tests.engine.test_document import SCHEMA
from tests.oracles.references import close

CLAIMING = [op for op in OPS.values() if op.complex and None not in op.rules and (op.specimens or op.shapes)]
REFUSING = [op for op in OPS.values() if not op.complex and not op.helper and op.specimens]
PROGRAMS: dict[str, dict[str, tuple[int, ...]]] = {
    "L = sum(abs(z.H @ A @ z))": {"z": (2,), "A": (2, 2)},
    "L = abs(w.H @ x)**2": {"w": (3,), "x": (3,)},
    "L = sum(abs(inv(A) @ z))": {"z": (2,), "A": (2, 2)},
    "L = real(det(A) * conj(trace(A)))": {"A": (3, 3)},
    "L = imag(exp(z)/(1 + z**2)) + angle(z)": {"z": ()},
    "L = norm(solve(A, z))**2 + real(sum(z))": {"z": (2,), "A": (2, 2)},
    "B = A + A.H; L = real(trace(B @ B.H)) + abs(A[0, 1])": {"A": (2, 2)},
    "L = abs(sin(z)*cos(z) + tanh(z) + sqrt(z) - log(z) * 2j)": {"z": ()},
}


def near(found: Any, expected: Any, relative: float, absolute: float, what: str) -> None:
    """AssertionError unless both parts are close."""
    for part in (np.real, np.imag):
        close(
            part(found),
            part(expected),
            relative,
            absolute + relative * np.max(np.abs(expected), initial=0),
            what,
        )


def drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Complex numbers; a square matrix is far from singular."""
    found = rng.normal(size=shape) + 1j * rng.normal(size=shape)
    return found + 3 * np.eye(shape[-1]) if len(shape) > 1 and shape[-1] == shape[-2] else found


def differences(f: Any, x: Any) -> Any:
    """∂L/∂Re x + i ∂L/∂Im x of a real function, by central differences; for a real x the first alone."""
    result = np.zeros(np.shape(x), np.asarray(x).dtype)
    h = 1e-6
    for place in np.ndindex(np.shape(x)):
        for unit in (1, 1j) if np.iscomplexobj(x) else (1,):
            step = np.zeros(np.shape(x), np.asarray(x).dtype)
            step[place] = h * unit
            result[place] += (f(x + step) - f(x - step)) / (2 * h) * unit
    return result


def cases(op: Op) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Points, all complex and with each argument real in its turn, and parameters."""
    rng = np.random.default_rng(list(op.name.encode()))
    shapes = op.shapes or (((),) * len(op.arguments), ((3,),) * len(op.arguments))
    options = op.options if op.complex is True else [{}]  # what takes its place has none
    for these, params in itertools.product(shapes, options):
        if op.name == "expand":
            params = {"shape": (2, *these[0])}
        elif op.name in ("reshape", "reshaped", "sum_to") and not params:
            params = {"shape": these[0]}
        point = [drawn(rng, shape) for shape in these]
        if any(np.iscomplexobj(x) for x in point):
            yield point, dict(params)
        for real in range(len(point) if len(point) > 1 else 0):
            yield [np.abs(x) + 0.5 if i == real else x for i, x in enumerate(point)], dict(params)


@pytest.mark.parametrize("op", CLAIMING, ids=lambda op: op.name)
def test_every_operator_that_claims_complex_numbers_agrees_with_differences(op: Op) -> None:
    rng = np.random.default_rng(5)
    tried = 0
    for point, params in cases(op):
        op_ = op.over(True)
        bound = op_.bind(params)
        y = op_(*point, **bound)
        g = drawn(rng, np.shape(y)) if np.iscomplexobj(y) else rng.normal(size=np.shape(y))
        call = Call(op_, point, y, bound)
        for i, x in enumerate(point):

            def inner(moved: Any, i: int = i, point: Any = point, g: Any = g, bound: Any = bound) -> Any:
                args = [moved if k == i else other for k, other in enumerate(point)]
                return np.sum(np.real(np.conj(g) * op.over(True).evaluate(*args, **bound)))

            found = call.adjoint(i, g)
            near(found, differences(inner, x), 2e-6, 2e-7, f"adjoint of {op.name} by {i}")
            assert np.iscomplexobj(x) or not np.iscomplexobj(found)
            dx = drawn(rng, np.shape(x)) if np.iscomplexobj(x) else rng.normal(size=np.shape(x))
            pushed, pulled = np.vdot(g, call.tangent(i, dx)), np.vdot(found, dx)
            near(np.real(pushed), np.real(pulled), 1e-10, 1e-10, f"transpose of {op.name} by {i}")
            tried += 1
    assert tried


@pytest.mark.parametrize("op", REFUSING, ids=lambda op: op.name)
def test_other_operators_refuse_complex_numbers_with_the_place(op: Op) -> None:
    call = f"{op.name}({', '.join(op.arguments)})"
    with pytest.raises(ValueProblem, match="not defined for complex numbers") as caught:
        parse(f"1 + {call}", dict.fromkeys(op.arguments, 1 + 2j))
    assert caught.value.span == (4, 4 + len(call))


def points(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    rng = np.random.default_rng(9)
    return {name: drawn(rng, shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("program", PROGRAMS)
def test_gradients_of_programs_agree_with_differences_in_every_way(program: str) -> None:
    values = points(PROGRAMS[program])
    graph = parse(program, values)
    swept, (_, compiled) = reverse(graph), compile_gradient(graph)(values)
    derived = evaluate(gradient_graph(graph))
    for name, x in values.items():
        expected = differences(lambda moved, name=name: evaluate(graph, {name: moved})["L"], x)
        near(swept.adjoints[graph.inputs[name]], expected, 1e-6, 1e-7, f"{program} by {name}")
        near(compiled[name], expected, 1e-6, 1e-7, f"{program} compiled")
        near(derived[f"dL_d{name}"], expected, 1e-6, 1e-7, f"{program} as a graph")
        direction = drawn(np.random.default_rng(2), np.shape(x))
        moved = forward(graph, seed={name: direction}).tangents[graph.outputs["L"]]
        near(moved, np.real(np.vdot(expected, direction)), 1e-6, 1e-7, f"{program} forward")


@pytest.mark.parametrize("program", list(PROGRAMS)[:6])
def test_second_order_agrees_with_differences_of_the_first(program: str) -> None:
    values = points(PROGRAMS[program])
    name = next(iter(values))
    first = gradient_graph(parse(program, values), wrt=[name])
    (title,) = first.outputs
    rng = np.random.default_rng(4)
    g, dx = drawn(rng, np.shape(values[name])), drawn(rng, np.shape(values[name]))
    second = reverse(first, wrt=[name], seed={title: g}).adjoints[first.inputs[name]]
    ahead, behind = (evaluate(first, {name: values[name] + h * dx})[title] for h in (1e-6, -1e-6))
    slope = np.real(np.vdot(g, (ahead - behind) / 2e-6))
    near(np.real(np.vdot(second, dx)), slope, 1e-5, 1e-6, f"second order of {program}")


@pytest.mark.parametrize("program", PROGRAMS)
def test_gradients_of_programs_agree_with_pytorch(program: str) -> None:
    if importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed: the gradients are compared with differences alone.")
    import torch

    plain = "trace conj real imag angle exp sin cos log tanh sqrt abs sum".split()
    names = {name: getattr(torch, name) for name in plain}
    names |= {name: getattr(torch.linalg, name) for name in ("inv", "det", "norm", "solve")}
    values = points(PROGRAMS[program])
    tensors = {name: torch.tensor(x, requires_grad=True) for name, x in values.items()}
    scope: dict[str, Any] = {**names, **tensors}
    vector = any(np.ndim(x) == 1 for x in values.values())
    # The programs above, which are Python too.
    exec(program.replace(".H", ".conj()" if vector else ".mH"), scope)  # noqa: S102
    scope["L"].backward()
    graph = parse(program, values)
    swept = reverse(graph)
    for name, tensor in tensors.items():
        near(
            swept.adjoints[graph.inputs[name]],
            torch.as_tensor(tensor.grad).resolve_conj().numpy(),
            1e-10,
            1e-12,
            f"{program} by {name}",
        )


def test_the_hermitian_transpose_as_formula_and_as_number() -> None:
    value, moved = [[1 + 2j, 3j], [0.5, -1 - 1j]], np.array([[1j, 2], [3 - 1j, 0]])
    graph = parse("Y = X.H", {"X": value})
    trace = forward(graph, seed={"X": moved})
    near(trace.tangents[graph.outputs["Y"]], moved.conj().T, 0, 0, "d(Xᴴ) = (dX)ᴴ")
    assert rules.rule(graph, trace.steps[-1]) == (r"\dot{Y}", r"{\dot{X}}^{\mathrm{H}}")
    assert rules.rule(graph, reverse(graph).steps[-1]) == (r"\bar{X}", r"{\bar{Y}}^{\mathrm{H}}")
    assert [node.op.name for node in parse("Xᴴ", {"X": value}).nodes if node.op] == ["hermitian"]


def test_adjoints_of_products_are_hermitian_for_complex_and_transposed_for_real_numbers() -> None:
    for value, sign in ((1.0, r"\top"), (1j, r"\mathrm{H}")):
        graph = parse("Y = A @ B", {"A": np.ones((2, 2)) * value, "B": np.ones((2, 2)) * value})
        steps = [step for step in reverse(graph).steps if step.kind == "contribute"]
        assert rules.rule(graph, steps[0])[1] == rf"\bar{{Y}} \, {{B}}^{{{sign}}}"
        assert rules.rule(graph, steps[1])[1] == rf"{{A}}^{{{sign}}} \, \bar{{Y}}"


def test_real_arguments_take_the_real_part() -> None:
    graph = parse("L = abs(a*z)**2", {"a": 2.0, "z": 1 + 2j})
    trace = reverse(graph)
    near(trace.adjoints[graph.inputs["a"]], 2 * 2 * 5, 1e-12, 0, "∂|az|²/∂a = 2a|z|²")
    assert trace.adjoints[graph.inputs["a"]].dtype == float
    assert trace.adjoints[graph.inputs["z"]].dtype == complex


# ---- language ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("2j", 2j), ("1+2j", 1 + 2j), ("-1-0.5j", -1 - 0.5j), ("1.5e3j", 1500j), (".5j", 0.5j)),
        *(("-2j", -2j), ("(1+2j)*1j", -2 + 1j), ("3 - 2j", 3 - 2j)),
    ],
)
def test_imaginary_literals(text: str, number: complex) -> None:
    assert parse_values(f"z = {text}")["z"] == number
    assert evaluate(parse(f"y = {text} + 0*x", "x = 1"))["y"] == number


def test_a_complex_number_is_one_node_and_a_name_j_stays_a_name() -> None:
    assert [node.kind for node in parse("z*(1+2j)", "z = 1").nodes] == ["input", "literal", "operator"]
    assert list(parse("2*j + 2jx + 2 j + j", {}).inputs) == ["j", "jx"]
    assert parse_values("A = [[1+2j, 2], [0, 1j]]")["A"].dtype == complex


def test_vectors_have_their_conjugate_as_hermitian_transpose() -> None:
    graph = parse("L = real(z.H @ z)", "z = [1+2j, 3]")
    assert evaluate(graph)["L"] == 14


def test_programs_are_written_as_they_are_read() -> None:
    graph = parse("L = abs((1+2j)*z - 2j)", "z = 1")
    again = parse(program_text(graph), "z = 1")
    assert evaluate(again) == evaluate(graph)


# ---- numbers, JSON, seeds ---


def test_complex_numbers_as_text_and_json() -> None:
    assert [format_number(z) for z in (1 + 2j, 1 - 1j, 2j, -1j, 3 + 0j)] == ["1+2i", "1−i", "2i", "−i", "3"]
    assert latex_number(-1.23456 - 2e-9j) == r"-1.235-2 \cdot 10^{-9}i"
    assert to_json(array([1 + 2j])) == [{"re": 1.0, "im": 2.0}]
    assert array([{"re": 1, "im": 2}, 3]).tolist() == [1 + 2j, 3]
    for wrong in ({"re": 1}, {"re": "1", "im": 2}, {"re": True, "im": 2}):
        with pytest.raises(ValueProblem):
            array([wrong])


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_documents_match_their_schema_and_texts_fit_their_slots(program: str, mode: str) -> None:
    values = {name: to_json(array(x)) for name, x in points(PROGRAMS[program]).items()}
    document = explain(program, values, mode=mode)
    jsonschema.validate(document, SCHEMA)
    assert "error" not in document and document["program"]["inputs"] == values
    for step in document["steps"]:
        for target, part in step["patch"].items():
            if target.startswith("pill") and "width" in part:
                assert float(part["width"]) <= cards.pill_room(4) + 0.1, part
            elif "text" in part:
                assert len(str(part["text"])) <= 9, part


def test_a_complex_output_is_warned_about_and_seeds_are_of_their_nodes_kind() -> None:
    warnings = explain("w = z**2", "z = 1+2j")["warnings"]
    assert "gradient of its real part" in warnings[0]["message"]
    assert explain("L = abs(z)", "z = 1+2j")["warnings"] == []
    with pytest.raises(ValueProblem, match="must be real"):
        explain("L = abs(z)", "z = 1+2j", seed={"L": 1j})
    with pytest.raises(GraphError, match="real"):
        compile_gradient(parse("x**2", "x = 1"))({"x": 1j})


def test_the_hermitian_transpose_of_misfits_is_told() -> None:
    with pytest.raises(ShapeError):
        parse("X.H @ Y", {"X": np.ones((2, 3)) * 1j, "Y": np.ones((3, 2))})


def test_folded_nodes_and_functions_of_numpy_carry_complex_numbers() -> None:
    document = explain("f(t) = abs(t)**2\nL = f(z*2j)", "z = 1+1j", grain="statement")
    slope = document["results"]["gradient"]["z"]
    near([document["results"]["value"]["L"], slope["re"], slope["im"]], [8, 8, 8], 1e-12, 0, "folded")
    graph = from_function(lambda z: np.real(np.sum(np.conj(z) * z)) + np.imag(z[0]), [1 + 2j, 1j])
    near(compile_gradient(graph)(graph.values)[1]["z"], [2 + 5j, 2j], 1e-12, 1e-12, "from_function")
