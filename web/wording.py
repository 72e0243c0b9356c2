"""The words of the page's scripts, which bring none of their own."""

from __future__ import annotations

from flask_babel import get_locale, ngettext, pgettext
from flask_babel import gettext as _


def strings() -> dict[str, str]:
    """What the scripts say, in the language of the page; they fill the {places}."""
    return {
        "start": _("Start"),
        "nothing yet": _("Nothing is computed yet. Each step writes one number: press → or the arrow below."),
        "play": _("Play"),
        "pause": _("Pause"),
        "step": _("Step {step} of {steps}"),
        "copied": _("Link copied"),
        "copy by hand": _("Copy the link by hand: it is selected."),
        "code": _("QR code of this link: click to show it as large as the window."),
        "no code": _("This link is too long for a QR code. Shorten the program, or copy the link."),
        "latex copied": _("Copied as LaTeX"),
        "code copied": _("Copied"),
        "not copied": _("The browser does not let the page copy."),
        **counted(
            "check passed",
            "Every gradient is right, at {count} point.",
            "Every gradient is right, at your numbers and at random ones near them: {count} points.",
        ),
        "check failed": _("Not right: {wrong} of {all} gradients."),
        "check numbers": _("Yours {found}, right {right}, difference {difference}."),
        "check place": _("Element [{place}]."),
        "check rule": _("What belongs there:"),
        "verdict right": _("right"),
        "verdict fed": _("right by itself"),
        "verdict wrong": _("wrong"),
        "verdict lucky": _("right here only"),
        "verdict shape": _("wrong shape"),
        "verdict error": _("not understood"),
        "verdict missing": _("missing"),
        "latex not copied": _("The browser does not let the page copy."),
        "default": _("default"),
        "forward pass": _("Forward pass"),
        "backward pass": _("Backward pass"),
        "input": _("input"),
        "evaluate": _("value"),
        "seed": _("seed"),
        "tangent step": _("tangent"),
        "contribute": _("contribution"),
        "upstream": _("upstream"),
        "local": _("local derivative"),
        "contribution": _("contribution"),
        "tangent": _("tangent of the argument"),
        "product": _("product"),
        "differential": _("differential"),
        "tangent slot": pgettext("heading of a narrow column", "tangent"),
        "adjoint slot": pgettext("heading of a narrow column", "adjoint"),
        "jacobian of": _("Jacobian of {of} by {by}"),
        "gradient layout": _("Gradient (denominator) layout: a row for each element of {by}."),
        "jacobian layout": _("Jacobian (numerator) layout: a row for each element of {of}."),
        "slices layout": _("For each element of {of} an array in the shape of {by}."),
        "jacobian shape": _("Shape {shape}."),
        "operator alone": _("Of this operator alone."),
        "structure zero": _("{of} does not depend on {by}."),
        "structure identity": _("It is the identity."),
        "structure scaled": _("It is a multiple of the identity."),
        "structure diagonal": _(
            "It is diagonal: each element of {of} depends on its own element of {by} alone."
        ),
        "structure sparse": _("It is sparse: most elements are 0, whatever the numbers."),
        "structure dense": _("It is dense."),
        "point at an element": _("Point at an element: what it is stands here."),
        "always zero": _("whatever the numbers: the one does not depend on the other."),
        "sweeps done": _("{done} of {count} sweeps"),
        "jacobian cost": _(
            "All of it by columns: {columns} forward sweeps of {column} operations, {forward} in all;"
            " by rows: {rows} reverse sweeps of {row}, {reverse} in all."
        ),
        **counted(
            "paths",
            "{count} path leads from {by} to {of}, over {edges} edges.",
            "{count} paths lead from {by} to {of}, over {edges} edges.",
        ),
        "closed form": _("The derivative of {of} in the inputs alone, by the engine's own rules."),
        "closed sum": _("{of} is not a scalar: the formula belongs to the sum of its elements."),
        "closed gradient": _("Gradient (denominator) layout: in the shape of {by}."),
        "closed jacobian": _("Jacobian (numerator) layout: transposed, as a row."),
        **counted(
            "closed points",
            "Checked by numbers at {count} random point.",
            "Checked by numbers at {count} random points.",
        ),
        **counted("closed way", "How it came about: {count} step", "How it came about: {count} steps"),
        "more paths": _("The {count} shortest are listed: sweeps do not list them at all."),
        "brackets forward": _("The steps that do:"),
        "brackets reverse": _("The steps that do:"),
        "nodes": _("The nodes of the graph, in the order of evaluation"),
        **counted(
            "crowd",
            "{count} node: the camera follows the step. Named parts, a = …; b = …, fold into one node each.",
            "{count} nodes: the camera follows the step. Named parts, a = …; b = …, fold into one node each.",
        ),
        "opens": _("node, Enter opens it"),
        "open": _("Open: show what is inside"),
        "fold into": _("Fold into {name}"),
        "folded": _("folded: several operators"),
        "number": pgettext("a constant in a program", "number"),
        "details of": _("All about {name}"),
        "not yet computed": _("not yet computed"),
        "so far": _("so far"),
        "no derivative": _("none: it depends on no input that is differentiated by"),
        "value slot": pgettext("heading of a narrow column", "value"),
        "value of": _("Value of {name}"),
        "elements of": _("Elements of {name}"),
        "tangent of": _("Tangent of {name}, its seed"),
        "slider of": _("Slider of {name}"),
        "default of": _("Back to the default of {name}"),
        "differentiate by": _("Differentiate by {name}"),
        "seed of": _("Seed: adjoint of {name}"),
        "heat": _("{shape} numbers from {low} to {high}, {mean} on average"),
        "all numbers": _("All numbers"),
        "adopt": _("Write {program}"),
        **counted("stopped", "The walk stops after {count} step.", "The walk stops after {count} steps."),
        "offline": _("The server did not answer. What you typed is still here, and stepping still works."),
        "failed": _(
            "The server broke down over this. What you typed is still here, and stepping still works."
        ),
        "retry": _("Try again"),
        "projector": _("Projector: large type, nothing but the step"),
        "leave projector": _("Leave the projector view"),
        "space": _("Space"),
        "key forward": _("one step forward"),
        "key back": _("one step back"),
        "key next phase": _("to the next phase: values, then derivatives"),
        "key previous phase": _("to the previous phase"),
        "key first": _("to the start"),
        "key last": _("to the last step"),
        "key toggle": _("play or pause"),
        "key jump": _("jump to a step: type its number, then Enter"),
        "key edit": _("into the program"),
        "key fold": _("Open or fold the node"),
        "key projector": _("projector view on and off"),
        "key theme": _("next theme: system, light, dark"),
        "key share": _("share this step"),
        "key settings": _("settings"),
        "key left panel": _("hide or show the program and the inputs"),
        "key right panel": _("hide or show the step and the table"),
        "key zoom": _("in the picture: larger, smaller, all of it"),
        "key nodes": _("in the picture: from node to node"),
        "key node": _("in the picture: all about the node"),
        "key help": _("this list"),
    }


def counted(name: str, singular: str, plural: str) -> dict[str, str]:
    """A sentence that counts, in each form of the page's language: {"steps one": …, "steps few": …}."""
    locale = get_locale()
    forms = {locale.plural_form(n) if locale else "other": ngettext(singular, plural, n) for n in (5, 2, 1)}
    other = {"other": ngettext(singular, plural, 5)}
    return {f"{name} {kind}": text for kind, text in {**other, **forms}.items()}
