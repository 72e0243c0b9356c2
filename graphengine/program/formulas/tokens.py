r"""LaTeX -> tokens: spaces, sizes and environments go, letters, words and bars are made out.

\mathbf{w}^\top x  ->  font bold, {, name w, }, ^, transposed, name x
"""

from __future__ import annotations

import re
import unicodedata

from ...errors import LimitError, ProgramError
from ...limits import limits, spend
from ...messages import N_, Message
from . import complaints
from .names import function
from .trees import Token
from .vocabulary import (
    ACCENTS,
    BY_LETTER,
    CASES,
    CHARACTERS,
    COMMAND,
    DISPLAYS,
    DROPPED,
    ENDS,
    ENVIRONMENT,
    FONTS,
    GAP,
    GREEK,
    LETTERS_RUN,
    MATRICES,
    OPEN,
    PROSE,
    ROW,
    SEEN_THROUGH,
    SIGNS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UPRIGHT,
)


class Scanner:
    """Makes the tokens of one text, and notes what could have been meant otherwise."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[Message] = []
        self.found: list[Token] = []
        self.opened: list[Token] = []
        self.place = 0

    def tokens(self) -> list[Token]:
        """All tokens; ProgramError for a command that has no meaning here."""
        while self.place < len(self.text):
            spend("work")
            self.step()
        if self.opened:
            raise complaints.bracket(self.text, self.opened[-1].span, opened=True)
        return self.found

    def step(self) -> None:
        character = self.text[self.place]
        if character == "\\":
            self.command()
        elif character in "$~" or character.isspace() or character in "\u200b\u2060\ufeff":
            separates = character == "$" or (character == "\n" and self.begins_row())
            self.separate(1) if separates else self.skip(1)
        elif character == "%":
            self.skip(len(self.text[self.place :].partition("\n")[0]))
        elif character.isdecimal() and character.isascii():
            self.put("digit", character, 1)
        elif character in SUPERSCRIPTS:
            self.script("^", SUPERSCRIPTS)
        elif character in SUBSCRIPTS:
            self.script("_", SUBSCRIPTS)
        elif self.text.startswith(":=", self.place):
            self.put("=", ":=", 2)
        elif self.text.startswith("||", self.place) and self.top() != "bar_open":
            self.sign("norm", 2)
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
            return self.environment(environment)
        dropped = DROPPED.match(self.text, self.place)
        if dropped:
            return self.skip(len(dropped[0]))
        gap = GAP.match(self.text, self.place)
        if gap:
            return self.put("gap", gap[0], len(gap[0]))
        found = COMMAND.match(self.text, self.place)
        if found is None:
            raise complaints.character(self.text, self.place)
        name, length = found[1], len(found[0])
        side = re.compile(r"\s*([|.]|\\(?:\||[lr]?[vV]ert\b))").match(self.text, self.place + length)
        if side and re.fullmatch("left|right|[bB]ig+[lr]?", name):
            length += len(side[0])
            if side[1] == ".":
                return self.skip(length)
            kind = "bar" if side[1] == "|" or "vert" in side[1] else "norm"
            way = {"left": "_open", "l": "_open", "right": "_close", "r": "_close"}
            return self.sign(kind + way.get(name if name in way else name[-1], ""), length)
        if name in SPACES:
            return self.skip(length)
        if name in UPRIGHT and self.upright(length):
            return None
        if name in SIGNS:
            return self.separate(length) if SIGNS[name] == "sep" else self.sign(SIGNS[name], length)
        if name in GREEK or name in ("ell", "infty"):
            return self.put("word" if name == "infty" else "name", name, length)
        if name in FONTS or name in UPRIGHT:
            return self.put("font", FONTS.get(name, ""), length)
        for kind, words in (("accent", ACCENTS), ("over", SEEN_THROUGH)):
            if name in words:
                return self.put(kind, name, length)
        known = None if complaints.refused(name) else function(name)
        if known is None:
            raise complaints.command(self.text, (self.place, self.place + length), name)
        return self.put("func", known, length)

    def environment(self, found: re.Match[str]) -> None:
        if found[2] in DISPLAYS:
            return self.skip(len(found[0])) if self.opened else self.separate(len(found[0]))
        if found[2] not in MATRICES | CASES:
            raise complaints.environment(self.text, found.span(), found[2])
        kind = "cases" if found[2] in CASES else "matrix"
        return self.sign(found[1], len(found[0]), "vmatrix" if found[2] == "vmatrix" else kind)

    def upright(self, length: int) -> bool:
        r"""A word in upright letters, as in \text{loss}, \operatorname*{tr} or {\rm sin}; else False."""
        start = self.place + length
        switch = self.last() == "{" and self.text[self.place : start] == r"\rm"
        form = (
            r"\s*((?:[^\W_]|[ \-])+?)\s*\}"
            if switch
            else r"\*?\s*(?:\{((?:[^{}\\$]|\\[ ,;_])*)\}|([A-Za-z]))"
        )
        found = re.compile(form).match(self.text, start)
        if found is None:
            return False
        word = (
            re.sub(r"\\[ ,;]", " ", found[1] or (not switch and found[2]) or "").replace("\\_", "_").strip()
        )
        if switch:  # its braces go with it
            self.found.pop()
            self.opened.pop()
        self.word(unicodedata.normalize("NFKC", word), length + len(found[0]))
        return True

    def word(self, word: str, length: int) -> None:
        called = re.compile(r"\s*(\\left\s*)?\(").match(self.text, self.place + length)
        known = function(word) if called or word.lower() not in PROSE else None
        if not re.search(r"\w", word):
            self.skip(length)
        elif known and (len(word) > 1 or not word.isascii()) and not complaints.refused(word):
            self.put("func", known, length)
        elif len(word) == 1 and word.isdecimal():
            self.put("digit", word, length)
        elif len(word) == 1 and word.isalpha():
            self.put("name", BY_LETTER.get(word, word), length)
        elif complaints.refused(word):
            raise complaints.command(self.text, (self.place, self.place + length), word)
        elif word.lower().split()[0] in PROSE or not re.fullmatch(r"[^\W\d_](?:[\w\-]| (?=\w))*", word):
            self.put("prose", word, length)
        elif word in ("argmax", "argmin", "arg max", "arg min"):
            self.put("arg", word, length)
        else:
            self.put("word", re.sub(r"[ \-_]+", "_", word), length)

    def letters(self) -> None:
        """A run of letters: a function, else each a letter of its own."""
        found = LETTERS_RUN.match(self.text, self.place) or re.compile(".").match(self.text, self.place)
        assert found is not None
        run, end = unicodedata.normalize("NFKC", found[0]), found.end()
        known = function(run) if len(run) > 1 else None
        bracket = re.compile(r"\s*(\\left\s*|\\[bB]ig+l?\s*)?[({\[]").match(self.text, end)
        if len(run) > 1 and complaints.refused(run) and bracket:
            raise complaints.command(self.text, found.span(), run)
        if known and self.last() != "_" and (bracket or len(run) > 2 or run in ("ln", "lg", "tg")):
            return self.put("func", known, len(found[0]))
        if len(run) > 2 and self.text[max(0, self.place - 2) : self.place] not in ("_{", "^{"):
            self.notes.append(
                N_(
                    "{letters} is read as a product of letters; a long name is written {latex}.",
                    letters=run,
                    latex=rf"\text{{{run}}}",
                )
            )
        for letter in found[0]:
            self.put("name", BY_LETTER.get(letter, unicodedata.normalize("NFKC", letter)), 1)
        return None

    # ---- signs ----

    def sign(self, kind: str, length: int, value: str = "") -> None:
        start, end = self.place, self.place + length
        if kind in ("bar", "norm"):
            inside = self.top() == f"{kind}_open" and self.last() in ENDS
            kind = f"{kind}_close" if inside else "given" if self.conditional(kind, end) else f"{kind}_open"
        if kind == "." and self.text.startswith("..", start):
            raise complaints.command(self.text, (start, start + 3), "dots")
        if kind == "." and not re.compile(r"\s*\d").match(self.text, end):
            return self.skip(length)  # the full stop after a formula
        if kind == ",":
            return self.comma(end)
        if kind == ";":
            return self.put(",", ";", 1) if self.opened else self.separate(1)
        self.put(kind, value or self.text[start:end], length)
        if kind in OPEN:
            self.opened.append(self.found[-1])
            if len(self.opened) > limits().depth:
                message = N_(
                    "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
                )
                raise LimitError(message, span=(start, end), text=self.text)
        elif kind in OPEN.values():
            if self.top() not in OPEN or OPEN[self.top()] != kind:
                raise complaints.bracket(self.text, (start, end), opened=False)
            opener = self.opened.pop()
            if self.found[-2] is opener and kind == "}":
                self.braces(opener, end)
        return None

    def braces(self, opener: Token, end: int) -> None:
        """Braces with nothing in them are nothing, but where a script or a fraction wants something."""
        if len(self.found) > 2 and self.found[-3].kind in ("^", "_", "frac", "sqrt"):
            raise ProgramError(N_("These braces are empty."), span=(opener.start, end), text=self.text)
        del self.found[-2:]

    def conditional(self, kind: str, end: int) -> bool:
        """Whether this bar is the one of p(y | x): inside a bracket that closes before another bar."""
        if self.last() not in ENDS or self.top() not in ("(", "["):
            return False
        rest = re.compile(r"[^|()\[\]]*(?:\([^|()\[\]]*\)[^|()\[\]]*)*([|)\]]|$)").match(self.text, end)
        return rest is not None and rest[1] in (")", "]")

    def comma(self, end: int) -> None:
        """A decimal sign in braces or between digits, a sign between arguments, or the end of a formula."""
        digits = self.last() == "digit" and re.compile(r"\}?\d").match(self.text, end)
        braces = bool(self.opened) and self.opened[-1] is self.found[-1] and self.text[end : end + 1] == "}"
        if braces and re.compile(r"\}\s*\d").match(self.text, end):
            self.found.pop()
            self.opened.pop()
            self.put(".", ".", 2)
        elif digits and not self.opened:
            self.put(".", ".", 1)
        elif self.opened:
            self.put(",", ",", 1)
        else:
            self.separate(1)

    def script(self, sign: str, digits: dict[str, str]) -> None:
        self.put(sign, sign, 0)
        self.put("{", "{", 0)
        while self.place < len(self.text) and self.text[self.place] in digits:
            self.put("digit", digits[self.text[self.place]], 1)
        self.put("}", "}", 0)

    # ---- the list ----

    def begins_row(self) -> bool:
        """Whether a line end separates: the next line has a = of its own, and nothing is open."""
        return not self.opened and self.last() in ENDS and bool(ROW.match(self.text, self.place + 1))

    def separate(self, length: int) -> None:
        r"""The end of a row; \\ between round brackets only breaks a line."""
        rows = self.text[self.place : self.place + 2] in ("\\\\", "\\n", "\\c")
        if rows and self.top() == "begin":
            self.put("row", "\\\\", length)
        elif rows and self.top() in ("(", "["):
            self.skip(length)
        elif self.opened and self.text[self.place] != "$":
            raise complaints.bracket(self.text, self.opened[-1].span, opened=True)
        elif self.last() != "sep":
            self.put("sep", ";", length)
        else:
            self.skip(length)

    def last(self) -> str:
        return next((token.kind for token in reversed(self.found) if token.kind != "gap"), "sep")

    def top(self) -> str:
        return self.opened[-1].kind if self.opened else ""

    def put(self, kind: str, value: str, length: int) -> None:
        self.found.append(Token(kind, value, self.place, self.place + length))
        self.place += length

    def skip(self, length: int) -> None:
        self.place += length
