"""Code for NumPy, PyTorch or JAX, as a notebook has it -> the text of a program, for a person to approve.

The code is read as a tree by `ast`, and never run.
"""

from __future__ import annotations

import ast
import re

from ...errors import GraphError, ProgramError
from ...limits import bounded
from ...messages import N_
from ..readings import Reading
from ..trees import check_length
from .translation import SIGNED, ShapeOf, translated

_WORDS = re.compile(
    r"(?m)^\s*(?:import|from|def|class|for|while|return|with|if|print|assert)\b|\blambda\b"
    r"|\b(?:np|numpy|jnp|jax|torch|nn|F|math|tf|scipy)\.\w"
)
_MARKS = (
    *(ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Lambda, ast.For, ast.While, ast.If),
    *(ast.With, ast.Assert, ast.ListComp, ast.GeneratorExp, ast.Dict, ast.Starred, ast.Return, ast.Delete),
)


def is_python(text: str) -> bool:
    """Whether a text is Python's rather than of the language: it has what the language has not.

    >>> is_python("x.sum()"), is_python("X.T @ y"), is_python("for i in range(3): x = x*x")
    (True, False, True)
    """
    if "\\" in text.replace("\\\n", "") or set(text) & SIGNED:
        return False
    try:
        tree = ast.parse(text.strip("\n"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return bool(_WORDS.search(text))
    return any(map(_marked, ast.walk(tree)))


def _marked(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=attr):
            return attr not in ("T", "H")
        case ast.Assign(targets=targets):
            return any(isinstance(target, ast.Tuple | ast.List | ast.Subscript) for target in targets)
        case ast.AugAssign(target=target):
            return not isinstance(target, ast.Name)
    return isinstance(node, _MARKS)


def instead(error: GraphError, text: str, shape_of: ShapeOf) -> GraphError:
    """What to say of a text that is no program: if it is Python, the program that it stands for."""
    if not is_python(text):
        return error
    try:
        program = understand(text, shape_of).program
    except GraphError as refusal:
        return refusal
    return ProgramError(
        N_("This is Python."),
        hint=N_("Write {name}.", name=program),
        span=error.span,
        text=text,
        suggestion=program,
    )


@bounded
def understand(text: str, shape_of: ShapeOf) -> Reading:
    """The program that Python code stands for, with notes; `shape_of` knows the shapes of expressions.

    Raises ProgramError with the place for what cannot be read, and LimitError.
    """
    check_length(text)
    lines = []
    for line in ast.parse(text).body:
        if isinstance(line, (ast.Import, ast.ImportFrom)):
            continue
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            lines.append(f"{line.targets[0].id} = {translated(ast.unparse(line.value), shape_of)}")
        elif isinstance(line, ast.Expr):
            lines.append(translated(ast.unparse(line.value), shape_of))
        else:
            raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(line)[:60]), text=text)
    return Reading("\n".join(lines))
