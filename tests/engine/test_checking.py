"""Check my backward: right ones pass in many spellings, slips are found and named, nothing pasted is run."""

from __future__ import annotations

from typing import Any

import pytest

import graphengine
from graphengine.checking import Report, as_dict, check_backward
from graphengine.document import drawn
from graphengine.errors import ProgramError
from graphengine.listings.files import listing
from web.examples import EXAMPLES

LAYER = ("z = W @ x + b\nh = sigmoid(z)\nL = sum(h**2)", "W=[[1,2,0.5],[3,4,-1]];x=[1,-1,2];b=[0.5,0]")
BATCH = (
    "Z = X @ W + b\nH = relu(Z)\nO = H @ V\nL = mean((O - T)**2)",
    "X=[[1,2],[0.5,-1],[2,1]];W=[[1,-0.5,0.3],[0.2,0.8,-1]];b=[0.1,0.2,0.3];V=[[1],[2],[-1]];T=[[1],[0],[2]]",
)
LOGISTIC = (
    "z = X @ w + b\np = sigmoid(z)\nL = -mean(t*log(p) + (1-t)*log(1-p))",
    "X=[[1,2],[-1,0.5],[0.3,-2]];w=[0.5,-1];b=0.2;t=[1,0,1]",
)
ATTENTION = (
    "S = Q @ K.T\nA = softmax(S)\nO = A @ V\nL = sum(O**2)",
    "Q=[[1,0.5],[-1,2]];K=[[0.3,1],[2,-1],[1,1]];V=[[1,2],[0,1],[-1,0.5]]",
)
ONE_HOT = (
    "Z = X @ W + b\nP = softmax(Z)\nL = -mean(sum(Y*log(P), axis=1))",
    "X=[[1,2],[0.5,-1],[2,1]];W=[[1,-0.5,0.3],[0.2,0.8,-1]];b=[0.1,0.2,0.3];Y=[[1,0,0],[0,0,1],[0,1,0]]",
)
FAN_OUT = ("u = x**2\nv = sin(x)\ny = u*v + x", "x=1.3")
CHAIN = ("u = w*x\nv = tanh(u)\ny = exp(v)", "w=0.7;x=1.3")

RIGHT = {
    "plain": (*LAYER, "dh = 2*h\ndz = dh*h*(1-h)\ndb = dz\ndW = np.outer(dz, x)\ndx = W.T @ dz"),
    "bars": (*LAYER, "h̄ = 2h\nz̄ = h̄*h*(1-h)\nb̄ = z̄\nW̄ = outer(z̄, x)\nx̄ = Wᵀ @ z̄"),
    "fractions": (
        *LAYER,
        (
            "∂L/∂h = 2*h\n∂L/∂z = ∂L/∂h * h * (1 - h)\n∂L/∂b = ∂L/∂z\n∂L/∂W = outer(∂L/∂z, x)\n"
            "∂L/∂x = W.T @ ∂L/∂z"
        ),
    ),
    "torch": (
        *LAYER,
        (
            "def backward(self, grad_output):\n    W, x, h = ctx.saved_tensors\n"
            "    h.grad = grad_output * 2 * h\n"
            "    dz = h.grad * h * (1 - h)  # the sigmoid\n    self.b.grad = dz.clone()\n"
            "    self.W.grad = torch.outer(dz, x)\n    grad_x = self.W.t().mv(dz)\n    return grad_x"
        ),
    ),
    "new axes": (
        *LAYER,
        (
            "delta = 2*h*h*(1-h);\ndb = delta\ndW = delta[:, None] * x[None, :]\n"
            "dx = (W * delta[:, np.newaxis]).sum(0)"
        ),
    ),
    "batch": (
        *BATCH,
        (
            "n = X.shape[0]\ndO = 2*(O - T)/n\ndV = H.T @ dO\ndH = dO @ V.T\ndZ = dH * (Z > 0)\n"
            "db = dZ.sum(axis=0)\ndW = np.dot(X.T, dZ)\ndX = np.matmul(dZ, W.T)\ndT = -dO"
        ),
    ),
    "where": (
        *BATCH,
        (
            "dO = 2*(O - T)/O.size\ndV = H.T @ dO\ndH = dO @ V.T\ndZ = np.where(Z > 0, dH, 0)\n"
            "db = np.sum(dZ, axis=0, keepdims=True).reshape(-1)\n"
            "dW = X.transpose() @ dZ\ndX = dZ @ W.T\ndT = -dO"
        ),
    ),
    "logistic": (
        *LOGISTIC,
        (
            "n = len(t)\ndz = (p - t)/n\ndw = X.T @ dz\ndb = np.sum(dz)\ndX = np.outer(dz, w)\n"
            "dt = -(np.log(p) - np.log(1-p))/n"
        ),
    ),
    "attention": (
        *ATTENTION,
        (
            "dO = 2*O\ndA = dO @ V.T\ndV = A.T @ dO\ndS = A * (dA - (dA*A).sum(-1, keepdims=True))\n"
            "dQ = dS @ K\ndK = dS.T @ Q"
        ),
    ),
    "accumulated": (*FAN_OUT, "du = v\ndv = u\ndx = du * 2 * x\ndx += dv * cos(x)\ndx += 1"),
    "read and added": (*FAN_OUT, "dx = 1\ndx = dx + v*2*x\ndx = dx + u*math.cos(x)"),
    "two at once": ("y = x*w + sin(w)", "x=2;w=3", "dx, dw = w, x + cos(w)"),
    "by ids": (
        "y = sin(x*w)",
        "x=2;w=3",
        "v1_bar = cos(v1)\ngrads['x'] = v1_bar * w\ngrads['w'] = v1_bar * x",
    ),
    "a seed of one's own": ("y = x*w", "x=2;w=3", "y_bar = 1\nx_bar = y_bar * w\nw_bar = y_bar * x"),
    "one-hot labels": (
        *ONE_HOT,
        "dZ = (P - Y)/3\ndW = X.T @ dZ\ndb = dZ.sum(0)\ndX = dZ @ W.T\ndY = -np.log(P)/3",
    ),
    "matrices": ("y = logdet(A)", "A=[[2,1],[1,3]]", "dA = np.linalg.inv(A).T"),
}


