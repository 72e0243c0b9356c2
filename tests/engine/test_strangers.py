"""Names that the language does not have: what is proposed for a slip of the pen, and said of a stranger."""

from __future__ import annotations

import importlib
from contextlib import suppress

import pytest

from graphengine import GraphError, parse
from graphengine.errors import ProgramError, ShapeError, ValueProblem
from graphengine.ops import ELSEWHERE, NAMES
from graphengine.program import strangers
from graphengine.program.literals import LITERALS


def complaint(program: str) -> GraphError:
    with pytest.raises(GraphError) as caught:
        parse(program)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sni", "sin"),
        ("lgo", "log"),
        ("exxp", "exp"),
        ("tnah", "tanh"),
        ("sofmax", "softmax"),
        ("sigmiod", "sigmoid"),
        ("sgimiod", "sigmoid"),
        ("relou", "relu"),
        ("Sin", "sin"),
        ("ReLU", "relu"),
        ("LogSumExp", "logsumexp"),
    ],
)
def test_a_slip_of_the_pen_is_mended(typed: str, meant: str) -> None:
    error = complaint(f"y = {typed}(x)")
    assert str(error.hint) == f"Did you mean {meant}?"
    assert error.suggestion == f"y = {meant}(x)"


@pytest.mark.parametrize("typed", ["foo", "cosinus", "loss", "model", "predict", "wavelet", "blur"])
def test_nothing_is_proposed_for_what_is_far_from_every_name(typed: str) -> None:
    error = complaint(f"{typed}(x)")
    assert error.suggestion is None
    assert str(error.hint) == f"Define it first: {typed}(t) = …"


PLACES = ("math", "numpy", "numpy.linalg", "scipy.special", "scipy.linalg", "torch", "torch.nn.functional",
          "torch.linalg", "torch.special")  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_known_function_is_a_slip_of_the_pen(place: str) -> None:
    """Each is of the language, or called something else there, or a stranger: never another function."""
    if place.startswith("torch"):
        pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch")
    module = importlib.import_module(place)
    names = [
        name
        for name in dir(module)
        if len(name) > 2 and name[0].islower() and not name.endswith("_") and callable(getattr(module, name))
        if not isinstance(getattr(module, name), type) and name not in (*NAMES, *ELSEWHERE, *LITERALS)
    ]
    for name in names:
        assert complaint(f"{name}(x)").suggestion is None, name


@pytest.mark.parametrize("name", [n for n in ELSEWHERE if n.isidentifier() and len(n) > 1])
def test_another_name_of_an_operator_is_read_as_it(name: str) -> None:
    """With any number of arguments: what may be said is about these, and not about the name."""
    for arguments in ("x", "x, y", "x, y, z"):
        with suppress(ProgramError, ShapeError, ValueProblem):
            parse(f"{name}({arguments})")


def test_a_slip_in_another_name_of_an_operator_is_mended() -> None:
    assert complaint("clmap(x, 0, 1)").suggestion == "clamp(x, 0, 1)"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("median", "median of NumPy is not here."),
        ("topk", "topk of PyTorch is not here."),
        ("factorial2", "factorial2 of SciPy is not here."),
        ("lisht", "lisht of Julia is not here."),
        ("tansig", "tansig of MATLAB is not here."),
    ],
)
def test_a_stranger_is_told_where_it_is_from(name: str, said: str) -> None:
    assert str(complaint(f"{name}(x)").message) == said


@pytest.mark.parametrize("name", [n for n in strangers.WRITTEN if n not in NAMES and n not in ELSEWHERE])
def test_what_a_stranger_is_written_as_is_of_the_language(name: str) -> None:
    error = complaint(f"{name}(x)")
    assert str(error.hint) == f"Write {strangers.WRITTEN[name]}."
    assert parse(strangers.WRITTEN[name]).outputs


def test_a_derivative_is_not_written() -> None:
    assert "its derivatives are what is shown here" in str(complaint("grad(x**2)").hint)


def test_a_variable_before_a_bracket_is_a_factor_whatever_others_call_so() -> None:
    assert complaint("gamma = 2; gamma(x + 1)").suggestion == "gamma = 2; gamma*(x + 1)"


def test_a_function_of_ones_own_is_found_by_a_slip() -> None:
    assert complaint("wave(t) = sin(t)\nwaev(x)").suggestion == "wave(t) = sin(t)\nwave(x)"
