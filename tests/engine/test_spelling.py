"""Operators as each language writes them in formulas and on cards, and as they were typed in messages."""

from __future__ import annotations

import json
import re

import pytest

from graphengine import OPS, explain
from graphengine.notation.latex import apply, name
from graphengine.notation.spelling import spelled

PROGRAM = (
    "tan(x) + cot(x) + sinh(x) + cosh(x) + tanh(x) + atan(x) + asin(x) + acos(x)"
    " + log10(x) + asinh(x) + atanh(x)"
)
RUSSIAN = ("tg", "ctg", "sh", "ch", "th", "arctg", "arcsin", "arccos", "lg", "arsh", "arth")


@pytest.mark.parametrize("symbols", [False, True])
def test_russian_formulas_and_cards_are_spelled_as_russian_textbooks_do(symbols: bool) -> None:
    document = explain(PROGRAM, "x = 0.5", language="ru", symbols=symbols)
    cards = re.findall(r'class="operator[^"]*"[^>]*>([^<]*)<', document["graph"]["svg"])
    assert [card for card in cards if card != "+"] == list(RUSSIAN)
    said = json.dumps([document["program"]["latex"], document["graph"]["nodes"], document["steps"]])
    for english in (
        r"\\tan",
        r"\\cot",
        r"\\sinh",
        r"\\cosh",
        r"\\tanh",
        r"\\arctan",
        r"\\log_{10}",
        "arsinh",
    ):
        assert english not in said.replace("arctanh", ""), english
    assert r"\operatorname{tg} x" in document["program"]["latex"]
    assert r"\operatorname{ch} x" in "".join(step["rule"] for step in document["steps"])  # sinh's derivative


def test_english_and_the_program_stay_as_they_are() -> None:
    english = explain(PROGRAM, "x = 0.5")
    assert r"\tan x" in english["program"]["latex"] and ">tan<" in english["graph"]["svg"]
    assert explain(PROGRAM, "x = 0.5", language="ru")["program"]["text"] == PROGRAM
    assert (
        english["graph"]["svg"] == explain(PROGRAM, "x = 0.5")["graph"]["svg"]
    )  # nothing is left of Russian


def test_every_spelling_reaches_its_formula() -> None:
    for op in OPS.values():
        for language, word in op.said.spellings.items():
            latex = spelled(apply(op, [name("x")]).text, language)
            assert latex in (rf"\operatorname{{{word}}} x", rf"\{word} x")
            assert word in (op.name, *op.aliases), "what is printed can be typed"


@pytest.mark.parametrize("typed", ["log", "ln"])
def test_messages_name_an_operator_as_it_was_typed(typed: str) -> None:
    error = explain(f"a = x - 2; {typed}(a)", "x = 1")["error"]
    assert error["message"].startswith(f"{typed} is not defined")
    assert error["hint"] and error["hint"].startswith(typed)
    sentence = explain(f"1 + {typed} (x)", "x = 1")["steps"][1]["sentence"]
    assert sentence.startswith(f"Apply {typed} to 1")


def test_an_operator_without_a_name_is_called_by_its_symbol() -> None:
    assert explain("√x", "x = -1")["error"]["message"].startswith("√ is not defined")
