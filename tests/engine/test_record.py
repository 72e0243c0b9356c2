"""One record is all that an operator takes, and one that cannot be completed is refused."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from graphengine import from_function, parse
from graphengine.graph.evaluation import evaluate
from graphengine.notation import symbolic
from graphengine.ops import OPS, Op, elementwise
from graphengine.program.writing import program_text
from tests.oracles import test_complex
from tests.oracles.points import ALL, named, room, sample, seeded, tie
from tests.oracles.test_complex import CLAIMING

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.search(
    r"```python\n(elementwise\(.*?\n\))", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
)
"""The record that CONTRIBUTING.md shows."""
PARTS = ("graphengine", "web", "templates", "static", "translations", "tests", "script", "docs", "bench")
CONCERNED = ("engine/entr", "engine/test_conventions", "engine/test_listings", "engine/test_record")
ORACLES = ("oracles/test_ops", "oracles/test_rules", "oracles/test_random_programs", "oracles/test_torch")


def test_an_operator_that_does_not_exist_yet_takes_one_record_in_one_file(tmp_path: Path) -> None:
    """tests/engine/entr.py says what it gets; the tests of all operators try it too."""
    unneeded = shutil.ignore_patterns("__pycache__", "vendor", "golden", "browser")
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=unneeded)
    for file in ("app.py", "pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / file, tmp_path)
    family = tmp_path / "graphengine" / "ops" / "activations.py"
    others, last, end = family.read_text(encoding="utf-8").rpartition("    normal_cdf,\n)")
    assert EXAMPLE is not None
    record = textwrap.indent(EXAMPLE[1], "    ")
    family.write_text(f"{others}{record},\n{last}{end}", encoding="utf-8")
    files = [f"tests/{name}.py" for name in (*CONCERNED, *ORACLES)]
    chosen = "entr or the_programs_use_every_operator or every_operator_is_compared"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", chosen, *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    tried = [line for line in done.stdout.splitlines() if "PASSED" in line or "SKIPPED" in line]
    assert all(any(line.startswith(file) for line in tried) for file in files), tried


@pytest.mark.parametrize(
    ("evaluate", "complaint"),
    [
        (lambda x: x / (1 + math.fabs(x)), r"entr: a lambda needs code="),
        (lambda x: x if x > 0 else -x, r"entr: a lambda needs code=.*neither true nor false"),
        (lambda x: np.asarray(x) * 2, r"entr: a lambda needs code=.*no array"),
        (lambda x: 2.0, r"entr: a lambda needs code=.*does not depend"),
        (lambda x: sum(x), r"entr: a lambda needs code="),
        (lambda x: np.add.reduce(x), r"entr: a lambda needs code=.*add.reduce"),
    ],
)
def test_a_record_that_cannot_be_completed_is_refused(evaluate: Callable[..., Any], complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        elementwise("entr(x)", evaluate, lambda x: x)
    assert elementwise("entr(x)", evaluate, lambda x: x, code="x", sympy="x").code == "x"


def test_a_record_with_a_rule_too_few_or_a_field_that_no_one_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="entr: 2 arguments need as many rules, not 1"):
        elementwise("entr(x, y)", np.add, lambda: 1.0)
    with pytest.raises(TypeError, match="colour"):
        elementwise("entr(x)", np.negative, lambda: -1.0, colour="red")


@pytest.mark.parametrize(
    ("evaluate", "code"),
    [
        (np.log1p, "np.log1p(x)"),
        (lambda x: 2.5066282746310002 * x, "2.5066282746310002 * x"),  # √(2π), but for what was cut off
        (lambda x: x @ x, "x @ x"),
    ],
)
def test_a_number_without_a_formula_is_refused(evaluate: Callable[..., Any], code: str) -> None:
    complaint = re.escape(f"f: SymPy's formula does not follow from {code}; give sympy=")
    with pytest.raises(TypeError, match=complaint):
        elementwise("f(x)", evaluate, lambda x: x)
    for more in ({"sympy": "x"}, {"helper": True}, {"shape": np.shape}):
        assert elementwise("f(x)", evaluate, lambda x: x, **more).code == code


def test_a_number_in_a_formula_is_what_was_written() -> None:
    found = elementwise("f(x)", lambda x: x**0.5 - 0.01 * x + 2.0, lambda x: x).sympy
    assert found == "x ** Rational(1, 2) - Rational(1, 100) * x + 2"


def test_a_function_that_no_one_knows_is_not_analytic_unless_the_record_says_so() -> None:
    def record(**more: Any) -> Op:
        return elementwise("f(x)", np.log1p, lambda x: 1 / (1 + x), sympy="log(1 + x)", **more)

    assert elementwise("f(x)", np.log, lambda x: 1 / x).analytic
    assert not record().analytic and record(analytic=True).analytic


def test_code_is_written_down_from_the_value() -> None:
    def opened(x: Any, axis: Any) -> Any:
        return (np.exp(-x) ** 2).mean(axis=axis) - np.where(x > 1, x[0, 1:], np.linalg.norm(2 * x))

    opened.__name__ = "_opened"
    found = elementwise("f(x)", opened, lambda x: x, parameters={"axis": None}, sympy="x").code
    assert found == "np.mean(np.exp(-x) ** 2, axis=axis) - np.where(x > 1, x[0, 1:], np.linalg.norm(2 * x))"


# ---- complex derivatives ------------------------------------------------------------------------------


def agree(f: Callable[[Any], Any], z: Any, direction: Any) -> bool:
    """Whether f changes along i times a direction by i times as much: the equations of Cauchy and Riemann."""
    h = 1e-5
    along, across = ((f(z + h * u * direction) - f(z - h * u * direction)) / (2 * h * u) for u in (1, 1j))
    return bool(np.allclose(along, across, 1e-5, 1e-6))


@pytest.mark.parametrize("op", [op for op in CLAIMING if op.complex is True], ids=named)
def test_analytic_is_what_the_equations_of_cauchy_and_riemann_say(op: Op) -> None:
    rng, holds = seeded(op), True
    for point, params in test_complex.cases(op):
        bound = op.bind(params)
        for i, x in enumerate(point):

            def moved(z: Any, i: int = i, point: Any = point, bound: Any = bound) -> Any:
                return op.evaluate(*point[:i], z, *point[i + 1 :], **bound)

            holds &= not np.iscomplexobj(x) or agree(moved, x, rng.normal(size=np.shape(x)))
    assert holds == op.analytic


@pytest.mark.parametrize(
    "op",
    [op for op in OPS.values() if op.complex is not True and op.kind == "elementwise" and op.sympy],
    ids=named,
)
def test_of_real_operators_the_continued_formula_is_analytic_or_not(op: Op) -> None:
    symbols = sympy.symbols(op.arguments)
    # The logarithm is how SymPy knows the angle of two complex numbers.
    formula = symbolic.apply(op, symbols, op.parameters).rewrite(sympy.log)
    rng, holds = seeded(op), True
    for _ in range(4):
        point = rng.uniform(0.2, 0.8, len(symbols)) * rng.choice([-1, 1], len(symbols)) + 0.3j
        for i, z in enumerate(point):

            def moved(z: Any, i: int = i, point: Any = point) -> complex:
                numbers = [*point[:i], z, *point[i + 1 :]]
                return complex(formula.subs(dict(zip(symbols, map(complex, numbers), strict=True))))

            try:
                holds &= agree(moved, z, 1.0)
            except (TypeError, ValueError):  # complex numbers have no order
                holds = False
    assert holds == op.analytic


# ---- what is said -------------------------------------------------------------------------------------


def test_a_part_of_a_sum_is_written_in_brackets() -> None:
    graph = from_function(lambda a, b: (a + b)[0] * 2, [1.0, 2.0], [3.0, 4.0])
    assert "(a + b)[0]" in program_text(graph)
    again = parse(program_text(graph), {"a": [1.0, 2.0], "b": [3.0, 4.0]})
    assert [*evaluate(again).values()] == [*evaluate(graph).values()] == [8.0]


@pytest.mark.parametrize("op", [op for op in ALL if op.kinks is not None], ids=named)
def test_kinks_tell_how_far_away_they_are(op: Op) -> None:
    assert op.breaks_at(tie(op))
    point = sample(op, [()] * len(op.arguments), seeded(op))
    assert room(op, point) > 0 and not op.breaks_at(point)


def test_numbers_beyond_all_bounds_tie() -> None:
    assert OPS["max"].breaks_at([np.inf, np.inf]) and not OPS["max"].breaks_at([np.inf, 1.0])
