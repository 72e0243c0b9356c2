"""Documents of random programs: patches add up, numbers are plain JSON, only a GraphError is raised."""

from __future__ import annotations

import json
import random
from collections import Counter
from xml.etree import ElementTree

import jsonschema
import numpy as np
import pytest

from graphengine import GraphError, compile_gradient, evaluate, explain, gradient_graph, parse
from graphengine.document.shapes import Document, Step
from graphengine.picture import stages
from graphengine.sweeps import forward, reverse
from graphengine.values import format_value
from tests.engine.test_document import SCHEMA
from tests.oracles.programs import Author

PICTURES, DOCUMENTS, SWEEPS, TEXTS = range(12), range(40), range(300), range(1500)
MODES = ("forward", "reverse")


# ---- pictures ---------------------------------------------------------------------------------------


def states(document: Document, k: int) -> dict[str, str]:
    """What the picture of step k must show other than rest, told from the list of steps alone."""
    steps = document["steps"]
    writes = Counter((step["node"], step["slot"]) for step in steps)
    seen: Counter[tuple[str, str]] = Counter()
    found = {
        f"node_{node['id']}.value": "done"
        for node in document["graph"]["nodes"]
        if node["kind"] == "literal" and node["name"].isidentifier()
    }
    for step in steps[:k]:
        place = (step["node"], step["slot"])
        seen[place] += 1
        found[f"node_{step['node']}.{step['slot']}"] = "done" if seen[place] == writes[place] else "partial"
        if step["kind"] == "contribute":
            found[f"edge_{step['source']}_{step['argument']}"] = "done"
    if k:
        found |= present(document, steps[k - 1])
    return found


def present(document: Document, step: Step) -> dict[str, str]:
    """What is special while `step` is the current one."""
    found = {f"node_{read['node']}": "read" for read in step["reads"]}
    if step["kind"] == "contribute":
        edge = f"{step['source']}_{step['argument']}"
        found = {f"node_{step['source']}": "read", f"edge_{edge}": "back", f"pill_{edge}": "now"}
    elif step["kind"] == "tangent":
        for term in step["terms"]:
            edge = f"{step['node']}_{term['argument']}"
            found |= {f"edge_{edge}": "now", f"pill_{edge}": "now"}
    elif step["kind"] == "evaluate":
        found |= {edge["id"]: "now" for edge in document["graph"]["edges"] if edge["to"] == step["node"]}
    return {**found, f"node_{step['node']}": "written", f"node_{step['node']}.{step['slot']}": "now"}


