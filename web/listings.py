"""`/code.py`: the program of a link as code of NumPy, PyTorch or JAX, to keep and to run."""

from __future__ import annotations

from flask import Blueprint, Response

import graphengine
from graphengine.listings.files import Listing, listing
from graphengine.program import parse_values

from . import answers, replies, walks
from .codec import State
from .languages import link

listings = Blueprint("listings", __name__)
listings.register_error_handler(graphengine.GraphError, answers.refuse)


@listings.get("/code.py")
def code() -> Response:
    """The file that the link's `view` names, as in view=code:module:W,b."""
    state, _found = link()
    found = listed(walks.with_example(state))
    response = Response(found.text, mimetype="text/x-python")
    response.headers["Content-Disposition"] = f"attachment; filename={found.filename}"
    return answers.cached(response)


def listed(state: State) -> Listing:
    """The program of a state as code, of the kind and with the parameters that its `view` names.

    Raises GraphError as `drawn` and `listing` do.
    """
    _code, kind, names, *_rest = [*state.view.split(":"), "", "", ""]
    asked = walks.arguments(state)
    return listing(
        walks.drawn(asked).graph,
        kind or "numpy",
        mode=state.mode,
        output=state.output or None,
        wrt=state.wrt,
        seed=parse_values(state.seed) if state.seed else None,
        parameters=[name.strip() for name in names.split(",") if name.strip()],
    )


def as_dict(found: Listing) -> replies.Listing:
    """A listing as JSON: its lines, each with what it writes in the picture."""
    return {
        "kind": found.kind,
        "filename": found.filename,
        "lines": [{"text": line.text, "marks": list(line.marks)} for line in found.lines],
        "parameters": list(found.parameters),
    }
