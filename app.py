"""The web app: `create_app()` puts it together; `python app.py` serves it for one person at a desk."""

from __future__ import annotations

import os

from flask import Flask

from web import api, embeds, failures, files, gallery, languages, notation, pages, pictures, reach, security
from web.exports import sources


def create_app() -> Flask:
    """A new application; it keeps no state, so any number of them may serve the same links."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = api.LONGEST_BODY
    app.config["LAN"] = os.environ.get("CHAINWALK_LAN", "")
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
    app.register_blueprint(reach.reach)
    app.register_blueprint(sources.sources)
    return app


if __name__ == "__main__":
    create_app().run(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
