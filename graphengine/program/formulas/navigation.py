"""Where a parser stands among its tokens."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import Message
from . import complaints
from .names import Name
from .trees import Token, Tree


class Navigation:
    """Where a parser stands among its tokens, and what it has learnt of them."""

    def __init__(self, text: str, tokens: Sequence[Token], notes: list[Message]) -> None:
        self.text = text
        self.tokens = tokens
        self.notes = notes
        self.at = 0
        self.depth = 0
        self.heads: set[Name] = set()
        self.layers: set[str] = set()
        self.in_rows = False
        self.font = ""

    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "stop":
            self.at += 1
        return token

    def expect(self, kind: str) -> Token:
        if self.peek().kind != kind:
            raise complaints.unexpected(self.text, self.peek())
        return self.take()

    def tree(self, kind: str, start: int, *parts: object) -> Tree:
        return Tree(kind, parts, (start, self.tokens[self.at - 1].end if self.at else start))

    def slice(self) -> list[Token]:
        """What stands in braces, or the one thing that stands there."""
        token = self.peek()
        if token.kind == "{":
            start, depth = self.at, 0
            while True:
                kind = self.take().kind
                depth += (kind == "{") - (kind == "}")
                if depth == 0:
                    return list(self.tokens[start + 1 : self.at - 1])
        start = self.at
        if token.kind in ("-", "+") and self.tokens[self.at + 1].kind in ("digit", "name"):
            self.take()
        elif token.kind in ("font", "accent"):
            self.take()
            self.slice()
            return list(self.tokens[start : self.at])
        elif token.kind in ("frac", "sqrt"):
            self.take()
            for _ in range(2 if token.kind == "frac" else 1):
                self.slice()
            return list(self.tokens[start : self.at])
        if self.peek().kind in ("stop", "sep", "row", ")", "}", "]", "^", "_", "(", "["):
            raise complaints.unexpected(self.text, self.peek())
        self.take()
        return list(self.tokens[start : self.at])

    def scripts(self) -> tuple[list[Token] | None, list[Token] | None, int]:
        """What stands below and above, in either order, and the primes."""
        found: dict[str, list[Token]] = {}
        primes = 0
        while self.peek().kind in ("_", "^", "prime"):
            kind = self.peek().kind
            if kind == "prime":
                self.take()
                primes += 1
                continue
            if kind in found:
                raise complaints.unexpected(self.text, self.peek())
            self.take()
            found[kind] = self.slice()
        return found.get("_"), found.get("^"), primes
