"""Which language a request is answered in: the link's `lang`, else the best of Accept-Language."""

from __future__ import annotations

import dataclasses

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel

from graphengine.messages import LANGUAGES

from . import codec


def attach(app: Flask) -> None:
    """Let gettext, templates and caches know the language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=language)
    app.context_processor(lambda: {"language": language(), "languages": switch(link()[0])})
    app.after_request(_vary)


def link() -> tuple[codec.State, tuple[codec.Notice, ...]]:
    """What this request's query string says, read once."""
    if "link" not in g:
        g.link = codec.decode(request.query_string)
    return g.link  # type: ignore[no-any-return]


def language() -> str:
    """The language of this request; English outside of one."""
    if not has_request_context():
        return next(iter(LANGUAGES))
    wanted = link()[0].lang
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(list(LANGUAGES)) or next(iter(LANGUAGES))


def switch(state: codec.State) -> dict[str, dict[str, str]]:
    """The page of this request in each language, in `state`: {code: {name, href}}."""
    return {
        code: {"name": name, "href": request.path + "?" + codec.encode(dataclasses.replace(state, lang=code))}
        for code, name in LANGUAGES.items()
    }


def _vary(response: Response) -> Response:
    if request.endpoint != "static":
        response.vary.add("Accept-Language")
        response.content_language.add(language())
    return response
