"""A whole text of Python -> a program: which of its values, functions or classes is meant."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping

from ...errors import Alternative, AmbiguousError, LimitError, ProgramError
from ...limits import limits
from ...messages import N_
from ..readings import Reading
from . import trees
from .layers import FORWARD
from .sizes import suggested
from .statements import Statements
from .values import Class, Function, Instance, Postponed, Text, Undecided, Value
from .writing import ShapeOf, short

BACKWARD = ("backward", "updateGradInput")
_LEAVES = re.compile(r"requires_grad|\bParameter\(|\bValue\(")
_TORCH = re.compile(r"\btorch\b|\bnn\.|\bF\.|\bdim\s*=|\bkeepdim\b")
_NUMPY = re.compile(r"\bj?np\.|\bnumpy\b|\bjax\b|\bkeepdims\b|\baxis\s*=")
_GRADIENT = re.compile(r"d_?(\w+)|grad_?(\w+)|(\w+)_grad")
_UNREADABLE = (IndexError, ValueError, TypeError, AttributeError, KeyError, RecursionError, OverflowError)


def understand(text: str, shape_of: ShapeOf, given: Mapping[str, Value]) -> Reading:
    """The program, with notes, values that the text gives to inputs, and a backward pass if it has one.

    Raises AmbiguousError where a method means one thing in PyTorch and another in NumPy.
    """
    text = textwrap.dedent(text).strip("\n")
    tree = trees.tree_of(text)
    if trees.depth(tree) > limits().depth:
        raise LimitError(
            N_("Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth)
        )
    torch = bool(_TORCH.search(text))
    try:
        return _reading(text, tree, shape_of, given, torch or (False if _NUMPY.search(text) else None))
    except Undecided as question:
        readings = [_reading(text, tree, shape_of, given, torch) for torch in (True, False)]
        said = N_("as PyTorch has it"), N_("as NumPy has it")
        raise AmbiguousError(
            N_("{code} means one thing in PyTorch and another in NumPy.", code=short(question.tree)),
            [Alternative(each.program, words) for each, words in zip(readings, said, strict=True)],
            span=trees.span(text, question.tree),
            text=text,
        ) from None


def _reading(
    text: str, tree: ast.Module, shape_of: ShapeOf, given: Mapping[str, Value], torch: bool | None
) -> Reading:
    reader = Statements(text, shape_of, given)
    reader.stores = trees.assigned(tree)
    reader.marked_leaves = bool(_LEAVES.search(text))
    reader.torch = torch
    try:
        reader.script(tree.body)
        lines = _result(reader) or _printed(reader, tree)
    except _UNREADABLE as error:
        raise ProgramError(N_("This is not read here: {code}", code=text.strip()[:60]), text=text) from error
    if not lines:
        raise ProgramError(
            N_("The program computes nothing."),
            hint=N_("Add a line with the formula to walk through."),
            text=text,
        )
    program = reader.finished(lines)
    words = set(re.findall(r"[^\W\d]\w*", program))
    classes = [value for value in reader.scopes[0].values() if isinstance(value, Class)]
    backward = text if any(each.method(*BACKWARD) for each in classes) else ""
    known = {name: value for name, value in reader.inputs.items() if value and name in words}
    if classes and not (known or given):
        known |= suggested(program, reader, shape_of)
    values = "; ".join(f"{name} = {value}" for name, value in known.items())
    return Reading(program, tuple(reader.notes.values()), values, backward)


def translated(text: str, shape_of: ShapeOf) -> str:
    """One expression in the language; ProgramError for what has no equal there, SyntaxError for no Python."""
    try:
        tree = trees.tree_of(text.strip())
    except ProgramError as error:
        raise SyntaxError from error
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        raise SyntaxError
    reader = Statements(text.strip(), shape_of)
    try:
        found = reader.read(tree.body[0].value)
    except _UNREADABLE as error:
        raise ProgramError(N_("This is not read here: {code}", code=text.strip()[:60])) from error
    return reader.finished([*reader.program(found.text), found.text])


def _result(reader: Statements) -> list[str]:
    """The lines of the program: what the text ends in, or else what it assigns, or else defines."""
    if reader.ending is not None:
        return _ended(reader, reader.ending)
    names = reader.scopes[0]
    texts = {
        name: value
        for name, value in names.items()
        if isinstance(value, Text) and value.number is None and name.strip("_")
    }
    for name, value in list(names.items()):
        if not isinstance(value, Text | Function | Class | Instance) and hasattr(value, "cells"):
            texts[name] = reader.assign(name, reader.filled(value))
    if names and isinstance(last := [*names.values()][-1], Postponed):
        raise last.error
    if texts:
        return _unused(reader, [value.text for value in texts.values()])
    for value in reversed(names.values()):
        if isinstance(value, Function) or (isinstance(value, Class) and value.method(*FORWARD)):
            return _ended(reader, called(reader, value))
    numbers = [name for name in reader.pending if reader.pending[name].number is None]
    return _unused(reader, numbers)


def _printed(reader: Statements, tree: ast.Module) -> list[str]:
    """What the last line prints, where nothing else is computed."""
    match tree.body[-1:]:
        case [ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[value]))]:
            return _ended(reader, reader.read(value))
    return []


def _unused(reader: Statements, texts: list[str]) -> list[str]:
    """The lines that lead to what nothing else reads."""
    used = " ".join(value.text for _name, value in reader.lines)
    ends = [
        text for text in _values(reader, texts) if not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", used)
    ]
    lines = reader.program(*ends)
    named = {line.split(" = ")[0] for line in lines}
    loose = [text for text in ends if text not in named and not text.isidentifier()]
    return _with_inputs(reader, [*lines, *loose[-1:]])


def _values(reader: Statements, texts: list[str]) -> list[str]:
    """What is no gradient of something else, by its name: the text's own backward pass is passed over."""
    bases = [text.partition("ǃ")[0] for text in texts]
    known = {*reader.versions, *reader.inputs}
    of = [
        {word for word in found.groups() if word} if (found := _GRADIENT.fullmatch(base)) else set()
        for base in bases
    ]
    kept = [text for text, words in zip(texts, of, strict=True) if not words & known]
    if not kept or len(kept) == len(texts):
        return texts
    reader.note(N_("Gradients that the text computes itself are passed over: check them as a backward pass."))
    return kept


