"""One HTML file that holds all it needs: a page of ours with its style sheets, fonts, and scripts inside.

Modules become `data:` addresses in an import map, by names that start with neither a dot nor a slash: from a
`data:` address nothing relative can be reached. Nothing is fetched, and its policy allows nothing to be.
What is not there (script/bootstrap makes static/vendor) is empty, as it would be missing from the page:
without the typeface the reader's own shows, without KaTeX the file is the picture of its step.
"""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
from pathlib import Path

ENTRY = "js/embed.js"
KATEX = "vendor/katex/katex.mjs"
_IMPORTED = re.compile(r'\b(from|import)\s+"(\.{1,2}/[^"]+)"')
_ADDRESS = re.compile(r"url\(\"?([^)\"]+)\"?\)")
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_ICON = re.compile(r'(<link rel="icon" href=")([^"]+)(")')
_MAP = re.compile(r'<script type="importmap">.*?</script>', re.S)
_SCRIPT = re.compile(r'<script type="module" src="[^"]+"></script>')


def alone(page: str, static: Path, prefix: str) -> str:
    """`page`, whose files lie in the folder `static` and are called by addresses under `prefix`."""

    def path(address: str) -> Path:
        return static / address.removeprefix(prefix).partition("?")[0]

    imports = {name: _data(source, "text/javascript") for name, source in _modules(static).items()}
    table = json.dumps({"imports": imports}).replace("<", "\\u003c")
    start = f'import "{ENTRY}";'
    page = _SHEET.sub(lambda found: f"<style>{_sheet(path(found[1]))}</style>", page)
    page = _ICON.sub(lambda found: f"{found[1]}{_file(path(found[2]))}{found[3]}", page)
    page = _MAP.sub(lambda _found: f'<script type="importmap">{table}</script>', page, count=1)
    page = _SCRIPT.sub(lambda _found: f'<script type="module">{start}</script>', page, count=1)
    policy = (
        f"default-src 'none'; script-src data: {_digest(table)} {_digest(start)}; "
        "style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return page.replace(
        '<meta charset="utf-8">',
        f'<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="{policy}">',
        1,
    )


def _modules(static: Path) -> dict[str, str]:
    """The sources of the entry and of all that it imports, by name, importing each other by these names."""
    sources = {"katex": _content(static / KATEX).decode()}
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        if name in sources:
            continue

        def renamed(found: re.Match[str], name: str = name) -> str:
            target = (static / name).parent.joinpath(found[2]).resolve()
            waiting.append(target.relative_to(static.resolve()).as_posix())
            return f'{found[1]} "{waiting[-1]}"'

        sources[name] = _IMPORTED.sub(renamed, _content(static / name).decode())
    return sources


def _sheet(path: Path) -> str:
    """A style sheet with the fonts that it names inside."""
    return _ADDRESS.sub(lambda found: f'url("{_file(path.parent / found[1])}")', _content(path).decode())


def _file(path: Path) -> str:
    return _data(_content(path), mimetypes.guess_type(path.name)[0] or "font/woff2")


def _content(path: Path) -> bytes:
    """What a file holds, nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""


def _data(content: str | bytes, mimetype: str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return f"data:{mimetype};base64,{base64.b64encode(raw).decode()}"


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
