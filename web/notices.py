"""What the page says about a link that it could not follow to the letter."""

from __future__ import annotations

from flask_babel import gettext as _

from .codec import LONGEST, Notice


def templates() -> dict[str, str]:
    """By code, a sentence with places for {key} and {value}."""
    return {
        "unknown": _("The link says “{key}”, which means nothing here; it is ignored."),
        "repeated": _("The link gives {key} more than once; the first counts."),
        "encoding": _("Part of {key} was damaged on its way: bytes that are not text appear as �."),
        "broken": _("The link asks for {key} = “{value}”, which is not possible; the usual one is taken."),
        "packed": _("The packed part of the link is damaged or cut off. Ask for the link once more."),
        "version": _(
            "The link is of another version of Chainwalk ({value}): its step may be another one here."
        ),
        "long": _("The link is longer than %(limit)s bytes, and was not read.", limit=f"{LONGEST:,}"),
    }


def say(notice: Notice) -> str:
    """The sentence of one notice."""
    return templates()[notice.code].replace("{key}", notice.key).replace("{value}", notice.value)
