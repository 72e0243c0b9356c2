"""A pasted autograd.Function: its forward is the graph, its backward is judged, in the writer's own names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from graphengine import ProgramError, check_backward, parse
from graphengine.checking import Report
from graphengine.formulas import understand

LINEAR = """
class LinearFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, weight, bias=None):
        ctx.save_for_backward(input, weight, bias)
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(0)
        return grad_input, grad_weight, grad_bias
"""
POINTS = np.random.default_rng(7)
BATCH: Mapping[str, object] = {
    "input": POINTS.normal(size=(4, 3)),
    "weight": POINTS.normal(size=(2, 3)),
    "bias": POINTS.normal(size=2),
}
VECTOR = {"x": [1.0, -2.0, 0.5]}


def judged(text: str, given: Mapping[str, object]) -> Report:
    return check_backward(parse(understand(text, given).program, given), text)


def function(forward: str, backward: str) -> str:
    return (
        "class F(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n"
        + "".join(f"        {line}\n" for line in forward.split("; "))
        + "    @staticmethod\n    def backward(ctx, grad_output):\n"
        + "".join(f"        {line}\n" for line in backward.split("; "))
    )


def test_the_function_of_the_lecture_is_right() -> None:
    found = understand(LINEAR, BATCH)
    assert found.program == "output1 = input @ weight.T\noutput = output1 + bias[None]"
    assert found.backward == LINEAR.strip("\n")
    report = judged(LINEAR, BATCH)
    assert report.passed
    assert {report.graph.nodes[verdict.node].label for verdict in report.verdicts} == {*BATCH}


@pytest.mark.parametrize(
    ("right", "slip", "name", "kind"),
    [
        ("grad_output.t().mm(input)", "input.t().mm(grad_output)", "weight", "shape"),
        ("grad_output.sum(0)", "grad_output", "bias", "shape"),
        ("grad_output.sum(0)", "grad_output.mean(0)", "bias", "wrong"),
        ("grad_output.sum(0)", "2*grad_output.sum(0)", "bias", "wrong"),
        (
            "return grad_input, grad_weight, grad_bias",
            "return grad_input, grad_weight, None",
            "bias",
            "right",
        ),
        ("return grad_input, grad_weight,", "return grad_weight, grad_input,", "input", "shape"),
        ("grad_bias = grad_output.sum(0)", "grad_b = grad_output.sum(0)", "bias", "missing"),
    ],
)
def test_slips_of_the_lecture_are_found(right: str, slip: str, name: str, kind: str) -> None:
    report = judged(
        LINEAR.replace(right, slip).replace(
            "grad_weight, grad_bias\n", "grad_weight\n" if kind == "missing" else "grad_weight, grad_bias\n"
        ),
        BATCH,
    )
    assert {report.graph.nodes[v.node].label: v.kind for v in report.verdicts}[name] == kind


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        ("ctx.save_for_backward(x); return x.clamp(min=0)",
         "x, = ctx.saved_tensors; g = grad_output.clone(); g[x < 0] = 0; return g"),
        ("y = x.exp(); ctx.save_for_backward(y); return y", "y, = ctx.saved_tensors; return grad_output*y"),
        ("y = x.exp(); ctx.save_for_backward(y); return y", "r, = ctx.saved_tensors; return grad_output*r"),
        ("ctx.square = x**2; return x**3", "return 3*ctx.square*grad_output"),
        ("ctx.save_for_backward(x); return 0.5*(5*x**3 - 3*x)",
         "x, = ctx.saved_tensors; return grad_output*1.5*(5*x**2 - 1)"),
    ],
)  # fmt: skip
def test_functions_of_tutorials_are_right(forward: str, backward: str) -> None:
    assert judged(function(forward, backward), VECTOR).passed
    wrong = judged(function(forward, backward.replace("return ", "return 1.5*")), VECTOR)
    assert [verdict.kind for verdict in wrong.verdicts] == ["wrong"]


def test_a_backward_that_forgets_what_comes_from_above_is_found() -> None:
    report = judged(function("y = x.exp(); return y", "return y"), VECTOR)
    assert [verdict.kind for verdict in report.verdicts] == ["lucky"]


def test_loops_are_refused_with_their_place() -> None:
    text = function("return x**2", "for i in range(3):; \treturn x")
    with pytest.raises(ProgramError, match="Loops and branches") as caught:
        judged(text, VECTOR)
    assert caught.value.span is not None and text[slice(*caught.value.span)].startswith("for i")
