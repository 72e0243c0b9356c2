"""The URL codec: the vectors that both languages pass, round trips, and bounds.

The same vectors run against `static/js/walk/codec.js` in `test_browser.py`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import codec

VECTORS = json.loads((Path(__file__).parent / "codec_vectors.json").read_text(encoding="utf-8"))


def changed(state: codec.State) -> dict[str, Any]:
    """What differs from the defaults, as JSON has it."""
    found = {key: value for key, value in asdict(state).items() if value != codec.DEFAULTS[key]}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vectors(vector: dict[str, Any]) -> None:
    state, notices = codec.decode(vector["query"].removeprefix("?"))
    assert changed(state) == vector["state"]
    assert [[notice.code, notice.key, notice.value] for notice in notices] == vector["notices"]
    assert codec.decode(codec.encode(state)) == (state, ())
    if "canonical" in vector:
        assert codec.encode(state) == vector["canonical"]


STATES = st.builds(
    codec.State,
    e=st.none() | st.text(),
    at=st.text(),
    mode=st.sampled_from(["forward", "reverse"]),
    wrt=st.none() | st.lists(st.from_regex(r"\A[A-Za-z_]\w*\Z"), min_size=1).map(tuple),
    seed=st.text(),
    output=st.text(),
    step=st.integers(0, 1_000_000),
    digits=st.integers(2, 12),
    share=st.booleans(),
)


@given(STATES)
def test_round_trip(state: codec.State) -> None:
    query = codec.encode(state)
    # A program's lines end in \n alone.
    texts = {
        key: value.replace("\r\n", "\n") for key, value in asdict(state).items() if isinstance(value, str)
    }
    expected = codec.State(**{**asdict(state), **texts})
    assert codec.decode(query) == (expected, ())
    assert query.isascii() and not set(query) & set(" \"#<>[]'`|\\{}")
    assert query.endswith("=") or query[-1].isalnum()


@given(st.binary(max_size=300))
def test_any_bytes_give_a_state_with_a_canonical_query(raw: bytes) -> None:
    state, _ = codec.decode(raw)
    assert codec.decode(codec.encode(state)) == (state, ())


def test_long_programs_travel_packed() -> None:
    program = "\n".join(f"v{i} = v{i - 1}*x + {i}" for i in range(1, 200))
    query = codec.encode(codec.State(e=program, step=7))
    assert query.startswith("v=1&z=") and query.endswith("&step=7") and len(query) < 2000
    assert codec.decode(query)[0] == codec.State(e=program, step=7)


def test_short_programs_stay_readable() -> None:
    assert "&z=" not in codec.encode(codec.State(e="x+" * 700 + "x"))


def test_a_query_beyond_the_bound_is_refused() -> None:
    assert codec.decode("e=" + "x" * codec.LONGEST) == (codec.State(), (codec.Notice("long"),))


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = codec.pack(b"e=" + b"x" * 40_000_000)
    with pytest.raises(ValueError, match="too long"):
        codec.unpack(bomb)
