"""`/oembed`: what a chat or a blog needs to show a link of ours as the walk itself (oembed.com)."""

from __future__ import annotations

import json
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from flask import Blueprint, Response, abort, request, url_for
from markupsafe import escape
from werkzeug.exceptions import NotFound

import graphengine

from . import answers, codec, reach, walks
from .exports.frames import Frames

oembeds = Blueprint("oembed", __name__)

WIDTH, HEIGHT = 960, 540
LEAST = 200
"""Pixels of an iframe: as large as its page allows, between these."""
OURS = ("/", "/embed")


@oembeds.get("/oembed")
def oembed() -> Response:
    """The iframe of the walk that `url` leads to, with a preview; 404 for what is not ours."""
    if _argument("format") not in ("", "json"):
        abort(501)
    try:
        address = urlsplit(_argument("url"))
    except ValueError:  # http://[
        raise NotFound from None
    hosts = (request.host, urlsplit(reach.origin()).netloc)
    if address.netloc not in hosts or address.path not in OURS:
        raise NotFound
    state, _notices = codec.decode(address.query)
    state = walks.with_example(state)
    query = codec.encode(state)
    wide, high = (_bounded(name, most) for name, most in (("maxwidth", WIDTH), ("maxheight", HEIGHT)))
    source = f"{reach.origin()}{url_for('embeds.embed')}?{query}"
    told = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Chainwalk",
        "provider_url": reach.origin() + url_for("pages.walk"),
        "title": f"{(state.e or '')[:60]} – Chainwalk",
        "width": wide,
        "height": high,
        "html": f'<iframe src="{escape(source)}" width="{wide}" height="{high}" title="Chainwalk"></iframe>',
        "cache_age": answers.FRESH,
        **_preview(state, query),
    }
    return answers.cached(Response(json.dumps(told, ensure_ascii=False), mimetype="application/json"))


def _preview(state: codec.State, query: str) -> dict[str, str | int]:
    """The picture of the very step; a program with a mistake has none."""
    frames = Frames(state)
    try:
        root = ElementTree.fromstring(frames.picture(frames.step))
    except graphengine.GraphError:
        return {}
    return {
        "thumbnail_url": f"{reach.origin()}{url_for('pictures.png')}?{query}&scale=1",
        "thumbnail_width": round(float(root.get("width", "0"))),
        "thumbnail_height": round(float(root.get("height", "0"))),
    }


def _bounded(name: str, most: int) -> int:
    text = _argument(name)
    return max(LEAST, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 8 else most


def _argument(name: str) -> str:
    """A key of the query; a plus in it is a plus."""
    pairs = [pair.partition("=") for pair in request.query_string.decode("utf-8", "replace").split("&")]
    return next((unquote(value) for key, _sign, value in pairs if key == name), "")
