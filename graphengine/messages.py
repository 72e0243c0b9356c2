"""What the engine says to people: a template and its values, worded late, in the reader's language.

The engine meets a mistake long before anybody knows who will read about it, so it keeps the English
template (the gettext message id) and the values apart until `Message.text(language)`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

LANGUAGES = {"en": "English", "ru": "Русский"}
"""All that is spoken here, each by its own name; the first is the one for everybody else."""


@dataclass(frozen=True)
class Message:
    """A sentence for people: a gettext id with `{named}` places, and what fills them.

    One that counts has a `plural` id too, and `number` decides between the forms of a language.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    number: int = 1

    def text(self, language: str = "en") -> str:
        """The sentence in `language`; English where no translation exists."""
        values = {key: say(value, language) for key, value in self.values.items()}
        catalogue = _catalogue(language)
        if self.plural:
            return catalogue.ngettext(self.template, self.plural, self.number).format(**values)
        return catalogue.gettext(self.template).format(**values)

    def __str__(self) -> str:
        return self.text()


def N_(template: str, **values: object) -> Message:
    """Mark `template` for extraction by gettext, and keep its values beside it."""
    return Message(template, values)


def NN_(singular: str, plural: str, number: int, **values: object) -> Message:
    """The same for a sentence that counts: `number` chooses among the forms of a language.

    >>> print(NN_("{count} node", "{count} nodes", 3, count=3))
    3 nodes
    """
    return Message(singular, values, plural, number)


def say(thing: object, language: str = "en") -> str:
    """The text of a message in `language`, or of anything else as it is."""
    return thing.text(language) if isinstance(thing, Message) else str(thing)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})?", language):
        return gettext.NullTranslations()  # a language is a name, never a path
    return gettext.translation("messages", TRANSLATIONS, languages=[language], fallback=True)
