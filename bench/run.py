"""What things cost, measured side by side in one run: only the ratios mean anything on another machine.

    .venv/bin/python bench/run.py              prints the tables of bench/RESULTS.md
    .venv/bin/python bench/run.py --brief      fewer repetitions

Exit code 1 if the document of the lecture's expression takes longer than ten of its layouts and than
one start of a `dot` process. Needs requirements-dev.txt.
"""

from __future__ import annotations

import functools
import os
import platform
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app import create_app
from graphengine import compile_gradient, explain, parse
from graphengine.picture import layout
from web import codec

LECTURE = "exp(w1*x1 + w2*x2 + w0)"
AT = {"w1": 2.0, "x1": -1.0, "w2": -3.0, "x2": -2.0, "w0": -3.0}

ONCE = {"_catalogue", "_fonts", "_graphviz", "_matcher", "_table", "directory", "palette"}
"""Caches of what a process makes once, whatever is asked of it; all others are emptied before each call."""


@dataclass(frozen=True)
class Contest:
    """The same gradient by us, as a program, and by HIPS autograd, as a function of the inputs."""

    title: str
    program: str
    at: Mapping[str, float]
    function: Callable[..., float]


def _chain(x: float) -> float:
    for _ in range(100):
        x = anp.sin(x) + 0.5
    return x


CONTESTS = (
    Contest(f"`{LECTURE}`", LECTURE, AT, lambda w1, x1, w2, x2, w0: anp.exp(w1 * x1 + w2 * x2 + w0)),
    Contest(
        "`log(x1) + x1*x2 - sin(x2)`",
        "log(x1) + x1*x2 - sin(x2)",
        {"x1": 2.0, "x2": 5.0},
        lambda x1, x2: anp.log(x1) + x1 * x2 - anp.sin(x2),
    ),
    Contest(
        "a chain of 200 operators",
        "\n".join(f"t{i + 1} = sin({f't{i}' if i else 'x'}) + 0.5" for i in range(100)),
        {"x": 0.3},
        _chain,
    ),
)


def empty_caches() -> None:
    """Forget everything about programs seen before."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("graphengine", "web"):
            for thing in list(vars(module).values()):
                if isinstance(thing, functools._lru_cache_wrapper) and thing.__name__ not in ONCE:
                    thing.cache_clear()


def medians(
    calls: Mapping[str, Callable[[], object]], rounds: int, before: Callable[[], None] = lambda: None
) -> dict[str, float]:
    """Median seconds of each call, taken in turns, so that what else the machine does meets all alike."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 3):
        for name, call in calls.items():
            before()
            start = time.perf_counter()
            call()
            if turn >= 3:  # the first ones warm up
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def many(call: Callable[[], object], count: int = 100) -> Callable[[], object]:
    """`call` repeated, for what is too short to be timed alone."""

    def repeated() -> None:
        for _ in range(count):
            call()

    return repeated


def shown(seconds: float) -> str:
    """A time in the unit that suits it."""
    return f"{seconds * 1e3:.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"


def by_process(graph: object) -> Callable[[], object]:
    """The layout by a `dot` process that is started for it."""

    def drawn() -> object:
        os.environ["CHAINWALK_DOT"] = "dot"
        try:
            return layout.draw(graph)  # type: ignore[arg-type]
        finally:
            del os.environ["CHAINWALK_DOT"]

    return drawn