def judged(program: str, inputs: str, text: str) -> Report:
    return check_backward(graphengine.parse(program, inputs), text)


def kinds(report: Report) -> dict[str, str]:
    return {report.graph.nodes[verdict.node].label: verdict.kind for verdict in report.verdicts}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_backward_passes(name: str) -> None:
    report = judged(*RIGHT[name])
    assert set(kinds(report).values()) == {"right"}, as_dict(report)
    assert report.passed
    assert report.points == 5


READ = [example for example in EXAMPLES if example.name not in ("cross-entropy", "beamformer")]


@pytest.mark.parametrize("kind", ["numpy", "torch"])
@pytest.mark.parametrize("example", READ, ids=lambda example: example.name)
def test_our_own_listings_pass(example: Any, kind: str) -> None:
    graph = drawn(example.program, example.at, False, None, ()).graph
    text = listing(graph, kind).text
    begin = text.index("def backward")
    assert check_backward(graph, text[begin : text.index("\n\n\n", begin)]).passed


BATCHED = "n = 3\ndO = 2*(O - T)/n\ndV = H.T @ dO\ndH = dO @ V.T\ndZ = dH * (Z > 0)\n"
LAYERED = "dh = 2*h\ndz = dh*h*(1-h)\n"

SLIPS: list[tuple[str, tuple[str, str], str, str, str]] = [
    ("sign", LAYER, f"{LAYERED}dx = -W.T @ dz", "x", "The sign is wrong"),
    ("sign of a loss", BATCH, f"{BATCHED}dT = dO", "T", "The sign is wrong"),
    ("transposed", LAYER, f"{LAYERED}dW = np.outer(x, dz)", "W", "the transpose of the right one"),
    ("transposed weights", BATCH, f"{BATCHED}dW = dZ.T @ X", "W", "the transpose of the right one"),
    ("wrong factor transposed", BATCH, f"{BATCHED}dV = H @ dO", "V", "wrong order, or the wrong one"),
    ("wrong order", ATTENTION, "dO = 2*O\ndA = V @ dO.T", "A", "the transpose of the right one"),
    ("sum over the batch", BATCH, f"{BATCHED}db = dZ", "b", "sum over the batch is missing"),
    (
        "sum over the batch of a scalar",
        LOGISTIC,
        "dz = (p - t)/3\ndb = dz",
        "b",
        "sum over the batch is missing",
    ),
    ("wrong axis", BATCH, f"{BATCHED}db = dZ.sum(axis=1)", "b", "axis 1, which is the wrong one"),
    ("mean for sum", BATCH, f"{BATCHED}db = dZ.mean(axis=0)", "b", "mean over 3 where a sum belongs"),
    ("mean forgotten", BATCH, "dO = 2*(O - T)", "O", "the mean over 3 divides by 3"),
    ("mean forgotten in logistic regression", LOGISTIC, "dz = p - t", "z", "the mean over 3 divides by 3"),
    ("no upstream", CHAIN, "dv = y\ndu = 1 - v**2", "u", "what comes from above is missing"),
    ("no upstream of a sigmoid", LAYER, "dz = h*(1-h)", "z", "what comes from above is missing"),
    ("no local", CHAIN, "dv = y\ndu = dv", "u", "without its local derivative"),
    (
        "no local of relu",
        BATCH,
        f"{BATCHED.replace('dH * (Z > 0)', 'dH')}",
        "Z",
        "without its local derivative",
    ),
    ("overwritten", FAN_OUT, "dx = v*2*x\ndx = u*cos(x)\ndx = 1", "x", "add up"),
    ("a path forgotten", FAN_OUT, "dx = v*2*x + u*cos(x)", "x", "What comes from y is missing"),
    ("one of two", ("y = x*x", "x=3"), "dx = x", "x", "One of 2 contributions alone"),
    (
        "by elements, square",
        ("y = sum((A @ B)**2)", "A=[[1,2],[3,4]];B=[[0.5,1],[2,-1]]"),
        "dv1 = 2*v1\ndA = dv1 * B",
        "A",
        "by elements where the matrix product",
    ),
    ("inner function", ("y = sin(x**2)", "x=1.3"), "dx = cos(x**2)", "x", "without its local derivative"),
    (
        "inner function of exp",
        ("y = exp(-x**2)", "x=0.8"),
        "dx = -exp(-x**2)",
        "x",
        "without its local derivative",
    ),
    ("factor", ("y = x**2 * w", "x=3;w=2"), "dx = w*x", "x", "a constant factor is wrong"),
    ("factor of a square", LAYER, "dh = h", "h", "It is 1/2 times the right one"),
    ("value for derivative", LAYER, "dh = 2*h\ndz = dh*h", "z", "The value of σ stands where"),
    ("value for derivative of tanh", CHAIN, "dv = y\ndu = dv*v", "u", "The value of tanh stands where"),
    ("argument for value", LAYER, "dh = 2*h\ndz = dh*z*(1-z)", "z", "is written for its value h"),
    ("argument for value of tanh", CHAIN, "dv = y\ndu = dv*(1 - u**2)", "u", "is written for its value v"),
    (
        "at the value",
        ("u = sin(x)\ny = u**3", "x=0.4"),
        "du = 3*u**2\ndx = du*cos(u)",
        "x",
        "is taken at u, not at x",
    ),
    (
        "softmax by elements",
        ONE_HOT,
        "dP = -Y/P/3\ndZ = dP*P*(1-P)",
        "Z",
        "Only the diagonal of the Jacobian",
    ),
    ("softmax over the wrong axis", ONE_HOT, "dP = -Y/P/3\ndZ = P*(dP - np.sum(dP*P, axis=0))", "Z", ""),
    ("mean forgotten, softmax", ONE_HOT, "dZ = P - Y", "Z", "the mean over 3 divides by 3"),
    ("a factor too many", ("y = x**2 * w", "x=3;w=2"), "dx = 2*x*w*w", "x", "a factor too many: w"),
    ("a factor too few", CHAIN, "dw = (1 - v**2)*x", "w", "A factor is missing: y"),
    ("zero", ("y = sin(x)", "x=0.4"), "dx = 0", "x", "It is zero"),
    ("lucky", ("y = x*w", "x=1;w=1"), "dx = 1\ndw = x", "x", "right at these numbers and wrong at others"),
    ("lucky square", ("y = x**2", "x=2"), "dx = x**2", "x", "right at these numbers and wrong at others"),
]


