"""What comes in from outside and makes no sense is refused or put up with: it never breaks the server."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from web import pictures
from web.exports import papers

PATHS = (
    "/ /embed /gallery /notation /nowhere /draw /api/v1/explain?e=x /api/v1/nowhere /step.svg /code.svg"
    " /trace.csv /walk.html /oembed?url=http://x/ /static/js/main.js"
).split()
FILES = (
    "/ /embed /gallery /notation /step.svg /step.png /step.pdf /step.tex /graph.dot /trace.csv /code.py"
    " /walk.html /walk.zip /walk.pdf /slides.tex /walk.gif"
).split()
HOSTS = ("", "localhost", "127.0.0.1:8000", "[::1]:8000", "a_b", "xn--e1afmkfd.xn--p1ai")
NO_HOSTS = (
    *(" ", "a b", "a\tb", "a" * 64, "a" * 64 + ".org", "a" * 9999, "xn--" + "a" * 60),
    *". .. a..b -.-. [ [] [::1 [zz] [v1.x] ::1 a:b a:99999 a:-1 a:1:2 \xff é.org xn-- xn--a".split(),
    *"a/b a@b a?b a,b <script> % %00 *".split(),
)


def status(path: str, **more: Any) -> int:
    """The status of an answer, without a client of tests, which has views of its own on hosts."""
    environ = {**EnvironBuilder(path).get_environ(), **more}
    _content, line, _headers = run_wsgi_app(APP, environ, buffered=True)
    return int(line.split()[0])


APP = create_app()


@pytest.mark.parametrize("host", [*HOSTS, *NO_HOSTS])
def test_no_host_breaks_an_address(host: str) -> None:
    found = {path: status(path, HTTP_HOST=host) for path in PATHS}
    assert max(found.values()) < 500, found
    assert host not in HOSTS or found["/"] == 200


@pytest.mark.parametrize("host", ["a" * 64, "a" * 64 + ".org:80", "a..b", "xn--a"])
def test_what_names_no_host_is_refused(host: str) -> None:
    assert {status(path, HTTP_HOST=host) for path in PATHS} == {400}


@pytest.mark.parametrize("mount", ["/x", "x", "/", "//", "http://a/", "\xff", "..", "%", "/" + "a" * 9999])
def test_no_mount_breaks_an_address(mount: str) -> None:
    found = {path: status(path, SCRIPT_NAME=mount) for path in PATHS}
    assert max(found.values()) < 500, found


class Broken(io.RawIOBase):
    """A body whose connection fails, or which is malformed, after a few bytes."""

    def __init__(self) -> None:
        self.left = [b'{"program":']

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.left:
            raise OSError("Invalid chunk header")
        part = self.left.pop()
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("path", ["explain", "latex", "check?e=x"])
@pytest.mark.parametrize("told", [{"CONTENT_LENGTH": "99"}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_body_that_breaks_off_is_refused(path: str, told: dict[str, str]) -> None:
    given = {"wsgi.input": Broken(), "wsgi.input_terminated": True, "CONTENT_TYPE": "application/json"}
    assert status(f"/api/v1/{path}", REQUEST_METHOD="POST", **given, **told) == 400


@pytest.mark.parametrize("length", ["", "-1", "x", "1e3", "9" * 99, "\xff"])
def test_no_length_breaks_a_body(length: str) -> None:
    told = {"CONTENT_LENGTH": length, "CONTENT_TYPE": "application/json"}
    assert status("/api/v1/explain", REQUEST_METHOD="POST", **told) in (400, 413)


@pytest.fixture
def unmade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of a checkout without static/vendor."""
    made = (pictures._raster, papers.page, papers._fonts)
    app = create_app()
    shutil.copytree(Path(app.static_folder or ""), tmp_path / "static", ignore=lambda *_: ["vendor"])
    app.static_folder = str(tmp_path / "static")
    monkeypatch.setattr(pictures, "FONT", tmp_path / "none.ttf")
    monkeypatch.setattr(papers, "FONTS", tmp_path / "none")
    for kept in made:
        kept.cache_clear()
    yield app.test_client()
    for kept in made:
        kept.cache_clear()


def test_what_bootstrap_has_not_made_is_left_out(unmade: FlaskClient) -> None:
    assert {path: unmade.get(path + "?e=x*y").status_code for path in FILES} == dict.fromkeys(FILES, 200)
    page = unmade.get("/walk.html?e=x*y").text
    assert 'url("data:font/woff2;base64,")' in page and page.count("<svg xmlns") == 1
