"""The factors of a formula, with what stands above and below them, and calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...errors import GraphError, ProgramError
from ...messages import N_
from . import complaints
from .names import LETTERS, Atom, Group, Name
from .navigation import Navigation
from .scripts import bracketed, groups, pieces
from .trees import Bound, Token, Tree
from .vocabulary import ACCENTS, RELATIONS

CALLED = {"f", "g", "h", "p", "q", "F", "G", "H", "P", "L", "J", "phi", "varphi", "psi", "Phi", "Psi", "ell"}
"""Letters that before a bracket are functions, in most texts."""


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
        start, in_font = self.peek().start, self.peek().kind == "font"
        tree = self.primary()
        below, above, primes = self.scripts()
        if below is not None or above is not None or primes:
            items: tuple[tuple[str, Tree], ...] = tree.parts[0] if in_font and tree.kind == "product" else ()
            last = self.scripted(items[-1][1] if items else tree, start, below, above, primes)
            tree = self.tree("product", start, (*items[:-1], ("", last))) if items else last
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
        """A tree with what stands below and above it; (x)_+ is the positive part."""
        if below is not None and [token.kind for token in below] == ["+"] and tree.kind != "name":
            tree, below = self.tree("call", start, "relu", None, None, (tree,)), None
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
            single = groups(above) or ()
            if found is None and len(single) == len(single[0] if single else ()) == 1:
                (atom,) = single[0]
                worded = atom.kind == "word" and tree.parts[0].base != "e"
                found = single if worded or atom.text in self.layers else None
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
            said = "N" if name.base == "N" else "E"
            return self.unknown(tree, start, complaints.command(self.text, tree.span, said))
        if name.primes:
            raise complaints.derivative(self.text, tree.span)
        if name.base in LETTERS and plain and not name.bold:
            found = self.tree("call", start, LETTERS[name.base], None, None, self.arguments())
            return self.after_call(found, start)
        if name.font == "word" and plain:
            raise complaints.function(self.text, tree.span, name.base)
        if name.base == "E" and self.peek().kind == "[":
            return self.unknown(tree, start, complaints.command(self.text, tree.span, "E"))
        latin = name.capital and name.base.isascii() and len(name.base) == 1 and self.peek().kind == "("
        greek = name.base in LETTERS and self.peek().kind == "("
        if not name.bold and (name.base in CALLED or latin or greek or self.looks_called()):
            return self.unknown(tree, start, complaints.undefined(self.text, tree.span))
        return tree

    def unknown(self, tree: Tree, start: int, error: GraphError) -> Tree:
        """A call of what nobody defines: it matters where its value is wanted, or is a product after all.

        As a product it is a name times a bracket, and what stands above belongs to the bracket alone.
        """
        place = self.peek().start
        found = self.arguments()
        plain = found[0].kind == "name"
        if len(found) == 1:
            found = (self.after_call(self.tree("group", place, found[0]), place),)
        return self.after_call(self.tree("unknown", start, error, tree, found, plain), start)

    def looks_called(self) -> bool:
        """Whether the bracket holds one name, or several things: R(W) is no product."""
        depth, inner = 0, list[Token]()
        for token in self.tokens[self.at :]:
            depth += (token.kind in "([{") - (token.kind in ")]}")
            if depth == 0:
                break
            inner.append(token)
        if inner[0].kind != "(" or any(token.kind in (",", "given") for token in inner):
            return inner[0].kind == "("
        plain = all(
            token.kind in ("name", "digit", "_", "^", "{", "}", "font", "accent") for token in inner[1:]
        )
        return plain and len(inner) > 1 and self.inner(inner[1:]).kind == "name"

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

    def maybe_indicator(self, one: Tree, start: int) -> Tree:
        r"""1\{y = k\} is an indicator."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += (token.kind == "(") - (token.kind == ")")
            if depth == 1 and token.kind in RELATIONS | {"="}:
                return self.indicator(start)
            if depth == 0:
                break
        return one

    def unsaid(self, body: Tree) -> tuple[Bound, ...]:
        r"""The index of \sum x_i y_i, which does not say it: the one letter that stands below names."""
        names = [each.parts[0] for each in body.walk() if each.kind == "name"]
        letters = {atom.text for name in names for atom in name.atoms if atom.kind == "letter"}
        if len(letters) > 1:
            message = N_("A sum runs over letters, from a number to a number.")
            hint = N_("For example: {latex}", latex=r"\sum_{i=1}^{n} x_i")
            raise ProgramError(message, hint=hint, span=body.span, text=self.text)
        return (Bound(tuple(letters)),) if letters else ()

    def pass_over(self) -> None:
        raise NotImplementedError

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
