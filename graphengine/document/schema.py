"""JSON Schema of typed shapes: of a document's, and of what else the API answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from .kinds import Schema
from .shapes import Also, Document, Named

SIMPLE: dict[object, Schema] = {
    Any: {},
    object: {},
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
}


@dataclass
class Schemas:
    """Schemas of types: `Named` ones go into `defs`, and `closed` objects have no other keys than theirs."""

    closed: bool = True
    defs: Schema = field(default_factory=dict)

    def of(self, shape: object) -> Schema:
        """The schema of `shape`; TypeError for a type that has none here."""
        origin, arguments = get_origin(shape), get_args(shape)
        if shape in SIMPLE:
            return dict(SIMPLE[shape])
        if is_typeddict(shape):
            return self._object(shape)
        if origin is NotRequired:
            return self.of(arguments[0])
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:])
        if origin is Literal:
            return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(one) for one in arguments]}
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin in (dict, Mapping):
            inner = self.of(arguments[1])
            return {"type": "object", "additionalProperties": inner} if inner else {"type": "object"}
        raise TypeError(f"{shape} has no JSON Schema here")

    def _object(self, shape: object) -> Schema:
        hints = get_type_hints(shape, include_extras=True)
        return {
            "type": "object",
            "properties": {name: self.of(hint) for name, hint in hints.items()},
            "required": [name for name, hint in hints.items() if get_origin(hint) is not NotRequired],
            **({"additionalProperties": False} if self.closed else {}),
        }

    def _annotated(self, shape: object, notes: tuple[object, ...]) -> Schema:
        for note in notes:
            if isinstance(note, Named):
                if note.name not in self.defs:
                    others = tuple(other for other in notes if other is not note)
                    self.defs[note.name] = self._annotated(shape, others)
                return {"$ref": f"#/$defs/{note.name}"}
        found = self.of(shape)
        for note in notes:
            found |= (
                {"description": note}
                if isinstance(note, str)
                else note.schema
                if isinstance(note, Also)
                else {}
            )
        return found


@lru_cache
def document_schema() -> Schema:
    """The JSON Schema of what `explain` returns."""
    schemas = Schemas()
    found = schemas.of(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://chainwalk.invalid/schema/document-1.json",
        "title": "Chainwalk document, version 1",
        "description": Document.__doc__,
        **found,
        "$defs": schemas.defs,
    }
