"""What to say about LaTeX that is no formula of ours."""

from __future__ import annotations

from lark import Token

from ...errors import GraphError, NameProblem, ProgramError, Span
from ...messages import N_, Message
from ...ops import NAMES
from ..strangers import near

_MATRICES = N_("Matrices and vectors are not part of the language yet.")
_DOTS = N_("Dots leave out what has to be computed: write all terms, or a sum.")
_COMPARISON = N_("Comparisons are not part of the language: use max, min or step.")
_DERIVATIVE = N_("Derivatives are what is computed here: give the function alone.")
_LIMIT = N_("Integrals, limits and products over an index are not part of the language.")

_NOT_OURS: dict[str, Message] = {
    command: message
    for commands, message in (
        ("top intercal dagger otimes oplus det tr Tr operatornamewithlimits lVert rVert Vert |", _MATRICES),
        ("nabla langle rangle begin end mathbf1", _MATRICES),
        ("dots ldots cdots vdots ddots dotsc dotsb", _DOTS),
        ("le leq leqslant ge geq geqslant lt gt ne neq in approx sim", _COMPARISON),
        ("to rightarrow mapsto Rightarrow iff implies propto", _COMPARISON),
        ("partial mathop differential", _DERIVATIVE),
        ("int iint oint lim prod limsup liminf sup inf", _LIMIT),
        ("pm mp", N_("± stands for two formulas: write one of them.")),
        ("infty", N_("∞ is not a number to compute with.")),
    )
    for command in commands.split()
}

_COMMON = (
    "frac sqrt cdot times left right exp ln log sin cos tan cot tg ctg sinh cosh tanh sh ch th arcsin arccos"
    " arctan arctg max min sigma alpha beta gamma delta theta lambda mu pi omega operatorname mathrm mathbf"
    " text sum"
).split()


def command(text: str, span: Span, name: str) -> GraphError:
    r"""A command without a meaning here; a slip of the pen is mended."""
    known = _NOT_OURS.get(name)
    if known is not None:
        return ProgramError(known, span=span, text=text)
    close = near(name, [*_COMMON, *NAMES])
    mended = f"\\{close}"
    return ProgramError(
        N_("The command {command} means nothing here.", command=f"\\{name}"),
        hint=N_("Did you mean {name}?", name=mended) if close else None,
        span=span,
        text=text,
        suggestion=text[: span[0]] + mended + text[span[1] :] if close else None,
    )


def environment(text: str, span: Span, name: str) -> GraphError:
    """A matrix, cases, or anything else that is not just a display."""
    message = _MATRICES if name.endswith(("matrix", "array")) else None
    if name == "cases":
        message = N_("Formulas by cases are not part of the language: use max, min, abs, relu or step.")
    return ProgramError(
        message or N_("The environment {name} is not one of formulas.", name=name), span=span, text=text
    )


def bracket(text: str, token: Token, opened: bool) -> GraphError:
    """A bracket without its partner."""
    message = N_("This bracket is never closed.") if opened else N_("This bracket was never opened.")
    return ProgramError(message, span=(token.start_pos or 0, token.end_pos or 0), text=text)


def character(text: str, place: int) -> GraphError:
    """A character that stands in no formula."""
    found = text[place]
    if found in "<>≤≥≠":
        return ProgramError(_COMPARISON, span=(place, place + 1), text=text)
    shown = found if found.isprintable() else f"U+{ord(found):04X}"
    message = N_("The character {character} is not part of the language.", character=shown)
    return ProgramError(message, span=(place, place + 1), text=text)


def transposed(text: str, token: Token) -> GraphError:
    """T as an exponent."""
    return ProgramError(_MATRICES, span=(token.start_pos or 0, token.end_pos or 0), text=text)


def derivative(text: str, token: Token) -> GraphError:
    """A prime before a bracket, or d over dx."""
    return ProgramError(_DERIVATIVE, span=(token.start_pos or 0, token.end_pos or 0), text=text)


def function(text: str, token: Token) -> GraphError:
    """A word before a bracket that is no function."""
    close = near(token.value, NAMES)
    hint = N_("Did you mean {name}?", name=close) if close else None
    return NameProblem(
        N_("There is no function {name}.", name=token.value),
        hint=hint,
        span=(token.start_pos or 0, token.end_pos or 0),
        text=text,
    )


def unexpected(text: str, token: Token) -> GraphError:
    """A token where the grammar has none."""
    if token.type in ("$END", "_SEP"):
        end = len(text.rstrip()) if token.type == "$END" else max(1, token.start_pos or 0)
        return ProgramError(
            N_("The formula ends too early."),
            hint=N_("Something is missing after the last sign."),
            span=(max(0, end - 1), end),
            text=text,
        )
    start = token.start_pos or 0
    span = start, max(token.end_pos or 0, start + 1)
    hint = None
    if token.type == "DIGIT":
        hint = N_("Between two factors a sign is missing; an exponent of several digits stands in braces.")
    elif token.type == "_EQ":
        hint = N_("A line has one =, with a name before it.")
    elif token.type in ("_SUP", "_SUB"):
        hint = N_("Put braces around what the exponent belongs to.")
    return ProgramError(
        N_("{token} is not expected here.", token=text[slice(*span)]), hint=hint, span=span, text=text
    )
