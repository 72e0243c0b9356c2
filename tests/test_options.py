"""One table of options: who adds a row, or a language, finds it wherever options are spoken of."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import graphengine
from graphengine.document.options import OPTIONS, REQUIRED
from graphengine.errors import GraphError
from graphengine.messages import LANGUAGES
from web import codec

ROOT = Path(__file__).parents[1]


def test_explain_takes_the_options_of_the_table_with_their_defaults() -> None:
    parameters = inspect.signature(graphengine.explain).parameters
    taken = {name: each.default for name, each in parameters.items()}
    named = {
        name: inspect.Parameter.empty if each.default is REQUIRED else each.default
        for name, each in OPTIONS.items()
    }
    assert taken == named


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("value", [object(), 1.5, {1: 2}, [1]])
def test_a_value_of_no_kind_is_refused_by_name(name: str, value: Any) -> None:
    asked = {"program": "x", name: value}
    if name in ("inputs", "seed") and isinstance(value, dict):
        asked[name] = [value]
    with pytest.raises(GraphError, match=name):
        graphengine.explain(**asked)


@pytest.mark.parametrize("key", [key for key in codec.KEYS if key not in ("e", "at", "seed")])
def test_the_readme_tells_every_key(key: str) -> None:
    assert re.search(rf"`{key}[`=]", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("key", ["roles"])
def test_a_key_is_spoken_of_in_few_files(key: str) -> None:
    """Its row, what `explain` does with it, and the control on the page: the table does the rest."""
    spoken = re.compile(rf'"{key}",\s*"{key}"|state\.{key}\b|\b{key}: Mapping\[str, str\]')
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in ("graphengine", "web", "static/js")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".js") and spoken.search(path.read_text("utf-8"))
    ]
    assert files == [
        "graphengine/document/__init__.py",
        "graphengine/document/options.py",
        "static/js/editor/roles.js",
    ]


# ---- a copy with more in it -----------------------------------------------------------------------------

TELL = """
import json, sys
import jsonschema
from app import create_app
from web import codec
client = create_app().test_client()
api = "/api/v1/explain"
got = client.get(api + "?e=x&loud=1").json
jsonschema.validate(got, client.get("/api/v1/schema.json").json)
described = client.get("/api/v1/openapi.json").json["paths"]["/explain"]
page = client.get("/?e=x*y&loud=1&lang=eo").text
data = json.loads(page.partition('id="page-data">')[2].partition("</script>")[0])
state, notices = codec.decode("e=x&loud=1&lang=eo")
print(json.dumps({
    "state": [state.loud, state.lang, len(notices)],
    "query": codec.encode(state),
    "got": got["loud"],
    "usual": client.get(api + "?e=x").json["loud"],
    "posted": client.post(api, json={"program": "x", "loud": True, "language": "eo"}).json["loud"],
    "refused": client.post(api, json={"program": "x", "loud": "very"}).json["error"]["message"],
    "keys": [each["name"] for each in described["get"]["parameters"]],
    "body": described["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["loud"],
    "row": [row for row in data["keys"] if row["key"] == "loud"],
    "asked": [data["state"]["loud"], "Esperanto" in page, '<html lang="eo"' in page],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app with one more option, which documents repeat, and one more language without a catalogue."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("graphengine", "web", "templates", "translations"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", root)
    (root / "static").symlink_to(ROOT / "static")
    document = root / "graphengine/document"
    _change(
        document / "options.py",
        "SHOWN = (\n",
        'SHOWN = (\n    Option("loud", "loud", FLAG, False, "Whether it is"),\n',
    )
    _change(document / "__init__.py", "    symbols: bool = False,\n", "    loud: bool = False,\n", keep=True)
    _change(
        document / "__init__.py",
        "    if jacobian and trace.error is None:\n",
        '    document["loud"] = bool(loud)\n',
        keep=True,
    )
    _change(document / "shapes.py", "    mode: Mode\n", "    loud: bool\n", keep=True)
    _change(root / "graphengine/messages.py", '"ru": "Русский"', '"ru": "Русский", "eo": "Esperanto"')
    return root


def _change(file: Path, old: str, new: str, keep: bool = False) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new + old if keep else new), "utf-8")


def run(root: Path, *arguments: str) -> str:
    """What Python prints in the copy."""
    found = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_a_row_is_a_key_an_argument_a_flag_and_known_to_the_browser(copy: Path) -> None:
    told = json.loads(run(copy, "-c", TELL))
    assert told["state"] == [True, "eo", 0]
    assert told["query"] == "v=1&e=x&loud=1&lang=eo"
    assert (told["got"], told["usual"], told["posted"]) == (True, False, True)
    assert told["refused"] == "loud is true or false."
    assert "loud" in told["keys"]
    assert told["body"] == {"type": "boolean", "description": "Whether it is.", "default": False}
    assert told["row"] == [
        {"key": "loud", "name": "loud", "drawn": False, "form": "flag", "initial": False, "packed": False}
    ]
    assert told["asked"] == [True, True, True]


def test_a_row_is_a_flag_of_the_command_line(copy: Path) -> None:
    assert json.loads(run(copy, "-m", "graphengine", "explain", "x", "--loud"))["loud"] is True
    told = run(copy, "-m", "graphengine", "explain", "--help")
    assert "Whether it is" in told and f"{{{','.join([*LANGUAGES, 'eo'])}}}" in told
