"""What a text that is not typed in the language was understood as, for a person to approve."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Message


@dataclass(frozen=True)
class Reading:
    """The program, and notes: what could have been meant otherwise, what decided, what was left out.

    `inputs` are values that the text itself gave, in the language; `backward` is a backward pass that it
    held, as it was written, for `graphengine.check_backward`.
    """

    program: str
    notes: tuple[Message, ...] = ()
    inputs: str = ""
    backward: str = ""
