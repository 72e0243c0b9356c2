"""The app behind an asynchronous server: a request takes a thread once all of it has arrived, not before.

A thread that waited for the rest of a body would be lost to everybody else for as long as its sender likes.
Answers are sent as a whole: nothing of ours is streamed.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

from werkzeug.datastructures import Headers
from werkzeug.exceptions import ClientDisconnected, RequestTimeout
from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_BODY = 256 * 1024
"""Bytes of the body of a request."""
PATIENCE = 20.0
"""Seconds in which a body must have arrived."""

Event: TypeAlias = Mapping[str, Any]
"""An event or a scope of ASGI: which keys it has, its type says."""
Answer: TypeAlias = tuple[int, Headers, bytes]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


class Front:
    """An ASGI application that hands complete requests to a WSGI one, `threads` at a time."""

    def __init__(self, app: WSGIApplication, threads: int, patience: float = PATIENCE):
        self._app, self._patience = app, patience
        self._pool = ThreadPoolExecutor(threads)

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer one request, unless its sender leaves before its turn has come."""
        body = await self._body(scope, receive)
        asked = environ(scope, body)
        answer = asyncio.get_running_loop().run_in_executor(self._pool, self._answer, asked)
        waiting: list[asyncio.Future[Answer] | asyncio.Future[None]] = [answer]
        if not isinstance(body, _Broken):  # about whose sender nothing more is told
            waiting.append(asyncio.ensure_future(_left(receive)))
        done, _rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        if answer not in done:
            return
        status, headers, content = answer.result()
        listed = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": listed})
        await send({"type": "http.response.body", "body": content})

    async def _body(self, scope: Event, receive: Receive) -> io.IOBase:
        """The body as far as the app reads one, or what fails when it is read."""
        if not {b"content-length", b"transfer-encoding"} & {name for name, _value in scope["headers"]}:
            return io.BytesIO()
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                more = True
                while more and len(body) <= LONGEST_BODY:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return _Broken(ClientDisconnected())
                    body += message["body"]
                    more = message["more_body"]
        except TimeoutError:
            return _Broken(RequestTimeout())
        return io.BytesIO(body)

    def _answer(self, asked: WSGIEnvironment) -> Answer:
        content, status, headers = run_wsgi_app(self._app, asked, buffered=True)
        return int(status.partition(" ")[0]), headers, b"".join(content)


class _Broken(io.RawIOBase):
    """A body that did not arrive as a whole: the page that reads it fails, any other is answered."""

    def __init__(self, failure: Exception):
        super().__init__()
        self._failure = failure

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        raise self._failure


def environ(scope: Event, body: io.IOBase) -> WSGIEnvironment:
    """A request in WSGI's terms (PEP 3333).

    A header whose name has an underscore is left out: it would pass for another one, which has a dash.
    """
    found = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" not in name:
            prefix = "" if name in ("CONTENT-TYPE", "CONTENT-LENGTH") else "HTTP_"
            key, text = prefix + name.replace("-", "_"), value.decode("latin-1")
            found[key] = f"{found[key]},{text}" if key in found else text
    return found


async def _left(receive: Receive) -> None:
    """Wait until the sender has gone; what it still sends is not read."""
    while (await receive())["type"] != "http.disconnect":
        pass
