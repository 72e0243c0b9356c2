"""`/api/v1`: `explain`, the engine's document, `read`, a text understood, and `formula`, a program typeset.

GET takes the state of the URL codec, POST the arguments of `graphengine.explain` as JSON. What a user can
mend is 400 {error: {kind, message, hint, span, …}}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import UnsupportedMediaType

import graphengine
from graphengine import checking
from graphengine.checking.shapes import Report
from graphengine.document.options import OPTIONS
from graphengine.document.schema import document_schema
from graphengine.messages import LANGUAGES, say
from graphengine.notation.latex import program_latex
from graphengine.notation.spelling import spelled
from graphengine.program import formulas, reading, values_of

from . import answers, listings, notices, walks
from .codec import State
from .languages import language, link
from .openapi import description
from .studies import STUDIES, Study

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.register_error_handler(graphengine.GraphError, answers.refuse)


Inputs: TypeAlias = "Mapping[str, object] | str | None"


class BadRequest(Exception):
    """A request that does not make sense before the engine has been asked; the text is for its sender."""


def _linked() -> State:
    """What the link says, which has a program; else BadRequest."""
    state, _found = link()
    if state.e is None:
        raise BadRequest(_("The key e, the program, is missing."))
    return state


@api.get("/explain")
def explain() -> Response:
    """The document of the link in the query string.

    Raises BadRequest for a link without a program, or with a part that cannot be followed.
    """
    for notice in link()[1]:
        if notice.code != "unknown":
            raise BadRequest(notices.say(notice))
    return _answer(walks.arguments(_linked()), language())


@api.post("/explain")
def explain_posted() -> Response:
    """The document of the arguments in the body.

    Raises BadRequest for a body of another kind.
    """
    asked = _body(*OPTIONS)
    spoken = _spoken(asked)
    return _answer(asked, spoken)


@api.get("/code")
def code() -> Response:
    """The program as code, of the kind that the link's `view` names, as in view=code:torch.

    Raises BadRequest for a link without a program; GraphError, which is 400, as `listing` does.
    """
    return answers.cached(answers.json(listings.as_dict(listings.listed(_linked()))))


@api.post("/check")
def check() -> Response:
    """What is right and wrong in the backward pass of the body, for the program of the link.

    Raises BadRequest for a link without a program, or a body without a text.
    """
    state = _linked()
    text = _text(_body("backward"), "backward")
    spoken, asked = language(), walks.arguments(state)
    try:
        report = graphengine.check_backward(walks.drawn(asked).graph, text, state.output or None, state.wrt)
    except graphengine.GraphError as error:
        return answers.refused(error, {**asked, "backward": text}, spoken)
    return answers.json(checking.as_dict(report, spoken, state.digits))


def _studied(study: Study) -> Response:
    """What `study` finds in the graph of the link, of and by the nodes that its `view` names."""
    state = _linked()
    _kind, of, by, *_rest = [*state.view.split(":"), "", ""]
    found = study.find(walks.drawn(walks.arguments(state)).graph, of, by, language(), state.digits)
    return answers.cached(answers.json(found))


for _study in STUDIES:
    api.add_url_rule(f"/{_study.name}", _study.name, partial(_studied, _study))


@api.get("/latex")
def latex() -> Response:
    """The program that the LaTeX formula `e` of the query stands for, for somebody to approve.

    Raises BadRequest for a link without a program.
    """
    state = _linked()
    return _understood(str(state.e), language(), state.at)


@api.post("/latex")
def latex_posted() -> Response:
    """The same for a formula in the body.

    Raises BadRequest for a body of another kind.
    """
    asked = _body("e", "language")
    return _understood(_text(asked, "e"), _spoken(asked))


@api.get("/read")
def read() -> Response:
    """The program that the text `e` of the query stands for: typed, in LaTeX or in Python.

    Raises BadRequest for a link without a text.
    """
    state = _linked()
    return _understood(str(state.e), language(), state.at, any_way=True)


@api.post("/read")
def read_posted() -> Response:
    """The same for a text in the body.

    Raises BadRequest for a body of another kind.
    """
    asked = _body("e", "inputs", "language")
    inputs = asked.get("inputs")
    if not isinstance(inputs, Mapping | str | None):
        raise BadRequest(_("The argument %(name)s is not of the right type.", name="inputs"))
    return _understood(_text(asked, "e"), _spoken(asked), inputs, any_way=True)


@api.get("/formula")
def formula() -> Response:
    """The program of the link as a formula, for somebody who is still typing: nothing is drawn.

    Raises BadRequest for a link without a program.
    """
    state = _linked()
    program = str(state.e)
    try:
        graph = _read(program, state.at)
        shown = {
            "latex": spelled(program_latex(graph), language()),
            "inputs": list(graph.inputs),
            "outputs": list(graph.outputs),
        }
    except graphengine.GraphError as error:
        return answers.refused(error, {"program": program, "inputs": state.at}, language())
    return answers.cached(answers.json(shown))


def _read(program: str, inputs: str) -> graphengine.Graph:
    """The graph at the inputs as far as they can be read: what is wrong with them is said elsewhere."""
    try:
        return graphengine.parse(program, inputs)
    except graphengine.GraphError as error:
        if error.text == program:
            raise
        return graphengine.parse(program)


@api.get("/openapi.json")
def openapi() -> Response:
    """What this API takes and answers, in OpenAPI."""
    return answers.cached(answers.json(description()))


@api.get("/schema.json")
def schema() -> Response:
    """The JSON Schema of the documents."""
    return answers.cached(answers.json(document_schema()))


@api.errorhandler(BadRequest)
def refuse(error: BadRequest) -> tuple[Response, int]:
    """400 in the same form as the engine's complaints."""
    return answers.json(
        {"error": {"kind": "request", "message": str(error), "hint": None, "span": None}}
    ), 400


