"""The server as script/server starts it: what clients leave unfinished, and how it begins and ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bench.serving import HOST, UNFINISHED, Served, Tally, ask, half_open, running
from web.asgi import LONGEST_BODY, Front, environ

ROOT = Path(__file__).resolve().parents[2]
SERVING = [sys.executable, "script/serving.py"]
T = TypeVar("T")
CHILDREN = "/proc/{0}/task/{0}/children"
PAGE = "/?e=x*y"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A running server, stopped when the module is done."""
    with running(SERVING) as started:
        yield started


def run(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, run in a thread: a browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def said(port: int, request: bytes, whole: bool = True) -> bytes:
    """The first line of the answer to these bytes, empty for none; after half a request the sender leaves."""
    with socket.create_connection((HOST, port), 30) as line:
        try:
            line.sendall(request)
            if not whole:
                line.shutdown(socket.SHUT_WR)
            return line.makefile("rb").readline()
        except OSError:  # it does not read all of what it refuses
            return b""


def answered(port: int, count: int = 8) -> Tally:
    """What comes of some requests at once."""
    tally = Tally()

    async def asked() -> None:
        await asyncio.gather(*(ask(port, PAGE, tally) for _ in range(count)))

    run(asked())
    return tally


# ---- what clients do ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", UNFINISHED)
def test_everybody_is_answered_beside_connections_that_never_finish(served: Served, kind: str) -> None:
    tally = Tally()

    async def beside() -> None:
        async with half_open(served.port, UNFINISHED[kind]):
            await asyncio.gather(*(ask(served.port, PAGE, tally) for _ in range(8)))

    run(beside())
    assert (len(tally.seconds), tally.others) == (8, {})


def test_no_connection_of_a_full_lecture_hall_is_reset(served: Served) -> None:
    tally = answered(served.port, 400)
    assert set(tally.others) <= {"gave up"}  # on a slow machine


GET = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
JSON = b"POST /api/v1/explain HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
CHUNKED = JSON + b"Transfer-Encoding: chunked\r\n\r\n"
REFUSED = {
    "a label of 64 characters": b"GET / HTTP/1.1\r\nHost: " + b"a" * 64 + b"\r\n\r\n",
    "a malformed chunk": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk too short": CHUNKED + b"1\r\n{}\r\n0\r\n\r\n",
    "an endless size of a chunk": CHUNKED + b"f" * 99 + b"\r\n",
    "an unknown coding": JSON + b"Transfer-Encoding: gzip\r\n\r\n{}",
    "two lengths": JSON + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length below zero": JSON + b"Content-Length: -2\r\n\r\n{}",
    "a length and chunks": JSON + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "no path": b"GET %% HTTP/1.1\r\nHost: a\r\n\r\n",
    "a tunnel": b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a method of one's own": b"WALK / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a body too long": JSON + b"Content-Length: 10000000\r\n\r\n" + b" " * (LONGEST_BODY + 1),
    "a header of 10 MB": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 10_000_000,
    "10 MB of headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: aaa\r\n" * 1_250_000,
    "an address of 10 MB": b"GET /" + b"a" * 10_000_000,
}
ANSWERED = {
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "HTTP/1.0": b"GET / HTTP/1.0\r\n\r\n",
    "SCRIPT_NAME": GET + b"SCRIPT_NAME: /x\r\n\r\n",
    "PATH_INFO": GET + b"PATH_INFO: /nowhere\r\n\r\n",
    "bytes": GET + b"Accept-Language: \xff\xfe\r\n\r\n",
    "a whole address": b"GET http://a/?e=x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a link of full length": b"GET /?e="
    + b"x" * 65_000
    + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a body for a page": GET + b"Content-Length: 2\r\n\r\n{}",
    "a malformed body for a page": GET + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
}
CUT_OFF = {
    "within the headers": b"GET / HTTP/1.1\r\nHost: a\r\nX-",
    "within a body": JSON + b"Content-Length: 99\r\n\r\n{",
    "within a chunk": CHUNKED + b"9\r\n{}",
    "after nothing": b"",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_is_refused(served: Served, name: str) -> None:
    assert said(served.port, REFUSED[name])[:10] in (b"HTTP/1.1 4", b"")
    assert answered(served.port, 1).others == {}


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_odd_is_put_up_with(served: Served, name: str) -> None:
    assert b" 200 " in said(served.port, ANSWERED[name])


@pytest.mark.parametrize("name", CUT_OFF)
def test_who_leaves_early_leaves_nothing_behind(served: Served, name: str) -> None:
    assert said(served.port, CUT_OFF[name], whole=False)[:10] in (b"HTTP/1.1 4", b"")
    assert answered(served.port, 1).others == {}


# ---- how it begins and ends -----------------------------------------------------------------------------


def free(port: int) -> bool:
    """Whether nobody listens."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


@posix
@pytest.mark.parametrize(
    ("stop", "begun"), [(signal.SIGINT, b""), (signal.SIGTERM, UNFINISHED["a body never sent"])]
)
def test_it_stops_when_it_is_asked_to(stop: signal.Signals, begun: bytes) -> None:
    with running(SERVING) as started:
        assert answered(started.port, 1).others == {}
        with socket.create_connection((HOST, started.port)) as line:
            line.sendall(begun)
            started.process.send_signal(stop)
            assert started.process.wait(10) == 0
        assert free(started.port)


@pytest.mark.skipif(not Path(CHILDREN.format(os.getpid())).exists(), reason="needs /proc")
def test_a_worker_that_ends_is_replaced_and_none_outlives_its_parent() -> None:
    with running(SERVING) as started:
        children = Path(CHILDREN.format(started.process.pid))
        assert answered(started.port, 1).others == {}
        first = children.read_text().split()
        os.kill(int(first[0]), signal.SIGKILL)
        assert until(lambda: len(set(children.read_text().split()) - set(first)) == 1)
        assert until(lambda: not answered(started.port, 4).others)
        started.process.kill()
        started.process.wait()
        assert until(lambda: free(started.port))


def test_a_port_that_is_taken_is_named(served: Served) -> None:
    told = {**os.environ, "HOST": HOST, "PORT": str(served.port)}
    found = subprocess.run(
        [sys.executable, "script/server"], cwd=ROOT, env=told, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1 and f"Port {served.port} on {HOST} is taken" in found.stderr


# ---- the front: complete requests alone take a thread ---------------------------------------------------


class Line:
    """A connection that sends `messages`, then nothing, or that it has gone."""

    def __init__(self, *messages: dict[str, Any], gone: bool = False):
        self.messages, self.gone = list(messages), gone
        self.sent: list[Any] = []

    async def receive(self) -> dict[str, Any]:
        if self.messages:
            return self.messages.pop(0)
        if not self.gone:
            await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)


def scope(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """A request of ASGI."""
    where = {"server": (HOST, "8000"), "client": (HOST, "9"), "raw_path": b"/%D0%B0", "query_string": b"e=x"}
    return {"method": "POST", "scheme": "http", "http_version": "1.1", "headers": headers, **where}


def reading(asked: dict[str, Any], start: Any) -> list[bytes]:
    """An application that repeats the body."""
    from werkzeug import Request, Response

    try:
        response = Response(Request(asked).get_data())
    except Exception as failure:  # noqa: BLE001 - what Flask makes a page of
        response = Response(status=getattr(failure, "code", 500))
    return list(response(asked, start))


def part(body: bytes, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


LENGTH = (b"content-length", b"4")


@pytest.mark.parametrize(
    ("line", "status", "content"),
    [
        (Line(part(b"ab", True), part(b"cd", False)), 200, b"abcd"),
        (Line(part(b"ab", True)), 408, b""),
        (Line(part(b"ab", True), gone=True), 400, b""),
    ],
)
def test_a_body_is_whole_or_refused(line: Line, status: int, content: bytes) -> None:
    line.gone, gone = False, line.gone
    if gone:
        line.messages.append({"type": "http.disconnect"})
    run(Front(reading, 1, patience=0.1)(scope(LENGTH), line.receive, line.send))
    assert [line.sent[0]["status"], line.sent[1]["body"]] == [status, content]


def test_who_has_left_is_not_worked_for() -> None:
    calls: list[str] = []

    def slow(asked: dict[str, Any], start: Any) -> list[bytes]:
        calls.append(asked["QUERY_STRING"])
        time.sleep(0.2)
        start("200 OK", [])
        return [b"done"]

    async def crowd() -> list[Line]:
        front = Front(slow, 1)
        lines = [Line(), Line(gone=True), Line(gone=True), Line()]
        await asyncio.gather(*(front(scope(), line.receive, line.send) for line in lines))
        return lines

    lines = run(crowd())
    assert len(calls) == 2 and [bool(line.sent) for line in lines] == [True, False, False, True]


def test_a_request_in_the_terms_of_wsgi() -> None:
    found = environ(scope((b"x-a", b"1"), (b"x-a", b"\xff"), (b"x_b", b"2"), (b"script_name", b"/x")), None)  # type: ignore[arg-type]
    assert found["HTTP_X_A"] == "1,\xff" and "HTTP_X_B" not in found and found["SCRIPT_NAME"] == ""
    assert found["PATH_INFO"].encode("latin-1").decode() == "/а"
