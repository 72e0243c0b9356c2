"""Functions without brackets: sin x, sin²x, 2 sin 2x, f x."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Tree

from ..graph.symbols import Symbol
from ..messages import N_
from ..ops import NAMES, OPS
from .calls import Calls
from .powers import Powers
from .trees import Branch, bare, joined, name_of, parts, span

INVERSE = {name: inverse for op in OPS.values() for name, inverse in op.inverse.items()}


@dataclass(frozen=True)
class Step:
    """A factor with the sign before it; `whole` reaches from the first factor to this one."""

    sign: str
    factor: Branch
    whole: Branch


class Applications(Calls, Powers):
    """Reads words among the factors of a product, each of what stands after it."""

    def is_function(self, name: str) -> bool:
        """Whether a name without brackets is a function: sin x."""
        if name in self.functions or name in self.abstract:
            return True
        known = self.own(name) or name in self.inputs
        return not known and len(name) > 1 and any(op.takes(1) for op in NAMES.get(name, ()))

    def word(self, tree: Branch) -> bool:
        """Whether a factor is a function that waits for what it is of: sin, sin², sin^-1, -sin."""
        while tree.data in ("neg", "caret", "superscript"):
            tree = parts(tree)[0]
        return tree.data == "name" and self.is_function(name_of(tree))

    def applied(self, steps: list[Step]) -> list[Step]:
        """The same factors, with each word and what it is of as one."""
        found: list[Step] = []
        while steps:
            if self.word(steps[0].factor) and len(steps) > 1 and steps[1].sign == "implicit":
                tree, rest = self.application(steps)
                found.append(Step(steps[0].sign, tree, steps[len(steps) - len(rest) - 1].whole))
                steps = rest
            else:
                found.append(steps[0])
                steps = steps[1:]
        return found

    def application(self, steps: list[Step]) -> tuple[Branch, list[Step]]:
        """A word and what it is of, and the steps after it: numbers and one factor, as in sin 2x."""
        word, taken = steps[0].factor, 1
        if self.word(steps[1].factor) and steps[2:3] and steps[2].sign == "implicit":
            with self.deeper(word):
                inner, rest = self.application(steps[1:])
            return joined("applied", word, inner), rest
        while (
            self.numeric(steps[taken].factor) and steps[taken + 1 :] and steps[taken + 1].sign == "implicit"
        ):
            taken += 1
        inner = steps[1].factor
        for step in steps[2 : taken + 1]:
            inner = joined("implicit", inner, step.factor)
        rest = steps[taken + 1 :]
        another = bool(rest) and rest[0].sign == "implicit" and not self.word(rest[0].factor)
        if another and not (word.data != "name" and inner.data == "group"):
            start, here, there = span(word)[1], span(inner), span(rest[0].factor)
            text, more, name = self.source(inner), self.source(rest[0].factor), self.source(word)
            self.ask(
                N_("{text} means two things.", text=self.text[span(word)[0] : there[1]]),
                joined("applied", word, rest[0].factor),
                {
                    self.replaced((start, there[1]), f"({self.text[here[0] : there[1]]})"): N_(
                        "{name} of both", name=name
                    ),
                    self.replaced((start, there[1]), f"({text}) * {more}"): N_(
                        "{name} of {text}, times {more}", name=name, text=text, more=more
                    ),
                },
            )
        return joined("applied", word, inner), rest

    def numeric(self, tree: Branch) -> bool:
        return tree.data == "number" or (tree.data == "name" and name_of(tree) in ("pi", "π"))

    def on_applied(self, tree: Branch, word: Branch, inner: Branch) -> Symbol:
        """A function without brackets, perhaps with a power, which is that of its value."""
        if word.data == "neg":
            return self.record("neg", [self.on_applied(tree, parts(word)[0], inner)], tree)
        if word.data == "name":
            if inner.data != "name":
                meaning = f"{self.source(word)}({self.source(bare(inner))})"
                self.note(N_("{text} is read as {meaning}.", text=self.source(tree), meaning=meaning))
            return self.function(tree, name_of(word), self.expression(inner))
        base, above = parts(word)[0], word.children[1]
        name = name_of(base)
        exponent = self.expression(above) if isinstance(above, Tree) else self.exponent(above)
        if base.data != "name" or name in self.functions:
            self.fail(N_("A power between a function and its brackets can mean two things."), word)
        if exponent.node.value == -1:
            if name not in INVERSE:
                self.fail(
                    N_("{name} has no inverse function here.", name=name),
                    word,
                    N_("Write 1/{name}(…).", name=name),
                )
            self.note(
                N_(
                    "{function} to the power −1 is read as the inverse function, {inverse}.",
                    function=name,
                    inverse=INVERSE[name],
                )
            )
            return self.function(tree, INVERSE[name], self.expression(inner))
        return self.power(tree, self.function(tree, name, self.expression(inner)), exponent)

    def function(self, tree: Branch, name: str, argument: Symbol) -> Symbol:
        """name(argument)."""
        if name in self.functions:
            return self.call_user(tree, name, [argument], [])
        op = next(op for op in NAMES[name] if op.takes(1))
        return self.record(op.name, [argument], tree)
