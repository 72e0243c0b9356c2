"""Whatever is pasted as Python, the answer is a program or a GraphError, within two seconds.

Code of courses and of notebooks is changed at random, by a seed; what fails is printed with its seed.
"""

from __future__ import annotations

import json
import time
import warnings
from pathlib import Path
from random import Random

import pytest

from graphengine.errors import GraphError
from graphengine.formulas import understand
from tests.engine import mutations
from tests.engine.test_checking_functions import LINEAR
from tests.engine.test_python import MODULE, NETWORK

CASES = Path(__file__).parent.parent / "cases"
COURSES = json.loads((CASES / "courses.json").read_text("utf-8"))
PASTED = json.loads((CASES / "pasted.json").read_text("utf-8"))
SNIPPETS = [text for each in PASTED.values() for text in each.values()]
GROUND = (*(case["python"] for case in COURSES), *SNIPPETS, LINEAR, MODULE, NETWORK)
QUICK = 500
SLOW = 100_000
SECONDS = 2.0


def failed(seed: int) -> str | None:
    """A report of what goes wrong with the text of a seed."""
    rng = Random(seed)
    text = mutations.changed(rng.choice(GROUND), rng, 1500)
    begin = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            understand(text, {"X": [[1.0, 2.0]], "x": [0.5, -1.0]} if rng.random() < 0.5 else None)
        except GraphError:
            pass
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return f"seed {seed}: {error!r}\n{text}"
    spent = time.process_time() - begin
    return f"seed {seed} takes {spent:.1f} s\n{text}" if spent > SECONDS else None


def test_a_sample_of_what_may_be_pasted_is_answered() -> None:
    assert not [report for seed in range(QUICK) if (report := failed(seed))]


@pytest.mark.slow
def test_whatever_may_be_pasted_is_answered() -> None:
    assert not [report for seed in range(SLOW) if (report := failed(seed))]