def shown(svg: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a picture shows: states of nodes, slots, edges and pills other than rest; and texts of slots."""
    found, texts = {}, {}
    for group in ElementTree.fromstring(svg).iter(f"{{{stages.SVG}}}g"):
        name = group.get("id")
        if not name:
            continue
        found[name] = group.get("data-state", "")
        for slot in group.findall(f"{{{stages.SVG}}}g[@data-slot]"):
            target = f"{name}.{slot.get('data-slot')}"
            found[target] = slot.get("data-state", "").replace("empty", "")
            texts[target] = slot.findall(f"{{{stages.SVG}}}text")[-1].text or ""
    return {name: state for name, state in found.items() if state}, texts


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", PICTURES)
def test_patches_one_by_one_make_the_same_pictures_as_all_at_once(seed: int, mode: str) -> None:
    program = Author(seed).write()
    document = explain(program.text, program.inputs, mode)
    patches = [step["patch"] for step in document["steps"]]
    svg = stages.apply(document["graph"]["svg"], [document["graph"]["initial"]])
    written: dict[str, str] = {}
    for k in range(len(patches) + 1):
        if k:
            svg = stages.apply(svg, [patches[k - 1]])
            step = document["steps"][k - 1]
            written[f"node_{step['node']}.{step['slot']}"] = format_value(np.array(step["result"]))
        if k % (1 + len(patches) // 12) and k < len(patches):
            continue  # about a dozen pictures are looked at
        whole = stages.apply(document["graph"]["svg"], [document["graph"]["initial"], *patches[:k]])
        assert ElementTree.canonicalize(svg) == ElementTree.canonicalize(whole)
        found, texts = shown(svg)
        assert found == states(document, k), f"step {k} of {program.text!r}"
        literals = {node["id"] for node in document["graph"]["nodes"] if node["kind"] == "literal"}
        numbers = {
            target: text
            for target, text in texts.items()
            if text and target.partition(".")[0].removeprefix("node_") not in literals
        }
        assert numbers == written


# ---- documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", DOCUMENTS)
@pytest.mark.parametrize("careful", [True, False], ids=["tame", "wild"])
def test_documents_follow_the_schema_and_plain_json(seed: int, careful: bool) -> None:
    program = Author(seed, careful).write()
    for mode in MODES:
        try:
            document = explain(program.text, program.inputs, mode)
        except GraphError:
            assert not careful
            continue
        assert not careful or "error" not in document
        jsonschema.validate(json.loads(json.dumps(document, allow_nan=False)), SCHEMA)


def check_sweeps(seed: int) -> None:
    """Sweeps that leave domains and floats: what they do is a step, a warning or an `error`."""
    program = Author(seed, careful=False).write()
    try:
        graph = parse(program.text, program.inputs)
        for sweep in (forward, reverse):
            trace = sweep(graph)
            results = [step.result for step in trace.steps]
            assert not any(np.any(np.isnan(result)) for result in results), program.text
            if trace.error is not None:
                assert trace.error_node is not None
                assert trace.error.explain()
        evaluate(gradient_graph(graph))
        output = next(iter(graph.outputs))
        value, _ = compile_gradient(graph, output)(program.inputs)
        expected = evaluate(graph)[output]
        assert np.allclose(value, expected, rtol=1e-12, atol=0, equal_nan=True), program.text
    except GraphError as error:
        assert error.explain()  # noqa: PT017 - not all of these programs raise one


@pytest.mark.parametrize("seed", SWEEPS)
def test_only_a_graph_error_is_raised_outside_of_the_domains(seed: int) -> None:
    check_sweeps(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(50))
def test_only_a_graph_error_is_raised_outside_of_the_domains_at_length(part: int) -> None:
    for seed in range(1000 + part, 6000, 50):
        check_sweeps(seed)


SCRAPS = [
    *"()[]=;,+-*/^.#_'π√∛²₁ \n\tσ·×⊙−0123456789eExyz",
    "**",
    "sum(",
    "max(",
    "axis=",
    "f(t) = ",
    "1e999",
    "e",
    "pi",
    "keepdims=True",
    "[[1, 2], [3]]",
    "inf",
]


def torn(seed: int) -> str:
    """The text of a program with something taken out, put in or swapped."""
    rng = random.Random(seed)
    text = list(Author(seed % 50).write().text)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(text) + 1)
        kind = rng.random()
        if kind < 0.4:
            text[place:place] = rng.choice(SCRAPS)
        elif kind < 0.8:
            del text[place : place + rng.randint(1, 6)]
        else:
            text = text[place:] + text[:place]
    return "".join(text)


def check_text(seed: int) -> None:
    """A torn program is a program, or a GraphError with a place in the text."""
    text, found = torn(seed), None
    try:
        reverse(parse(text))
    except GraphError as error:
        found = error
    if found is not None:
        start, end = found.span or (0, 0)
        assert found.explain()
        assert 0 <= start <= end <= len(text), (text, found.span)


@pytest.mark.parametrize("part", range(10))
def test_a_torn_program_raises_nothing_but_a_graph_error(part: int) -> None:
    for seed in TEXTS[part::10]:
        check_text(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(50))
def test_a_torn_program_raises_nothing_but_a_graph_error_at_length(part: int) -> None:
    for seed in range(10_000 + part, 60_000, 50):
        check_text(seed)
