"""Random programs: every way to a derivative gives the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from graphengine import compile_gradient, evaluate, from_function, gradient_graph, parse
from graphengine.graph import Graph
from graphengine.ops import OPS
from graphengine.program.writing import program_text
from graphengine.sweeps import forward, reverse
from tests.oracles import references as oracles
from tests.oracles.programs import Author, Program

Gradient = Mapping[str, Any]

QUICK = range(160)


@lru_cache(maxsize=256)
def written(seed: int) -> tuple[Program, Graph]:
    program = Author(seed).write()
    return program, parse(program.text, program.inputs)


# ---- ways to the gradient of ⟨g, output⟩ ------------------------------------------------------------


def by_reverse(graph: Graph, output: str, g: Any) -> Gradient:
    trace = reverse(graph, seed={output: g})
    assert trace.error is None
    return {name: trace.adjoints.get(i, 0 * graph.values[name]) for name, i in graph.inputs.items()}


def by_forward(graph: Graph, output: str, g: Any) -> Gradient:
    """One sweep for each element of each input."""
    found = {}
    for name, value in graph.values.items():
        slopes = []
        for unit in basis(value):
            trace = forward(graph, seed={name: unit})
            slopes.append(np.sum(g * trace.tangents.get(graph.outputs[output], np.float64(0))))
        found[name] = np.reshape(slopes, np.shape(value))
    return found


def by_gradient_graph(graph: Graph, output: str) -> Gradient:
    return dict(zip(graph.inputs, evaluate(gradient_graph(graph, output)).values(), strict=True))


def by_program_text(graph: Graph, output: str) -> Gradient:
    """The gradient graph of a scalar program, printed as a program and read back."""
    gradient = gradient_graph(graph, output)
    again = parse(program_text(gradient), graph.values)
    values = forward(again, wrt=[]).values  # an output that others use is none any more, but has its name
    titles = zip(graph.inputs, gradient.outputs, strict=True)
    places = {
        name: again.outputs[title] if title in again.outputs else again.position(title)
        for name, title in titles
    }
    return {name: values[place] for name, place in places.items()}


def by_autograd(program: Program, output: str, g: Any) -> Gradient:
    boxed = program.function(oracles.AUTOGRAD)
    point = list(program.inputs.values())
    return {
        name: oracles.by_autograd(lambda *args: boxed(*args)[output], point, i, g)
        for i, name in enumerate(program.inputs)
    }


def by_differences(program: Program, output: str, g: Any) -> Gradient:
    f = program.function(oracles.NUMPY)
    found = {}
    for name, value in program.inputs.items():

        def moved(x: Any, name: str = name) -> Any:
            return np.sum(g * f(**{**program.inputs, name: x})[output])

        with np.errstate(all="ignore"):  # a far step may leave the domain
            slopes = [oracles.differences(moved, value, unit, step=1e-3) for unit in basis(value)]
        found[name] = np.reshape(slopes, np.shape(value))
    return found


def basis(value: Any) -> Iterator[Any]:
    for place in np.ndindex(np.shape(value)):
        unit = np.zeros(np.shape(value))
        unit[place] = 1
        yield unit


def size_of(graph: Graph) -> float:
    """The largest number of a sweep: what agrees only in relation to it may have cancelled."""
    traces = [reverse(graph, output=output) for output in graph.outputs]
    return max(float(np.max(abs(np.asarray(step.result)))) for trace in traces for step in trace.steps)


def agree(ways: Mapping[str, Gradient], size: float, what: str, relative: float = 1e-9) -> None:
    first, *others = ways.items()
    for way, gradient in others:
        assert set(gradient) == set(first[1]), what
        for name, found in gradient.items():
            told = f"∂{name} by {way} of {what}"
            oracles.close(found, first[1][name], relative, 0.1 * relative * (1 + size), told)


def check_derivatives(seed: int) -> None:
    """Every output of a program: by every way that there is."""
    program, graph = written(seed)
    recorded = from_function(program.function(oracles.NUMPY), *program.inputs.values())
    rng, size = np.random.default_rng(seed), size_of(graph)
    for output, position in graph.outputs.items():
        what = f"{output} in {program.text!r} at {program.inputs}"
        ones = np.ones(graph.nodes[position].shape)
        compiled = compile_gradient(graph, output)(program.inputs)
        agree(
            {
                "reverse": by_reverse(graph, output, ones),
                "gradient graph": by_gradient_graph(graph, output),
                "compiled": compiled[1],
            },
            size,
            what,
            1e-12,
        )
        oracles.close(compiled[0], evaluate(graph)[output], 1e-13, 1e-14 * size, what)
        g = np.asarray(rng.uniform(-1, 1, ones.shape))
        ways = {
            "reverse": by_reverse(graph, output, g),
            "forward": by_forward(graph, output, g),
            "recorded": by_reverse(recorded, output, g),
            "HIPS autograd": by_autograd(program, output, g),
        }
        agree(ways, size, what)
        if seed % 5 == 0:
            agree(
                {"reverse": ways["reverse"], "differences": by_differences(program, output, g)},
                size,
                what,
                1e-5,
            )


@pytest.mark.parametrize("seed", QUICK)
def test_every_way_to_a_derivative_gives_the_same(seed: int) -> None:
    check_derivatives(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(50))
def test_every_way_to_a_derivative_gives_the_same_at_length(part: int) -> None:
    for seed in range(1000 + part, 3000, 50):
        check_derivatives(seed)


@pytest.mark.parametrize("seed", QUICK)
def test_a_recorded_function_agrees_with_the_same_text(seed: int) -> None:
    program, graph = written(seed)
    f = program.function(oracles.NUMPY)
    recorded = from_function(f, *program.inputs.values())
    expected = f(*program.inputs.values())
    for values in (evaluate(graph), evaluate(recorded)):
        assert list(values) == program.outputs == list(expected), program.text
        for name, value in values.items():
            oracles.close(value, expected[name], 1e-12, 1e-13, f"{name} in {program.text!r}")


@pytest.mark.parametrize("seed", QUICK)
def test_a_gradient_printed_as_a_program_can_be_read_back(seed: int) -> None:
    program, graph = written(seed)
    if any(node.shape for node in graph.nodes):
        return  # how broadcasting is undone has no name in the language
    for output in graph.outputs:
        ways = {"graph": by_gradient_graph(graph, output), "text": by_program_text(graph, output)}
        agree(ways, size_of(graph), program.text, 1e-12)


def test_the_programs_use_every_operator_of_the_language() -> None:
    used = {node.op.name for seed in QUICK for node in written(seed)[1].nodes if node.op is not None}
    assert used == {op.name for op in OPS.values() if op.specimens and not op.helper}
