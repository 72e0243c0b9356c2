"""The view without numbers: names stand where numbers would, in picture, rules and sentences."""

from __future__ import annotations

import json
import re

import pytest

from graphengine import explain
from graphengine.picture import stages
from graphengine.picture.inscriptions import accented
from tests.oracles.programs import Author

ODD = {"a": 0.7310585786, "b": 1.7159, "c": -0.41421356}


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_no_number_of_the_walk_is_shown(mode: str) -> None:
    walk = explain("p = exp(a*b) + a*c\nloss = p/(c - sin(p))", ODD, mode=mode, symbols=True)
    for step in walk["steps"]:
        shown = [step["rule"], step["substituted"], step["sentence"], step["result_latex"]]
        shown += [part["latex"] for part in step["parts"]]
        shown += [str(keys.get("text", "")) for keys in step["patch"].values()]
        for text in shown:
            assert not re.search(r"\d\.\d|\d{3}", text), text


def test_numbers_stay_in_results_and_the_steps_stay_the_same() -> None:
    lettered, usual = (explain("x*y + x", "x=3;y=2", symbols=symbols) for symbols in (True, False))
    assert lettered["results"] == usual["results"]
    assert lettered["graph"] == usual["graph"]
    for step, other in zip(lettered["steps"], usual["steps"], strict=True):
        for key in ("kind", "slot", "node", "source", "result", "reads"):
            assert step[key] == other[key]
        states = [{target: keys.get("state") for target, keys in s["patch"].items()} for s in (step, other)]
        assert {t: s for t, s in states[0].items() if s} == {t: s for t, s in states[1].items() if s}


def test_slots_hold_their_own_symbols_and_pills_short_formulas() -> None:
    walk = explain("w1*sin(x) + acos(x)*sigmoid(x)", symbols=True)
    svg = stages.apply(
        walk["graph"]["svg"], [walk["graph"]["initial"], *(step["patch"] for step in walk["steps"])]
    )
    numbers = re.findall(r'class="number"[^>]*>([^<]+)<', svg)
    assert {"w₁", "w\u0304₁", "v₁", "v\u0304₁", "y\u0304"} <= set(numbers)
    pills = {
        keys["text"]
        for step in walk["steps"]
        for target, keys in step["patch"].items()
        if target.startswith("pill") and "text" in keys
    }
    assert {"×1", "×w₁", "×cos x", "∂"} <= pills


@pytest.mark.parametrize(
    ("label", "slot", "text"),
    [
        ("v12", "value", "v₁₂"),
        ("v1", "tangent", "v\u0307₁"),
        ("loss", "adjoint", "l\u0304o\u0304s\u0304s\u0304"),
        ("z_total", "value", "z_total"),
        ("alpha", "value", "α"),
    ],
)
def test_symbols_as_text(label: str, slot: str, text: str) -> None:
    assert accented(label, slot) == text  # type: ignore[arg-type]


def test_sentences_name_what_happens() -> None:
    walk = explain("x*x + x", symbols=True)
    sentences = [step["sentence"] for step in walk["steps"]]
    assert sentences[0] == "x is an input: its value is given."
    assert sentences[1] == "Multiply x by x: the result is v1."
    assert sentences[-1].endswith("to x, where it is added to what had arrived.")
    russian = explain("x*x + x", symbols=True, language="ru")
    assert russian["steps"][0]["sentence"] == "x — вход: его значение задано."
    assert all(re.search("[а-я]", step["sentence"]) for step in russian["steps"])


@pytest.mark.parametrize("seed", range(25))
def test_any_program_can_be_seen_without_numbers(seed: int) -> None:
    program = Author(seed).write()
    for mode in ("reverse", "forward"):
        json.dumps(explain(program.text, program.inputs, mode=mode, symbols=True))
