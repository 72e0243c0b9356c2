"""How gunicorn serves Chainwalk; script/server gives the address by `--bind`, and `GUNICORN_CMD_ARGS`
in the environment overrides any setting (`--access-logfile=-` lists requests).

Workers are processes, as differentiation is CPU-bound, with a few threads each, so that a browser's
idle connections block nobody. Each worker loads the app itself and answers one request before it is
asked: what is compiled once (the grammar, Graphviz, templates) is ready for the first visitor.
"""

import os
from typing import Any

from werkzeug.test import Client

wsgi_app = "app:create_app()"
workers = min(4, os.cpu_count() or 1)
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 5
# A link may hold a program of full length; this is the most that gunicorn counts.
limit_request_line = 8190
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Say where it is; from here on connections are accepted."""
    print(f"Chainwalk is on {os.environ['CHAINWALK_URL']} (Ctrl-C stops it)", flush=True)


def post_worker_init(worker: Any) -> None:
    """Answer a first request."""
    Client(worker.wsgi).get("/")
