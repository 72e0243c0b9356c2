"""Code for NumPy, PyTorch or JAX, as a notebook has it -> the text of a program, for a person to approve.

The code is read as a tree by `ast`, and never run.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Mapping

from ...errors import GraphError, ProgramError
from ...limits import bounded
from ...messages import N_
from ...values import Array
from ..declarations import blanked
from ..readings import Reading
from ..trees import check_length
from . import understanding
from .writing import ShapeOf

SIGNED = frozenset("ᵀᴴ⁻⁰¹²³⁴⁵⁶⁷⁸⁹·×⊙⊗√∛")
"""Signs of the language that Python does not know, or takes for letters."""

_WORDS = re.compile(
    r"(?m)^\s*(?:import|from|def|class|for|while|return|with|if|print|assert)\b|\blambda\b[\w\s,*=.]*:"
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
    if "\\" in text.replace("\\\n", "") or set(text) & SIGNED or blanked(text) != text:
        return False  # f: functions is a declaration of ours
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's own remarks are not for who pastes
            tree = ast.parse(textwrap.dedent(text).strip("\n"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return bool(_WORDS.search(text))
    return any(map(_marked, ast.walk(tree)))


def _marked(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=attr):
            return attr not in ("T", "H")
        case ast.Assign(targets=targets):
            return any(isinstance(target, ast.Tuple | ast.List | ast.Subscript) for target in targets)
        case ast.AnnAssign():
            return True
        case ast.AugAssign(target=target):
            return not isinstance(target, ast.Name)
    return isinstance(node, _MARKS)


def instead(error: GraphError, text: str, shape_of: ShapeOf, given: Mapping[str, Array]) -> GraphError:
    """What to say of a text that is no program: if it is Python, the program that it stands for."""
    if not is_python(text):
        return error
    try:
        program = understand(text, shape_of, given).program
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
def understand(text: str, shape_of: ShapeOf, given: Mapping[str, Array] | None = None) -> Reading:
    """The program that Python code stands for, with notes; `shape_of` knows shapes, `given` has inputs.

    Raises ProgramError with the place for what cannot be read, and LimitError.
    """
    check_length(text)
    return understanding.understand(text, shape_of, given or {})


def translated(text: str, shape_of: ShapeOf) -> str:
    """One expression of Python in the language.

    Raises ProgramError for what has no equal there, SyntaxError for what is no Python.
    """
    if set(text) & SIGNED:
        raise SyntaxError  # Python would read Wᵀ as a name WT
    return understanding.translated(text, shape_of)
