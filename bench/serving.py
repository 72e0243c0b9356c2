"""How the server bears what clients do: many at once, and connections that never finish what they ask.

    .venv/bin/python bench/serving.py                      the server as script/server starts it
    .venv/bin/python bench/serving.py COMMAND {port} …     another one, which listens on 127.0.0.1

Starts the server on a free port, prints one table, and stops it; takes about a minute. Only comparisons
of two runs on one machine mean anything.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 15.0
"""Seconds after which a client gives up."""
HALF_OPEN = 40
STUDENTS = 400
HEAD = f"Host: {HOST}\r\nContent-Type: application/json\r\n"
DRIPPING = "a byte of headers a second"
UNFINISHED = {
    "headers never finished": b"GET / HTTP/1.1\r\nHost: x\r\nX-",
    DRIPPING: b"GET / HTTP/1.1\r\nHost: x\r\nX-",
    "a body never sent": f"POST /api/v1/explain HTTP/1.1\r\n{HEAD}Content-Length: 99\r\n\r\n".encode(),
    "a chunk never finished": (
        f"POST /api/v1/explain HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n63\r\n{{".encode()
    ),
}
"""What the connections begin with that are left half-open."""


@dataclass
class Tally:
    """What came of some requests: seconds of those answered with 200, and counts of what else happened."""

    seconds: list[float] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)

    def fail(self, kind: str) -> None:
        """Count what is no answer."""
        self.others[kind] = self.others.get(kind, 0) + 1

    def cells(self, wall: float, worked: float) -> str:
        """Answered, per second, median, 95th percentile, CPU of the server for each, what else happened."""
        others = ", ".join(f"{count} {kind}" for kind, count in self.others.items()) or "–"
        if len(self.seconds) < 2:
            return f"{len(self.seconds)} | – | – | – | – | {others}"
        p95 = statistics.quantiles(self.seconds, n=20)[-1]
        rate = len(self.seconds) / wall
        each = f"{worked / len(self.seconds) * 1e3:.1f} ms" if worked else "–"
        times = f"{statistics.median(self.seconds) * 1e3:.0f} ms | {p95 * 1e3:.0f} ms"
        return f"{len(self.seconds)} | {rate:.0f}/s | {times} | {each} | {others}"


@dataclass(frozen=True)
class Served:
    """A running server: its first process, and the port on which it listens."""

    process: subprocess.Popen[bytes]
    port: int

    def worked(self) -> float:
        """Seconds of CPU that its processes have taken; 0 where there is no /proc."""
        found = 0
        for folder in self._folders():
            found += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:13]))
        return found / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of its processes that no other process has; 0 where there is no /proc."""
        lines = [line for folder in self._folders() for line in (folder / "smaps_rollup").open()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024

    def _folders(self) -> Iterator[Path]:
        waiting = [str(self.process.pid)]
        while waiting:
            folder = Path("/proc") / waiting.pop()
            if folder.exists():
                yield folder
                waiting += (folder / "task" / folder.name / "children").read_text().split()


async def ask(port: int, path: str, tally: Tally) -> None:
    """One request over a connection of its own."""
    start = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
                answer = await reader.read()
            finally:
                writer.close()
    except TimeoutError:
        tally.fail("gave up")
    except OSError as failure:
        tally.fail(type(failure).__name__)
    else:
        status = answer[9:12].decode() or "closed without an answer"
        if status == "200":
            tally.seconds.append(time.perf_counter() - start)
        else:
            tally.fail(status)


async def load(served: Served, path: str, count: int, clients: int) -> str:
    """The cells of `count` requests by `clients` at a time, each with other numbers."""
    tally, turns = Tally(), iter(range(count))

    async def client(turns: Iterator[int]) -> None:
        for turn in turns:
            await ask(served.port, path.format(turn), tally)

    start, before = time.perf_counter(), served.worked()
    await asyncio.gather(*(client(turns) for _ in range(clients)))
    return tally.cells(time.perf_counter() - start, served.worked() - before)


@asynccontextmanager
async def half_open(port: int, beginning: bytes, drip: bool = False) -> AsyncIterator[None]:
    """Connections that have sent `beginning` and wait; dripping ones go on by a byte a second."""
    opened = [await asyncio.open_connection(HOST, port) for _ in range(HALF_OPEN)]
    for _reader, writer in opened:
        writer.write(beginning)

    async def dripping() -> None:
        while True:
            await asyncio.sleep(1)
            for _reader, writer in opened:
                writer.write(b"a")

    task = asyncio.create_task(dripping()) if drip else None
    await asyncio.sleep(1)
    try:
        yield
    finally:
        if task:
            task.cancel()
        for _reader, writer in opened:
            writer.close()


@contextmanager
def running(command: list[str]) -> Iterator[Served]:
    """The server; it is killed if it does not stop when it is asked to."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    told = {"HOST": HOST, "PORT": str(port), "CHAINWALK_URL": f"http://{HOST}:{port}"}
    words = [word.format(port=port) for word in command]
    process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **told}, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex((HOST, port)) == 0:
                    break
            time.sleep(0.05)
        yield Served(process, port)
    finally:
        process.kill()
        process.wait()


async def rows(served: Served) -> AsyncIterator[str]:
    """The rows of the table, one after the other."""
    page, document = ("/?e=exp(w1*x1+w0)&at=w1={}", "/api/v1/explain?e=exp(w1*x1+w0)&at=w1={}")
    await load(served, page, 40, 8)
    yield f"documents, 8 clients | {await load(served, document, 400, 8)}"
    yield f"pages, 8 clients | {await load(served, page, 400, 8)}"
    yield f"pages, {STUDENTS} clients | {await load(served, page, STUDENTS, STUDENTS)}"
    for kind, beginning in UNFINISHED.items():
        async with half_open(served.port, beginning, drip=kind == DRIPPING):
            yield f"pages, 8 clients beside {HALF_OPEN} × {kind} | {await load(served, page, 8, 8)}"


async def printed(served: Served) -> None:
    """Print the table."""
    print("| | answered | rate | median | 95 % | CPU for each | else |")
    print("| --- | --: | --: | --: | --: | --: | --- |")
    async for row in rows(served):
        print(f"| {row} |", flush=True)


def main() -> None:
    """Print how the server fares, what it takes of memory, and how fast it stops."""
    command = sys.argv[1:] or [sys.executable, "script/serving.py"]
    with running(command) as served:
        asyncio.run(printed(served))
        print(f"\nMemory of its own: {served.memory():.0f} MB.")
        start = time.perf_counter()
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(30)
        print(f"Stopped {time.perf_counter() - start:.1f} s after SIGTERM.")


if __name__ == "__main__":
    main()
