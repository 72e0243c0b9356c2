"""Programs as files of code: each checks itself and follows the walk; what a person wrote stays out of it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphengine
from graphengine.errors import GraphError, LimitError, NameProblem
from graphengine.listings.files import KINDS, listing
from tests.engine.test_listings import check_numpy, check_torch, examples, opened, run


def main(text: str, path: Path) -> str:
    """What a file prints that is run by itself."""
    path.write_text(text)
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=120, check=False)
    assert not done.returncode, done.stderr
    return done.stdout


LAYER = ("z = W @ x + b\nL = sum(sigmoid(z)**2) + 0.1*sum(W**2)", "W=[[1,2],[3,4]];x=[1,-1];b=[0.5,0]")


def test_a_file_of_numpy_runs_and_checks_itself(tmp_path: Path) -> None:
    graph = graphengine.parse(*LAYER)
    reverse_mode = listing(graph, "numpy").text
    assert "agree with central differences" in main(reverse_mode, tmp_path / "a.py")
    forward_mode = listing(graph, "numpy", mode="forward", seed={"W": np.ones((2, 2))}).text
    assert "agrees with a central difference" in main(forward_mode, tmp_path / "b.py")
    # The check is one: a wrong rule does not pass it.
    wrong = reverse_mode.replace("(2 * W)", "(3 * W)")
    assert wrong != reverse_mode
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        main(wrong, tmp_path / "c.py")


@pytest.mark.parametrize("kind", ["torch", "function", "module"])
def test_a_file_of_pytorch_runs_and_passes_gradcheck(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch")
    text = listing(graphengine.parse(*LAYER), kind).text
    assert "gradcheck" in main(text, tmp_path / "a.py")
    with pytest.raises(AssertionError, match=r"GradcheckError|not close"):
        main(text.replace("(2 * W)", "(3 * W)"), tmp_path / "b.py")


@examples
def test_every_example_runs_in_sympy(example: Any, tmp_path: Path) -> None:
    graph = opened(example)
    if any(node.complex for node in graph.nodes):
        with pytest.raises(NameProblem, match="real numbers only"):
            listing(graph, "sympy")
        return
    text = listing(graph, "sympy").text
    assert "The gradients agree with those of SymPy." in main(text, tmp_path / "a.py")


def test_a_file_of_sympy_tells_a_wrong_gradient_and_a_kink(tmp_path: Path) -> None:
    text = listing(graphengine.parse(*LAYER), "sympy").text
    assert "sympy.diff(total, symbol)" in text
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        main(
            text.replace("expected = [", "expected = 2 * np.array([", 1).replace("]]  #", "]])  #", 1),
            tmp_path / "a.py",
        )
    kink = main(listing(graphengine.parse("relu(x)*y", "x=0; y=2"), "sympy").text, tmp_path / "b.py")
    assert "1.0 by SymPy; 0.0 by the walk" in kink and "agree" not in kink
    with pytest.raises(GraphError, match="argmax has no formula in SymPy here"):
        listing(graphengine.parse("sum(argmax(x)*x)", "x = [1, 2]"), "sympy")
    with pytest.raises(GraphError, match="SymPy does not differentiate floor"):
        listing(graphengine.parse("floor(x)*x", "x = 1.5"), "sympy")


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@examples
def test_every_example_runs_in_jax(example: Any, mode: str, tmp_path: Path) -> None:
    """JAX is large and optional: the command of a Python that has it is taken from JAX_PYTHON."""
    python = os.environ.get("JAX_PYTHON")
    if not python:
        pytest.skip(
            "JAX is not installed: JAX_PYTHON=/path/to/python script/test tests/engine/test_listing_files.py"
        )
    if any(node.complex for node in opened(example).nodes):
        pytest.skip("complex numbers have no JAX here")
    path = tmp_path / "a.py"
    path.write_text(listing(opened(example), "jax", mode=mode).text)
    done = subprocess.run([python, path], capture_output=True, text=True, timeout=300, check=False)
    assert not done.returncode, done.stderr


def test_the_class_reads_and_computes_only_what_is_asked_for() -> None:
    graph = graphengine.parse(*LAYER)
    lines = listing(graph, "function").text.splitlines()
    saved = next(line for line in lines if "save_for_backward" in line)
    backward = lines[next(i for i, line in enumerate(lines) if "def backward" in line) :]
    tree = ast.parse("\n".join(line.strip() for line in backward if "_bar = " in line))
    names = {name.id for name in ast.walk(tree) if isinstance(name, ast.Name)}
    kept = {name.strip() for name in saved.partition("(")[2].rstrip(")").split(",")}
    assert kept <= names  # nothing is saved that is not read
    guarded = [line for line in backward if line.startswith("            ") and "b_bar = " in line]
    assert guarded == ["            b_bar = z_bar"]


def test_every_step_of_a_walk_has_its_line() -> None:
    for mode in ("reverse", "forward"):
        document = graphengine.explain(*LAYER, mode=mode)
        lines = listing(graphengine.parse(*LAYER), "numpy", mode=mode).lines
        marked = {mark for line in lines for mark in line.marks}
        for step in document["steps"]:
            own = f"node_{step['node']}.{step['slot']}"
            mark = f"edge_{step['source']}_{step['argument']}" if step["kind"] == "contribute" else own
            assert mark in marked, step
        order = [mark for line in lines for mark in line.marks if mark.startswith("edge")]
        steps = [
            f"edge_{s['source']}_{s['argument']}" for s in document["steps"] if s["kind"] == "contribute"
        ]
        assert list(dict.fromkeys(order)) == steps  # in the order of the steps


def test_a_module_has_the_parameters_that_were_chosen() -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch")
    graph = graphengine.parse(*LAYER)
    assert listing(graph, "module").parameters == ("W", "b")
    assert listing(graph, "module", wrt=["x"]).parameters == ("x",)
    names = run(graph, "module", parameters=["W"])
    model = names["Model"]()
    assert [name for name, _ in model.named_parameters()] == ["W"]
    np.testing.assert_array_equal(model.W.detach(), graph.values["W"])
    with pytest.raises(NameProblem, match="no input nothing"):
        listing(graph, "module", parameters=["nothing"])
    with pytest.raises(NameProblem, match="no input nothing"):
        listing(graph, "module", wrt=["nothing"])


def test_text_of_a_person_is_never_code() -> None:
    graph = graphengine.parse('y = x  # """\n# \\\n# import os; os.abort()\u2028os.abort()', "x=2")
    for kind in KINDS:
        tree = ast.parse(listing(graph, kind).text)
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not any("os" in name.split(".") for name in called), kind


