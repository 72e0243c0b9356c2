"""How granian serves Chainwalk, at the HOST and PORT of the environment; script/server sees to the rest.

    GRANIAN_LOG_ACCESS_ENABLED=true script/server       lists requests

Workers are processes, as differentiation is CPU-bound, with a few threads each. Rust waits for what comes
in; a request takes a thread when all of it is there (`web/asgi.py`), so that connections which are idle,
slow or never finish what they began block nobody. Each worker loads the app itself and answers one request
before it is asked: what is compiled once (the grammar, Graphviz, templates) is ready for the first visitor.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from werkzeug.test import Client

if TYPE_CHECKING:
    from web.asgi import Front

ROOT = Path(__file__).resolve().parent.parent

WORKERS = 1 if sys.platform == "win32" else min(4, os.cpu_count() or 1)
"""Processes; on Windows granian has one alone."""
THREADS = 4
"""Of each worker: requests that it works on at once."""
CONNECTIONS = 900
"""Of each worker, below the 1,024 files that a process may usually open; more wait for one to be closed."""
WAITING = 2048
"""Connections that wait in the system's queue until a worker takes them."""
LONGEST_HEAD = 128 * 1024
"""Bytes of a request without its body: a link of full length, and what a browser says of itself."""
IDLE = 20_000
"""Milliseconds in which the head of a request must have arrived, the next one on a connection too."""
GRACE = 5
"""Seconds for what is being answered when the server is told to stop."""


def application() -> Front:
    """What a worker serves, after it has answered a first request; the worker ends with its parent."""
    sys.path.insert(0, str(ROOT))
    from app import create_app
    from web.asgi import Front

    threading.Thread(target=_end_with_parent, daemon=True).start()
    app = create_app()
    Client(app).get("/")
    return Front(app, THREADS)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _announce(host: str, port: int) -> None:
    """Say where it is, once connections are accepted."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    while True:
        try:
            socket.create_connection((everywhere.get(host, host), port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            break
    print(f"Chainwalk is on {os.environ['CHAINWALK_URL']} (Ctrl-C stops it)", flush=True)


def main() -> None:
    """Serve until interrupted."""
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    server = Granian(
        f"{__file__}:application",
        factory=True,
        interface=Interfaces.ASGINL,
        address=host if ":" in host else socket.gethostbyname(host),
        port=port,
        workers=WORKERS,
        backpressure=CONNECTIONS,
        backlog=WAITING,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE, max_buffer_size=LONGEST_HEAD),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=bool(os.environ.get("GRANIAN_LOG_ACCESS_ENABLED")),
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
    )
    server.on_startup(lambda: threading.Thread(target=_announce, args=(host, port), daemon=True).start())
    server.serve()


if __name__ == "__main__":
    main()
