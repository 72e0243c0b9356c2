"""What the browser's code promises about itself: places, layers, a scale, types, pins."""

from __future__ import annotations

import json
import re

from tests.test_house import ROOT, loaded

PLACES = ("code", "derivative", "editor", "shell", "step")
"""The places on the page, each a folder of controllers, of style sheets and of templates."""
SCRIPTS = {"tools": 0, "walk": 1, "graph": 2} | dict.fromkeys(PLACES, 3)
"""The folders of static/js from the ground up; a module imports from its own folder and from lower ones."""


def test_scripts_import_one_way() -> None:
    found = [
        (path.parent.name, folder, path.name)
        for path in (ROOT / "static" / "js").glob("*/*.js")
        for folder in re.findall(
            r'^(?:import|\}) .*"\.\./(\w+)/', path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(found) > 30
    assert not [place for place in found if SCRIPTS[place[1]] >= SCRIPTS[place[0]]]


LAYERS = ("base", "katex", "parts", "places", "projector")
"""Of the style sheets of pages, from the weakest; in one layer the order of sheets means nothing."""
SHADOWS = {"graph.css", "computation-graph.css", "miniature.css"}
"""The sheets inside shadow roots, where no other is."""


def test_style_sheets_are_in_layers() -> None:
    sheets = {path: path.read_text(encoding="utf-8") for path in (ROOT / "static" / "css").rglob("*.css")}
    orders = [found for text in sheets.values() for found in re.findall(r"@layer ([^{;]+);", text)]
    assert orders == [", ".join(LAYERS)]
    for path, text in sheets.items():
        if path.name not in SHADOWS:
            outside = re.sub(r"/\*.*?\*/|@layer [^{;]+;", "", text, flags=re.DOTALL).strip()
            assert re.fullmatch(rf"@layer ({'|'.join(LAYERS)}) \{{\n(  .*\n|\n)*\}}", outside), path.name


def test_spaces_are_of_the_scale() -> None:
    """What is 3rem and more is no space between things but the size of a place."""
    spaces = re.compile(
        r"[ {](?:padding|margin|(?:row-|column-)?gap)[\w-]*:[^;]*?(?<![\d.])(?:[0-2]?\.\d+|[0-2])rem[^;]*;"
    )
    sheets = (ROOT / "static" / "css").rglob("*.css")
    assert not [found for path in sheets for found in spaces.findall(path.read_text(encoding="utf-8"))]


def test_scripts_make_no_formulas() -> None:
    """Mathematics comes ready from the engine; a script may join what is equal, and nothing else."""
    made = re.compile(r"\\\\(?:frac|partial|cdot|odot|left|right|mathrel|overline|begin\{[bp]?matrix)")
    scripts = (ROOT / "static" / "js").rglob("*.js")
    assert not [path.name for path in scripts if made.search(path.read_text(encoding="utf-8"))]


def test_a_part_of_the_page_has_one_name() -> None:
    """What a template draws, the script and the style sheet of the same name move and dress."""
    for template in (path for place in PLACES for path in (ROOT / "templates" / place).glob("*.html")):
        part = template.relative_to(ROOT / "templates").with_suffix("")
        for root, suffix in (("static/js", ".js"), ("static/css", ".css")):
            assert (ROOT / root / part).with_suffix(suffix).exists(), f"{part}{suffix}"


def test_the_types_of_answers_are_those_of_the_schemas() -> None:
    written = (ROOT / "types" / "api.d.ts").read_text(encoding="utf-8")
    assert written == loaded("declare-types").declarations(), "run .venv/bin/python script/declare-types"


def test_browser_libraries_are_pinned() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    listed = locked.pop("")
    kinds = ("dependencies", "devDependencies")
    assert [listed[kind] for kind in kinds] == [wanted[kind] for kind in kinds]
    for name, version in (pin for kind in kinds for pin in wanted[kind].items()):
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package and "resolved" not in package for package in locked.values())
