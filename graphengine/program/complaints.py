"""What to say about a text that is not a program: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken

from ..errors import Alternative, GraphError, NameProblem, ProgramError, Span
from ..messages import N_, NN_, Message
from ..ops import ELSEWHERE, NAMES
from . import blanks, formulas, lookalikes, strangers
from .declarations import declaring
from .literals import LITERALS

QUOTED = N_("Text in quotes stands for an option that is a text, as in einsum('ij,jk->ik', A, B).")
_NOT_OURS = {
    '"': QUOTED,
    "'": QUOTED,
    "_": N_("A name begins with a letter."),
    ".": N_("A dot belongs to a number, such as 2.5; names have no parts."),
    "{": N_("Braces stand after ^ and _ alone: use round brackets."),
    "}": N_("Braces stand after ^ and _ alone: use round brackets."),
}


def read(lark: Lark, text: str) -> Tree[Token]:
    """The tree of `text`; ProgramError where it does not follow the grammar, or a bracket is alone."""
    try:
        return lark.parse(blanks.blank(text))
    except UnexpectedCharacters as error:
        raise _character(text, error.pos_in_stream or 0) from None
    except UnexpectedToken as error:
        raise _token(text, error) from None


def unknown_function(
    text: str,
    name: str,
    name_span: Span,
    call_span: Span,
    variables: Collection[str],
    functions: Iterable[str],
) -> GraphError:
    """`name(…)` where `name` is no function: one of others, a slip of the pen, a product without its sign."""
    functions = [*functions]
    cyrillic = lookalikes.cyrillic(text, name, name_span, {*NAMES, *variables, *functions})
    if cyrillic is not None:
        return cyrillic

    def problem(
        message: Message, hint: Message, mended: str | None = None, end: int = name_span[1]
    ) -> GraphError:
        suggestion = None if mended is None else text[: name_span[0]] + mended + text[end:]
        return NameProblem(
            message, hint=hint, span=name_span, text=text, suggestion=suggestion, alternatives=others
        )

    others: list[Alternative] = []
    unknown = N_("There is no function {name}.", name=name)
    home = strangers.library(name) if len(name) > 2 and name not in variables else None
    if home is not None:
        return problem(
            N_("{name} of {library} is not here.", name=name, library=home), strangers.instead(name)
        )
    close = strangers.near(name, [*NAMES, *ELSEWHERE, *functions])
    if not close and name not in variables:
        program, names = declaring(text, {*NAMES, *ELSEWHERE, *LITERALS, *variables, *functions})
        said = NN_(
            "A function known by its name: {names}",
            "Functions known by their names: {names}",
            len(names),
            names=", ".join(names),
        )
        others += [Alternative(program, said)] if name in names else []
    if name in variables or (not close and len(name) <= 2):
        product = name + "*" + text[name_span[1] : call_span[1]].lstrip()
        return problem(
            N_("{name} is not a function.", name=name),
            N_("Write {product}, or define {name} first.", product=product, name=name),
            product,
            call_span[1],
        )
    if close:
        return problem(unknown, N_("Did you mean {name}?", name=close), close)
    return problem(unknown, N_("Define it first: {name}(t) = …", name=name))


def _character(text: str, place: int) -> GraphError:
    if text[place] in "\\{}_" and "\\" in text:
        return _latex(text, place)
    character = text[place] if text[place].isprintable() else f"U+{ord(text[place]):04X}"
    message = _NOT_OURS.get(
        character, N_("The character {character} is not part of the language.", character=character)
    )
    return ProgramError(message, span=(place, place + 1), text=text)


def _latex(text: str, place: int) -> GraphError:
    """A formula in LaTeX: the program that it stands for, or what is wrong with it."""
    try:
        program = formulas.read(text)
    except GraphError as error:
        return error
    return ProgramError(
        N_("This is LaTeX."),
        hint=N_("Write {name}.", name=program),
        span=(place, place + 1),
        text=text,
        suggestion=program,
    )


def _token(text: str, error: UnexpectedToken) -> GraphError:
    token = error.token
    comma = _decimal_comma(text, token)
    if comma is not None:
        return comma
    if token.type in ("$END", "_SEP"):
        place = len(text) if token.type == "$END" else token.start_pos or 0
        end = len(text[:place].rstrip()) or place
        return ProgramError(
            N_("The formula ends too early."),
            hint=N_("Something is missing after the last sign."),
            span=(max(0, end - 1), end),
            text=text,
        )
    start, end = token.start_pos or 0, token.end_pos or 0
    hint = None
    if token.type == "QUOTED":
        return ProgramError(QUOTED, span=(start, end), text=text)
    if token in ("{", "}"):
        return _character(text, start)
    if token == ",":
        hint = N_("A comma separates arguments; a decimal number is written with a point.")
    elif token == "=":
        hint = N_("A line has one =, with a name before it.")
    return ProgramError(
        N_("{token} is not expected here.", token=text[start:end]), hint=hint, span=(start, end), text=text
    )


def _decimal_comma(text: str, token: Token) -> GraphError | None:
    """A comma where none can stand, or a semicolon between arguments, as Russian mathematics writes them."""
    place = token.start_pos or 0
    line = text.rfind("\n", 0, place) + 1
    if token == ",":
        return lookalikes.decimal_comma(text, (line, len(text)), at=place)
    opened = text.rfind("(", line, place)
    inside = opened >= 0 and text.count("(", line, place) > text.count(")", line, place)
    return lookalikes.decimal_comma(text, (opened, len(text))) if token == ";" and inside else None
