"""Programs by family of growth, each as large as the text of a program may be.

What grows is named before the dot; what it is made of, after it. `FAMILIES` holds program and inputs.
"""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 9_900
"""Characters."""

Family = tuple[str, str]


def _list(part: str, sign: str = "+") -> str:
    """As many of `part`, in which {i} is counted, as fit, with `sign` between them."""
    parts: list[str] = []
    size = 0
    while size + len(part.format(i=len(parts))) + len(sign) <= LONGEST:
        parts.append(part.format(i=len(parts)))
        size += len(parts[-1]) + len(sign)
    return sign.join(parts)


def _chain(first: str, step: str, count: int) -> str:
    """Statements of which each uses the one before: {a} in `step` is it, {b} the new one."""
    lines = [f"a0 = {first}", *(f"a{i} = {step.format(a=f'a{i - 1}', i=i)}" for i in range(1, count))]
    while len("; ".join(lines)) > LONGEST:
        lines.pop()
    return "; ".join(lines)


def _doubling(body: str, step: str, count: int = 30) -> str:
    """Functions each of which calls the one before more than once."""
    lines = [f"f0{body}", *(f"f{i}{step.format(f=f'f{i - 1}')}" for i in range(1, count))]
    arguments = "(x, y)" if body.startswith("(a, b)") else "(x)"
    return "; ".join([*lines, f"f{count - 1}{arguments}"])