def _ended(reader: Statements, ending: Value) -> list[str]:
    """The lines that lead to what is returned, or what gradients are asked of."""
    tree = ast.Pass(lineno=1, end_lineno=1, col_offset=0, end_col_offset=0)
    if isinstance(ending, tuple | list) and not isinstance(ending, list):
        texts = [part for part in ending if isinstance(part, Text) and part.number is None]
        outputs = [part for part in texts if part.text in _values(reader, [each.text for each in texts])]
    elif isinstance(ending, dict):
        outputs = [reader.as_text(part, tree) for part in ending.values()]
    else:
        outputs = [reader.as_text(ending, tree)]
    lines = reader.program(*(each.text for each in outputs))
    named = {line.split(" = ")[0] for line in lines}
    loose = [each.text for each in outputs if each.text not in named]
    if len(loose) > 1:
        loose = [f"{reader.version('out')} = {text}" for text in loose]
    return _with_inputs(reader, [*lines, *loose])


def _with_inputs(reader: Statements, lines: list[str]) -> list[str]:
    """Where nothing else is an input, the numbers that the text gives names are."""
    words = set(re.findall(r"[^\W\d]\w*", "\n".join(lines)))
    if words & {*reader.inputs}:
        return lines
    numbers = {name: value for name, value in reader.lines if value.number is not None and name in words}
    for name, value in numbers.items():
        base = name.partition("ǃ")[0]
        reader.inputs[base] = "" if base in reader.given else value.text
    text = "\n".join(line for line in lines if line.split(" = ")[0] not in numbers)
    for name in numbers:
        text = text.replace(name, name.partition("ǃ")[0])
    return text.split("\n") if text else []


def called(reader: Statements, value: Function | Class) -> Value:
    """What a function gives for inputs by its parameters' names; a class, for an object of it."""
    if isinstance(value, Function):
        return reader.inline(value, *_inputs(reader, value), value.tree)
    bases = {getattr(base, "attr", getattr(base, "id", "")) for base in value.tree.bases}
    forward = value.method(*FORWARD)
    assert forward is not None
    if "Function" in bases:
        static = Function(forward, value.scopes, Instance())
        return reader.inline(static, *_inputs(reader, static, optional=True), value.tree)
    instance = Instance(value)
    start = value.method("__init__")
    if start is not None:
        making = Function(start, value.scopes, instance)
        sizes, options = _inputs(reader, making, sizes=True)
        reader.inline(making, sizes, options, value.tree)
    method = Function(forward, value.scopes, instance)
    return reader.inline(method, *_inputs(reader, method), value.tree)


def _inputs(
    reader: Statements, function: Function, *, optional: bool = False, sizes: bool = False
) -> tuple[list[Value], dict[str, Value]]:
    """Arguments for a function: inputs, or sizes that are not known; what has a default keeps that."""
    given = function.tree.args
    names = [p.arg for p in (*given.posonlyargs, *given.args)][function.owner is not None :]
    defaults = dict(zip(names[::-1], given.defaults[::-1], strict=False))
    options: dict[str, Value] = {}
    for name in names:
        default = defaults.get(name)
        missing = isinstance(default, ast.Constant) and default.value is None
        if default is None or name in reader.given or (optional and missing):
            known = sizes and name not in reader.given
            options[name] = Text(name) if known else reader.declare(name)
    return [], options


__all__ = ["BACKWARD", "called", "translated", "understand"]
