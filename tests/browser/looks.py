"""How a page may be looked at: every pair of language, theme and width; all combinations under `--all`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Page

from graphengine import messages

LANGUAGES = tuple(messages.LANGUAGES)
THEMES = ("light", "dark", "projector")
WIDTHS = {360: 740, 1024: 768, 1600: 1000}


@dataclass(frozen=True)
class Look:
    """One way of looking at a page."""

    language: str
    theme: str
    width: int

    @property
    def query(self) -> str:
        """What a link says about it."""
        return f"lang={self.language}&theme={self.theme}"

    def open(self, page: Page, address: str) -> None:
        """Open `address` in this way, and wait until its scripts have run."""
        page.set_viewport_size({"width": self.width, "height": WIDTHS[self.width]})
        page.goto(f"{address}{'&' if '?' in address else '?'}{self.query}")
        if page.locator("#bench").count():
            page.wait_for_selector('#bench[aria-busy="false"]')

    def __str__(self) -> str:
        """As it stands in the name of a test."""
        return f"{self.language}-{self.theme}-{self.width}"


def looks(turn: int = 0, few: bool = False) -> list[object]:
    """All looks as parameters; slow are those that add no new pair (`few`: no new theme or width)."""
    found: list[object] = []
    for (row, theme), (column, width), language in product(enumerate(THEMES), enumerate(WIDTHS), LANGUAGES):
        adds = LANGUAGES[(row + column + turn) % len(LANGUAGES)] == language
        if few:
            adds = column == (row + turn) % 3 and LANGUAGES[(row + turn) % len(LANGUAGES)] == language
        look = Look(language, theme, width)
        found.append(pytest.param(look, id=str(look), marks=() if adds else pytest.mark.slow))
    return found


every_look = pytest.mark.parametrize("look", looks())


def in_turn(*names: str) -> pytest.MarkDecorator:
    """Parameters (name, look): each name in every theme and every width; all looks under `--all`."""
    return pytest.mark.parametrize(
        ("name", "look"),
        [
            pytest.param(name, *look.values, id=f"{name}-{look.id}", marks=look.marks)  # type: ignore[attr-defined]
            for turn, name in enumerate(names)
            for look in looks(turn, few=True)
        ],
    )
