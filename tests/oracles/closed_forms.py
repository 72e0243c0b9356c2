"""The yardstick of closed forms: scalar functions and their gradients as the literature prints them.

MC: The Matrix Cookbook (version 2012), chapter 2, with its equation's number; L: the lecture, by section.
Each row: program, input, the gradient as a program by hand, source. Gradients have the shape of the input.
"""

from __future__ import annotations

ROWS: list[tuple[str, str, str, str]] = [
    # the lecture's table, and its kin
    ("a @ x", "x", "a", "L3, MC 69"),
    ("x @ x", "x", "2*x", "L3, MC 131"),
    ("x @ A @ x", "x", "(A + A.T) @ x", "L3, MC 81"),
    ("sum(A @ x)", "x", "A.T @ ones(3)", "L3"),
    ("x @ A @ b", "x", "A @ b", "L3"),
    ("b @ A @ x", "x", "A.T @ b", "L3"),
    # L8: the thirteen rules, as scalar functions of a matrix
    ("tr(X)", "X", "eye(3)", "L8, MC 99"),
    ("c*tr(X)", "X", "c*eye(3)", "L8"),
    ("tr(X + A)", "X", "eye(3)", "L8"),
    ("tr(A @ X)", "X", "A.T", "L8, MC 101"),
    ("sum(A ⊙ X)", "X", "A", "L8"),
    ("tr(inv(X))", "X", "-(inv(X) @ inv(X)).T", "L8, MC 124"),
    ("det(X)", "X", "det(X)*inv(X.T)", "L8, MC 49"),
    ("logdet(X)", "X", "inv(X.T)", "L8, MC 57"),
    ("tr(X.T)", "X", "eye(3)", "L8, MC 99"),
    # MC 2.2 determinants
    ("det(A @ X @ B)", "X", "det(A @ X @ B)*inv(X.T)", "MC 51"),
    ("logdet(X.T @ X)", "X", "2*inv(X.T)", "MC 56"),
    ("det(X)^2", "X", "2*det(X)^2*inv(X.T)", "MC 58"),
    ("log(det(X))", "X", "inv(X.T)", "MC 57"),
    # MC 2.3 inverses
    ("a @ inv(X) @ b", "X", "-inv(X.T) @ outer(a, b) @ inv(X.T)", "MC 61"),
    ("tr(A @ inv(X) @ B)", "X", "-(inv(X) @ B @ A @ inv(X)).T", "MC 63"),
    ("det(inv(X))", "X", "-det(inv(X))*inv(X.T)", "MC 62"),
    ("tr(inv(X + A))", "X", "-(inv(X + A) @ inv(X + A)).T", "MC 64"),
    # MC 2.4 first order
    ("x @ a", "x", "a", "MC 69"),
    ("a @ X @ b", "X", "outer(a, b)", "MC 70"),
    ("a @ X.T @ b", "X", "outer(b, a)", "MC 71"),
    ("a @ X @ a", "X", "outer(a, a)", "MC 72"),
    ("a @ X.T @ a", "X", "outer(a, a)", "MC 72"),
    # second order
    ("sum(X)", "X", "ones(3, 3)", "MC 99"),
    ("b @ X.T @ X @ c3", "X", "X @ (outer(b, c3) + outer(c3, b))", "MC 77"),
    ("x @ A @ x + b @ x", "x", "(A + A.T) @ x + b", "MC 97"),
    ("(A @ x + a) @ C @ (B @ x + b)", "x", "A.T @ C @ (B @ x + b) + B.T @ C.T @ (A @ x + a)", "MC 78"),
    ("(X @ b + a) @ C @ (X @ b + a)", "X", "outer((C + C.T) @ (X @ b + a), b)", "MC 83"),
    ("(x - A @ b) @ (x - A @ b)", "b", "-2*A.T @ (x - A @ b)", "MC 84"),
    ("(x - b) @ C @ (x - b)", "x", "(C + C.T) @ (x - b)", "MC 85"),
    ("(x - b) @ C @ (x - b)", "b", "-(C + C.T) @ (x - b)", "MC 86"),
    ("(x - A @ b) @ C @ (x - A @ b)", "A", "-outer((C + C.T) @ (x - A @ b), b)", "MC 88"),
    # MC 2.5 traces, first order
    ("tr(X @ A)", "X", "A.T", "MC 100"),
    ("tr(A @ X @ B)", "X", "A.T @ B.T", "MC 101"),
    ("tr(A @ X.T @ B)", "X", "B @ A", "MC 102"),
    ("tr(X.T @ A)", "X", "A", "MC 103"),
    ("tr(A @ X.T)", "X", "A", "MC 104"),
    # traces, second order
    ("tr(X @ X)", "X", "2*X.T", "MC 106"),
    ("tr(X @ X @ B)", "X", "(X @ B + B @ X).T", "MC 107"),
    ("tr(X.T @ B @ X)", "X", "(B + B.T) @ X", "MC 108"),
    ("tr(B @ X @ X.T)", "X", "(B + B.T) @ X", "MC 109"),
    ("tr(X @ B @ X.T)", "X", "X @ (B + B.T)", "MC 111"),
    ("tr(B @ X.T @ X)", "X", "X @ (B + B.T)", "MC 112"),
    ("tr(X.T @ X)", "X", "2*X", "MC 115"),
    ("tr(A @ X @ B @ X)", "X", "A.T @ X.T @ B.T + B.T @ X.T @ A.T", "MC 114"),
    ("tr((A @ X @ B + C) @ (A @ X @ B + C).T)", "X", "2*A.T @ (A @ X @ B + C) @ B.T", "MC 119"),
    ("tr(A @ X @ B @ X.T @ C)", "X", "A.T @ C.T @ X @ B.T + C @ A @ X @ B", "MC 118"),
    ("tr(X @ X @ X)", "X", "3*X.T @ X.T", "MC 121"),
    # MC 2.6 norms, 2.7 and the rest
    ("norm(x - a)", "x", "(x - a)/norm(x - a)", "MC 129"),
    ("norm(x)", "x", "x/norm(x)", "MC 129"),
    ("sum((A @ x - b)^2)", "x", "2*A.T @ (A @ x - b)", "least squares"),
    ("norm(X)", "X", "X/norm(X)", "MC 132"),
    ("sum(X^2)", "X", "2*X", "MC 132"),
    # elementwise functions and networks
    ("sum(sigmoid(x))", "x", "sigmoid(x)*(1 - sigmoid(x))", "L10"),
    ("sum(tanh(x))", "x", "1 - tanh(x)^2", "L11"),
    ("sum(exp(x))", "x", "exp(x)", "L8"),
    ("sum(sigmoid(A @ x))", "x", "A.T @ (sigmoid(A @ x)*(1 - sigmoid(A @ x)))", "L11"),
    (
        "s = sigmoid(A @ x + c); Q = -sum(b*log(s) + (1 - b)*log(1 - s))",
        "x",
        "A.T @ (sigmoid(A @ x + c) - b)",
        "L10",
    ),
    (
        "s = 1/(1 + exp(-(A @ x + c))); Q = -sum(b*log(s) + (1 - b)*log(1 - s))",
        "x",
        "A.T @ (sigmoid(A @ x + c) - b)",
        "L10",
    ),
    (
        "s = sigmoid(A @ x + c); Q = -sum(b*log(s) + (1 - b)*log(1 - s))",
        "c",
        "sum(sigmoid(A @ x + c) - b)",
        "L10",
    ),
    ("logsumexp(x)", "x", "softmax(x)", "softmax"),
    ("-sum(b*log_softmax(x))", "x", "sum(b)*softmax(x) - b", "cross-entropy"),
    (
        "-logdet(X)/2 - (x - a) @ inv(X) @ (x - a)/2",
        "x",
        "-(inv(X) + inv(X.T)) @ (x - a)/2",
        "Gaussian, MC 8.1",
    ),
    (
        "-logdet(X)/2 - (x - a) @ inv(X) @ (x - a)/2",
        "X",
        "inv(X.T) @ outer(x - a, x - a) @ inv(X.T)/2 - inv(X.T)/2",
        "Gaussian",
    ),
    # scalars
    ("exp(c*d + d^2)", "d", "exp(c*d + d^2)*(c + 2*d)", "L5"),
    ("log(c) + c*d - sin(d)", "d", "c - cos(d)", "Baydin"),
    ("1/(1 + exp(-c))", "c", "sigmoid(c)*(1 - sigmoid(c))", "CS231n"),
    ("c*sin(c)", "c", "sin(c) + c*cos(c)", "dual numbers"),
    ("(c + d)*(c - d)", "c", "2*c", "Wikipedia"),
    ("c/(c + d)", "c", "d/(c + d)^2", "quotient rule"),
    ("sqrt(c^2 + d^2)", "c", "c/sqrt(c^2 + d^2)", "chain rule"),
]
