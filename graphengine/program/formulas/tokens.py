r"""LaTeX -> tokens of the grammar: spaces, sizes and environments go, names and bars are made out.

w_{12} x_{\text{in}}  ->  NAME w12, NAME x_in        \left| x \right|  ->  BAR_OPEN, NAME x, _BAR_CLOSE
"""

from __future__ import annotations

import re

from lark import Token

from ...errors import LimitError, ProgramError
from ...limits import limits
from ...messages import N_, Message
from . import calls, complaints
from .names import ACCENTS, FONTS, GREEK, function, name_of
from .vocabulary import (
    CHARACTERS,
    COMMAND,
    DISPLAYS,
    DROPPED,
    ENDS,
    ENVIRONMENT,
    LETTERS,
    OPEN,
    ROW,
    SIGNS,
    SPACES,
    SUM,
    SUPERSCRIPTS,
)


class Scanner:
    """Makes the tokens of one text, and notes what could have been meant otherwise."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[Message] = []
        self.indices: set[str] = set()
        self.called: set[str] = set()
        self.found: list[Token] = []
        self.opened: list[Token] = []
        self.place = 0

    def tokens(self) -> list[Token]:
        """All tokens; ProgramError for a command that has no meaning here."""
        while self.place < len(self.text):
            self.step()
        if self.opened:
            raise complaints.bracket(self.text, self.opened[-1], opened=True)
        self.end_line()
        found, self.called = calls.tell_apart(self.text, self.found, self.notes)
        return found

    def step(self) -> None:
        character = self.text[self.place]
        if character == "\\":
            self.command()
        elif character in "$&~" or character.isspace() or character in "\u200b\u2060\ufeff":
            separates = character == "$" or (character == "\n" and self.begins_row())
            self.separate(1) if separates else self.skip(1)
        elif character == "%":
            self.skip(len(self.text[self.place :].partition("\n")[0]))
        elif character.isdecimal() and character.isascii():
            self.put("DIGIT", character, 1)
        elif character in SUPERSCRIPTS:
            self.superscript()
        elif character == ":" and self.text.startswith(":=", self.place):
            self.put("_EQ", ":=", 2)
        elif character in CHARACTERS:
            self.sign(CHARACTERS[character], 1)
        elif character.isalpha():
            self.letters()
        else:
            raise complaints.character(self.text, self.place)

    # ---- commands ----

    def command(self) -> None:
        environment = ENVIRONMENT.match(self.text, self.place)
        if environment:
            if environment[2] not in DISPLAYS:
                raise complaints.environment(self.text, environment.span(), environment[2])
            return self.separate(len(environment[0]))
        dropped = DROPPED.match(self.text, self.place)
        if dropped:
            return self.skip(len(dropped[0]))
        found = COMMAND.match(self.text, self.place)
        if found is None:
            raise complaints.character(self.text, self.place)
        name, length = found[1], len(found[0])
        if name in ("left", "right") and self.text[self.place + length : self.place + length + 1] == ".":
            return self.skip(length + 1)
        if name in ("left", "right", "bigl", "bigr", "Bigl", "Bigr"):
            bar = re.compile(r"\s*(\||\\vert\b)").match(self.text, self.place + length)
            if bar:
                kind = "BAR_OPEN" if name.endswith(("left", "l")) else "_BAR_CLOSE"
                return self.sign(kind, length + len(bar[0]))
        if name in SPACES:
            return self.skip(length)
        if name == "sum":
            return self.total(length)
        if name in SIGNS:
            return self.separate(length) if SIGNS[name] == "_SEP" else self.sign(SIGNS[name], length)
        if name in GREEK or name in FONTS or name in ACCENTS or name in ("prime", "ell"):
            return self.name(self.place)
        known = function(name)
        if known is None:
            raise complaints.command(self.text, (self.place, self.place + length), name)
        return self.put("FUNC", known, length)

    def total(self, length: int) -> None:
        """A sum; its index is dropped, for arrays are added as a whole."""
        self.put("SUM", "sum", length)
        index = SUM.match(self.text, self.place)
        if index:
            self.indices.add(index[1] or index[2])
            self.skip(len(index[0]))

    # ---- names ----

    def letters(self) -> None:
        """A run of letters: a function, else each a name of its own, the last with its subscript."""
        found = LETTERS.match(self.text, self.place)
        if found is None:
            raise complaints.character(self.text, self.place)
        run, end = found[0], found.end()
        known = function(run) if len(run) > 1 else None
        bracket = re.compile(r"\s*(\\left\s*|\\[bB]ig+l?\s*)?[({]").match(self.text, end)
        if known and (bracket or len(run) > 2 or run in ("ln", "lg", "tg")):
            return self.put("FUNC", known, len(run))
        if len(run) > 2:
            self.notes.append(
                N_(
                    "{letters} is read as a product of letters; a long name is written {latex}.",
                    letters=run,
                    latex=rf"\text{{{run}}}",
                )
            )
        for letter in run[:-1]:
            self.put("NAME", letter, 1)
        return self.name(self.place)

    def name(self, start: int) -> None:
        """A name with its accents, subscript and primes, or a function in upright letters."""
        name, end, upright = name_of(self.text, start)
        known = function(name) if upright and len(name) > 1 else None
        if known is not None:
            return self.put("FUNC", known, end - start)
        if any(sign in self.text[start:end] for sign in ("'", "′", "prime", "^")):
            self.notes.append(
                N_("{latex} is read as the name {name}.", latex=self.text[start:end], name=name)
            )
        return self.put("NAME", name, end - start)

    # ---- signs ----

    def sign(self, kind: str, length: int) -> None:
        start, end = self.place, self.place + length
        if kind == "BAR":
            inside = bool(self.opened) and self.opened[-1].type == "BAR_OPEN"
            kind = "_BAR_CLOSE" if inside and self.last() in ENDS else "BAR_OPEN"
        if kind == "POINT" and not re.compile(r"\s*\d").match(self.text, end):
            return self.skip(length)  # the full stop after a formula
        if kind == "_COMMA":
            return self.comma(end)
        if kind == "PLUS" and self.last() not in ENDS:
            kind = "_PLUS"
        token = self.token(kind, self.text[start:end], length)
        if kind in OPEN:
            self.opened.append(token)
            if len(self.opened) > limits().depth:
                message = N_(
                    "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
                )
                raise LimitError(message, span=(start, end), text=self.text)
        elif kind in OPEN.values():
            self.close(token)
        return None

    def close(self, token: Token) -> None:
        if not self.opened or OPEN[self.opened[-1].type] != token.type:
            raise complaints.bracket(self.text, token, opened=False)
        opener = self.opened.pop()
        if self.found[-2] is opener and token.type == "_RBRACE":
            if len(self.found) > 2 and self.found[-3].type in ("_SUP", "_SUB", "FRAC", "SQRT"):
                raise ProgramError(
                    N_("These braces are empty."),
                    span=(opener.start_pos or 0, token.end_pos or 0),
                    text=self.text,
                )
            del self.found[-2:]

    def comma(self, end: int) -> None:
        """A decimal sign in braces or between digits, a sign between arguments, or the end of a formula."""
        digits = self.last() == "DIGIT" and re.compile(r"\}?\d").match(self.text, end)
        braces = bool(self.opened) and self.opened[-1] is self.found[-1] and self.text[end : end + 1] == "}"
        if braces and re.compile(r"\}\s*\d").match(self.text, end):
            self.found.pop()
            self.opened.pop()
            self.put("POINT", ".", 2)
        elif digits and not self.opened:
            self.put("POINT", ".", 1)
        elif self.opened:
            self.put("_COMMA", ",", 1)
        else:
            self.separate(1)

    def superscript(self) -> None:
        self.token("_SUP", "^", 0)
        self.token("_LBRACE", "{", 0)
        while self.text[self.place : self.place + 1] in SUPERSCRIPTS and self.place < len(self.text):
            self.put("DIGIT", SUPERSCRIPTS[self.text[self.place]], 1)
        self.token("_RBRACE", "}", 0)

    # ---- the list ----

    def begins_row(self) -> bool:
        """Whether a line end separates: the next line has a = of its own, and nothing is open."""
        return not self.opened and self.last() in ENDS and bool(ROW.match(self.text, self.place + 1))

    def separate(self, length: int) -> None:
        if self.opened:
            raise complaints.bracket(self.text, self.opened[-1], opened=True)
        self.end_line()
        if self.found and self.found[-1].type != "_SEP":
            self.put("_SEP", ";", length)
        else:
            self.skip(length)

    def end_line(self) -> None:
        """Nothing needs to be separated at the very end."""
        if self.place == len(self.text) and self.found and self.found[-1].type == "_SEP":
            self.found.pop()

    def last(self) -> str:
        return self.found[-1].type if self.found else "_SEP"

    def put(self, kind: str, value: str, length: int) -> None:
        self.token(kind, value, length)

    def token(self, kind: str, value: str, length: int) -> Token:
        made = Token(kind, value, self.place, end_pos=self.place + length)
        self.found.append(made)
        self.place += length
        return made

    def skip(self, length: int) -> None:
        self.place += length
