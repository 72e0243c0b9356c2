"""What of other people's functions is here, and under which name.

    .venv/bin/python bench/foreign.py > bench/FOREIGN.md

The names stand in bench/foreign.json, with where they are from. A name counts if it can be written in a
program: as an operator's name, as another name of it, or as what PyTorch or NumPy calls it. What is only
recorded from a Python function (`graphengine.from_function`) is named, and does not count.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from graphengine.graph.compositions import COMPOSITIONS
from graphengine.ops import BY_NUMPY, ELSEWHERE, NAMES

HEAD = """\
# Functions of others

Made by `bench/foreign.py` from `bench/foreign.json`. A function counts if a program can call it by that name;
behind the arrow stands what it is called here. What stands under "recorded" is understood in Python functions
alone (`graphengine.from_function`), and does not count.

| library | here | of |
| --- | --: | --: |"""


def here(name: str) -> str:
    """What a function is called here; "" if it is not."""
    if name in NAMES:
        return NAMES[name][0].name if name not in {op.name for op in NAMES[name]} else name
    return ELSEWHERE[name].name if name in ELSEWHERE else ""


def recorded(library: str, name: str) -> bool:
    """Whether a function of NumPy's is put together from operators when a Python function is recorded."""
    place = np.linalg if library.endswith("linalg") else np
    return library.startswith("jax.numpy") and getattr(place, name, None) in {*COMPOSITIONS, *BY_NUMPY}


def report(library: str, names: list[str], source: str) -> Iterator[str]:
    """The section of one library."""
    found = {name: here(name) for name in names}
    aside = [name for name in names if not found[name] and recorded(library, name)]
    lists = {
        "here": [name if name == ours else f"{name} → {ours}" for name, ours in found.items() if ours],
        "recorded": aside,
        "not here": [name for name, ours in found.items() if not ours and name not in aside],
    }
    yield f"\n## {library}\n\nFrom {source}.\n"
    for title, listed in lists.items():
        if listed:
            yield f"- {title} ({len(listed)}): " + ", ".join(listed)


def main() -> None:
    """Print bench/FOREIGN.md."""
    libraries = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    lists = {library: " ".join(about["names"]).split() for library, about in libraries.items()}
    print(HEAD)
    for library, names in lists.items():
        print(f"| {library} | {sum(bool(here(name)) for name in names)} | {len(names)} |")
    for library, names in lists.items():
        for line in report(library, names, libraries[library]["from"]):
            print(line)


if __name__ == "__main__":
    main()
