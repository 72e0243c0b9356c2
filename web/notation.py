"""The page of notation: what can be typed, each with an example that opens; the operators come from `OPS`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

import graphengine
from graphengine.document import reference
from graphengine.notation.latex import program_latex
from graphengine.notation.spelling import spelled
from graphengine.program import reading

from . import codec
from .languages import language, link

pages = Blueprint("notation", __name__)


@dataclass(frozen=True)
class Row:
    """One line of the list: what is typed, what it means, and the walk that it opens."""

    name: str
    also: tuple[str, ...]
    latex: str
    derivatives: tuple[str, ...] = ()
    words: str = ""
    domain: str = ""
    program: str = ""
    inputs: str = ""

    @property
    def href(self) -> str:
        """The example, opened."""
        state = codec.State(e=self.program or self.name, at=self.inputs, lang=link()[0].lang)
        return url_for("pages.walk") + "?" + codec.encode(state)


@pages.get("/notation")
def notation() -> Response:
    """The rules of the language, and every operator."""
    families = operators(language())
    count = sum(len(rows) for _title, rows in families)
    page = render_template(
        "notation.html",
        theme=link()[0].theme,
        rules=list(rules()),
        families=families,
        count=ngettext("%(num)s operator", "%(num)s operators", count),
    )
    response = Response(page)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


@lru_cache
def operators(spoken: str) -> list[tuple[str, list[Row]]]:
    """The operators of each family, in the words and the spelling of a language."""
    return [
        (title.text(spoken), [_operator(entry, spoken) for entry in entries])
        for title, entries in reference.families()
    ]


def _operator(entry: reference.Entry, spoken: str) -> Row:
    op = entry.op
    name = op.said.spellings.get(spoken, op.name)
    call = name + entry.call.removeprefix(op.name)
    signs = [written for written in entry.written if " " in written or not written.isidentifier()]
    typed = [*(sign for sign in signs if len(sign) > 1), call]
    others = [other for other in (op.name, *entry.written) if other not in (name, *typed)]
    return Row(
        name=typed[0],
        also=(*typed[1:], *others),
        latex=spelled(entry.formula, spoken),
        derivatives=tuple(spelled(latex, spoken) for latex in entry.derivatives),
        words=op.note.text(spoken) if op.note else "",
        domain=op.domain,
        program=typed[0],
        inputs=entry.inputs,
    )


def rules() -> Iterator[Row]:
    """The rules of the language, by example."""
    for program, inputs, words in (
        (
            "z = x*y\nz + sin(z)",
            "x=2;y=3",
            _(
                "One assignment on each line, or separated by semicolons; the last line may go without a"
                " name. A name that is never assigned is an input."
            ),
        ),
        ("f(t) = t^2 + 1\nf(x)*f(y)", "x=1;y=2", _("A function of one's own, defined before it is used.")),
        ("2x y + 3(x + 1)(x - 1)", "x=2;y=5", _("The sign of a product may be left out.")),
        ("x^2 + x**3 + x⁴", "x=2", _("Three ways to write a power; −x^2 is −(x^2).")),
        (
            "w1*x_in + α₀*beta",
            "w1=2;x_in=1;α₀=3;beta=1",
            _("A name has letters, digits and a subscript; Greek letters may be spelled out."),
        ),
        ("√x + ∛y + π·e", "x=4;y=8", _("Roots by their signs, and the numbers π and e.")),
        ("1.5e-3 x", "x=2", _("A number has a decimal point; the comma separates arguments.")),
        (
            "sum(x*y)/2",
            "x=[1,2];y=[3,4]",
            _("An input may be a list of numbers; operators work element by element."),
        ),
        (
            "A x + A^-1 b",
            "A=[[2,1],[1,3]];x=[1,2];b=[3,4]",
            _(
                "Arrays side by side are the product of matrices where only that fits, and ^-1 is the"
                " inverse. Where two meanings remain, as in A^2, the page asks; ** and * are always element"
                " by element."
            ),
        ),
        (
            "x^T y + ‖x‖²",
            "x=[1,2];y=[3,4]",
            _("A transposed vector is a row. Bars are the length of a vector, or |x| of a number."),
        ),
        ("sin² x + 2 cos y", "x=1;y=2", _("A function may go without brackets, and its power before them.")),
        (
            "x^2 if 0 < x < 1 else -x",
            "x=0.5",
            _("Comparisons, chains of them, and, or, not; & | ~ are the same. They are 1 or 0."),
        ),
        (
            "sum(X[:, 1]) + X[0, -1] + sum(X[[1, 1]])",
            "X=[[1,2],[3,4]]",
            _("Parts of arrays as in NumPy: slices, new axes, lists, and inputs of whole numbers."),
        ),
        ("c = x + 1\nc *= c", "x=2", _("A name that is assigned again has a new version, c′.")),
        ("f(t) = t^3\nf'(x)", "x=2", _("A prime is the derivative of a function of one's own.")),
        (
            "f, g: functions\ny = f(g(x))",
            "",
            _("Functions of which no more than the names are known: the walk is in symbols."),
        ),
        ("x*y  # area", "x=2;y=3", _("After # stands a comment.")),
    ):
        graph = graphengine.parse(program, inputs)
        yield Row(program, (), spelled(program_latex(graph), language()), words=words, inputs=inputs)
    for text, inputs, words in (
        (
            r"\frac{1}{1 + e^{-x}}",
            "x=1",
            _("A formula in LaTeX is read, and shown as a program to be approved."),
        ),
        (
            "torch.sigmoid(X.mm(w)).mean()",
            "X=[[1,2],[3,4]];w=[[1],[-1]]",
            _("So is Python for NumPy, PyTorch or JAX, with functions, loops and classes; it is never run."),
        ),
    ):
        program = reading.read(text, inputs)
        shown = program_latex(graphengine.parse(program, inputs))
        yield Row(text, (), spelled(shown, language()), words=words, program=program, inputs=inputs)
