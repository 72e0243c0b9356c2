"""What the API takes and answers, in OpenAPI: from the table of options and the shapes of its answers."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import lru_cache

from graphengine.checking.shapes import Report
from graphengine.document.kinds import LANGUAGE, NAMES, Schema
from graphengine.document.options import OPTIONS, Option
from graphengine.document.schema import Schemas

from . import codec, replies
from .studies import STUDIES, Study

PROGRAM = ("program", "inputs")
FAILURE = {"$ref": "#/components/schemas/Failure"}


@lru_cache
def description() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chainwalk",
            "version": "1",
            "description": "One walk of the chain rule through a program, as a document. "
            "Everything is a pure function of the request.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/explain": {"get": _explain(), "post": _explain_posted()},
            "/latex": {"get": _latex(), "post": _latex_posted()},
            "/read": {"get": _read(), "post": _read_posted()},
            "/formula": {
                "get": _got("formula", "A program as a formula, without its graph", replies.Formula, PROGRAM)
            },
            **{f"/{study.name}": {"get": _studied(study)} for study in STUDIES},
            "/code": {
                "get": _got(
                    "code",
                    "The program as code of NumPy, PyTorch or JAX",
                    replies.Listing,
                    (*codec.DRAWN, "mode", "wrt", "seed", "output"),
                    _view(
                        "code:kind:parameters; the kinds are numpy, torch, module, function, jax and sympy, "
                        "and the parameters those of a module",
                        "code:module:w1,w0",
                    ),
                )
            },
            "/check": {"post": _check()},
        },
        "components": {"schemas": {"Failure": _shape(replies.Failure)}},
    }


def _explain() -> Schema:
    """All of the options that a link can say."""
    return {
        "operationId": "explain",
        "summary": "The document of a link",
        "description": "The keys of a Chainwalk link. The raw query string is read: + is a plus, "
        "percent-escapes are decoded.",
        "parameters": _parameters(OPTIONS),
        "responses": _document(linked=True),
    }


def _explain_posted() -> Schema:
    return {
        "operationId": "explainPosted",
        "summary": "The document of graphengine.explain's arguments",
        "requestBody": _body(**{name: option.schema for name, option in OPTIONS.items()}),
        "responses": _document(linked=False),
    }


def _latex() -> Schema:
    told = _got("latex", "The program that a formula in LaTeX stands for", replies.Understood, ())
    formula = {"name": "e", "description": "A formula in LaTeX", "example": r"\frac{1}{1+e^{-x}}"}
    told["parameters"].insert(1, {**_parameter("e", {"type": "string"}), **formula, "required": True})
    return told


def _latex_posted() -> Schema:
    return {
        "operationId": "latexPosted",
        "summary": "The same for a formula in the body",
        "requestBody": _body(e={"type": "string"}, language=OPTIONS["language"].schema),
        "responses": {**_answer(replies.Understood), **_refusals(400, 413, 415)},
    }


def _read() -> Schema:
    told = _got("read", "The program that a text stands for: typed, in LaTeX or in Python", replies.Read, ())
    text = {"name": "e", "description": "The text", "example": "np.exp(x).sum()"}
    told["parameters"].insert(1, {**_parameter("e", {"type": "string"}), **text, "required": True})
    told["parameters"] += _parameters(("inputs",))
    return told


def _read_posted() -> Schema:
    return {
        "operationId": "readPosted",
        "summary": "The same for a text in the body",
        "requestBody": _body(
            e={"type": "string"}, inputs=OPTIONS["inputs"].schema, language=OPTIONS["language"].schema
        ),
        "responses": {**_answer(replies.Read), **_refusals(400, 413, 415)},
    }


def _check() -> Schema:
    backward = {
        "type": "string",
        "description": "A line for each gradient, as formulas or as NumPy has it",
        "examples": ["dz = 2*z\ndW = np.outer(dz, x)"],
    }
    return {
        "operationId": "check",
        "summary": "A backward pass written by hand, judged gradient by gradient",
        "description": "Nothing that is sent is executed.",
        "parameters": _parameters((*codec.DRAWN, "wrt", "output", "digits")),
        "requestBody": _body(backward=backward),
        "responses": {**_answer(Report), **_refusals(400)},
    }


def _studied(study: Study) -> Schema:
    view = _view(study.view, study.example)
    return _got(study.name, study.summary, study.reply, (*codec.DRAWN, "digits"), view)


def _got(name: str, summary: str, reply: type, options: Iterable[str], *more: Schema) -> Schema:
    """A GET that takes `options` of the table, the language, and `more`."""
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*_parameters(options), *more],
        "responses": {**_answer(reply), **_refusals(400)},
    }


# ---- what is taken --------------------------------------------------------------------------------------


def _parameters(names: Iterable[str]) -> list[Schema]:
    """The keys of these options and of the language, with the link's version; packed, where they can be."""
    options = [option for name, option in OPTIONS.items() if name in {*names, "language"} and option.key]
    packed = [key for key in codec.PACKED if key in {option.key for option in options}]
    version = {"type": "integer", "const": codec.VERSION}
    keys = [_parameter("v", version, "Version of the link"), *map(_key, options)]
    if packed:
        told = f"{', '.join(packed[:-1])} and {packed[-1]} together, packed: raw deflate in base64url"
        keys.append(_parameter("z", {"type": "string"}, told))
    return keys


_TOLD = {NAMES: ", separated by commas", LANGUAGE: "; else Accept-Language"}
"""What there is to say about a kind where it stands in a request."""


def _key(option: Option) -> Schema:
    found = _parameter(option.key, option.said, option.help + _TOLD.get(option.kind, ""))
    return {**found, "example": option.example} if option.example else found


def _view(told: str, example: str) -> Schema:
    return {**_parameter("view", {"type": "string"}, told), "example": example}


def _parameter(name: str, schema: Schema, told: str = "") -> Schema:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": told,
        "schema": schema,
        "allowReserved": True,
    }


def _body(**properties: Schema) -> Schema:
    """A body of these arguments; the first must be there."""
    schema = {
        "type": "object",
        "required": [next(iter(properties))],
        "additionalProperties": False,
        "properties": properties,
    }
    return {"required": True, "content": _json(schema)}


# ---- what is answered -----------------------------------------------------------------------------------


def _document(linked: bool) -> Schema:
    text = {"schema": {"type": "string"}}
    answer: Schema = {
        "description": "The document; with `error` where the sweep left the real numbers.",
        "content": _json({"$ref": "schema.json"}),
    }
    if not linked:
        return {"200": answer, **_refusals(400, 413, 415)}
    answer["headers"] = {"ETag": text, "Cache-Control": text}
    kept = {"description": "Not changed since the ETag in If-None-Match."}
    return {"200": answer, "304": kept, **_refusals(400)}


def _answer(reply: type) -> Schema:
    return {"200": {"description": inspect.getdoc(reply), "content": _json(_shape(reply))}}


def _refusals(*codes: int) -> Schema:
    told = {"description": inspect.getdoc(replies.Failure), "content": _json(FAILURE)}
    return {str(code): told for code in codes}


def _shape(reply: type) -> Schema:
    """Answers may grow: their objects are open."""
    return Schemas(closed=False).of(reply)


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}
