"""Files of a step or a walk, opened by readers that are not ours: pypdf, Pillow, lxml, Graphviz."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from flask.testing import FlaskClient
from lxml import etree
from PIL import Image, ImageSequence

from graphengine import LimitError, limited
from graphengine.limits import request
from graphengine.picture import dot
from tests.web.test_tikz import compiled
from web import codec
from web.examples import EXAMPLES
from web.exports import routes
from web.exports.routes import FILM_AREA
from web.pictures import raster

QUICK = ("baydin", "network", "beamformer")
examples = pytest.mark.parametrize(
    "example",
    [pytest.param(e, id=e.name, marks=() if e.name in QUICK else pytest.mark.slow) for e in EXAMPLES],
)
AT = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"


def linked(example: Any, **more: Any) -> str:
    """The query of a gallery example at its last step."""
    return codec.encode(
        codec.State(
            e=example.program,
            at=example.at,
            mode=example.mode,
            seed=example.seed,
            wrt=example.wrt,
            step=999,
            **more,
        )
    )


def walk_of(client: FlaskClient, example: Any) -> dict[str, Any]:
    answer = json.loads(client.get(f"/api/v1/explain?{linked(example)}").data)
    assert isinstance(answer, dict)
    return answer


def fetched(client: FlaskClient, path: str, mimetype: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, answer.data
    assert answer.mimetype == mimetype
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert client.get(path).data == answer.data  # the same link, the same bytes
    data: bytes = answer.data
    return data


def pdf(client: FlaskClient, path: str) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(fetched(client, path, "application/pdf"))).pages)


@examples
def test_pdf_has_a_page_a_step_with_text_in_it(client: FlaskClient, example: Any) -> None:
    walk = walk_of(client, example)
    (page,) = pypdf.PdfReader(
        io.BytesIO(fetched(client, f"/step.pdf?{linked(example)}", "application/pdf"))
    ).pages
    root = etree.fromstring(client.get(f"/step.svg?{linked(example)}").data)
    # 1 unit of the picture is 1/96 inch, as CSS has it.
    assert float(page.mediabox.width) == pytest.approx(float(root.get("width")) * 0.75, abs=1)
    assert float(page.mediabox.height) == pytest.approx(float(root.get("height")) * 0.75, abs=1)
    pages = pypdf.PdfReader(
        io.BytesIO(fetched(client, f"/walk.pdf?{linked(example)}", "application/pdf"))
    ).pages
    assert len(pages) == len(walk["steps"]) + 1
    last = walk["steps"][-1]["sentence"].split()
    assert "".join(last[:4]) in "".join(pages[-1].extract_text().split())


@examples
def test_zip_and_gif_have_a_picture_a_step(client: FlaskClient, example: Any) -> None:
    steps = len(walk_of(client, example)["steps"])
    archive = zipfile.ZipFile(io.BytesIO(fetched(client, f"/walk.zip?{linked(example)}", "application/zip")))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == steps + 1
    assert names == sorted(names)
    assert archive.read(names[-1]) == client.get(f"/step.svg?{linked(example)}").data
    for name in names:
        assert etree.fromstring(archive.read(name)).tag == "{http://www.w3.org/2000/svg}svg"
    film = Image.open(io.BytesIO(fetched(client, f"/walk.gif?{linked(example)}", "image/gif")))
    assert film.format == "GIF"
    assert getattr(film, "n_frames", 1) == steps + 1
    assert film.info["loop"] == 0
    film.seek(steps)
    png = Image.open(io.BytesIO(client.get(f"/step.png?{linked(example)}&scale=1.5").data)).convert("RGB")
    if film.size == png.size:  # a large picture is smaller in the film
        difference = np.abs(np.asarray(film.convert("RGB"), float) - np.asarray(png, float))
        assert difference.mean() < 3


@examples
def test_dot_is_read_by_graphviz(client: FlaskClient, example: Any) -> None:
    graph = walk_of(client, example)["graph"]
    text = fetched(client, f"/graph.dot?{linked(example)}", "text/vnd.graphviz").decode()
    drawn = etree.fromstring(dot.svg(text).encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    assert len(drawn.xpath("//s:g[@class='node']", namespaces=space)) == len(graph["nodes"])
    assert len(drawn.xpath("//s:g[@class='edge']", namespaces=space)) == len(graph["edges"])
    texts = "".join(drawn.itertext())
    for node in graph["nodes"]:
        assert node["name"] in texts


@examples
def test_the_trace_as_csv_has_the_numbers_in_full(client: FlaskClient, example: Any) -> None:
    walk = walk_of(client, example)
    text = fetched(client, f"/trace.csv?{linked(example)}", "text/csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    derivative = "tangent" if walk["mode"] == "forward" else "adjoint"
    for row in rows:
        for slot in ("value", derivative):
            written = [s["result"] for s in walk["steps"] if (s["node"], s["slot"]) == (row["node"], slot)]
            assert (json.loads(row[slot]) if row[slot] else None) == (written[-1] if written else None)
    assert {row["node"] for row in rows} >= {
        n["id"] for n in walk["graph"]["nodes"] if n["kind"] == "operator"
    }


def test_the_trace_as_markdown_is_a_table(client: FlaskClient) -> None:
    answer = fetched(client, "/trace.md?e=abs(x)*norm(y)&at=x=-2;y=[3,4]", "text/markdown").decode()
    lines = answer.splitlines()
    assert lines[0] == "| node | rule | value | adjoint |"
    assert {line.count("|") for line in lines} == {5}  # no bar of a formula ends a cell
    russian = client.get("/trace.md?e=x*y&lang=ru").get_data(as_text=True)
    assert "значение" in russian


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@examples
def test_the_trace_as_latex_compiles(client: FlaskClient, example: Any, tmp_path: Path) -> None:
    table = fetched(client, f"/trace.tex?{linked(example)}", "text/x-tex").decode()
    whole = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}\tiny{table}\end{{document}}"
    (read,) = compiled(whole, tmp_path).pages[:1]
    assert "value" in read.extract_text()
    assert client.get(f"/trace.tex?{linked(example)}&lang=ru").data == table.encode()


def test_a_spreadsheet_takes_no_rule_for_a_formula(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/trace.csv?e=y=-x&at=x=2").get_data(as_text=True))))
    assert [row["rule"] for row in rows] == ["", "'-x"]
    assert rows[1]["value"] == "-2.0"


@pytest.mark.parametrize("file", ["step.pdf", "walk.pdf", "walk.zip", "walk.gif", "graph.dot", "trace.csv"])
def test_what_is_wrong_is_said(client: FlaskClient, file: str) -> None:
    answer = client.get(f"/{file}?e=sni(x)")
    assert answer.status_code == 400
    assert "sin" in json.loads(answer.data)["error"]["hint"]
    assert client.get(f"/{file}").status_code == 200  # the example
    assert client.get("/trace.doc").status_code == 404


def test_long_walks_are_refused_before_they_are_drawn(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "FILM", 10)
    monkeypatch.setattr(routes, "PAGES", 10)
    for file in ("walk.pdf", "walk.zip", "walk.gif"):
        error = json.loads(client.get(f"/{file}?{AT}").data)["error"]
        assert "21 pictures; this file holds 10" in error["message"]
        assert "Fold the graph" in error["hint"]
    assert client.get(f"/step.pdf?{AT}").status_code == 200


HOSTILE = ("ж" * 60, "__import__", "A" * 60, "ﬁ", "x̄", "τεστ")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_every_kind(client: FlaskClient, name: str) -> None:
    query = codec.encode(codec.State(e=f"{name} * 2 + y", step=99))
    if client.get(f"/api/v1/explain?{query}").status_code == 400:
        return
    for file in ("step.pdf", "walk.pdf", "walk.gif", "graph.dot", "trace.tex", "trace.md", "trace.csv"):
        assert client.get(f"/{file}?{query}").status_code == 200, file
    dot.svg(client.get(f"/graph.dot?{query}").get_data(as_text=True))


def test_a_dark_film(client: FlaskClient) -> None:
    film = Image.open(io.BytesIO(client.get(f"/walk.gif?{AT}&theme=dark").data)).convert("RGB")
    assert film.getpixel((2, 2)) == pytest.approx((15, 19, 25), abs=6)


def test_the_pictures_of_a_long_film_are_smaller(client: FlaskClient) -> None:
    """All of them together have so many pixels, for what a film costs must not grow with the walk."""

    def areas(program: str) -> list[int]:
        film = Image.open(io.BytesIO(client.get(f"/walk.gif?e={program}&at=x=1;y=2").data))
        return [frame.width * frame.height for frame in ImageSequence.all_frames(film)]

    short, long = areas("sin(x)*y-x/y"), areas("sin(x)*y-x/y-exp(x*y)*cos(y)*tanh(x-y)*exp(x)")
    assert short[0] > long[0]
    assert sum(long) <= FILM_AREA


def test_a_picture_is_paid_for_again_when_it_is_kept(client: FlaskClient) -> None:
    """A link is refused or answered alike, whoever asked before."""
    drawn = client.get(f"/step.svg?{AT}").get_data(as_text=True)
    raster(drawn, 1.0)
    with limited(work=1), request(), pytest.raises(LimitError):
        raster(drawn, 1.0)
