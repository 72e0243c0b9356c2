"""The gallery: every example opens, and every number that its source prints is what is computed."""

from __future__ import annotations

import json
import re
from html import unescape

import numpy as np
import pytest
from flask.testing import FlaskClient

import graphengine
from graphengine.messages import LANGUAGES
from web import codec, gallery, walks
from web.examples import EXAMPLES, Example

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


@every_example
def test_what_a_source_prints_is_computed(example: Example) -> None:
    results = graphengine.explain(**walks.arguments(gallery.state(example)))["results"]
    found = {**results["value"], **results.get("gradient", {})}
    found |= {f"{name}\N{COMBINING DOT ABOVE}": number for name, number in results.get("tangent", {}).items()}
    for name, text in example.printed.items():
        if text.startswith("["):
            np.testing.assert_allclose(found[name], json.loads(text), rtol=0, atol=5e-4)
            continue
        digits = len(text.partition(".")[2])
        number = found[gallery._plain(name)]
        assert f"{number:.{digits}f}" == text, name


def test_no_printed_number_is_lost_on_its_card() -> None:
    for card in gallery.cards("en"):
        shown = {number.printed for number in card.numbers if number.printed}
        assert shown == {text.replace("-", "−") for text in card.example.printed.values()}, card.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_opens(client: FlaskClient, language: str) -> None:
    page = client.get(f"/gallery?lang={language}").text
    links = [unescape(link) for link in re.findall(r'<h2><a href="([^"]+)"', page)]
    assert len(links) == len(EXAMPLES)
    for link, example in zip(links, EXAMPLES, strict=True):
        state, notices = codec.decode(link.partition("?")[2])
        assert notices == ()
        assert (state.e, state.lang) == (example.program, language)
        assert client.get(link).status_code == 200
    for source in {example.source[1] for example in EXAMPLES if example.source}:
        assert f'href="{source}"' in page


def test_it_is_told_what_a_source_does_not_print(client: FlaskClient) -> None:
    page = client.get("/gallery").text
    assert page.count("The source does not print it.") == sum(
        not number.printed for card in gallery.cards("en") for number in card.numbers
    )


def test_names_are_unique() -> None:
    names = [example.name for example in EXAMPLES]
    assert len(set(names)) == len(names)
