"""What a Russian keyboard leaves in a formula."""

from __future__ import annotations

import pytest

from graphengine.errors import GraphError
from graphengine.program import parse


@pytest.mark.parametrize(
    ("text", "marked", "mended"),
    [
        ("х + 1", "х", "x + 1"),
        ("2*х1", "х", "2*x1"),
        ("соs(x)", "с", "cos(x)"),
        ("x + ехр(x)", "е", "x + exp(x)"),
        ("ехp(x)", "е", "exp(x)"),
        ("с = 2; с*x", "с", "c = 2; c*x"),
        ("loss = 1; lоss*x", "о", "loss = 1; loss*x"),
        ("х*y + соs(х) + мышь  # х и с", "х", "x*y + cos(x) + мышь  # х и с"),
    ],
)
def test_a_cyrillic_letter_that_looks_latin_is_named(text: str, marked: str, mended: str) -> None:
    with pytest.raises(GraphError) as caught:
        parse(text)
    assert "Cyrillic" in str(caught.value)
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)] == marked
    assert caught.value.suggestion == mended


def test_names_that_are_meant_to_be_cyrillic_are_fine() -> None:
    assert list(parse("мышь*ж + масса").inputs) == ["мышь", "ж", "масса"]
    assert list(parse("с*2", {"с": 3}).inputs) == ["с"]
    with pytest.raises(GraphError) as caught:
        parse("с*2 + х", {"с": 3})
    assert caught.value.suggestion == "с*2 + x"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("2,5*x", "2.5*x"),
        ("sin(1,5)", "sin(1.5)"),
        ("max(1,5) + 2,5*x", "max(1,5) + 2.5*x"),
        ("max(1,5; 2)", "max(1.5; 2)"),
        ("y = x\nz = 0,5*y + 1,25", "y = x\nz = 0.5*y + 1,25"),
    ],
)
def test_a_decimal_comma_is_named(text: str, mended: str) -> None:
    with pytest.raises(GraphError, match="point") as caught:
        parse(text)
    assert caught.value.suggestion == mended


def test_commas_between_arguments_are_left_alone() -> None:
    assert [node.op.name for node in parse("max(1,5) + x").nodes if node.op] == ["max", "add"]
