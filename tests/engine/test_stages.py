"""Stages: what each step shows, and that patches add up to it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from graphengine import explain
from graphengine.document.shapes import Document
from graphengine.picture import stages

LECTURE: dict[str, Any] = {"program": "exp(w1*x1 + w2*x2 + w0)", "inputs": "w1=2; x1=-1; w2=-3; x2=-2; w0=-3"}


def shown(document: Document, k: int) -> dict[str, dict[str, str]]:
    """The attributes data-* and the text of every element with an id, after k steps."""
    patches = [document["graph"]["initial"], *(step["patch"] for step in document["steps"][:k])]
    root = ElementTree.fromstring(stages.apply(document["graph"]["svg"], patches))
    found: dict[str, dict[str, str]] = {}
    for group in root.iter(f"{{{stages.SVG}}}g"):
        if group.get("id"):
            found[group.get("id", "")] = {k[5:]: v for k, v in group.attrib.items() if k.startswith("data-")}
            for slot in group.findall(f"{{{stages.SVG}}}g[@data-slot]"):
                texts = [text.text or "" for text in slot.findall(f"{{{stages.SVG}}}text")]
                found[f"{group.get('id')}.{slot.get('data-slot')}"] = {
                    "state": slot.get("data-state", ""),
                    "text": texts[-1],
                }
    return found


def test_step_0_shows_nothing_computed() -> None:
    picture = shown(explain(**LECTURE), 0)
    slots = {target: keys for target, keys in picture.items() if "." in target}
    assert slots and all(keys == {"state": "empty", "text": ""} for keys in slots.values())


def test_a_reverse_step_writes_one_slot_and_travels_one_edge() -> None:
    document = explain(**LECTURE)
    step = next(
        s for s in document["steps"] if s["slot"] == "adjoint" and s["result"] < -5 and s["result"] > -6
    )
    w2 = step["node"]
    picture = shown(document, step["index"])
    assert picture[f"node_{w2}"]["state"] == "written"
    assert picture[f"node_{w2}.adjoint"] == {"state": "now", "text": "−5.437"}
    assert picture["node_v2"]["state"] == "read"
    assert picture["edge_v2_0"]["state"] == "back"
    assert picture["pill_v2_0"]["state"] == "now"
    others = [t for t, keys in picture.items() if keys.get("state") in ("now", "back", "written", "read")]
    assert sorted(others) == sorted([f"node_{w2}", f"node_{w2}.adjoint", "node_v2", "edge_v2_0", "pill_v2_0"])


def test_a_partial_sum_is_told_from_a_complete_one() -> None:
    document = explain("x*x + x*x", "x = 3")
    states = [shown(document, k)["node_v4.adjoint"] for k in range(7, 12)]
    assert [state["text"] for state in states] == ["", "3", "6", "9", "12"]
    assert [state["state"] for state in states] == ["empty", "now", "now", "now", "now"]
    document = explain("a = x*2; b = a*a; a + b", "x = 3")
    seen = {shown(document, k)["node_v1.adjoint"]["state"] for k in range(len(document["steps"]) + 1)}
    assert seen == {"empty", "now", "partial", "done"}


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_patches_say_only_what_changes(mode: str) -> None:
    document = explain(**LECTURE, mode=mode)
    state: dict[str, dict[str, Any]] = {}
    for patch in [document["graph"]["initial"], *(step["patch"] for step in document["steps"])]:
        for target, keys in patch.items():
            for key, value in keys.items():
                assert state.get(target, {}).get(key, "") != value, (target, key)
            state.setdefault(target, {}).update(keys)


def test_literals_are_known_from_the_start_and_inactive_nodes_are_dimmed() -> None:
    document = explain("k = 2; y = pi*x + k*z", "x = 1; z = 1", wrt=["x"])
    picture = shown(document, 0)
    nodes = {node["name"]: node["id"] for node in document["graph"]["nodes"]}
    assert picture[f"node_{nodes['k']}.value"] == {"state": "done", "text": "2"}
    assert picture[f"node_{nodes['π']}.value"]["text"] == "3.142"
    assert picture[f"node_{nodes['z']}"]["dimmed"] == "yes"
    assert not picture[f"node_{nodes['x']}"]["dimmed"]
