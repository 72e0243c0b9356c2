"""Worked examples of the literature: for the gallery, and for the tests, which compare every printed number.

What a source prints stands in `printed`, as it is printed there; whatever else the gallery shows is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphengine.messages import N_, Message

BAYDIN = (
    "Baydin, Pearlmutter, Radul, Siskind, JMLR 18(153), 2018",
    "https://jmlr.org/papers/v18/17-468.html",
)
WIKIPEDIA = (
    "Wikipedia, Automatic differentiation",
    "https://en.wikipedia.org/wiki/Automatic_differentiation",
)
CS231N = ("CS231n, Stanford, Optimization 2", "https://cs231n.github.io/optimization-2/")
SLIDES = ("CS231n, Stanford, slides on vector derivatives", "https://cs231n.stanford.edu/")
COOKBOOK = (
    "Petersen, Pedersen, The Matrix Cookbook, 2012",
    "https://www.math.uwaterloo.ca/~hwolkowi/matrixcookbook.pdf",
)
OLAH = ("Olah, Calculus on Computational Graphs, 2015", "https://colah.github.io/posts/2015-08-Backprop/")


@dataclass(frozen=True)
class Example:
    """A program at a point; `printed` is what the source itself prints of its value and gradient, by name."""

    name: str
    title: Message
    program: str
    at: str
    source: tuple[str, str] | None = None
    where: Message | None = None
    note: Message | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    mode: str = "reverse"
    seed: str = ""
    wrt: tuple[str, ...] | None = None


EXAMPLES = (
    Example(
        "exponential",
        N_("The lecture's example"),
        "exp(w1*x1 + w2*x2 + w0)",
        "w1=2;x1=-1;w2=-3;x2=-2;w0=-3",
        note=N_(
            "An exponential of a linear form: every operator of a neuron, and numbers that one can check."
        ),
    ),
    Example(
        "baydin",
        N_("Forward and reverse in one table"),
        "log(x1) + x1*x2 - sin(x2)",
        "x1=2;x2=5",
        source=BAYDIN,
        where=N_("Tables 2 and 3"),
        note=N_("The source prints three digits; x1 and x2 are both used twice."),
        printed={"y": "11.652", "x1": "5.5", "x2": "1.716"},
    ),
    Example(
        "tangents",
        N_("The same with tangents"),
        "log(x1) + x1*x2 - sin(x2)",
        "x1=2;x2=5",
        source=BAYDIN,
        where=N_("Table 2"),
        note=N_("Forward mode from the seed (1, 0): the derivative by x1 arrives with the value."),
        printed={"y": "11.652", "ẏ": "5.5"},
        mode="forward",
        seed="x1=1;x2=0",
    ),
    Example(
        "logistic-map",
        N_("The logistic map"),
        "l1 = x\nl2 = 4*l1*(1 - l1)\nl3 = 4*l2*(1 - l2)\nl4 = 4*l3*(1 - l3)",
        "x=0.2",
        source=BAYDIN,
        where=N_("Table 1, expression swell"),
        note=N_(
            "Written out, l4 and its derivative fill lines; as a graph they stay small. The numbers are ours."
        ),
    ),
    Example(
        "wikipedia",
        N_("A first program"),
        "x*(x + y) + y*y",
        "x=2;y=3",
        source=WIKIPEDIA,
        where=N_("the code example"),
        printed={"f": "19", "x": "7", "y": "8"},
    ),
    Example(
        "wikipedia-formula",
        N_("One variable on two paths"),
        "x1*x2 + sin(x1)",
        "x1=0.5;x2=4.2",
        source=WIKIPEDIA,
        note=N_("The source derives x2 + cos x1 and x1; point and numbers are ours."),
    ),
    Example(
        "gates",
        N_("Three gates"),
        "(x + y)*z",
        "x=-2;y=5;z=-4",
        source=CS231N,
        printed={"f": "-12", "x": "-4", "y": "-4", "z": "3"},
    ),
    Example(
        "neuron",
        N_("A neuron with a sigmoid"),
        "1/(1 + exp(-(w0*x0 + w1*x1 + w2)))",
        "w0=2;x0=-1;w1=-3;x1=-2;w2=-3",
        source=CS231N,
        note=N_("The source rounds the values of its gates, and so its gradient."),
        printed={"y": "0.73", "w0": "-0.20", "x0": "0.39", "w1": "-0.39", "x1": "-0.59"},
    ),
    Example(
        "staged",
        N_("Staged computation"),
        "(x + sigmoid(y)) / (sigmoid(x) + (x + y)**2)",
        "x=3;y=-4",
        source=CS231N,
        note=N_("The source prints the expression; the numbers are ours."),
    ),
    Example(
        "patterns",
        N_("What add, max and multiply do"),
        "2*(x*y + max(z, w))",
        "x=3;y=-4;z=2;w=-1",
        source=CS231N,
        where=N_("the figure"),
        note=N_("Add passes the gradient on, max sends it one way, multiply swaps."),
        printed={"f": "-20", "x": "-8", "y": "6", "z": "2", "w": "0"},
    ),
    Example(
        "olah",
        N_("Paths that meet"),
        "c = a + b\nd = b + 1\ny = c*d",
        "a=2;b=1",
        source=OLAH,
        printed={"y": "6", "a": "2", "b": "5"},
    ),
    Example(
        "dual-square",
        N_("A dual number, squared"),
        "x**2",
        "x=3",
        note=N_("(x + ε)² = 9 + 6ε: forward mode is arithmetic with ε² = 0."),
        mode="forward",
    ),
    Example(
        "dual-product",
        N_("A dual number in a product"),
        "sin(x)*x",
        "x=3",
        note=N_("The product rule by itself: sin x + x cos x stands at ε."),
        mode="forward",
    ),
    Example(
        "squared-length",
        N_("The squared length of W x"),
        "sum((W @ x)**2)",
        "W=[[0.1,0.5],[-0.3,0.8]];x=[0.2,0.4]",
        source=SLIDES,
        note=N_("The first pass through matrices, number by number."),
        printed={"y": "0.116", "W": "[[0.088, 0.176], [0.104, 0.208]]", "x": "[-0.112, 0.636]"},
    ),
    Example(
        "linear-layer",
        N_("A linear layer"),
        "D = W @ X",
        "W=[[1,0,2],[-1,3,1]];X=[[1,2],[0,1],[3,-1]]",
        source=CS231N,
        note=N_("The source prints the rules: G Xᵀ by W and Wᵀ G by X."),
    ),
    Example(
        "quadratic-form",
        N_("The quadratic form"),
        "x.T @ A @ x",
        "A=[[1,2],[3,4]];x=[1,2]",
        source=COOKBOOK,
        note=N_("The source prints (A + Aᵀ) x: two contributions meet in x."),
    ),
    Example(
        "log-determinant",
        N_("The log-determinant"),
        "logdet(X)",
        "X=[[2,1],[1,3]]",
        source=COOKBOOK,
        note=N_("The source prints X⁻ᵀ; open the step card to see how it comes about."),
    ),
    Example(
        "elementwise",
        N_("Sigmoid and ReLU on a vector"),
        "sum(relu(x)*sigmoid(x))",
        "x=[-1,0.5,2]",
        note=N_("Elementwise functions have diagonal Jacobians: every element goes its own way."),
    ),
    Example(
        "logistic-regression",
        N_("Logistic regression"),
        "z1 = X @ w\nz2 = z1 + b\nz3 = sigmoid(z2)\nQ = -sum(y*log(z3) + (1 - y)*log(1 - z3))",
        "X=[[1,2],[3,4],[0,1]];w=[0.1,0.2];b=0.1;y=[1,0,1]",
        note=N_("X and y are data: they are left out of the differentiation, and drawn dimmed."),
        wrt=("w", "b"),
    ),
    Example(
        "network",
        N_("A network of two layers"),
        "h = relu(W1 @ x + b1)\no = W2 @ h + b2\nL = mse(o, t)",
        "W1=[[0.5,-1],[1,0.3],[-0.7,0.8]];b1=[0.1,0,0.2];W2=[[1,-0.5,0.4]];b2=[0.3];x=[1,2];t=[1]",
        note=N_("One sample; the adjoints of W1 and W2 are outer products."),
        wrt=("W1", "b1", "W2", "b2"),
    ),
    Example(
        "cross-entropy",
        N_("Softmax with cross-entropy"),
        "logits = X @ W\nL = cross_entropy(logits, t)",
        "X=[[1,2],[0,1],[3,-1]];W=[[0.2,-0.4,0.1],[0.5,0.3,-0.2]];t=[2,0,1]",
        note=N_("Class numbers as targets; the mean over the batch."),
        wrt=("W",),
    ),
    Example(
        "least-squares",
        N_("Least squares"),
        "r = A @ x - b\nf = r @ r / 2",
        "A=[[1,0],[1,1],[1,2]];x=[0.5,1];b=[1,2,2]",
        source=COOKBOOK,
        note=N_("The gradient is Aᵀ (A x − b)."),
        wrt=("x",),
    ),
    Example(
        "attention",
        N_("One attention head"),
        "S = Q @ K.T / sqrt(2)\nP = softmax(S)\nO = P @ V\ny = sum(O)",
        "Q=[[1,0],[0,1]];K=[[1,1],[0,1]];V=[[1,2],[3,4]]",
        note=N_("Queries meet keys, and values are mixed by the rows of softmax."),
    ),
    Example(
        "gaussian",
        N_("The log-likelihood of a Gaussian"),
        "r = x - m\nl = -(logdet(S) + r @ solve(S, r))/2",
        "x=[1,2];m=[0,1];S=[[2,0.5],[0.5,1]]",
        source=COOKBOOK,
        note=N_("Up to a constant; by mean and covariance."),
        wrt=("m", "S"),
    ),
    Example(
        "beamformer",
        N_("A beamformer"),
        "P = abs(w.H @ x)**2",
        "w=[1,0.5-0.5j,-1j];x=[1+1j,2j,-1+0.5j]",
        note=N_("Complex weights w, and the signal x of three antennas; the gradient by w is 2 x (xᴴ w)."),
        wrt=("w",),
    ),
)
