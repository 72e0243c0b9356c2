r"""Step -> its rule in LaTeX, with names and again with numbers.

The rule is not stored anywhere: the operator's own derivative rule is run on Symbols, and what it
recorded is printed. So the formula on the page cannot disagree with the number beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..derivatives.rules import What, derive
from ..graph import Graph
from ..ops import OPS, Level
from ..sweeps.steps import Step, Trace
from ..values import DIGITS, Array
from .latex import UNSAID, Formula, apply, number, print_nodes, symbol

Leaf = Callable[[str, int], Formula]
"""How a role of `graphengine.derivatives.rules` is printed."""


def rule(graph: Graph, step: Step) -> tuple[str, str]:
    """What the step computes, in names: the slot that it writes, and the formula."""
    target = symbol(graph, step.node, ACCENT[step.slot])
    if step.kind == "evaluate":
        node = graph.nodes[step.node]
        assert node.op is not None
        args = [symbol(graph, i) for i in node.args]
        return target.text, apply(node.op, args, bool(node.shape), dict(node.params)).text
    if step.kind == "tangent":
        return target.text, _tangent(graph, step, names_at(graph, step.node))
    if step.kind == "contribute":
        return target.text, _contribution(graph, step, names_at(graph, step.source))
    if step.kind == "seed" and step.slot == "adjoint":
        output = symbol(graph, step.node).text
        return target.text, rf"\frac{{\partial {output}}}{{\partial {output}}}"
    return target.text, ""


def substituted(graph: Graph, trace: Trace, step: Step, digits: int = DIGITS) -> str:
    """The right side of the rule with numbers in place of names; empty for inputs and seeds."""
    if step.kind == "evaluate":
        node = graph.nodes[step.node]
        assert node.op is not None
        args = [number(trace.values[i], digits) for i in node.args]
        return apply(node.op, args, bool(node.shape), dict(node.params)).text
    if step.kind == "tangent":
        return _tangent(graph, step, _numbers(graph, trace, step, step.node, digits))
    if step.kind == "contribute":
        text = _contribution(graph, step, _numbers(graph, trace, step, step.source, digits))
        return text if step.before is None else f"{number(step.before, digits).text} + {text}"
    return ""


def parts(graph: Graph, trace: Trace, step: Step, digits: int = DIGITS) -> list[dict[str, str]]:
    r"""Upstream, local derivative and contribution of each edge, told apart: [{name, latex}]."""
    found = _of_arrays(graph, step)
    for term in step.terms:
        consumer = step.node if step.source is None else step.source
        names, numbers = names_at(graph, consumer), _numbers(graph, trace, step, consumer, digits)
        incoming = ("upstream", "g", 0) if step.source is not None else ("tangent", "d", term.argument)
        found.append(_part(incoming[0], names(*incoming[1:]), number(term.incoming, digits)))
        if term.local is not None:
            formula = local(graph, consumer, term.argument, names)
            steps = [formula, local(graph, consumer, term.argument, numbers), number(term.local, digits)]
            fraction = _fraction(graph, consumer, term.argument)
            found.append({"name": "local", "latex": _chain(fraction, *(part.text for part in steps))})
        product = "contribution" if step.source is not None else "product"
        found.append({"name": product, "latex": number(term.product, digits).text})
    return found


def multiplied(step: Step, digits: int = DIGITS) -> str:
    """A contribution as upstream times local derivative, with numbers; what is no such product by itself."""
    (term,) = step.terms
    product = number(term.product, digits).text
    if term.local is None or np.shape(term.incoming) != np.shape(term.product):
        return product
    factors = _times(number(term.incoming, digits), number(term.local, digits)).text
    return f"{{{factors}}} = {{{product}}}"


def _of_arrays(graph: Graph, step: Step) -> list[dict[str, str]]:
    """The differential, where a tangent step is about arrays."""
    if step.kind != "tangent" or not any(
        np.ndim(x) for x in (step.result, *(t.incoming for t in step.terms))
    ):
        return []
    text = differential(graph, step.node)
    return [{"name": "differential", "latex": text}] if text else []


def derivative(graph: Graph, position: int, argument: int) -> str:
    """The local derivative of an elementwise operator by one argument, as an equation in names.

    Raises DerivativeError where there is none.
    """
    formula = local(graph, position, argument, names_at(graph, position))
    return f"{_fraction(graph, position, argument)} = {formula.text}"


def differential(graph: Graph, position: int) -> str:
    r"""The operator's differential as textbooks write it: d(X⁻¹) = −X⁻¹ dX X⁻¹; "" of what others make up."""
    node = graph.nodes[position]
    if node.op is None or node.op.kind == "composite" or node.op.inside is not None or None in node.op.rules:
        return ""
    args = [symbol(graph, i) for i in node.args]
    whole = apply(node.op, args, bool(node.shape), dict(node.params))

    def leaf(role: str, i: int) -> Formula:
        return whole if role == "y" else args[i] if role == "arg" else _d(args[i])

    total: Formula | None = None
    for i, k in enumerate(node.args):
        if graph.nodes[k].kind != "literal":  # whose differential is 0
            factor = local(graph, position, i, leaf).text if node.op.kind == "elementwise" else ""
            # A factor of 1 is left out, for here no number is shown.
            term = leaf("d", i) if factor in ("1", "-1") else _tangent_term(graph, position, i, leaf)
            signed = [total, term] if total else [term]
            name = ("sub" if total else "neg") if factor == "-1" else "add"
            total = apply(OPS[name], signed, term.array) if total or name == "neg" else term
    if total is None:
        return ""
    sides = [_d(whole).text, total.text]
    if node.op.alternative is not None:
        sides.append(_formula("alternative", graph, position, 0, leaf).text)
    return " = ".join(sides)


