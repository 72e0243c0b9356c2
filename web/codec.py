"""The URL codec: everything the page shows is a pure function of the raw query string.

`+` is literal: form decoding would silently turn it into a space, and a sum into a product. Where a `%2B`
stands beside it, a form has encoded the query, and `+` is a space. A long program travels compressed, in
`z`. The keys are the options of the engine and the page's own, here; a page hands them to
`static/js/walk/codec.js`, which is the same codec: both pass the vectors in `tests/web`.

    ?v=1&e=exp(w1*x1+w0)&at=w1=2;x1=-1;w0=-3&mode=reverse&step=7
"""

from __future__ import annotations

import base64
import binascii
import inspect
import re
import zlib
from dataclasses import dataclass, make_dataclass
from typing import Literal
from urllib.parse import quote, unquote_to_bytes

from graphengine import document
from graphengine.document.kinds import FLAG, TEXT, Setting, choice, clamped
from graphengine.document.options import REQUIRED, SHOWN, WALK, Option

VERSION = 1
LONGEST = 65_536
"""Bytes of a query, packed or unpacked."""
READABLE = 1_500
"""Characters of a query from which on its texts travel packed."""
_FORM = re.compile(rb"%2[Bb](?!\Z)")
"""What only a form writes: a link of ours escapes a plus at its end alone."""
BARE = "!$()*+,/:;=?@^"
"""What stays readable besides letters, digits and `-._~`: chat programs leave it alone in a link."""


STEP = Option("", "step", clamped(0, 1_000_000), 0, "The step shown")
PAGE = (
    Option("", "theme", choice("light", "dark", "projector"), None, "Colours, and the size for a hall"),
    Option("", "view", TEXT, None, "The panel in front, as in jacobian:z:A or code:torch"),
    Option("", "readonly", FLAG, False, "Whether an embed has no link to the whole page"),
    Option("", "scale", TEXT, None, "How much larger a picture is"),
    Option("", "transparent", FLAG, False, "Whether a picture has no ground of its own"),
)
"""The keys of which no document knows."""

KEYS = {option.key: option for option in (*WALK, STEP, *SHOWN, *PAGE) if option.key}
"""Every key of a link, in the order in which they are written."""
DEFAULTS = {key: option.unsaid for key, option in KEYS.items()}
DRAWN = tuple(inspect.signature(document.drawn).parameters)
"""The arguments on which the graph depends."""
PACKED = [option.key for option in WALK if option.kind.form != "choice"]
"""The texts of a person: what is long travels in `z`."""

_Said: type = make_dataclass("_Said", [(key, object, value) for key, value in DEFAULTS.items()], frozen=True)


class State(_Said):  # type: ignore[misc]  # a field for each of KEYS
    """What a link says; every field is the key of that name, and its default is left out of links.

    `e` is the program (None: the link has none) and `at` its inputs. `wrt` None is all inputs, `folds` None
    nothing; `seed`, `output` and `grain` "" are the engine's choice, `lang` and `theme` "" the reader's.
    """

    # For the type checker: the keys that are read by name here. Of the others only the engine knows.
    e: str | None
    at: str
    mode: str
    wrt: tuple[str, ...] | None
    output: str
    step: int
    digits: int
    lang: str
    theme: str
    view: str
    readonly: bool
    scale: str
    transparent: bool


@dataclass(frozen=True)
class Notice:
    """Something in a link that could not be followed: `key`, and the `value` as it was written."""

    code: Literal["unknown", "repeated", "encoding", "broken", "packed", "version", "long"]
    key: str = ""
    value: str = ""


