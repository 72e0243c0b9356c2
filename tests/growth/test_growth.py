"""No program, however it grows, keeps the service busy for more than two seconds, or takes 400 MB.

Every family is refused in words or answered; which of both is not the point here. What counts are the CPU
seconds of a process of its own, for others may be at work on the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.growth.families import FAMILIES
from tests.growth.measure import ADDRESSES

SECONDS = 2.0
MEGABYTES = 400

QUICK = "explain"
OTHERS = [name for name in ADDRESSES if name != QUICK]


@pytest.mark.parametrize("name", [QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)])
def test_no_family_of_growth_takes_long(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.growth.measure", name], stdout=subprocess.PIPE, check=True, text=True
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert [each["family"] for each in found] == list(FAMILIES)
    slowest = max(found, key=lambda each: each["seconds"])
    largest = max(found, key=lambda each: each["megabytes"])
    with capsys.disabled():
        print(
            f"\n{name}: slowest answer {slowest['seconds']} s ({slowest['family']}),"
            f" highest memory {largest['megabytes']} MB ({largest['family']}), {len(found)} families"
        )
    assert slowest["seconds"] <= SECONDS
    assert largest["megabytes"] <= MEGABYTES
    broken = [each for each in found if each["status"] >= 500 or not each["status"]]
    assert not broken
    answered = [each["family"] for each in found if each["status"] == 200]
    refused = [each["family"] for each in found if each["status"] == 400]
    assert answered and refused


def test_the_measure_sees_what_takes_long() -> None:
    """A family that is not bounded would be found: its process ends, and tells nothing."""
    code = (
        "import json, tests.growth.measure as measure\n"
        "measure.PATIENCE = 1\n"
        "measure._asked = lambda *_: exec('while True: pass')\n"
        "print(json.dumps(measure._measured(None, 'explain', 'calls.identity')))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, text=True)
    found = json.loads(run.stdout)
    assert found["status"] == 0
    assert found["seconds"] > 0.9