def _families() -> Iterator[tuple[str, Family]]:
    yield "calls.identity", (_doubling("(t) = t", "(t) = {f}({f}(t))"), "")
    yield "calls.operator", (_doubling("(t) = t*t", "(t) = {f}({f}(t))"), "x=1")
    yield "calls.two", (_doubling("(a, b) = a", "(a, b) = {f}({f}(a, b), {f}(b, a))", 25), "")
    yield "calls.constant", (_doubling("(t) = t", "(t) = {f}({f}(t))").replace("(x)", "(1)") + "*x", "")
    yield "calls.body", ("f(t) = " + "+".join(["sin(t)"] * 100) + "; " + "+".join(["f(x)"] * 100), "")
    yield "calls.many", (_list("f{i}(t) = t*{i}", "; ") + "; f0(x)", "")
    yield (
        "calls.arguments",
        (
            "f({}) = {}; f({})".format(
                ", ".join(f"a{i}" for i in range(400)),
                "+".join(f"a{i}" for i in range(400)),
                ", ".join("x" * 400),
            ),
            "",
        ),
    )

    for name, sign in (("sum", "+"), ("product", "*")):
        yield f"fan-in.{name}", (sign.join(f"x{i}" for i in range(490)), "")
    yield "fan-in.statements", (_chain("x0", "{a} + x{i}", 450), "")
    for name, form in (("concat", "sum(concat({}))"), ("array", "sum([{}])")):
        yield f"fan-in.{name}", (form.format(",".join(f"x{i}" for i in range(480))), "")
    yield (
        "fan-in.complex",
        (
            "abs(" + "+".join(f"z{i}*(1+{i}j)" for i in range(240)) + ")",
            ";".join(f"z{i}=1+1j" for i in range(240)),
        ),
    )

    for name, part, sign, at in (
        ("sum", "x", "+", ""),
        ("product", "x", "*", "x=1.01"),
        ("sines", "sin(x)", "+", ""),
        ("kinks", "relu(x)", "+", "x=0"),
        ("infinities", "exp(x)", "+", "x=1000"),
        ("doubts", "log(sigmoid(x))", "+", "x=-1000"),
        ("determinants", "det(X)", "+", "X=[[1,2],[3,4]]"),
    ):
        yield f"fan-out.{name}", (sign.join([part] * (300 if "log" in part else 450)), at)
    yield "fan-out.outputs", ("; ".join(f"y{i} = x*{i}" for i in range(480)), "")
    yield (
        "fan-out.pairs",
        (
            "; ".join(f"a{i} = " + "+".join(["x", *(f"a{j}" for j in range(i))]) for i in range(40)),
            "",
        ),
    )
    yield "apart.products", ("; ".join(f"y{i} = a{i}*b{i}" for i in range(330)), "")
    yield "apart.sum of products", ("+".join(f"a{i}*b{i}" for i in range(245)), "")

    yield "nesting.functions", ("sin(" * 98 + "x" + ")" * 98, "")
    yield "nesting.brackets", ("(" * 4900 + "x" + ")" * 4900, "")
    yield "nesting.signs", ("-" * 9900 + "x", "")
    yield "nesting.powers", ("x" + "^x" * 98, "x=1")
    yield "nesting.transposes", ("X" + "'" * 9000, "X=[[1,2],[3,4]]")
    yield "nesting.superscripts", ("x" + "²" * 9000, "x=1")
    yield "nesting.indices", ("X" + "[0:]" * 2000, "X=[1,2]")
    yield "nesting.arrays", ("[" * 98 + "x" + "]" * 98, "")
    yield "nesting.fractions", (r"\frac{" * 95 + "x" + "}{2}" * 95, "")

    for name, step, at in (
        ("sines", "sin({a})", ""),
        ("signs", "-{a}", ""),
        ("squares", "{a}*{a}", "x=1"),
        ("large squares", "{a}*{a}", "x=2"),
        ("sums", "{a}+{a}", ""),
        ("cubes", "{a}^3", "x=1"),
        ("exponentials", "exp({a})/9", "x=1"),
        ("fractions", "1/(1 + {a})", "x=1/3"),
        ("roots", "sqrt(1 + {a})", "x=2"),
        ("rungs", "({a}+1)*({a}+2)", "x=0"),
        ("complex", "{a}*(1+2j)", "x=1+1j"),
        ("softmax", "softmax({a})", "x=[1,2,3]"),
        ("layernorm", "layernorm({a})", "x=[1,2,3]"),
        ("inverses", "inv({a})", "x=[[1,2],[3,4]]"),
        ("running sums", "cumsum({a})", "x=randn(1000)"),
        ("layers", "tanh(W@{a}+b)", "W=randn(3,3);x=randn(3);b=randn(3)"),
        ("large layers", "tanh(W@{a})", "W=randn(100,100);x=randn(100,100)"),
        ("stacks", "{a}@W", "x=randn(20,20,20);W=randn(20,20)"),
        ("long arrays", "sin({a})", "x=randn(99999)"),
        ("outer", "kron({a},{a})", "x=[[1,2],[3,4]]"),
        ("concat", "concat({a},{a})", "x=[1,2]"),
        ("ranks", "[{a},{a}]", "x=1"),
    ):
        yield f"ladders.{name}", (_chain("x", step, 600), at)

    yield "constants.sum", ("+".join(["1"] * 2400) + "+x", "")
    yield "constants.powers", ("*".join(["2^9"] * 1500) + "*x", "")
    yield "constants.exponents", ("x" + "*2^999" * 1400, "")
    yield "constants.arrays", ("x*sum([" + ",".join(["exp(1)"] * 1400) + "])", "")
    yield "constants.sizes", ("x*sum(zeros(" + "+".join(["exp(0)"] * 1400) + "))", "")
    for name, literal in (
        ("ones", "ones(99999)"),
        ("normal", "randn(99999)"),
        ("uniform", "rand(300,300)"),
        ("linspace", "linspace(0,1,99999)"),
        ("identity", "eye(316)"),
        ("broadcast", "x[0:]*ones(300,300)"),
    ):
        yield f"literals.{name}", ("+".join([f"sum({literal})"] * 240) + "+x", "x=randn(300)")
    yield (
        "literals.inputs",
        (
            "+".join(f"sum(x{i})" for i in range(200)),
            ";".join(f"x{i}=randn(99999)" for i in range(200)),
        ),
    )
    yield "literals.list", ("x*sum([" + ",".join(["1"] * 4900) + "])", "")
    yield "literals.rows", ("sum([" + ",".join(["[1,2,3,4]"] * 980) + "]*x)", "")
    yield "literals.digits", ("x*" + "1" * 9900, "")
    yield "literals.decimals", ("x*0." + "1" * 9900, "")
    yield "ranks.ones", ("sum(ones(" + ",".join(["1"] * 60) + ")*x)", "")
    yield "ranks.brackets", ("[" * 60 + "1" + "]" * 60 + "*x", "")
    ranks = (",".join("2" if j == i else "1" for j in range(16)) for i in range(16))
    yield "ranks.broadcast", ("+".join(f"ones({sizes})" for sizes in ranks) + "+x", "")
    for name, length, count in (("one", 9990, 1), ("few", 1600, 6), ("some", 85, 100)):
        yield f"names.{name}", ("+".join("n" * length + str(i) for i in range(count)), "")
    yield "names.unknown", ("s" * 9000 + "(x)", "")
    yield "names.many unknown", (_list("si{i}(x)"), "")
    yield "names.shapes", ("A@B@C@D@E@F@G@H@x@y@z@w@q + [1,2]@[1,2,3]", "")
    yield "names.unfit shapes", ("+".join(f"sum(A{i}@x{i})" for i in range(200)) + "+[1,2]@[1,2,3]", "")
    yield "signs.separators", (";" * 9000 + "x", "")
    yield "signs.comments", ("#" * 9000 + "\nx", "")
    yield "signs.commas", ("max(" + ",".join(["x"] * 4000) + ")", "")
    yield "signs.factors", (" ".join(["x"] * 980), "x=1")
    yield "signs.warnings", ("+".join(["1/2x"] * 240), "")
    yield "names.long jacobian", ("M" * 4900 + " = softmax(" + "N" * 4899 + ")", "N" * 4899 + "=randn(100)")
    yield (
        "statements.rational",
        (
            "; ".join(
                f"y{j} = (x{j} + x{j + 1}*x{j + 2})/(x{j + 3}*x{j + 4} - x{j + 5})^3" for j in range(70)
            ),
            "",
        ),
    )
    yield (
        "statements.powers",
        (
            "; ".join(f"y{j} = (a + b*c)^{j + 2}/(d*f - g)^{j + 3}" for j in range(70)),
            "",
        ),
    )
    yield "rational.fractions", ("+".join(f"1/({letter}+x)^2" for letter in "abcd"), "x=.1")
    yield "rational.powers", ("((((x^6+1)^6+1)^6+1)^6+1)", "x=.1")
    yield "rational.letters", ("((((a+b*x)^6+c)^6+d)^6)*x", "x=.1")
    yield "rational.continued", (_nested("x+a/({})", 14), "x=.1")
    yield "rational.continued in one", (_nested("a+1/({})", 12), "x=.1")
    for name, step in (("squares", "h{0}*h{0}"), ("reciprocals", "h{0}+1/h{0}"), ("maps", "h{0}*h{0}+c")):
        lines = (f"h{i + 1} = " + step.format(i) for i in range(50))
        yield f"rational.shared {name}", ("h0 = x; " + "; ".join(lines), "x=.5")
    yield (
        "ladders.arrays",
        (
            "; ".join(["h0=x", *(f"h{i + 1}=h{i}+h{i}" for i in range(5))])
            + f"; {_nested('tanh({})', 40, 'h5')}",
            "x=randn(99999)",
        ),
    )
    yield "matrices.adjugate", ("sum(adj(X))", "X=randn(100,100)")
    yield "matrices.inverse", ("sum(inv(X))", "X=randn(200,200)")
    yield "matrices.product", ("sum(prod(x))", "x=randn(9999)")
    loops = "for i in range(300):\n    for j in range(300):\n"
    yield "python.cells", (f"a = np.zeros((300, 300))\n{loops}        a[i, j] = x\ny = a.sum()", "")
    yield "python.lists", ("a = [1]\nfor i in range(40):\n    a += a\ny = x*sum(a)", "")
    yield "python.loops", (f"{loops}        pass\ny = x.sum()", "")
    yield "matrices.jacobian", ("y=X@X", "X=randn(10,10)")


def _nested(step: str, times: int, inner: str = "x") -> str:
    """`step` in the place of its own {}, again and again."""
    for _ in range(times):
        inner = step.format(inner)
    return inner


FAMILIES: dict[str, Family] = dict(_families())