def decode(query: bytes | str) -> tuple[State, tuple[Notice, ...]]:
    """The state that a raw query string describes, and what in it could not be followed; raises nothing."""
    raw = query.encode("utf-8", "replace") if isinstance(query, str) else query
    if len(raw) > LONGEST:
        return State(), (Notice("long"),)
    if b"+" in raw and _FORM.search(raw):
        raw = raw.replace(b"+", b"%20")
    texts: dict[str, str] = {}
    notices: list[Notice] = []
    _collect(raw, texts, notices)
    if texts.get("v", str(VERSION)) != str(VERSION):
        notices.append(Notice("version", "v", _short(texts["v"])))
    if texts.get("z"):
        try:
            _collect(unpack(texts["z"]), texts, notices, packed=True)
        except ValueError:
            notices.append(Notice("packed", "z"))
    found: dict[str, Setting] = {}
    for key, option in KEYS.items():
        text = texts.get(key, "")
        if text or (option.default is REQUIRED and key in texts):
            try:
                found[key] = option.kind.read(text)
            except ValueError:
                notices.append(Notice("broken", key, _short(text)))
    return State(**found), tuple(notices)


def encode(state: State) -> str:
    """The canonical query of a state: keys in the order of `KEYS`, defaults left out, long texts packed."""
    pairs = [(key, escape(text)) for key, text in written(state).items()]
    query = "&".join(f"{key}={text}" for key, text in pairs)
    if len(query) > READABLE:
        inner = "&".join(f"{key}={text}" for key, text in pairs if key in PACKED)
        query = "&".join(
            [f"z={pack(inner.encode())}", *(f"{key}={text}" for key, text in pairs if key not in PACKED)]
        )
    return _closed("&".join(filter(None, [f"v={VERSION}", query])))


def written(state: State) -> dict[str, str]:
    """What differs from the defaults, as the text of each key."""
    values = {key: getattr(state, key) for key in KEYS}
    return {key: KEYS[key].kind.write(value) for key, value in values.items() if value != DEFAULTS[key]}


def table() -> list[dict[str, Setting]]:
    """`KEYS` for the browser; `name` is the argument of `explain`, "" if no document depends on it."""
    return [
        {
            "key": key,
            "name": option.name,
            "drawn": option.name in DRAWN,
            "form": option.kind.form,
            "initial": option.unsaid,
            "packed": key in PACKED,
            **option.kind.bounds,
        }
        for key, option in KEYS.items()
    ]


def escape(text: str) -> str:
    """Percent-escapes for all that a query or a chat program would not leave alone."""
    return quote(text, safe=BARE, errors="replace")


def pack(query: bytes) -> str:
    """Raw deflate, in the base64 of URLs without padding."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.urlsafe_b64encode(deflate.compress(query) + deflate.flush()).rstrip(b"=").decode()


def unpack(text: str) -> bytes:
    """The query in a `z`; ValueError if it is damaged or larger than `LONGEST`."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        raise ValueError("not base64")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        query = inflate.decompress(data, LONGEST + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("damaged") from error
    if len(query) > LONGEST or not inflate.eof or inflate.unused_data:
        raise ValueError("too long or cut off")
    return query


def _collect(raw: bytes, texts: dict[str, str], notices: list[Notice], packed: bool = False) -> None:
    """Add the pairs of a query to `texts`: the first of a key counts, and what stands outside `z`."""
    seen: set[str] = set()
    for pair in raw.split(b"&"):
        name, _, value = pair.partition(b"=")
        # A link that went through HTML once too often says &amp; for &.
        key = unquote_to_bytes(name).decode("utf-8", "replace").removeprefix("amp;")
        text, whole = _text(value)
        if not pair:
            continue
        if key not in KEYS and (packed or key not in ("v", "z")):
            notices.append(Notice("unknown", _short(key)))
        elif key in seen:
            notices.append(Notice("repeated", key))
        else:
            seen.add(key)
            texts.setdefault(key, text)
            if not whole:
                notices.append(Notice("encoding", key))


def _text(raw: bytes) -> tuple[str, bool]:
    """A value's text, and whether its bytes are UTF-8; lines end as in programs, also after a form."""
    data = unquote_to_bytes(raw)
    try:
        text, whole = data.decode(), True
    except UnicodeDecodeError:
        text, whole = data.decode("utf-8", "replace"), False
    return text.replace("\r\n", "\n"), whole


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _closed(query: str) -> str:
    """The same query, never ending in punctuation: programs that recognise links cut that off."""
    last = query[-1]
    return query if last.isalnum() or query.endswith("=") else f"{query[:-1]}%{ord(last):02X}"
