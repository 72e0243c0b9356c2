"""What each family of growth costs at one address, in processes of their own; prints a line of JSON for each.

    .venv/bin/python -m tests.growth.measure explain closed step.svg

CPU seconds, megabytes of memory, status and size of the answer. A process is forked from one that has loaded
everything, and ends by itself after `PATIENCE` CPU seconds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time

from flask.testing import FlaskClient

from app import create_app
from tests.growth.families import FAMILIES
from web.codec import State, escape, written

PATIENCE = 8

ADDRESSES: dict[str, tuple[str, dict[str, object]]] = {
    "explain": ("/api/v1/explain", {}),
    "forward": ("/api/v1/explain", {"mode": "forward"}),
    "statement": ("/api/v1/explain", {"grain": "statement"}),
    "share": ("/api/v1/explain", {"share": True}),
    "symbols": ("/api/v1/explain", {"symbols": True}),
    "exact": ("/api/v1/explain", {"exact": True}),
    "rows": ("/api/v1/explain", {"layout": "jacobian"}),
    "jacobians": ("/api/v1/explain", {}),
    "closed": ("/api/v1/closed", {"view": "closed:y:x"}),
    "paths": ("/api/v1/paths", {"view": "paths:y:x"}),
    "jacobian": ("/api/v1/jacobian", {"view": "jacobian:y:x"}),
    "formula": ("/api/v1/formula", {}),
    "latex": ("/api/v1/latex", {}),
    "read": ("/api/v1/read", {}),
    "check": ("/api/v1/check", {}),
    "code.py": ("/code.py", {"view": "code:torch"}),
    "page": ("/", {}),
    "step.png large": ("/step.png", {"scale": "8"}),
    **{name: (f"/{name}", {}) for name in "embed step.svg step.png step.pdf step.tex".split()},
    **{name: (f"/{name}", {}) for name in "walk.html walk.pdf walk.zip walk.gif slides.tex".split()},
    **{name: (f"/{name}", {}) for name in "trace.csv trace.md trace.tex graph.dot".split()},
}
"""By name: the address, and what its link says besides the program."""


def main(names: list[str]) -> None:
    """Measure all families at the addresses of these names."""
    client = create_app().test_client()
    for warm in ("/?e=x*y", "/api/v1/closed?e=x*y&view=closed:y:x", "/step.png?e=x"):
        client.get(warm)
    for name in names or ["explain"]:
        for family in FAMILIES:
            print(
                json.dumps({"address": name, "family": family, **_measured(client, name, family)}), flush=True
            )


def _measured(client: FlaskClient, name: str, family: str) -> dict[str, object]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 1))
        start = time.process_time()
        status, size = _asked(client, name, family)
        spent = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = {"seconds": round(spent, 2), "megabytes": round(memory), "status": status, "bytes": size}
        os.write(writer, json.dumps(found).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        text = answer.read()
    _, _, used = os.wait4(child, 0)
    gone = {"seconds": round(used.ru_utime + used.ru_stime, 2), "megabytes": round(used.ru_maxrss / 1024)}
    return json.loads(text) if text else {**gone, "status": 0, "bytes": 0}


def _asked(client: FlaskClient, name: str, family: str) -> tuple[int, int]:
    address, more = ADDRESSES[name]
    program, inputs = FAMILIES[family]
    said = written(State(e=program, at=inputs, **more))
    link = address + "?" + "&".join(f"{key}={escape(text)}" for key, text in said.items())
    posted = {
        "check": {"backward": "dx = 2*x"},
        "jacobians": {"program": program, "inputs": inputs, "jacobian": True},
    }
    answer = client.post(link, json=posted[name]) if name in posted else client.get(link)
    return answer.status_code, len(answer.get_data())


if __name__ == "__main__":
    main(sys.argv[1:])
