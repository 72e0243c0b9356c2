"""Whatever is typed, sent or pasted, the answer is a document, a verdict, a GraphError or a status below 500.

Texts that work are changed at random, by a seed. What fails is printed with its seed and in its smallest
form; mend its kind, and leave the seed alone: the next run meets it again.
"""

from __future__ import annotations

import ast
import json
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

import graphengine
from app import create_app
from graphengine import (
    check_backward,
    checking,
    compile_gradient,
    explain,
    formulas,
    gradient_graph,
)
from graphengine.errors import GraphError
from graphengine.listings.files import KINDS, listing
from graphengine.program import parse
from graphengine.program.formulas import understand
from graphengine.studies import formula_study, jacobian_study, paths_study
from tests.engine.mutations import GROUND, Case, case, changed, smaller
from tests.oracles.formulas import FORMULAS

QUICK = 700
SLOW = 6_000
"""Seeds of a run."""

Door = Callable[[Case], Any]


def _graph(found: Case) -> graphengine.Graph:
    return graphengine.parse(found.program, found.inputs)


def _explain(found: Case) -> None:
    json.dumps(explain(found.program, found.inputs, **found.options), allow_nan=False)


def _check(found: Case) -> None:
    json.dumps(checking.as_dict(check_backward(_graph(found), found.backward), "ru"), allow_nan=False)


def _listing(found: Case) -> None:
    graph = _graph(found)
    for kind in KINDS:
        for mode in ("reverse", "forward"):
            try:
                ast.parse(listing(graph, kind, mode=mode).text)
            except GraphError:
                continue


def _studies(found: Case) -> None:
    graph = _graph(found)
    for study in (jacobian_study, formula_study, paths_study):
        try:
            json.dumps(study(graph), allow_nan=False)
        except GraphError:
            continue


def _gradients(found: Case) -> None:
    graph = _graph(found)
    explain(gradient_graph(graph))
    compile_gradient(graph)(graph.values)


def _formula(found: Case) -> None:
    explain(formulas.read(found.formula))


@cache
def _client() -> FlaskClient:
    app = create_app()
    app.testing = True
    return app.test_client()


ADDRESSES = """
    /? /embed? /step.svg? /step.tex? /slides.tex? /walk.html? /trace.csv? /trace.md? /trace.tex? /graph.dot?
    /code.py? /api/v1/explain? /api/v1/formula? /api/v1/latex? /api/v1/closed? /api/v1/jacobian?
    /api/v1/paths? /api/v1/code? /oembed?url=http://localhost/embed%3F /code.svg?
""".split()


def _web(found: Case) -> None:
    """Three addresses, which follow from the case, and two bodies."""
    inputs = found.inputs if isinstance(found.inputs, str) else found.backward
    texts = {"e": found.program, "at": inputs, **found.options, "view": found.formula}
    query = "&".join(f"{key}={_escaped(value)}" for key, value in texts.items())
    start = len(found.program) + len(found.options)
    for k in range(3):
        address = ADDRESSES[(start + 7 * k) % len(ADDRESSES)]
        if address.startswith("/api/v1/latex"):
            query = f"e={_escaped(found.formula)}&{query}"
        _answered(_client().get(address + query))
    body = {"program": found.program, "inputs": found.inputs, **found.options}
    _answered(_client().post("/api/v1/explain", data=_json(body), content_type="application/json"))
    body = {"backward": found.backward}
    _answered(_client().post(f"/api/v1/check?{query}", data=_json(body), content_type="application/json"))


def _escaped(value: Any) -> str:
    return quote(value if isinstance(value, str) else str(value), errors="surrogatepass")


def _json(body: Mapping[str, Any]) -> str:
    return json.dumps(body, default=str)


def _answered(response: Any) -> None:
    assert response.status_code < 500, response.status


DOORS: Mapping[str, Door] = {
    "explain": _explain,
    "check": _check,
    "listing": _listing,
    "studies": _studies,
    "gradients": _gradients,
    "formula": _formula,
    "web": _web,
}


def failure(door: Door, found: Case) -> BaseException | None:
    """What goes wrong with a case, if anything does; a warning is wrong too."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            door(found)
        except GraphError:
            return None
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return error
    return None


def _place(error: BaseException) -> tuple[object, ...]:
    """What was raised and where, for one fault to stay the same while its case shrinks."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return type(error), last.filename, last.lineno


def smallest(door: Door, found: Case, error: BaseException) -> Case:
    """The case without all that the error does not need."""
    place = _place(error)
    again = True
    while again:
        again = False
        for other in smaller(found):
            less = failure(door, other)
            if less is not None and _place(less) == place:
                found, again = other, True
                break
    return found


def tried(name: str, seed: int) -> str | None:
    """A report of what fails at a door with the case of a seed."""
    found = case(seed)
    error = failure(DOORS[name], found)
    if error is None:
        return None
    least = smallest(DOORS[name], found, error)
    told = "".join(traceback.format_exception(error)[-3:])
    return f"seed {seed} at {name}: {least}\n{told}"


@pytest.mark.parametrize("name", DOORS)
def test_a_sample_of_what_may_be_sent_is_answered(name: str) -> None:
    places = list(DOORS)
    reports = [tried(name, seed) for seed in range(places.index(name), QUICK, len(DOORS))]
    assert not [report for report in reports if report]


@pytest.mark.slow
@pytest.mark.parametrize("name", DOORS)
def test_whatever_may_be_sent_is_answered(name: str) -> None:
    places = list(DOORS)
    reports = [tried(name, seed) for seed in range(places.index(name), SLOW, len(DOORS))]
    assert not [report for report in reports if report]


@pytest.mark.slow
def test_a_hundred_thousand_formulas_in_latex_are_answered_soon() -> None:
    """A program, a question or an error, within two seconds of work each."""
    notes = json.loads((Path(__file__).parent.parent / "cases" / "lectures.json").read_text("utf-8"))
    texts = [case["formula"] for case in notes] + [formula for formula, _ in FORMULAS]
    rng = Random(7)
    for _ in range(100_000):
        text = changed(rng.choice(texts), rng)
        start = time.process_time()
        try:
            understand(text)
        except GraphError as error:
            error.explain("ru")
        assert time.process_time() - start < 2, text


@pytest.mark.slow
def test_a_hundred_thousand_typed_texts_are_answered_soon() -> None:
    """A program, a question or an error, within two seconds of work each."""
    rng = Random(8)
    for _ in range(100_000):
        ground = rng.choice(GROUND)
        text = changed(ground.program, rng)
        start = time.process_time()
        try:
            parse(text, ground.inputs)
        except GraphError as error:
            error.explain("ru")
        assert time.process_time() - start < 2, text


def test_the_search_finds_and_shrinks_a_fault() -> None:
    """A door that cannot stand a word: the word is all that is left."""

    def door(found: Case) -> None:
        if "axis" in found.program:
            raise RuntimeError

    error = failure(door, found := Case("y = sum(softmax(W @ x, axis=0))", "x = 1", options={"share": True}))
    assert error is not None
    assert smallest(door, found, error) == Case("axis", "")
