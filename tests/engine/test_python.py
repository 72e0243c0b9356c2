"""Python as it is pasted becomes a program: what is read, what is said beside it, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import (
    AmbiguousError,
    GraphError,
    LimitError,
    ProgramError,
    compile_gradient,
    evaluate,
    parse,
)
from graphengine.formulas import read, understand, way

MODULE = """
class Linear(torch.nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.Tensor(out_features, in_features))
        self.bias = torch.nn.Parameter(torch.Tensor(out_features))

    def forward(self, input):
        return self.weight.mm(input) + self.bias
"""
NETWORK = """
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(3, 4)
        self.act = nn.ReLU()
        self.fc2 = nn.Linear(4, 2, bias=False)

    def forward(self, x):
        x = self.act(self.fc1(x))
        return self.fc2(x)

model = Net()
x = torch.randn(5, 3)
y = torch.tensor([0, 1, 1, 0, 1])
loss = F.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
"""


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("(X**2).sum()", "sum(X**2)"),
        ("X.mean(dim=0, keepdim=True)", "mean(X, axis=0, keepdims=True)"),
        ("torch.sigmoid(w @ x)", "sigmoid(w @ x)"),
        ("import numpy as np\ny = np.tanh(x*w)", "y = tanh(x*w)"),
        ("from math import exp as E\nE(x) + 1", "exp(x) + 1"),
        ("f = lambda x: x**2 + 3*x", "x**2 + 3*x"),
        ("input.mm(weight.t())", "input @ weight.T"),
        ("np.maximum(0, x)", "maximum(0, x)"),
        ("torch.max(a, b)", "max(a, b)"),
        ("np.max(X, 0)", "max(X, axis=0)"),
        ("a, b = x**2, x + 1\nc = a*b", "a = x**2\nb = x + 1\nc = a*b"),
        ("t = 0\nfor i in range(3):\n    t += x**i", "t1 = x**0\nt2 = t1 + x**1\nt = t2 + x**2"),
        ("y = sum([x**k for k in range(1, 4)])", "y = x**1 + x**2 + x**3"),
        ("def f(x, n=2):\n    if n > 1:\n        return x**n\n    return x\nf(x) + f(z, 1)", "x**2 + z"),
        ("dz = np.array(g, copy=True)\ndz[z <= 0] = 0", "dz = where(z <= 0, 0, g)"),
        ("x = x + 1\nx = x*2\nloss = x.sum()", "x1 = x + 1\nx2 = x1*2\nloss = sum(x2)"),
        ("y = x[:, None] * np.pi", "y = x[:, None]*pi"),
        ("for W in [A, B]:\n    x = np.tanh(W @ x)\nx.sum()", "x1 = tanh(A @ x)\nx2 = tanh(B @ x1)\nsum(x2)"),
    ],
)  # fmt: skip
def test_programs_are_what_was_meant(text: str, program: str) -> None:
    assert way(text) == "python"
    assert read(text) == program


def test_a_method_that_two_libraries_mean_differently_is_asked_about() -> None:
    for text, torch, numpy in (
        ("x.std()", "std(x, ddof=1)", "std(x)"),
        ("y = X.max(1)[0] + 1", "y = max(X, axis=1) + 1", "y = max(X, axis=1)[0] + 1"),
    ):
        with pytest.raises(AmbiguousError, match="one thing in PyTorch") as caught:
            read(text)
        assert [each.program for each in caught.value.alternatives] == [torch, numpy]
        assert read(f"import torch\n{text}") == torch
        assert read(f"import numpy as np\n{text}") == numpy


def test_given_inputs_decide_by_their_shapes() -> None:
    given = {"X": [[1.0, 2.0], [3.0, 4.0]], "y": [0, 1]}
    assert read("m = X.shape[0]\nloss = X.sum()/m", given) == "m = 2\nloss = sum(X)/m"
    assert read("X.view(X.size(0), -1).unsqueeze(1)", given) == "reshape(X, (2, -1))[:, None]"
    with pytest.raises(GraphError, match="Give a value to X") as caught:
        read("loss = X.sum()/X.shape[0]")
    assert caught.value.span is not None
    p = read("p = F.softmax(X, dim=1)\np[range(len(y)), y] -= 1", given)
    np.testing.assert_allclose(
        evaluate(parse(p, given))["p"], [[0.26894142 - 1, 0.73105858], [0.26894142, 0.73105858 - 1]]
    )


def test_numbers_that_the_text_gives_become_the_inputs_values() -> None:
    found = understand("x = torch.tensor([1.0, 2.0], requires_grad=True); y = (x**2).sum()")
    assert (found.program, found.inputs) == ("y = sum(x**2)", "x = [1.0, 2.0]")
    found = understand("x = torch.tensor(3.0, requires_grad=True)\nt = torch.tensor(1.0)\n(x - t)**2")
    assert found.inputs == "x = 3.0" and "t" not in parse(found.program, found.inputs).inputs
    found = understand("a = 2.0\nb = -3.0\nimport math\nmath.exp(a*b)")
    assert (found.program, found.inputs) == ("exp(a*b)", "a = 2.0; b = -3.0")

    found = understand("W = np.random.randn(3, 4)*0.01\nb = np.zeros((3, 1))\nz = W @ x + b")
    assert (found.program, found.inputs) == ("z = W @ x + b", "W = randn(3, 4)*0.01; b = zeros(3, 1)")


def test_e_is_eulers_number_only_where_it_was_imported() -> None:
    assert read("def f(e):\n    return e*2") == "e_*2"
    assert read("from math import e\ny = e**x; import math") == "y = e**x"
    assert read("y = np.e*x") == "y = e*x"
    assert read("print(np.tanh(x))") == "tanh(x)"


def test_a_module_becomes_the_graph_of_its_forward() -> None:
    found = understand(NETWORK)
    graph = parse(found.program, found.inputs)
    assert [*graph.outputs] == ["loss"]
    assert {name: value.shape for name, value in graph.values.items()} == {
        "x": (5, 3), "fc1_weight": (4, 3), "fc1_bias": (4,), "fc2_weight": (2, 4), "y": (5,),
    }  # fmt: skip
    assert any("backward" in str(note) for note in found.notes)


def test_the_bug_of_the_lecture_is_warned_of() -> None:
    found = understand(MODULE)
    assert found.program == "weight @ input + bias"
    assert any("as many examples as outputs" in str(note) for note in found.notes)
    assert found.inputs == "weight = randn(4, 3); bias = randn(4); input = randn(3, 4)"  # the batch that fits
    right = understand(MODULE.replace("self.weight.mm(input)", "input.mm(self.weight.t())"))
    assert right.program == "input @ weight.T + bias" and not right.notes


def test_filled_arrays_are_arrays_of_what_they_are_filled_with() -> None:
    loops = "for i in range(2):\n    for j in range(2):\n        out[i, j] = x[i]*w[j]\n"
    text = f"out = np.zeros((2, 2))\n{loops}y = out.sum()"
    given = {"x": [1.0, 2.0], "w": [3.0, 4.0]}
    graph = parse(read(text, given), given)
    _value, gradients = compile_gradient(graph)(graph.values)
    np.testing.assert_allclose(gradients["x"], [7, 7])


MADE = """
import torch.optim as optim
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)).to(device)
optimizer = optim.SGD(net.parameters(), lr=0.01)
criterion = nn.MSELoss()
for epoch in range(epochs):
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(net(xb), yb)
        loss.backward()
        optimizer.step()
