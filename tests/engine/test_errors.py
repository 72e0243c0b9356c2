"""Errors in words and as JSON."""

from __future__ import annotations

from graphengine import AmbiguousError
from graphengine.errors import Alternative
from graphengine.messages import N_


def test_a_question_holds_its_answers() -> None:
    answers = [
        Alternative("A @ A", N_("the matrix product A·A")),
        Alternative("A**2", N_("each element squared")),
    ]
    error = AmbiguousError(N_("A^2 has two meanings."), answers, span=(0, 3), text="A^2")
    assert str(error).splitlines() == [
        "A^2 has two meanings.",
        "",
        "A^2",
        "^^^",
        "",
        "the matrix product A·A:",
        "    A @ A",
        "each element squared:",
        "    A**2",
    ]
    told = error.as_dict()
    assert told["kind"] == "ambiguous" and told["suggestion"] is None
    assert [each["program"] for each in told["alternatives"]] == ["A @ A", "A**2"]
    assert told["alternatives"][0]["said"] == "the matrix product A·A"
