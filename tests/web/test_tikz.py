"""LaTeX of a step and of a walk: what pdflatex makes of it reads like the picture."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

import graphengine
from web import codec, styling, walks
from web.examples import EXAMPLES, Example
from web.exports import beamer, tikz
from web.exports.letters import latex

AT = "e=exp(w1*x1+w2*x2+w0)&at=w1=2;x1=-1;w2=-3;x2=-2;w0=-3"
SAMPLE = ("exponential", "tangents")
HOSTILE = r"a_{}\input{/etc/passwd}$&#^_~%" + "\"<>|`'??--"
needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def compiled(source: str, folder: Path) -> PdfReader:
    """The PDF that pdflatex makes of `source`, which it must not complain about."""
    (folder / "it.tex").write_text(source, encoding="utf-8")
    ran = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "it.tex"],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    log = ran.stdout.decode("utf-8", "replace")
    assert ran.returncode == 0, log[-2000:]
    assert not re.search(r"^!|Overfull|undefined|Missing character", log, re.MULTILINE), log[-2000:]
    return PdfReader(folder / "it.pdf")


def read(pdf: PdfReader, page: int = 0) -> str:
    """The text of a page without its spaces."""
    return unicodedata.normalize("NFC", "".join(pdf.pages[page].extract_text().split()))


def drawn(program: str, step: int, theme: str = "light", **options: object) -> str:
    """The styled picture of a step; of the last one where there are fewer."""
    document = graphengine.explain(program, **options)  # type: ignore[arg-type]
    return styling.styled(walks.picture(document, min(step, len(document["steps"]))), theme)


def query(example: Example) -> str:
    """The link of an example."""
    keys = {key: getattr(example, key) for key in ("at", "mode", "seed", "wrt")}
    return codec.encode(codec.State(e=example.program, **keys))


@needs_latex
@pytest.mark.parametrize(
    "example",
    [pytest.param(e, id=e.name, marks=() if e.name in SAMPLE else pytest.mark.slow) for e in EXAMPLES],
)
def test_steps_of_an_example_compile_and_read_like_the_picture(
    client: FlaskClient, example: Example, tmp_path: Path
) -> None:
    steps = len(client.get(f"/api/v1/explain?{query(example)}").get_json()["steps"])
    for step, theme in ((0, "light"), (steps // 2, "dark"), (steps, "light")):
        link = f"{query(example)}&step={step}&theme={theme}"
        pdf = compiled(client.get(f"/step.tex?{link}").get_data(as_text=True), tmp_path)
        assert len(pdf.pages) == 1
        picture = client.get(f"/step.svg?{link}").get_data(as_text=True)
        wide, high = tikz.size(picture)
        assert float(pdf.pages[0].mediabox.width) == pytest.approx(wide, abs=0.1)
        assert float(pdf.pages[0].mediabox.height) == pytest.approx(high, abs=0.1)
        text = read(pdf)
        for number in re.findall(r'class="number"[^>]*>([−\d.e]+)<', picture):
            assert number in text
        for name in re.findall(r'class="name"[^>]*>([A-Za-z]+)<', picture):
            assert name in text


@needs_latex
def test_names_of_any_alphabet_and_length_compile(tmp_path: Path) -> None:
    program = "вес*é_1 + alpha_2*" + "q" * 60 + " + ά*đ + 变量_変 + ẅ*ſ + Ω*ў"
    text = read(compiled(tikz.document(drawn(program, 99, symbols=True, mode="reverse")), tmp_path))
    for known in ("ves", "qqq", "α", "Ω", "U+53D8"):
        assert known in text


@needs_latex
def test_no_character_is_a_command(tmp_path: Path) -> None:
    every = "".join(
        map(chr, [*range(32, 127), *range(0xA0, 0x250), *range(0x370, 0x400), *range(0x2070, 0x22FF)])
    )
    start, end = "\\documentclass{article}\\usepackage{tikz}\n", "\\begin{document}\\raggedright\\tiny\n"
    lines = [HOSTILE, *(" ".join(every[i : i + 20]) for i in range(0, len(every), 20))]
    body = "\n\n".join(latex(line) for line in lines)
    text = read(compiled(f"{start}{tikz.DEFINITIONS}{end}{body}\n\\end{{document}}", tmp_path))
    assert "input{/etc/passwd}$&#" in text
    assert "root:" not in text


def test_only_commands_of_ours_are_in_the_text() -> None:
    assert latex(HOSTILE).startswith(r"a\_\{\}\textbackslash{}input\{/etc/passwd\}\$\&\#\^{}\_\~{}\%")
    assert latex("−2×σᵀ") == r"$-$2$\times$$\sigma$\textsuperscript{T}"
    assert latex("v̄₁") == r"\={v}\textsubscript{1}"
    assert latex("变") == "U+53D8"
    assert latex("вес") == r"\chainwalkcyrillic{вес}{ves}"


def test_what_the_pen_does_not_know_is_no_picture() -> None:
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
    for unknown in ("<circle/>", '<path d="M0 0q1 1 2 2"/>', '<rect fill="url(#a)"/>', '<g opacity="0.5"/>'):
        with pytest.raises(ValueError, match=r"element|command|colour|opacity"):
            tikz.tikzpicture(frame.format(unknown))


def test_a_picture_is_never_larger_than_a_page_may_be() -> None:
    huge = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50000 9"><rect width="50000" height="9"/></svg>'
    )
    assert tikz.size(huge)[0] == pytest.approx(tikz.LARGEST)
    assert "(14000,2.52)" in tikz.tikzpicture(huge)


@needs_latex
@pytest.mark.parametrize("theme", styling.THEMES)
def test_slides_have_a_page_for_each_step_and_its_sentence(
    client: FlaskClient, theme: str, tmp_path: Path
) -> None:
    source = client.get(f"/slides.tex?e=x*sin(x_0)&at=x=2;x_0=1&theme={theme}&lang=en").get_data(as_text=True)
    pdf = compiled(source, tmp_path)
    document = graphengine.explain("x*sin(x_0)", "x=2;x_0=1")
    assert len(pdf.pages) == len(document["steps"]) + 1
    for page, step in enumerate(document["steps"], 1):
        # an underscore is a line that is drawn
        assert "".join(step["sentence"].replace("_", "").split()) in read(pdf, page)


@needs_latex
@pytest.mark.slow
def test_a_long_walk_of_slides_fits_into_the_memory_of_tex(client: FlaskClient, tmp_path: Path) -> None:
    source = client.get("/slides.tex?e=" + "+".join(f"x{i}*y" for i in range(10))).get_data(as_text=True)
    steps = graphengine.explain("+".join(f"x{i}*y" for i in range(10)))["steps"]
    assert len(compiled(source, tmp_path).pages) == len(steps) + 1


@needs_latex
def test_a_long_sentence_stays_on_its_slide(tmp_path: Path) -> None:
    pdf = compiled(beamer.slides([drawn("x*y", 3)], ["weights & biases " * 60]), tmp_path)
    assert len(pdf.pages) == 1


def test_addresses_answer_like_those_of_pictures(client: FlaskClient) -> None:
    for address in ("/step.tex", "/slides.tex"):
        answer = client.get(f"{address}?{AT}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/x-tex"
        tag = answer.headers["ETag"]
        assert client.get(f"{address}?{AT}", headers={"If-None-Match": tag}).status_code == 304
        wrong = client.get(f"{address}?e=sni(x)")
        assert wrong.status_code == 400
        assert wrong.get_json()["error"]["suggestion"]
    assert "chainwalk0F1319" in client.get(f"/step.tex?{AT}&theme=dark").get_data(as_text=True)
    assert "chainwalk0F1319" not in client.get(f"/step.tex?{AT}&theme=dark&transparent=1").get_data(
        as_text=True
    )


def test_a_walk_too_long_for_slides_is_refused(client: FlaskClient) -> None:
    answer = client.get(
        "/slides.tex", query_string={"e": "+".join(f"x{i}*x{i}" for i in range(40)), "lang": "en"}
    )
    assert answer.status_code == 400
    assert answer.get_json()["error"]["kind"] == "limit"