"""
BY_HAND = """
a, b = np.random.randn(), np.random.randn()
for t in range(2000):
    y_pred = a + b*x
    loss = np.square(y_pred - y).sum()
    if t % 100 == 99:
        print(t, loss)
    grad_y_pred = 2.0*(y_pred - y)
    grad_a = grad_y_pred.sum()
    a -= learning_rate*grad_a
"""


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    if x > 1: return x**2\n    elif x > 0: return x**3\n    return -x\ny = f(x)",
        "y = x\nif x > 1:\n    y = x**2\nelif x > 0:\n    y = x**3\nelse:\n    y = -x\nimport math",
        "def f(x):\n    y = -x\n    if x > 0:\n        y = x**2 if x > 1 else x**3\n    return y",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("x", "slope"), [(3.0, 6.0), (0.5, 0.75), (-2.0, -1.0)])
def test_a_branch_that_inputs_decide_is_a_choice(text: str, x: float, slope: float) -> None:
    found = understand(text)
    assert any("Both branches" in str(note) for note in found.notes)
    graph = parse(found.program, {"x": x})
    _value, gradients = compile_gradient(graph)(graph.values)
    assert gradients["x"] == slope


def test_of_a_training_loop_one_pass_is_read() -> None:
    found = understand(MADE)
    assert found.program == (
        "loss = mse(tanh(xb @ net_0_weight.T + net_0_bias) @ net_2_weight.T + net_2_bias, yb)"
    )
    assert found.inputs.startswith("net_0_weight = randn(3, 2); net_0_bias = randn(3)")
    found = understand(BY_HAND)
    assert found.program == "y_pred = a + b*x\nloss = sum(square(y_pred - y))"
    assert any("one pass" in str(note) for note in found.notes)
    assert any("Gradients that the text computes" in str(note) for note in found.notes)


def test_gradients_that_are_asked_for_are_of_what_they_are_asked_of() -> None:
    jax = (
        "def loss(W, b):\n    return jnp.sum(jnp.tanh(W @ x + b))\nW_grad, b_grad = grad(loss, (0, 1))(W, b)"
    )
    assert read(jax) == "sum(tanh(W @ x + b))"
    assert read("y = x**3\ng = torch.autograd.grad(y, x)") == "y = x**3"
    micrograd = "a = Value(2.0, label='a')\nb = Value(3.0)\nL = a*b; L.label = 'L'\nL.backward()\ndraw_dot(L)"
    found = understand(micrograd)
    assert (found.program, found.inputs) == ("L = a*b", "a = 2.0; b = 3.0")


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("y = np.frobnicate(x)", "np.frobnicate(x)", "no equal here"),
        ("y = []\nif x > 0:\n    y.append(x)\nnp.sum(y)", "x > 0", "depends on the inputs"),
        ("y = np.exp(x or z)", "x", "Only conditions"),
        ("if x > 0:\n    y = x\nz = np.exp(y)", "x > 0", "depends on the inputs"),
        ("for i in range(n):\n    x = x*2\ny = x", "range(n)", "not known while reading"),
        ("while x > 1:\n    x = x/2\ny = np.log(x)", "x > 1", "depends on the inputs"),
        ("y = np.sum(x))", ")", "not Python"),
        ("def f(x):\n    return x.grad", "x.grad", "function alone"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_with_its_place(text: str, marked: str, words: str) -> None:
    with pytest.raises(ProgramError, match=words) as caught:
        understand(text)
    span = caught.value.span
    assert span is not None and text[slice(*span)] == marked


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\nwhile True:\n    x = x + 1",
        "y = [[x]*10000 for i in range(10000)]\nnp.sum(y)",
        "f = lambda x: f(x)\nf(2*x)",
        "a = [x]\nfor i in range(100):\n    a = a + a\nnp.sum(a)",
        "y = x\nfor i in range(5000):\n    y = np.sin(y)",
        "y = np.sum(" + "[" * 9 + "x" + "]*9" * 9 + ")",
        "p = np.ones((2, 3))*2\np[range(10**9), [2, 0]] -= 1\ny = p.sum()",
        "a = np.zeros((1000, 300))\na[0, 0] = x\ny = a.sum()",
        "y = np.sum(" + "(" * 150 + "x" + ")" * 150 + ")" + "-" * 300 + "x",
        "y = " + "F.binary_cross_entropy_with_logits(" * 40 + "x" + ", t, reduction='none')" * 40,
    ],
)  # fmt: skip
def test_work_is_bounded(text: str) -> None:
    with pytest.raises(LimitError):
        understand(text)


def test_nothing_is_run(tmp_path: Any) -> None:
    target = tmp_path / "made"
    with pytest.raises(GraphError):
        understand(f"import os\nos.system('touch {target}')\ny = np.exp(open({str(target)!r}, 'w'))")
    assert not target.exists()


def test_python_where_a_program_is_expected_is_offered_as_one() -> None:
    with pytest.raises(ProgramError, match="This is Python") as caught:
        parse("np.exp(x).sum()")
    assert caught.value.suggestion == "sum(exp(x))"
