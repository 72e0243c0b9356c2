"""The factors of a formula, with what stands above and below them, and calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...messages import Message
from . import complaints
from .names import LETTERS, Atom, Group, Name
from .scripts import bracketed, groups, pieces
from .trees import Token, Tree
from .vocabulary import ACCENTS, RELATIONS

CALLED = {"f", "g", "h", "p", "q", "F", "G", "H", "P", "L", "J", "phi", "varphi", "psi", "Phi", "Psi", "ell"}
"""Letters that before a bracket are functions, in most texts."""


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
        """The tokens of a script: those in braces, or the one thing that stands there."""
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


class Atoms(Navigation):
    """Reads factors; sums and products are read by the Parser that it is a part of."""

    def expression(self) -> Tree:
        raise NotImplementedError

    def term(self) -> Tree:
        raise NotImplementedError

    def inner(self, tokens: Sequence[Token]) -> Tree:
        raise NotImplementedError

    def deeper(self) -> None:
        raise NotImplementedError

    def factor(self) -> Tree:
        """What one factor is, with all that stands above and below it."""
        self.deeper()
        start = self.peek().start
        tree = self.primary()
        below, above, primes = self.scripts()
        if below is not None or above is not None or primes:
            tree = self.scripted(tree, start, below, above, primes)
        if tree.kind == "name" and self.peek().kind in ("(", "["):
            tree = self.called(tree, start)
        while self.peek().kind == "!":
            self.take()
            tree = self.tree("factorial", start, tree)
        self.depth -= 1
        return tree

    # ---- scripts ----

    def scripted(
        self, tree: Tree, start: int, below: list[Token] | None, above: list[Token] | None, primes: int
    ) -> Tree:
        """A tree with what stands below and above it."""
        if below is not None:
            found = self.below(below, start)
            if tree.kind == "name":
                tree = self.tree("name", start, replace(tree.parts[0], subs=tree.parts[0].subs + found))
            elif tree.kind == "norm":
                tree = self.tree("norm", start, tree.parts[0], found)
            else:
                tree = self.tree("index", start, tree, found)
        if above is not None and all(token.kind == "prime" for token in above):
            primes += len(above)
            above = None
        if primes:
            if tree.kind != "name":
                raise complaints.derivative(self.text, tree.span)
            tree = self.tree("name", start, replace(tree.parts[0], primes=tree.parts[0].primes + primes))
        return tree if above is None else self.raised(tree, start, above)

    def below(self, tokens: list[Token], start: int) -> tuple[Group, ...]:
        """The scripts below; y_i in f_{y_i} is a name of its own."""
        found: list[Group] = []
        for piece in pieces(tokens):
            plain = groups(piece)
            if plain is not None:
                found += plain
                continue
            inner = self.inner(piece) if piece else None
            if inner is None or inner.kind != "name":
                raise complaints.name(
                    self.text,
                    (tokens[0].start - 1 if tokens else start, tokens[-1].end + 1 if tokens else start + 1),
                )
            found.append((Atom(inner.parts[0].short(), "inner", inner=inner.parts[0]),))
        return tuple(found)

    def raised(self, tree: Tree, start: int, above: list[Token]) -> Tree:
        """A power, a transpose, or an index above a name."""
        kinds = [token.kind for token in above if token.kind not in ("font", "{", "}")]
        values = [token.value for token in above if token.kind not in ("font", "{", "}")]
        if kinds == ["transposed"] or values in (["T"], ["intercal"]):
            return self.tree("transposed", start, tree, "" if kinds == ["transposed"] else "T")
        if kinds == ["-", "transposed"] or values == ["-", "T"]:
            return self.tree(
                "transposed", start, self.tree("pow", start, tree, Tree("num", ("-1",), tree.span)), ""
            )
        if kinds == ["dagger"] or values == ["H"] or (kinds == ["*"] and tree.kind != "name"):
            return self.tree("dagger", start, tree, values[0] if kinds != ["dagger"] else "dagger")
        if kinds == ["+"]:
            return self.tree("dagger", start, tree, "+")
        if tree.kind == "name":
            found = bracketed(above)
            single = groups(above)
            if (
                found is None
                and single is not None
                and (kinds == ["*"] or (single[0][0].text in self.layers and len(single) == 1))
            ):
                found = single
            if found is not None:
                return self.tree("name", start, replace(tree.parts[0], sups=tree.parts[0].sups + found))
        if kinds[:1] in (["hadamard"], ["*"]) and len(kinds) > 1:
            above = above[1:]
        return self.tree("pow", start, tree, self.inner(above))

    # ---- names and calls ----

    def plain_name(self) -> Name | None:
        """A name with its scripts, if one begins here."""
        tree = self.primary()
        below, above, primes = self.scripts()
        if tree.kind == "name" and (below or above or primes):
            tree = self.scripted(tree, tree.span[0], below, above, primes)
        return tree.parts[0] if tree.kind == "name" else None

    def called(self, tree: Tree, start: int) -> Tree:
        """A name before a bracket: a call where a line defines the function, else a factor."""
        name: Name = tree.parts[0]
        if name in self.heads:
            arguments = self.arguments()
            found = self.tree("apply", start, name, arguments)
            return self.after_call(found, start)
        plain = not (name.subs or name.sups)
        if (name.font == "bb" and name.base in "EPVI") or (name.font == "cal" and name.base == "N"):
            if name.base == "I":
                return self.indicator(start)
            raise complaints.command(self.text, tree.span, "N" if name.base == "N" else "E")
        if name.primes:
            raise complaints.derivative(self.text, tree.span)
        if name.base in LETTERS and plain and not name.bold:
            found = self.tree("call", start, LETTERS[name.base], None, None, self.arguments())
            return self.after_call(found, start)
        if name.font == "word" and plain:
            raise complaints.function(self.text, tree.span, name.base)
        if name.base in CALLED and not name.bold:
            raise complaints.undefined(self.text, tree.span)
        return tree

    def after_call(self, tree: Tree, start: int) -> Tree:
        below, above, primes = self.scripts()
        return self.scripted(tree, start, below, above, primes) if below or above or primes else tree

    def arguments(self) -> tuple[Tree, ...]:
        """What stands in the brackets of a call, between commas and bars."""
        opening = self.take().kind
        closing = ")" if opening == "(" else "]"
        found = [self.argument(opening == "[")]
        while self.peek().kind in (",", "given"):
            self.take()
            found.append(self.argument())
        self.expect(closing)
        return tuple(found)

    def argument(self, squared: bool = False) -> Tree:
        """One of them; of y = k between round brackets, as in P(y = k), k stays."""
        found = self.expression()
        if self.peek().kind in RELATIONS or (self.peek().kind == "=" and squared):
            return self.compared(found, found.span[0])
        if self.peek().kind == "=":
            self.take()
            return self.expression()
        return found

    def indicator(self, start: int) -> Tree:
        """1 where a condition holds, else 0."""
        closing = {"(": ")", "[": "]", "{": "}"}[self.take().kind]
        found = self.comparison()
        self.expect(closing)
        return self.tree("indicator", start, found)

    def compared(self, first: Tree, start: int) -> Tree:
        raise NotImplementedError

    def comparison(self) -> Tree:
        raise NotImplementedError

    def primary(self) -> Tree:
        raise NotImplementedError

    def under(self, token: Token) -> Tree:
        r"""\hat{y}, or \underbrace{…}_{z} that is looked through."""
        if token.kind == "over":
            found = self.inner(self.slice()) if self.peek().kind == "{" else self.factor()
            if "brace" in token.value:
                self.scripts()
            return found
        found = self.inner(self.slice())
        if found.kind == "num" and token.value == "bar" and found.parts[0] == "1":
            return self.tree("ones", token.start)
        if found.kind != "name":
            raise complaints.name(self.text, (token.start, self.tokens[self.at - 1].end))
        name: Name = found.parts[0]
        accents = (ACCENTS[token.value], *name.accents)
        return self.tree("name", token.start, replace(name, accents=accents))