def documents(rounds: int) -> bool:
    """Print what the lecture's document costs, uncached; whether that is as little as was promised."""
    graph = parse(LECTURE, AT)
    calls: dict[str, Callable[[], object]] = {
        "one layout": lambda: layout.draw(graph),
        "the graph from the text": lambda: parse(LECTURE, AT),
        "the document, reverse mode": lambda: explain(LECTURE, AT),
        "the document, forward mode": lambda: explain(LECTURE, AT, mode="forward"),
    }
    if shutil.which("dot"):
        calls["one layout by a `dot` process"] = by_process(graph)
    taken = medians(calls, rounds, empty_caches)
    unit = taken["one layout"]
    print(f"## `{LECTURE}`, uncached\n\n| | time | in layouts |\n| --- | --: | --: |")
    for name, seconds in taken.items():
        print(f"| {name} | {shown(seconds)} | {seconds / unit:.1f} |")
    worst = max(taken["the document, reverse mode"], taken["the document, forward mode"])
    process = taken.get("one layout by a `dot` process")
    if process is None:
        print("\nNo `dot` on the PATH: one start of it is not in the table.")
    kept = worst <= max(10 * unit, process or 0)
    bound = "ten layouts, or one start of `dot`"
    print(f"\nPromised: a document takes no longer than {bound}. {'Kept' if kept else 'BROKEN'}.")
    return kept


def gradients(rounds: int) -> None:
    """Print what value and gradient cost, compiled and by HIPS autograd, after checking that they agree."""
    print("\n## Value and gradient, in numbers alone\n")
    print("| program | compiled | HIPS autograd | ratio | compiling once |\n| --- | --: | --: | --: | --: |")
    for contest in CONTESTS:
        ours = compile_gradient(contest.program)
        theirs = autograd.value_and_grad(contest.function, argnum=tuple(range(len(contest.at))))
        point = tuple(contest.at.values())
        value, gradient = ours(contest.at)
        expected, parts = theirs(*point)
        np.testing.assert_allclose(value, expected, rtol=1e-12)
        np.testing.assert_allclose([gradient[name] for name in contest.at], parts, rtol=1e-12)
        times = {
            "ours": many(functools.partial(ours, contest.at)),
            "theirs": many(functools.partial(theirs, *point)),
        }
        taken = {name: seconds / 100 for name, seconds in medians(times, max(rounds // 5, 3)).items()}
        once = medians({"once": functools.partial(compile_gradient, contest.program)}, 5, empty_caches)[
            "once"
        ]
        cells = (
            shown(taken["ours"]),
            shown(taken["theirs"]),
            f"{taken['theirs'] / taken['ours']:.0f}×",
            shown(once),
        )
        print(f"| {contest.title} | {' | '.join(cells)} |")


FILES = (
    "step.svg",
    "step.png",
    "step.pdf",
    "step.tex",
    "graph.dot",
    "trace.csv",
    "code.py",
    "walk.html",
    "walk.zip",
    "walk.pdf",
    "slides.tex",
    "walk.gif",
)


def files(rounds: int) -> None:
    """Print what it costs to take a walk elsewhere, uncached, in documents of the same link."""
    client = create_app().test_client()
    query = codec.encode(codec.State(e=LECTURE, at=";".join(f"{n}={v}" for n, v in AT.items()), step=14))

    def asked(path: str) -> Callable[[], object]:
        return lambda: client.get(f"{path}?{query}")

    calls = {"the document": asked("/api/v1/explain")}
    calls |= {f"`/{name}`": asked(f"/{name}") for name in FILES}
    taken = medians(calls, max(rounds // 8, 3), empty_caches)
    unit = taken["the document"]
    print(
        "\n## Taken elsewhere: a walk of 20 steps, uncached\n\n| | time | in documents |\n| --- | --: | --: |"
    )
    for name, seconds in taken.items():
        print(f"| {name} | {shown(seconds)} | {seconds / unit:.1f} |")


def main() -> None:
    """Print the tables; exit with 1 if a promise is broken."""
    rounds = 10 if "--brief" in sys.argv[1:] else 60
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} cores"
    print(f"# What it costs\n\nPrinted by `bench/run.py`: medians of {rounds} rounds in turns. {versions}.\n")
    kept = documents(rounds)
    gradients(rounds)
    files(rounds)
    sys.exit(not kept)


if __name__ == "__main__":
    main()
