"""The web app: `create_app()` puts it together; `python app.py` serves it for one person at a desk."""

from __future__ import annotations

import os

from flask import Flask

from web import (
    api,
    asgi,
    bounds,
    embeds,
    failures,
    files,
    gallery,
    languages,
    listings,
    notation,
    oembed,
    pages,
    pictures,
    reach,
    security,
)
from web.exports import routes


def create_app() -> Flask:
    """A new application; it keeps no state, so any number of them may serve the same links."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = asgi.LONGEST_BODY
    app.config["LAN"] = os.environ.get("CHAINWALK_LAN", "")
    bounds.attach(app)
    languages.attach(app)
    security.attach(app)
    failures.attach(app)
    files.attach(app)
    app.register_blueprint(pages.pages)
    app.register_blueprint(embeds.embeds)
    app.register_blueprint(gallery.pages)
    app.register_blueprint(notation.pages)
    app.register_blueprint(api.api)
    app.register_blueprint(pictures.pictures)
    app.register_blueprint(listings.listings)
    app.register_blueprint(oembed.oembeds)
    app.register_blueprint(routes.exports)
    app.register_blueprint(reach.reach)
    return app


if __name__ == "__main__":
    create_app().run(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
