"""Random programs of scalars, vectors, matrices and stacks: every way to a derivative gives the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema
import numpy as np
import pytest

from graphengine import compile_gradient, evaluate, explain, from_function, parse
from graphengine.document.schema import document_schema
from graphengine.folds import view
from graphengine.graph import Graph
from graphengine.ops import OPS
from graphengine.ops.combining import COMBINING
from graphengine.ops.complexes import COMPLEXES
from graphengine.ops.convolutions import CONVOLUTIONS
from graphengine.ops.decompositions import DECOMPOSITIONS
from graphengine.ops.moving import MOVING
from graphengine.ops.ordering import ORDERING
from graphengine.ops.repeating import REPEATING
from graphengine.ops.summation import SUMMATION
from tests.oracles import references as oracles
from tests.oracles.array_programs import ArrayAuthor
from tests.oracles.programs import Program
from tests.oracles.test_random_programs import (
    agree,
    by_autograd,
    by_differences,
    by_forward,
    by_gradient_graph,
    by_reverse,
    size_of,
)

QUICK = range(150)
COMPLEX = {"conj", "real", "imag", "angle", "hermitian"}
SCHEMA = document_schema()


@lru_cache(maxsize=256)
def written(seed: int) -> tuple[Program, Graph]:
    program = ArrayAuthor(seed).write()
    return program, parse(program.text, program.inputs)


def check(seed: int) -> None:
    """Every output of a program: by every way that there is."""
    program, graph = written(seed)
    f = program.function(oracles.NUMPY)
    recorded = from_function(f, *program.inputs.values())
    folded = view(graph, "statement").graph
    rng, size = np.random.default_rng(seed), size_of(graph)
    expected = f(*program.inputs.values())
    for output, position in graph.outputs.items():
        what = f"{output} in {program.text!r} at {program.inputs}"
        oracles.close(evaluate(graph)[output], expected[output], 1e-11, 1e-12 * size, what)
        ones = np.ones(graph.nodes[position].shape)
        ways = {
            "reverse": by_reverse(graph, output, ones),
            "gradient graph": by_gradient_graph(graph, output),
            "compiled": compile_gradient(graph, output)(program.inputs)[1],
        }
        agree(ways, size, what, 1e-11)
        g = np.asarray(rng.uniform(-1, 1, ones.shape))
        ways = {
            "reverse": by_reverse(graph, output, g),
            "forward": by_forward(graph, output, g),
            "folded": by_reverse(folded, output, g),
            "recorded": by_reverse(recorded, output, g),
            "HIPS autograd": by_autograd(program, output, g),
        }
        agree(ways, size, what)
        if seed % 5 == 0:
            ways = {"reverse": ways["reverse"], "differences": by_differences(program, output, g)}
            agree(ways, size, what, 1e-5)


@pytest.mark.parametrize("seed", QUICK)
def test_every_way_to_a_derivative_of_arrays_gives_the_same(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_every_way_to_a_derivative_of_arrays_gives_the_same_at_length(part: int) -> None:
    for seed in range(1000 + part, 2000, 20):
        check(seed)


@pytest.mark.parametrize("seed", range(0, 120, 6))
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_documents_of_arrays_are_as_the_schema_says(seed: int, mode: str) -> None:
    program, _ = written(seed)
    document: Any = explain(program.text, program.inputs, mode=mode)
    jsonschema.validate(document, SCHEMA)
    assert "error" not in document, program.text


ALONE = (COMBINING[1:], CONVOLUTIONS, DECOMPOSITIONS, MOVING, ORDERING, REPEATING, SUMMATION)
"""Families that HIPS autograd lacks or knows in part: test_tensors.py and test_torch.py try them."""


def test_the_programs_use_every_operator_of_arrays() -> None:
    used = {node.op.name for seed in QUICK for node in written(seed)[1].nodes if node.op is not None}
    others = {"diag", "argmax"} | {op.name for op in COMPLEXES}  # those have programs in test_complex.py
    # Steps, and what has them; and a function of special numbers alone.
    others |= {
        *"logical_and logical_or logical_not floor ceil round trunc floor_divide mod fmod polygamma".split()
    }
    others |= {op.name for family in ALONE for op in family}
    wanted = {op.name for op in OPS.values() if op.shapes and not op.helper} - others
    helpers = {"matvec", "vecmat", "matsvec", "index", "diagonal", "diag_matrix"}
    assert wanted | helpers <= used
