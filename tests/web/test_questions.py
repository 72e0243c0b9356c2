"""A text with several meanings, as the API and a page without scripts ask about it."""

from __future__ import annotations

import pytest

from graphengine import AmbiguousError
from graphengine.errors import Alternative
from graphengine.messages import N_
from web import walks


@pytest.fixture
def error() -> AmbiguousError:
    return AmbiguousError(
        N_("{name} is given twice.", name="A^2"),
        [Alternative("A @ A", N_("{name} is given twice.", name="A")), Alternative("A +", N_("2"))],
        span=(0, 3),
        text="A^2",
    )


def test_each_meaning_is_set_as_a_formula_where_it_is_one(error: AmbiguousError) -> None:
    asked = {"program": "A^2", "inputs": "A = [[1, 2], [3, 4]]"}
    told = walks.complaint(error, asked, "ru")
    product, broken = told["alternatives"]
    assert product == {"program": "A @ A", "said": "Значение A задано дважды.", "latex": "y = A \\, A"}
    assert broken["latex"] is None
    assert told["excerpt"] == ["A^2", "^^^"]