def _answer(asked: walks.Asked, spoken: str) -> Response:
    try:
        response = answers.json(graphengine.explain(**asked, language=spoken))
    except graphengine.GraphError as error:
        return answers.refused(error, asked, spoken)
    return answers.cached(response) if request.method in ("GET", "HEAD") else response


def _understood(text: str, spoken: str, inputs: Inputs = None, *, any_way: bool = False) -> Response:
    """What `text`, a formula in LaTeX or a text of `any_way` of writing, was understood as."""
    asked = {"program": text, "inputs": inputs}
    try:
        found = reading.understand(text, inputs) if any_way else formulas.understand(text, values_of(inputs))
        asked["program"] = found.program
        graph = graphengine.parse(found.program, inputs or found.inputs)
    except graphengine.GraphError as error:
        return answers.refused(error, asked, spoken)
    notes = [note.text(spoken) for note in found.notes]
    told: dict[str, object] = {
        "program": found.program,
        "latex": spelled(program_latex(graph), spoken),
        "notes": notes,
    }
    if any_way:
        told |= {
            "way": reading.way(text),
            "inputs": found.inputs,
            "check": _checked(graph, found.backward, spoken, notes),
        }
    response = answers.json(told)
    return answers.cached(response) if request.method in ("GET", "HEAD") else response


def _checked(graph: graphengine.Graph, backward: str, spoken: str, notes: list[str]) -> Report | None:
    """The verdict on a backward pass that was pasted with its forward; what keeps it from one is noted."""
    if not backward:
        return None
    try:
        report = graphengine.check_backward(graph, backward)
        wrong = [graph.nodes[each.node].label for each in report.verdicts if each.kind != "right"]
        notes.append(
            _("Its backward pass is wrong: %(names)s.", names=", ".join(wrong))
            if wrong
            else _("Its backward pass is right: every gradient agrees.")
        )
        return checking.as_dict(report, spoken)
    except graphengine.GraphError as error:
        notes.append(say(error.message, spoken))
        return None


# ---- the body of a POST ---------------------------------------------------------------------------------


def _body(*known: str) -> walks.Asked:
    """The arguments in the body, each of them `known`, and the first there; else BadRequest."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        data = json.loads(request.get_data().decode())
        # A lone surrogate is valid JSON but no text: it could never be sent back.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadRequest(_("The body is not JSON.")) from None
    if not isinstance(data, dict) or known[0] not in data:
        raise BadRequest(_("The body must be an object with the argument %(name)s.", name=known[0]))
    for key in data:
        if key not in known:
            raise BadRequest(_("There is no argument %(name)s.", name=key[:40]))
    return data


def _text(asked: walks.Asked, name: str) -> str:
    if not isinstance(asked[name], str):
        raise BadRequest(_("The argument %(name)s is not of the right type.", name=name))
    return str(asked[name])


def _spoken(asked: walks.Asked) -> str:
    """The language that the body asks for, taken out of it; else that of the request."""
    wanted = asked.pop("language", None)
    if wanted is None:
        return language()
    if wanted not in list(LANGUAGES):
        raise BadRequest(_("The argument %(name)s is not of the right type.", name="language"))
    return str(wanted)
