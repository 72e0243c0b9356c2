"""Tokens -> trees, by the grammar of formulas: sums, products, powers, and what a function takes in.

A function without brackets takes in the factors after it, up to the next function, sign or bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...errors import LimitError, ProgramError
from ...limits import limits, spend
from ...messages import N_, Message
from . import complaints
from .primaries import Primaries
from .trees import Statement, Token, Tree
from .vocabulary import RELATIONS

_PRODUCT = {"*", "cdot", "hadamard", "kron", "/"}
_ADDING = {"+", "-"}
_JOINING = _ADDING | _PRODUCT | {"="}
_STARTS = {
    "name",
    "word",
    "func",
    "(",
    "[",
    "{",
    "bar_open",
    "norm_open",
    "angle_open",
    "frac",
    "sqrt",
    "font",
}
_STARTS |= {"accent", "over", "begin", "sum", "prod", "arg", "digit"}


class Parser(Primaries):
    """Reads the tokens of one text, or those of a script in it."""

    def __init__(self, text: str, tokens: Sequence[Token], notes: list[Message], depth: int = 0) -> None:
        super().__init__(text, tokens, notes)
        self.depth = depth

    # ---- statements ----

    def statements(self) -> list[Statement]:
        """All statements; conditions that stand beside them are passed over."""
        self.find_heads()
        found = []
        while self.peek().kind != "stop":
            if self.peek().kind in ("sep", "&", "gap", "prose", "for"):
                if self.take().kind == "for":
                    self.condition()
                continue
            statement = self.statement()
            if statement is not None:
                found.append(statement)
            if self.peek().kind not in ("sep", "stop", "gap", "prose", "for"):
                raise complaints.unexpected(self.text, self.peek())
        return found

    def statement(self) -> Statement | None:
        start = self.at
        sides = [self.expression()]
        while self.joined("=", "gets"):
            if self.peek().kind == "gets" or len(sides) > 1:
                self.remark("gets" if self.peek().kind == "gets" else "chain")
            self.take()
            sides.append(self.expression())
        if self.peek().kind in RELATIONS | {"in"}:
            if not self.heads_nothing(start):
                raise complaints.comparison(self.text, self.peek().span)
            self.condition()
            return None
        return Statement(sides[0] if len(sides) > 1 else None, sides[-1], len(sides) > 2)

    def heads_nothing(self, start: int) -> bool:
        """Whether a condition that begins here follows a formula, as in y = x^2, x > 0."""
        return any(token.kind == "=" for token in self.tokens[:start])

    def condition(self) -> None:
        while self.peek().kind not in ("sep", "stop"):
            self.take()
        self.remark("condition")

    def remark(self, what: str) -> None:
        """A note about how a statement is read."""
        said = {
            "chain": N_("Of several expressions that are said to be equal, the last is computed."),
            "condition": N_("A condition beside a formula is not part of what is computed."),
            "gets": N_("An arrow to the left is read as an assignment."),
        }
        self.notes.append(said[what])

    def joined(self, *kinds: str) -> bool:
        r"""Whether one of `kinds` comes next; a new row that begins with it continues the one before."""
        self.pass_over()
        return self.peek().kind in kinds

    def pass_over(self) -> None:
        r"""An & is a place to align; an end of a row before a sign or after one ends nothing."""
        while self.peek().kind == "gap" or (self.peek().kind == "&" and not self.in_rows):
            if self.peek().kind == "gap" and not self.in_rows and self.has_target(self.at + 1):
                return
            self.take()
        if self.peek().kind == "sep" and not self.in_rows:
            ahead = self.at
            while self.tokens[ahead].kind in ("sep", "&", "gap"):
                ahead += 1
            after = self.tokens[ahead].kind
            if after in _JOINING and (after not in _ADDING or not self.has_target(ahead)):
                self.at = ahead

    def has_target(self, start: int) -> bool:
        """Whether the row that begins here has a = of its own."""
        depth = 0
        for token in self.tokens[start:]:
            depth += (token.kind in "([{") - (token.kind in ")]}")
            if token.kind in ("sep", "stop", "gap"):
                return False
            if token.kind in ("=", "gets") and depth == 0:
                return True
        return False

    # ---- sums and products ----

    def expression(self) -> Tree:
        """A sum."""
        self.deeper()
        start = self.peek().start
        items = [("+", self.term())]
        while self.joined("+", "-"):
            sign = self.take().kind
            items.append((sign, self.term()))
        self.depth -= 1
        if len(items) == 1:
            return items[0][1]
        return self.tree("sum", start, tuple(items))

    def term(self) -> Tree:
        """A product, with what TeX writes between its factors: nothing, or a sign."""
        self.pass_over()
        start = self.peek().start
        negative = False
        while self.peek().kind in _ADDING:
            negative ^= self.take().kind == "-"
        items: list[tuple[str, Tree]] = [("", self.factor())]
        while True:
            self.pass_over()
            token = self.peek()
            if token.kind in _PRODUCT:
                sign = self.take().kind
                self.pass_over()
                minus = False
                while self.peek().kind in _ADDING:
                    minus ^= self.take().kind == "-"
                factor = self.factor()
                items.append((sign, self.tree("neg", token.end, factor) if minus else factor))
            elif token.kind in _STARTS:
                if token.kind == "digit" and items[-1][1].kind != "frac":
                    raise complaints.unexpected(self.text, token)
                items.append(("", self.factor()))
            else:
                break
        found = items[0][1] if len(items) == 1 else self.tree("product", start, self.fractions(items))
        return self.tree("neg", start, found) if negative else found

    def fractions(self, items: list[tuple[str, Tree]]) -> tuple[tuple[str, Tree], ...]:
        """All the factors after / are its denominator; 1/2 x is a question."""
        found: list[tuple[str, Tree]] = []
        at = 0
        while at < len(items):
            sign, tree = items[at]
            at += 1
            if sign == "/":
                below = [("", tree)]
                while at < len(items) and items[at][0] == "":
                    below.append(items[at])
                    at += 1
                if len(below) > 1:
                    span = below[0][1].span[0], below[-1][1].span[1]
                    tree = Tree("below", (tuple(below), found[-1][1].kind == "num" == below[0][1].kind), span)
            found.append((sign, tree))
        return tuple(found)

    # ---- helpers ----

    def deeper(self) -> None:
        spend("work")
        self.depth += 1
        if self.depth > limits().depth:
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, text=self.text)

    def inner(self, tokens: Sequence[Token]) -> Tree:
        """The expression that a script consists of."""
        return self.within(tokens, condition=False)

    def condition_in(self, tokens: Sequence[Token]) -> Tree:
        """The condition below an indicator."""
        return self.within(tokens, condition=True)

    def within(self, tokens: Sequence[Token], condition: bool) -> Tree:
        """What the tokens of a script or argument are."""
        if not tokens:
            raise complaints.unexpected(self.text, self.peek())
        stop = Token("stop", "", tokens[-1].end, tokens[-1].end)
        parser = Parser(self.text, [*tokens, stop], self.notes, self.depth)
        parser.heads, parser.layers, parser.font, parser.in_rows = self.heads, self.layers, self.font, True
        parser.deeper()
        found = parser.comparison() if condition else parser.expression()
        if parser.peek().kind != "stop":
            raise complaints.unexpected(self.text, parser.peek())
        return found

    def find_heads(self) -> None:
        """The names that some line defines as functions, f(x) = …"""
        for start in (0, *(i + 1 for i, token in enumerate(self.tokens) if token.kind in ("sep", "gap"))):
            while self.tokens[start].kind in ("sep", "&", "gap", "prose"):
                start += 1
            if self.tokens[start].kind not in ("name", "word", "font", "accent") or not self.has_target(
                start
            ):
                continue
            self.at = start
            self.find_layers(start)
            try:
                name = self.plain_name()
            except ProgramError:
                continue
            if name is not None and self.peek().kind in ("(", "[") and self.ends_head():
                self.heads.add(name)
        self.at = self.depth = 0

    def find_layers(self, start: int) -> None:
        """A letter above the name left of = is no power, but counts layers: z^l = W^l a^{l-1}."""
        end = next(i for i in range(start, len(self.tokens)) if self.tokens[i].kind in ("=", "gets"))
        left = [token for token in self.tokens[start:end] if token.kind not in ("{", "}")]
        for sign, letter in pairwise(left):
            if sign.kind == "^" and letter.kind == "name" and letter.value != "T":
                self.layers.add(letter.value)

    def ends_head(self) -> bool:
        """Whether the bracket that begins here closes just before the = of its line."""
        depth = 0
        for i in range(self.at, len(self.tokens)):
            kind = self.tokens[i].kind
            depth += (kind in "([{") - (kind in ")]}")
            if depth == 0 and kind in (")", "]"):
                rest = self.tokens[i + 1 :]
                ahead = next(
                    (n for n, token in enumerate(rest) if token.kind in ("=", "gets")), len(rest) - 1
                )
                return all(token.kind in ("_", "{", "}", "name", "digit", "&") for token in rest[:ahead])
            if kind in ("sep", "stop"):
                return False
        return False
