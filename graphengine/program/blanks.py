"""The text as the grammar reads it, character for character: positions stay.

Comments, and line ends inside brackets, become spaces; full-width characters the usual ones; and a bar
becomes what it stands for, which only its neighbours tell: |x|, ‖x‖, or an "or".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import ProgramError
from ..messages import N_
from .declarations import blanked

_PAIRS = {")": "(", "]": "[", "}": "{"}
_WIDE = {ord("\u3000"): " ", **{0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}}
_OURS = dict.fromkeys(range(0xE000, 0xE004), "\0")
_BARS = {"|": ("\ue000", "\ue001"), "‖": ("\ue002", "\ue003")}
"""What a bar that opens, and one that closes, is for the grammar."""
_WORDS = re.compile(r"(?<!\w)(and|or|not|if|else)\s*$")
_ENDS = re.compile(r"[\w)\]}⟩'’′ᵀᴴ!\ue001\ue003]")
"""The last character of something that has a value."""


class Opened(NamedTuple):
    """A bracket or bar that waits for its partner."""

    sign: str
    place: int


def blank(text: str) -> str:
    """`text` for the grammar. ProgramError for a bracket, or a bar, without its partner."""
    text = blanked(text)
    text = re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
    characters = list(text.translate(_OURS).translate(_WIDE))
    opened: list[Opened] = []
    for place, character in enumerate(characters):
        if character in "([{":
            opened.append(Opened(character, place))
        elif character in _PAIRS:
            if opened and opened[-1].sign in _BARS:
                raise _lonely(opened[-1], text)
            if not opened or opened[-1].sign != _PAIRS[character]:
                raise ProgramError(
                    N_("This bracket was never opened."),
                    hint=N_("Remove it, or open a bracket before."),
                    span=(place, place + 1),
                    text=text,
                )
            opened.pop()
        elif character in "|‖∥":
            _bar(text, characters, place, opened)
        elif character in "\n;" and opened:
            if opened[-1].sign in _BARS:
                raise _lonely(opened[-1], text)
            characters[place] = " " if character == "\n" else character
    if opened:
        raise _lonely(opened[-1], text)
    return "".join(characters)


def _lonely(bracket: Opened, text: str) -> ProgramError:
    return ProgramError(
        N_("This bracket is never closed."),
        hint=N_("Close it, or remove it."),
        span=(bracket.place, bracket.place + 1),
        text=text,
    )


def _bar(text: str, characters: list[str], place: int, opened: list[Opened]) -> None:
    """Say what the bar at `place` is: the begin or the end of |x| or ‖x‖ (also ||x||), or else an "or"."""
    before = text[max(0, place - 20) : place].rstrip(" \t")
    valued = bool(before) and bool(_ENDS.match(characters[len(before) + max(0, place - 20) - 1]))
    valued = valued and not _WORDS.search(before)
    double = text[place] != "|" or (
        text[place + 1 : place + 2] == "|" and [b.sign for b in opened[-1:]] != ["|"]
    )
    sign = "‖" if double else "|"
    inside = any(bracket.sign == sign for bracket in opened[-1:])
    if not valued or (not inside and (double or _opens(text, place))):
        opened.append(Opened(sign, place))
    elif inside:
        opened.pop()
    else:
        return
    if double and characters[place] == "|":
        characters[place + 1] = " "
    characters[place] = _BARS[sign][valued and inside]


def _opens(text: str, place: int) -> bool:
    """Whether a bar after a value begins a factor, 2|x|, rather than being an "or" of masks, a | b."""
    left, right = text[place - 1].isspace(), text[place + 1 : place + 2].isspace()
    if left != right:
        return left
    another = text.find("|", place + 1)
    near = another > 0 and "\n" not in text[place:another]
    return not left and text[place + 1 : place + 2] not in "(~" and near