def test_no_name_of_a_person_hides_one_of_ours() -> None:
    taken = ("np", "saved", "forward", "range", "print", "x_bar", "None_", "t1", "v2", "self", "torch")
    program = (
        "\n".join(f"r{i} = {name}**2 * x" for i, name in enumerate(taken))
        + "\ny = "
        + " + ".join(f"r{i}" for i in range(len(taken)))
    )
    graph = graphengine.parse(program)
    check_numpy(graph, "names")
    check_torch(graph, "names")


@pytest.mark.parametrize("length", [20, 84, 85, 99, 300])
def test_names_of_any_length_are_code(length: int) -> None:
    """Lists of names that need more than a line are lists still, also of one name."""
    name = "a" * length
    for program in (f"{name}**2", f"{name}1 * x + sin({name}1) * {name}2"):
        graph = graphengine.parse(program)
        check_numpy(graph, "names")
        check_torch(graph, "names")
        for kind in KINDS:
            for mode in ("reverse", "forward"):
                ast.parse(listing(graph, kind, mode=mode).text)


def test_what_cannot_be_written_is_said() -> None:
    with pytest.raises(NameProblem, match="nothing to differentiate by"):
        listing(graphengine.parse("2 + 3"))
    with pytest.raises(NameProblem, match="no code of the kind"):
        listing(graphengine.parse("x"), "fortran")
    with pytest.raises(NameProblem, match="real numbers only"):
        listing(graphengine.parse("abs(z)**2", "z=1+2j"), "jax")
    with pytest.raises(LimitError, match="numbers"):
        listing(graphengine.parse("sum(x)", {"x": np.zeros(20_000)}))
    with pytest.raises(NameProblem, match="follows one output"):
        listing(graphengine.parse("y = x\nz = 2*x", "x=1"), seed={"y": 1.0, "z": 2.0})


@pytest.mark.parametrize(
    ("program", "shapes", "others"),
    [
        ("sum(x)", {"x": (3,)}, {"x": (5,)}),
        ("sum(exp(x)**2)", {"x": (3,)}, {"x": (5,)}),
        ("x[1:] @ x[:-1]", {"x": (3,)}, {"x": (5,)}),
        (
            "sum((X@W + b - t)**2)",
            {"X": (3, 2), "W": (2, 4), "b": (4,), "t": (3, 4)},
            {"X": (5, 2), "t": (5, 4)},
        ),
        ("sum(softmax(X) * b)", {"X": (3, 2), "b": (2,)}, {"X": (6, 2)}),
        ("sum(tanh(X @ b))", {"X": (3, 2), "b": (2,)}, {"X": (7, 2)}),
    ],
)
def test_code_for_one_batch_is_code_for_every_batch(
    program: str, shapes: dict[str, tuple[int, ...]], others: dict[str, tuple[int, ...]]
) -> None:
    """What a rule does not read may still lend its shape: the example's sizes are no part of its code."""
    rng = np.random.default_rng(5)
    point = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    larger = {name: rng.normal(size=shape) for name, shape in {**shapes, **others}.items()}
    names: dict[str, Any] = {"__name__": "listed"}
    exec(listing(graphengine.parse(program, point), "numpy").text, names)  # noqa: S102 - it is ours
    value, saved = names["forward"](*larger.values())
    found = names["backward"](saved, np.ones_like(value))
    _value, gradient = graphengine.compile_gradient(graphengine.parse(program, larger))(larger)
    for each, name in zip(found, larger, strict=True):
        np.testing.assert_allclose(each, gradient[name], rtol=1e-10)