def _d(of: Formula) -> Formula:
    inner = of.text if of.level in (Level.ATOM, Level.FUNCTION) else of.within(Level.ATOM)
    return Formula(rf"\mathrm{{d}}{inner}", Level.FUNCTION, of.array)


def local(graph: Graph, position: int, argument: int, leaf: Leaf) -> Formula:
    """∂node/∂argument as a formula over `leaf`. Raises DerivativeError where there is none."""
    return _formula("local", graph, position, argument, leaf)


def local_formula(graph: Graph, position: int, argument: int) -> str:
    """∂node/∂argument in names. Raises DerivativeError where there is none."""
    return local(graph, position, argument, names_at(graph, position)).text


def linear_map(graph: Graph, position: int, argument: int, back: bool) -> Formula:
    """What is done to an adjoint (or to a tangent) on its way, in names, with a dot in its place: Xᵀ ·

    Raises DerivativeError where the operator has no derivative.
    """
    names = names_at(graph, position)

    def leaf(role: str, i: int) -> Formula:
        return Formula(r"\cdot") if role in ("g", "d") else names(role, i)

    return _formula("adjoint" if back else "tangent", graph, position, argument, leaf)


def product(graph: Graph, position: int, argument: int, back: bool) -> str:
    """How a sweep multiplies by a local Jacobian without building it: x̄ += Aᵀ ȳ, or ẏ = A ẋ.

    Raises DerivativeError where the operator has no derivative.
    """
    names = names_at(graph, position)
    if back:
        target, sign = symbol(graph, graph.nodes[position].args[argument], "bar").text, r"\mathrel{+}="
        return f"{target} {sign} {_formula('adjoint', graph, position, argument, names).text}"
    target = symbol(graph, position, "dot").text
    return f"{target} = {_tangent_term(graph, position, argument, names).text}"


def named_parts(graph: Graph, step: Step) -> list[dict[str, str]]:
    """The same as `parts` without numbers."""
    found = []
    for term in step.terms:
        consumer = step.node if step.source is None else step.source
        names = names_at(graph, consumer)
        if step.source is not None:
            shares = [("upstream", names("g", 0).text), ("contribution", _contribution(graph, step, names))]
        else:
            product = _tangent_term(graph, consumer, term.argument, names).text
            shares = [("tangent", names("d", term.argument).text), ("product", product)]
        if term.local is not None:
            fraction = _fraction(graph, consumer, term.argument)
            formula = local(graph, consumer, term.argument, names).text
            shares.insert(1, ("local", _chain(fraction, formula)))
        found += [{"name": name, "latex": latex} for name, latex in shares]
    return found


