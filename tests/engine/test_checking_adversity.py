"""Check my backward, with text of every kind: a verdict or a complaint, and nothing wrong passes."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphengine
from graphengine.checking import as_dict, check_backward
from graphengine.errors import GraphError, LimitError, NameProblem, ProgramError
from graphengine.listings.files import listing
from tests.engine.test_checking import judged
from tests.oracles import test_random_programs


def test_what_cannot_be_judged_is_said() -> None:
    with pytest.raises(ProgramError, match="No gradient is assigned"):
        judged("y = x*w", "x=1;w=2", "q = x")
    with pytest.raises(LimitError, match="longer"):
        judged("y = x", "x=1", "dx = 1\n" * 5_000)
    with pytest.raises(LimitError, match="lines"):
        judged("y = x", "x=1", "dx = 1\n" * 300)
    with pytest.raises(NameProblem, match="no output"):
        check_backward(graphengine.parse("y = x", "x=1"), "dx = 1", output="q")
    with pytest.raises(GraphError, match="not finite"):
        judged("y = log(x)", "x=-1", "dx = 1/x")


HOSTILE = (
    "__import__('os').system('true')",
    "x.__class__.__mro__",
    "(lambda: 1)()",
    "[i for i in x]",
    "(" * 3000,
    "x.T" * 500,
    "x" + ".T" * 3000,
    "9**9**9",
    "zeros(10**9)",
    "x[::0]",
    "x if x else x",
    "f'{x}'",
    "'x'",
    "x := 2",
    "np.sum(x, axis=7)",
    "reshape()",
    "np.sum()",
    "x.sum(*x)",
    "x.sum(**x)",
    "\x00",
    "\ud800",
    "== 1",
    ",",
    "x.reshape(-1, -1)",
    "x.shape[9]",
    "x[:, None, 1]",
    "yield x",
    "await x",
    "dx",
    "-dx",
    "1e999",
    "nan",
    "10**400",
    "x @ x @ x",
    "∂y/∂q",
    "1 < 2 < 3",
    "1;;;\nreturn dx\nimport os",
    "x.reshape(0)",
    "np.sum(x, axis=x)",
    "x[x]",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gives_a_verdict_or_a_complaint(text: str) -> None:
    for pasted in (f"dx = {text}", f"dx = 1\n{text} = 1"):
        with contextlib.suppress(GraphError):
            as_dict(judged("y = sum(sin(x))", "x=[1,2]", pasted))


TOKENS = st.sampled_from("x w dx dy v1 np.sum sin ( ) [ ] + - * @ .T , = 2 : None \n".split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(TOKENS, max_size=14))
def test_any_text_gives_a_verdict_or_a_complaint(tokens: list[str]) -> None:
    with contextlib.suppress(GraphError):
        as_dict(judged("y = sin(x)*w", "x=1;w=2", "dx = " + " ".join(tokens)))


def test_no_wrong_gradient_of_a_random_program_passes() -> None:
    tried = 0
    for seed in range(60):
        _program, graph = test_random_programs.written(seed)
        text = listing(graph, "numpy").text
        begin = text.index("def backward")
        lines = text[begin : text.index("\n\n\n", begin)].splitlines()
        places = [i for i, line in enumerate(lines) if "_bar = " in line]
        try:
            honest = check_backward(graph, "\n".join(lines))
        except GraphError:
            continue  # a helper of the listing that is no word of the language
        if not honest.passed or not places:
            continue
        place = int(np.random.default_rng(seed).choice(places))
        name, _, source = lines[place].partition(" = ")
        lines[place] = f"{name} = ({source}) * 1.5 + 0.25"
        assert not check_backward(graph, "\n".join(lines)).passed, seed
        tried += 1
    assert tried >= 15


def test_equal_inputs_are_told_apart() -> None:
    report = judged("y = x*w", "x=2;w=2", "dx = x\ndw = w")
    assert [verdict.kind for verdict in report.verdicts] == ["lucky", "lucky"]


def test_a_line_that_was_not_understood_is_not_forgotten() -> None:
    kinds = [verdict.kind for verdict in judged("y = x*w", "x=1;w=2", "dx = fo\ndx += w\ndw = x").verdicts]
    assert kinds == ["error", "right"]
    again = judged("y = x*w", "x=1;w=2", "dx = fo\ndx = w\ndw = x")
    assert again.passed


@pytest.mark.parametrize("line", ["for k in range(3):", "if False:", "while x:", "else:"])
def test_loops_and_branches_are_refused(line: str) -> None:
    with pytest.raises(ProgramError, match="Loops and branches"):
        judged("y = x*w", "x=1;w=2", f"dx = 0\n{line}\n    dx += w")


def test_docstrings_and_dead_ends_are_read() -> None:
    text = 'def backward(saved, y_bar):\n    """The gradients.\n\n    Of x.\n    """\n    dx = 2*x'
    assert judged("y = x**2", "x=3", text).passed
    dead = judged("a = x*W\ny = x**2", "x=3;W=2", "da = 0\ndx = 2*x + da*W\ndW = x*da")
    assert dead.passed


def test_at_a_tie_comparisons_are_numpys() -> None:
    assert judged("y = sum(relu(x))", "x=[0.5,-1]", "dx = x >= 0").passed
    (verdict,) = judged("y = sum(relu(x))", "x=[0,-1]", "dx = x >= 0").verdicts
    assert verdict.kind == "wrong"  # the derivative at 0 is taken to be 0


def test_work_is_bounded() -> None:
    with pytest.raises(LimitError, match="`numbers`"):
        judged("y = x", "x=1", "\n".join(f"h{i} = zeros(100, 100) + 1" for i in range(60)))
