"""What to say about LaTeX that is no formula of ours."""

from __future__ import annotations

import difflib
from typing import Protocol

from ...errors import GraphError, NameProblem, ProgramError, Span
from ...messages import N_, Message
from ...ops import NAMES

_DOTS = N_("Dots leave out what has to be computed: write all terms, or a sum.")
_COMPARISON = N_("A comparison is no number: it may stand in cases, or in an indicator.")
_ARROW = N_("An arrow is no operation: write one formula, and the names of its inputs.")
_DERIVATIVE = N_("Derivatives are what is computed here: give the function alone.")
_INTEGRAL = N_("An integral or a limit is no finite computation: write its closed form, or a finite sum.")
_EXPECTATION = N_(
    "An expectation, a variance or a probability needs its distribution: for numbers that are given,"
    " write their mean, \\frac{{1}}{{n}} \\sum_i x_i."
)
_OPTIMUM = N_("A best argument is found by a search, not by a formula: give the function that is searched.")
_DISTRIBUTION = N_("A distribution is no number: write its density as a formula.")
_SETS = N_("A set is no number: write sums over the places of arrays, from 1 to n.")

_NOT_OURS: dict[str, Message] = {
    command: message
    for commands, message in (
        ("dots ldots cdots vdots ddots dotsc dotsb dotsm", _DOTS),
        ("approx sim simeq cong ll gg prec succ propto", _COMPARISON),
        (
            "to rightarrow longrightarrow mapsto Rightarrow Leftarrow iff implies Leftrightarrow",
            _ARROW,
        ),
        ("partial nabla differential mathop Delta_x grad Hess", _DERIVATIVE),
        ("int iint oint lim limsup liminf sup inf limits", _INTEGRAL),
        ("E Var Cov var cov Pr P Expectation", _EXPECTATION),
        ("argmax argmin arg", _OPTIMUM),
        ("N Bern Cat KL", _DISTRIBUTION),
        ("cup cap setminus subset subseteq emptyset exists forall neg land lor bigcup bigcap", _SETS),
        ("pm mp", N_("± stands for two formulas: write one of them.")),
        ("infty", N_("∞ is not a number to compute with.")),
        ("oplus ominus", N_("⊕ has several meanings: write +, or a matrix of blocks.")),
    )
    for command in commands.split()
}

_COMMON = (
    "frac sqrt cdot times left right exp ln log sin cos tan cot tg ctg sinh cosh tanh sh ch th arcsin arccos"
    " arctan arctg max min sigma alpha beta gamma delta theta lambda mu pi omega operatorname mathrm mathbf"
    " text sum prod begin end top"
).split()


class Placed(Protocol):
    """What has a place in the text."""

    @property
    def kind(self) -> str: ...

    @property
    def span(self) -> Span: ...


def refused(word: str) -> bool:
    """Whether a word or command has a sentence of its own about why it is not read."""
    return word in _NOT_OURS


def command(text: str, span: Span, name: str) -> GraphError:
    r"""A command without a meaning here; a slip of the pen is mended."""
    known = _NOT_OURS.get(name)
    if known is not None:
        return ProgramError(known, span=span, text=text)
    close = difflib.get_close_matches(name, [*_COMMON, *NAMES], n=1, cutoff=0.7)
    mended = f"\\{close[0]}" if close else ""
    return ProgramError(
        N_("The command {command} means nothing here.", command=f"\\{name}"),
        hint=N_("Did you mean {name}?", name=mended) if close else None,
        span=span,
        text=text,
        suggestion=text[: span[0]] + mended + text[span[1] :] if close else None,
    )


def environment(text: str, span: Span, name: str) -> GraphError:
    """An environment that is neither a display nor a matrix nor cases."""
    message = N_("The environment {name} is not one of formulas.", name=name)
    return ProgramError(message, span=span, text=text)


def bracket(text: str, span: Span, opened: bool) -> GraphError:
    """A bracket without its partner."""
    message = N_("This bracket is never closed.") if opened else N_("This bracket was never opened.")
    return ProgramError(message, span=span, text=text)


def character(text: str, place: int) -> GraphError:
    """A character that stands in no formula."""
    found = text[place]
    shown = found if found.isprintable() else f"U+{ord(found):04X}"
    message = N_("The character {character} is not part of the language.", character=shown)
    return ProgramError(message, span=(place, place + 1), text=text)


def derivative(text: str, span: Span) -> GraphError:
    """A prime before a bracket, or d over dx."""
    return ProgramError(_DERIVATIVE, span=span, text=text)


def comparison(text: str, span: Span) -> GraphError:
    """A comparison where a number should stand."""
    return ProgramError(_COMPARISON, span=span, text=text)


def optimum(text: str, span: Span) -> GraphError:
    """A best argument, or the best value over what is no index."""
    return ProgramError(_OPTIMUM, span=span, text=text)


def function(text: str, span: Span, word: str) -> GraphError:
    """A word before a bracket that is no function."""
    close = difflib.get_close_matches(word, NAMES, n=1, cutoff=0.8)
    hint = N_("Did you mean {name}?", name=close[0]) if close else None
    return NameProblem(N_("There is no function {name}.", name=word), hint=hint, span=span, text=text)


def undefined(text: str, span: Span) -> GraphError:
    """A letter for a function, that no line defines."""
    said = text[slice(*span)]
    return ProgramError(
        N_("No line says what the function {name} is.", name=said),
        hint=N_(
            "Write {name}(x) = … in a line before, or {name} \\cdot (…) where a product is meant.", name=said
        ),
        span=span,
        text=text,
    )


def name(text: str, span: Span) -> GraphError:
    """A script that neither names nor counts."""
    return ProgramError(
        N_("A name or subscript consists of letters and digits."),
        hint=N_("For example: {latex}", latex=r"w_{12}, x_{\text{in}}, \hat{y}"),
        span=span,
        text=text,
    )


def unexpected(text: str, token: Placed) -> GraphError:
    """A token where the grammar has none."""
    start, end = token.span
    if token.kind in ("stop", "sep", "row"):
        end = len(text.rstrip()) if token.kind == "stop" else max(1, start)
        return ProgramError(
            N_("The formula ends too early."),
            hint=N_("Something is missing after the last sign."),
            span=(max(0, end - 1), end),
            text=text,
        )
    hint = None
    if token.kind == "digit":
        hint = N_("Between two factors a sign is missing; an exponent of several digits stands in braces.")
    elif token.kind == "=":
        hint = N_("A line has one =, with a name before it.")
    elif token.kind in ("^", "_"):
        hint = N_("Put braces around what the exponent belongs to.")
    elif token.kind in ("<", ">", "<=", ">=", "!=", "in"):
        return comparison(text, token.span)
    span = start, max(end, start + 1)
    return ProgramError(
        N_("{token} is not expected here.", token=text[slice(*span)]), hint=hint, span=span, text=text
    )
