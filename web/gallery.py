"""The gallery: worked examples with their sources, numbers, pictures that step, and links that open them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

import graphengine
from graphengine.document.kinds import Setting
from graphengine.document.shapes import Document, Value
from graphengine.values import array, format_number, latex_value

from . import codec, walks
from .examples import EXAMPLES, Example
from .languages import language, link

pages = Blueprint("gallery", __name__)


@dataclass(frozen=True)
class Number:
    """One result: its symbol in LaTeX and in words, what the source prints of it, and what is computed.

    An array is `typeset`, and `computed` says it in words.
    """

    latex: str
    name: str
    printed: str
    computed: str
    typeset: str = ""


@dataclass(frozen=True)
class Card:
    """An example in the reader's language, with everything that its card shows."""

    example: Example
    title: str
    note: str
    where: str
    latex: str
    picture: Markup
    steps: int
    numbers: tuple[Number, ...]


@pages.get("/gallery")
def gallery() -> Response:
    """All examples, each drawn at its last step."""
    page = render_template(
        "gallery.html",
        theme=link()[0].theme,
        cards=[(card, _opened(card.example), _document(card.example)) for card in cards(language())],
    )
    response = Response(page)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def state(example: Example, **more: Setting) -> codec.State:
    """The walk of an example, at its beginning."""
    given: walks.Asked = {"mode": example.mode, "seed": example.seed, "wrt": example.wrt}
    return codec.State(e=example.program, at=example.at, **given, **more)


def _opened(example: Example) -> str:
    return url_for("pages.walk") + "?" + codec.encode(state(example, lang=link()[0].lang))


def _document(example: Example) -> str:
    return url_for("api.explain") + "?" + codec.encode(state(example, lang=language()))


@lru_cache
def cards(spoken: str) -> tuple[Card, ...]:
    """The cards in a language; computed once."""
    return tuple(_card(example, spoken) for example in EXAMPLES)


def _card(example: Example, spoken: str) -> Card:
    document = graphengine.explain(**walks.arguments(state(example)), language=spoken)
    steps = len(document["steps"])
    return Card(
        example,
        title=example.title.text(spoken),
        note=example.note.text(spoken) if example.note else "",
        where=example.where.text(spoken) if example.where else "",
        latex=document["program"]["latex"],
        picture=Markup(walks.picture(document, steps)),  # escaped by the engine
        steps=steps,
        numbers=tuple(_numbers(example, document)),
    )


def _numbers(example: Example, document: Document) -> list[Number]:
    results = document["results"]
    symbols = {node["name"]: node["symbol"] for node in document["graph"]["nodes"]}
    ((output, value),) = results["value"].items()
    found = [(symbols[output], output, value)]
    for name, tangent in results.get("tangent", {}).items():
        found.append((rf"\dot{{{symbols[name]}}}", f"{name}\N{COMBINING DOT ABOVE}", tangent))
    for name, slope in results.get("gradient", {}).items():
        found.append((rf"\partial {symbols[output]} / \partial {symbols[name]}", name, slope))
    printed = {_plain(name): text.replace("-", "−") for name, text in example.printed.items()}
    return [_number(latex, name, printed.get(_plain(name), ""), result) for latex, name, result in found]


def _number(latex: str, name: str, printed: str, result: Value) -> Number:
    value = array(result, name)
    if isinstance(result, list):
        return Number(latex, name, printed, str(value.tolist()), latex_value(value, 4))
    return Number(latex, name, printed, format_number(value, 6))


def _plain(name: str) -> str:
    """One spelling of a symbol: ẏ is y and a dot."""
    return unicodedata.normalize("NFD", name)
