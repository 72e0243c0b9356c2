"""The URL codec: everything the page shows is a pure function of the raw query string.

`+` is literal: form decoding would silently turn it into a space, and a sum into a product. A long program
travels compressed, in `z`. `static/js/walk/codec.js` is the same codec; both pass the vectors in `tests/web`.

    ?v=1&e=exp(w1*x1+w0)&at=w1=2;x1=-1;w0=-3&mode=reverse&step=7
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Literal
from urllib.parse import quote, unquote_to_bytes

VERSION = 1
LONGEST = 65_536
"""Bytes of a query, packed or unpacked."""
READABLE = 1_500
"""Characters of a query from which on its texts travel packed."""
PACKED = ("e", "at", "wrt", "seed", "output")
BARE = "!$()*+,/:;=?@^"
"""What stays readable besides letters, digits and `-._~`: chat programs leave it alone in a link."""


@dataclass(frozen=True)
class State:
    """What a link says; every field is the key of that name, and its default is left out of links.

    `e` is the program (None: the link has none) and `at` its inputs. `wrt` None is all inputs, `folds` None
    nothing; `seed`, `output` and `grain` "" are the engine's choice, `lang` and `theme` "" the reader's.
    """

    e: str | None = None
    at: str = ""
    mode: str = "reverse"
    wrt: tuple[str, ...] | None = None
    seed: str = ""
    output: str = ""
    step: int = 0
    share: bool = False
    grain: str = ""
    folds: tuple[str, ...] | None = None
    layout: str = "gradient"
    digits: int = 4
    symbols: bool = False
    exact: bool = False
    lang: str = ""
    theme: str = ""
    view: str = ""
    readonly: bool = False
    scale: str = ""
    transparent: bool = False


@dataclass(frozen=True)
class Notice:
    """Something in a link that could not be followed: `key`, and the `value` as it was written."""

    code: Literal["unknown", "repeated", "encoding", "broken", "packed", "version", "long"]
    key: str = ""
    value: str = ""


@dataclass(frozen=True)
class Kind:
    """How the text of one key becomes a value (ValueError: it does not) and text again."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def _read_step(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError
    return 0 if text[0] == "-" else int(text[-6:]) if len(text.lstrip("0")) <= 6 else 1_000_000


def _read_digits(text: str) -> int:
    if text not in map(str, range(2, 13)):
        raise ValueError
    return int(text)


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _choice(*values: str) -> Kind:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError
        return text

    return Kind(read)


TEXT = Kind(str)
FLAG = Kind(lambda text: _choice("0", "1").read(text) == "1", lambda flag: "1" if flag else "0")
KEYS: dict[str, Kind] = {
    "e": TEXT,
    "at": TEXT,
    "mode": _choice("reverse", "forward"),
    "wrt": Kind(_read_names, ",".join),
    "seed": TEXT,
    "output": TEXT,
    "step": Kind(_read_step),
    "share": FLAG,
    "grain": _choice("operator", "statement"),
    "folds": Kind(_read_names, ",".join),
    "layout": _choice("gradient", "jacobian"),
    "digits": Kind(_read_digits),
    "symbols": FLAG,
    "exact": FLAG,
    "lang": _choice("en", "ru"),
    "theme": _choice("light", "dark", "projector"),
    "view": TEXT,
    "readonly": FLAG,
    "scale": TEXT,
    "transparent": FLAG,
}
DEFAULTS = {field.name: field.default for field in fields(State)}


def decode(query: bytes | str) -> tuple[State, tuple[Notice, ...]]:
    """The state that a raw query string describes, and what in it could not be followed; raises nothing."""
    raw = query.encode("utf-8", "replace") if isinstance(query, str) else query
    if len(raw) > LONGEST:
        return State(), (Notice("long"),)
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
    found: dict[str, Any] = {}
    for key, kind in KEYS.items():
        text = texts.get(key, "")
        if text or (key == "e" and "e" in texts):
            try:
                found[key] = kind.read(text)
            except ValueError:
                notices.append(Notice("broken", key, _short(text)))
    return State(**{key: value for key, value in found.items() if value != ()}), tuple(notices)


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
    return {key: KEYS[key].write(value) for key, value in values.items() if value != DEFAULTS[key]}


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
