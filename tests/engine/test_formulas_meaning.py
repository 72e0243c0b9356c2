r"""What letters and indices mean in LaTeX: names, vectors and matrices, sums, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from graphengine import GraphError, explain, parse
from graphengine.errors import AmbiguousError
from graphengine.program.formulas import read, understand


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        (r"h_{t-1} + h_{t,1} + h_{t+1}", {"h_tm1", "h_t_1", "h_tp1"}),
        (r"h_{t-1} + x_t", {"h_t_1", "x_t"}),
        (r"w_1^{(2)} + w_{1,2} + w_{12}", {"w_1_sup2", "w_1_2", "w12"}),
        (r"\phi + \varphi", {"phi", "varphi"}),
        (r"\mathbf x + x", {"x_bold", "x"}),
        (r"\mathcal{L} + L", {"L_cal", "L"}),
        (r"\hat{y_1} + \hat y_1 + \hat{y}_1", {"y_hat_1"}),
        (r"α + \alpha", {"alpha"}),
        (r"W^{(1)} + W^{[1]} + W_{(1)}", {"W_1", "W1"}),
        (r"y^* + y", {"y_star", "y"}),
    ],
)
def test_names_that_are_written_differently_stay_apart(latex: str, names: set[str]) -> None:
    assert set(parse(read(latex)).inputs) == names


@pytest.mark.parametrize(
    ("latex", "given", "program"),
    [
        (r"A x", {"A": (2, 2), "x": (2,)}, "A @ x"),
        (r"A x", {"A": (), "x": (2,)}, "A*x"),
        (r"X(X^TX)^{-1}X^Ty", {"X": (3, 2), "y": (3,)}, "X @ inv(X.T @ X) @ X.T @ y"),
        (r"\sum_i\sum_j F_{ij} (w_i + b_j)^2", {}, "sum(sum(F*(w[:, None] + b)**2, axis=1))"),
        (r"\phi (a - b)^2", {"phi": (), "a": (), "b": ()}, "phi*(a - b)**2"),
        (r"x W", {"W": (2, 2), "x": (2,)}, "x @ W"),
        (r"\mathbf{x}^\top \mathbf{A} \mathbf{x}", {}, "x @ A @ x"),
        (r"\mathbf{x} \mathbf{y}^\top", {}, "outer(x, y)"),
        (r"\mathbf{1}^\top \mathbf{x}", {}, "sum(x)"),
        (r"X^{-1}", {"X": (2, 2)}, "inv(X)"),
        (r"\|W\|_F^2", {}, "sum(W**2)"),
        (r"\|x\|_1 + \|x\|_\infty", {}, "sum(abs(x)) + max(abs(x))"),
        (r"\mathbf{A} \otimes \mathbf{B}", {}, "kron(A, B)"),
        (r"\ln|\boldsymbol\Sigma|", {}, "ln(abs(det(Sigma)))"),
        (r"s_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", {}, "s = exp(z)/sum(exp(z))"),
        (r"c_{ji} = \sum_k a_{ik} b_{kj}", {}, "c = b.T @ a.T"),
        (r"\sum_i \sum_j x_i A_{ij} y_j", {}, "x @ (A @ y)"),
        (r"\sum_{i=1}^{n-1} x_i x_{i+1}", {}, "x[:-1] @ x[1:]"),
        (r"\sum_{i=0}^{n-1} x_i", {}, "sum(x)"),
        (r"\sum_{k=0}^{4} \frac{x^k}{k!}", {}, "sum(x**arange(0, 5)/factorial(arange(0, 5)))"),
        (r"w_0 + \sum_{i=1}^n w_i x_i", {}, "w0 + w @ x"),
        (r"\prod_i x_i", {}, "prod(x)"),
        (r"\sum_i (1 - y_i x_i)_+", {}, "sum(relu(1 - y*x))"),
        (r"([1 - m]_{+})^2", {"m": ()}, "relu(1 - m)**2"),
        (r"\frac{1}{n} \sum x_i y_i", {}, "1/n*(x @ y)"),
        (r"f_{y}", {"f": (3,), "y": ()}, "f[y]"),
        (r"\frac{1}{n} \sum_i p_{i, y_i}", {"p": (4, 3), "y": (4,), "n": ()}, "1/n*sum(p[arange(4), y])"),
        (r"\mathbb{1}[x > 0] y", {}, "where(x > 0, 1, 0)*y"),
        (r"\boxed{\textcolor{red}{x} + \text{loss}}", {}, "x + loss"),
        (
            r"a = \mathbf{W}\mathbf{h} \\ \text{where } \mathbf{h} = \tanh(\mathbf{x})",
            {},
            "h = tanh(x)\na = W @ h",
        ),
        (r"z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j", {}, "z_l = w_l @ a_l_1 + b_l"),
    ],
)
def test_indices_and_letters_are_mathematics(
    latex: str, given: Mapping[str, tuple[int, ...]], program: str
) -> None:

    assert read(latex, {name: np.ones(shape) for name, shape in given.items()}) == program


@pytest.mark.parametrize(
    ("latex", "programs"),
    [
        (r"\mathbf{x} \mathbf{y}", ["x*y", "x @ y"]),
        (r"x W", ["x*W", "x @ W"]),
        (r"1/2 (x - y)", ["1/(2*(x - y))", "1/2*(x - y)"]),
        (r"c (1 + r)^T", ["c*(1 + r)", "c*(1 + r)**T"]),
        (r"e^{i x}", ["exp(1j*x)", "exp(i*x)"]),
        (r"\mathbf{A}^2", ["A**2", "A @ A"]),
        (r"|\mathbf{v}|", ["abs(v)", "norm(v)"]),
        (r"\sum_i (x_i - x)^2", ["sum((x - x)**2)", "sum((x_i - x)**2)"]),
    ],
)
def test_two_meanings_are_a_question_with_whole_programs(latex: str, programs: list[str]) -> None:
    with pytest.raises(AmbiguousError) as caught:
        read(latex)
    assert [each.program for each in caught.value.alternatives] == programs
    assert caught.value.span is not None


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"E[X^2]", "expectation"),
        (r"\lim_{h \to 0} x", "limit"),
        (r"R(W) + 1", "what the function R is"),
        (r"y_{il} = x_{ijkl} a_{jk}", "stand twice"),
        (r"(X^\top X + \lambda I)^{-1}", "identity"),
        (r"\sum_{i<j} x_{ij}", "another index"),
        (r"\sum_{i=1}^n \sum_{j=1}^{i} x_j", "another index"),
        (r"\max_w w^T x", "best argument"),
        (r"\sum a_{ij}", "runs over letters"),
        (r"\sum_i x", "index i"),
        (r"y = x^2 \\ y' + 1", "Derivatives"),
        (r"\sum_{i=1}^{\infty} 2^{-i}", "first and its last"),
        (r"x + \infty", "∞"),
        (r"\frac{1}{|\mathcal{B}|} x", "set"),
    ],
)
def test_what_would_be_a_guess_is_refused_with_its_reason(latex: str, words: str) -> None:
    with pytest.raises(GraphError, match=words):
        read(latex)


def test_notes_say_what_decided() -> None:
    notes = [str(note) for note in understand(r"A x + \mathbf{b}").notes]
    assert "A is read as a matrix: it is a capital letter." in notes
    assert any(note.startswith("x is read as a vector") for note in notes)
    assert not understand(r"w x + b").notes


@pytest.mark.parametrize("latex", [r"\operatorname{tr}(A^2)", r"\operatorname{tr}(A^2) + \ln\det(A)"])
def test_a_power_of_what_turns_out_to_be_a_matrix_is_asked_about(latex: str) -> None:
    """A capital may be a number; where its use makes it a square matrix, the program asks."""
    with pytest.raises(AmbiguousError):
        explain(read(latex))
    assert explain(read(r"\frac{U^2}{R}"), "U=2;R=4")["results"]["value"] == {"y": 1.0}


def test_a_name_that_was_given_is_that_name_beside_an_array_of_its_letter() -> None:
    latex = r"-\ln\sigma(u_o^\top v_c) - \sum_{k=1}^{K} \ln\sigma(-u_k^\top v_c)"
    given = {"u_o": [1.0, 0.5], "v_c": [0.2, -1.0], "u": [[0.3, 0.1], [1.0, -2.0]]}
    found = next(iter(explain(read(latex, given), given)["results"]["value"].values()))

    def loss(score: float) -> float:
        return float(np.log1p(np.exp(-score)))

    u_o, v_c, u = (np.array(given[name]) for name in ("u_o", "v_c", "u"))
    assert found == pytest.approx(loss(u_o @ v_c) + sum(loss(-row @ v_c) for row in u))


def test_a_plus_below_a_letter_is_asked_about() -> None:
    with pytest.raises(AmbiguousError) as asked:
        read(r"\lambda x_+")
    assert {each.program for each in asked.value.alternatives} == {"lambda*relu(x)", "lambda*x_plus"}
    assert read(r"\lambda x_+", {"x_plus": 1.0}) == "lambda*x_plus"
    assert read(r"\lambda \cdot (x)_+") == "lambda*relu(x)"
