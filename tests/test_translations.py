"""Every sentence of the code has its translation in every language, with the same places to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import graphengine
from graphengine.messages import LANGUAGES

ROOT = Path(__file__).parent.parent
FOREIGN = list(LANGUAGES)[1:]  # sentences are written in the first
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "pgettext": ((1, "c"), 2),
    "NN_": (1, 2),
    "ngettext": (1, 2),
    "counted": (2, 3),
}


def extracted() -> set[tuple[str | None, str]]:
    """(context, msgid) of every sentence in the engine, the web part and the templates."""
    found = set()
    for folder in ("graphengine", "web", "templates"):
        methods = [("**.html", "jinja2"), ("**.py", "python")]
        for _file, _line, text, _comments, context in extract_from_dir(
            ROOT / folder, methods, keywords=KEYWORDS
        ):
            found.add((context, text if isinstance(text, str) else text[0]))
    return found


def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def sentences(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """A sentence, or all its plural forms."""
    return [text] if isinstance(text, str) else list(text or ())


@pytest.mark.parametrize("language", FOREIGN)
def test_every_sentence_is_translated_and_no_translation_is_left_over(language: str) -> None:
    assert {(message.context, forms(message.id)[0]) for message in sentences(language)} == extracted()
    plurals = catalogue(language).num_plurals
    for message in sentences(language):
        assert all(forms(message.string)) and not message.fuzzy, message.id
        assert len(forms(message.string)) == (plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("language", FOREIGN)
def test_translations_fill_the_same_places(language: str) -> None:
    places = re.compile(r"\{\w+\}|%\(\w+\)s|`\w+`")
    for message in sentences(language):
        wanted = sorted(places.findall(forms(message.id)[0]))
        for form in [*forms(message.id), *forms(message.string)]:
            assert sorted(places.findall(form)) == wanted


@pytest.mark.parametrize(
    ("count", "russian"),
    [
        (1, "1 аргумент,"),
        (2, "2 аргумента,"),
        (5, "5 аргументов,"),
        (11, "11 аргументов,"),
        (21, "21 аргумент,"),
    ],
)
def test_what_is_counted_agrees_with_its_number(count: int, russian: str) -> None:
    names = ", ".join(f"x{i}" for i in range(count))
    with pytest.raises(graphengine.GraphError) as caught:
        graphengine.parse(f"f({names}) = x0; f()")
    assert russian in caught.value.explain("ru")
    assert ("1 argument," in caught.value.explain("en")) == (count == 1)


def test_the_engine_speaks_russian() -> None:
    document = graphengine.explain("x*x", "x=3", language="ru")
    assert document["steps"][0]["sentence"] == "Вход x равен 3."
    with pytest.raises(graphengine.GraphError) as caught:
        graphengine.parse("sni(x)")
    assert "Может быть, sin?" in caught.value.explain("ru")


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [("/", "ru, en;q=0.5", "ru"), ("/", "xx", "en"), ("/?lang=ru", "en", "ru"), ("/?lang=en", "ru", "en")],
)
def test_the_link_decides_the_language_and_then_the_browser(
    client: FlaskClient, address: str, accepted: str, language: str
) -> None:
    response = client.get(address, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in response.text
    assert "Accept-Language" in response.headers["Vary"]
    assert ("Нарисовать" in response.text) == (language == "ru")