@pytest.mark.parametrize(
    ("program", "text", "name", "said"), [pytest.param(*slip[1:], id=slip[0]) for slip in SLIPS]
)
def test_a_slip_is_found_and_named(program: tuple[str, str], text: str, name: str, said: str) -> None:
    told = as_dict(judged(*program, text))
    verdict = next(each for each in told["verdicts"] if each["name"] == name)
    assert verdict["kind"] in ("wrong", "shape", "lucky")
    assert said in " ".join(verdict["sentences"]), verdict
    assert verdict["rules"]
    assert not told["passed"]
    others = [each for each in told["verdicts"] if each["name"] != name]
    assert all(each["kind"] in ("right", "missing", "fed") for each in others)


def test_what_reads_a_wrong_gradient_is_told_apart() -> None:
    report = judged(*LAYER, "dh = 2*h\ndz = -dh*h*(1-h)\ndb = dz\nt = dz * 1\ndW = np.outer(t, x)")
    assert kinds(report) == {"h": "right", "z": "wrong", "b": "fed", "W": "fed", "x": "missing"}
    told = {each["name"]: each for each in as_dict(report)["verdicts"]}
    assert told["W"]["sentences"] == ["The line is right; it reads what is wrong: z."]
    assert told["x"]["sentences"] == ["No line gives this gradient."]


def test_by_how_much_and_where() -> None:
    (verdict,) = as_dict(judged("y = sum(x**2)", "x=[1,2,3]", "dx = 2*x + [0, 0, 0.5]"))["verdicts"]
    assert verdict["kind"] == "wrong"
    assert (verdict["place"], verdict["found"], verdict["right"]) == ([3], "6.5", "6")
    assert (verdict["absolute"], verdict["relative"]) == ("0.5", "0.0833")
    assert verdict["sentences"] == ["None of the known slips explains it."]


def test_the_caret_is_under_the_line_that_was_pasted() -> None:
    text = "dx = w * 2\ndw = x + fo"
    (_, verdict) = as_dict(judged("y = x*w", "x=1;w=2", text))["verdicts"]
    error: Any = verdict["error"]
    assert error["message"] == "Nothing is called fo."
    begin, end = error["span"]
    assert text[begin:end] == "x + fo"
    with pytest.raises(ProgramError, match="assigns nothing") as caught:
        judged("y = x*w", "x=1;w=2", "dx = w\nhello")
    assert caught.value.span == (7, 12)