def _tangent(graph: Graph, step: Step, leaf: Leaf) -> str:
    return _sum([_tangent_term(graph, step.node, term.argument, leaf) for term in step.terms]).text


def _sum(terms: Sequence[Formula]) -> Formula:
    total = terms[0]
    for term in terms[1:]:
        total = apply(OPS["add"], [total, term], total.array)
    return total


def _tangent_term(graph: Graph, position: int, argument: int, leaf: Leaf) -> Formula:
    if graph.nodes[position].op.kind != "elementwise":  # type: ignore[union-attr]
        return _formula("tangent", graph, position, argument, leaf)
    return _times(local(graph, position, argument, leaf), leaf("d", argument))


def contribution(graph: Graph, position: int, argument: int) -> str:
    """What a node sends back to one of its arguments, in names.

    Raises DerivativeError where the operator has no derivative.
    """
    return _sent(graph, position, argument, names_at(graph, position))


def _contribution(graph: Graph, step: Step, leaf: Leaf) -> str:
    assert step.source is not None and step.argument is not None
    return _sent(graph, step.source, step.argument, leaf)


def _sent(graph: Graph, position: int, argument: int, leaf: Leaf) -> str:
    node = graph.nodes[position]
    assert node.op is not None
    if node.op.kind != "elementwise" or graph.nodes[node.args[argument]].shape != node.shape:
        return _formula("adjoint", graph, position, argument, leaf).text
    return _times(leaf("g", 0), local(graph, position, argument, leaf)).text


def _times(first: Formula, second: Formula) -> Formula:
    r"""incoming · local: the dot stays even where a factor is 1, for both factors are the point."""
    sign = r" \odot " if first.array and second.array else r" \cdot "
    text = first.within(Level.PRODUCT) + sign + second.within(Level.PRODUCT)
    return Formula(text, Level.PRODUCT, first.array or second.array)


def names_at(graph: Graph, position: int | None) -> Leaf:
    """What the leaves of a node's rules are called: arguments, result, adjoint and tangents."""
    assert position is not None
    args = graph.nodes[position].args
    accents = {"arg": "", "y": "", "g": "bar", "d": "dot"}
    return lambda role, i: symbol(graph, args[i] if role in ("arg", "d") else position, accents[role])


def _numbers(graph: Graph, trace: Trace, step: Step, position: int | None, digits: int) -> Leaf:
    assert position is not None
    args = graph.nodes[position].args
    incoming = {term.argument: term.incoming for term in step.terms}

    def leaf(role: str, i: int) -> Formula:
        if role in ("g", "d"):
            return number(step.terms[0].incoming if role == "g" else incoming[i], digits)
        value: Array = trace.values[args[i] if role == "arg" else position]
        return number(value, digits)

    return leaf


def _formula(what: What, graph: Graph, position: int, argument: int, leaf: Leaf) -> Formula:
    """Print what the rule `what` of a node's operator recorded."""
    found = derive(what, graph, position, argument)

    def said(index: int) -> Formula | None:
        if index not in found.needed:
            return UNSAID
        return leaf(*found.roles[index]) if index in found.roles else None

    return print_nodes(found.nodes, said)[found.result]


def _fraction(graph: Graph, position: int, argument: int) -> str:
    above, below = symbol(graph, position), symbol(graph, graph.nodes[position].args[argument])
    return rf"\frac{{\partial {above.text}}}{{\partial {below.text}}}"


def _part(label: str, named: Formula, valued: Formula) -> dict[str, str]:
    return {"name": label, "latex": _chain(named.text, valued.text)}


def _chain(*texts: str) -> str:
    """Write a = b = c, each side once."""
    return " = ".join(dict.fromkeys(texts))


ACCENT = {"value": "", "tangent": "dot", "adjoint": "bar"}
"""What stands over a name for each of its slots."""
