"""Formulas, superscripts and subscripts as text that reads well in a line."""

import pytest

from tutor.course.model.markdown.latex_to_text import from_latex
from tutor.course.model.markdown.mathml import from_mathml
from tutor.course.model.markdown.plain import plain_text
from tutor.course.model.markdown.script_characters import lowered, raised, subscript, superscript
from tutor.course.model.markdown.source import explicit


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\frac{1}{2}", "½"),
        (r"2\frac{1}{2}", "2½"),
        (r"2\frac37", "2 3/7"),
        (r"\frac{3}{7}x", "(3/7)x"),
        (r"x\frac{3}{7}", "x(3/7)"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "(-b ± √(b² - 4ac))/(2a)"),
        (r"x^2+y^2 \le 3", "x²+y² ≤ 3"),
        (r"10^{-2}", "10⁻²"),
        (r"\lambda = \frac{v}{f}", "λ = v/f"),
        (r"-\alpha < \pi r - \gamma", "-α < πr - γ"),
        (r"\mathrm{H_2SO_4}", "H₂SO₄"),
        (r"90^\circ", "90°"),
        (r"e^{i\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        (r"x^{a_1}", "x^(a₁)"),
        (r"\sqrt[3]{8} = 2", "∛8 = 2"),
        (r"\sqrt{x+1}", "√(x+1)"),
        (r"\sin^2 \alpha", "sin² α"),
        (r"\log_2 8", "log₂ 8"),
        (r"\lim_{x \to 0} f(x)", "lim_(x → 0) f(x)"),
        (r"\sum_{i=1}^{n} i^2", "∑ᵢ₌₁ⁿ i²"),
        (r"x \in \mathbb{R}", "x ∈ ℝ"),
        (r"\{1, 2\} \subset \{1, 2, 3\}", "{1, 2} ⊂ {1, 2, 3}"),
        (r"\text{if } x > 0", "if x > 0"),
        (r"5\,\mathrm{m/s}", "5 m/s"),
        (r"\neg p \land q", "¬p ∧ q"),
        (r"a \cdot b", "a · b"),
        ("f'(x)", "f′(x)"),
        (r"\bar{x}", "x̄"),
    ],
)
def test_a_formula_is_said_in_a_line(formula: str, said: str) -> None:
    assert from_latex(formula) == said


@pytest.mark.parametrize(
    "formula",
    [
        r"\foo{x}",
        r"\begin{matrix}a & b\end{matrix}",
        "{",
        "}",
        "x^",
        r"\frac{1}{2",
        "x^2^",
        "",
        "a $ b",
        "{" * 100 + "}" * 100,
        r"\sqrt" * 80,
        "x" * 401,
    ],
)
def test_what_is_no_simple_formula_is_not_guessed_at(formula: str) -> None:
    assert from_latex(formula) is None


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<math><mfrac><mn>1</mn><mn>4</mn></mfrac></math>", "¼"),
        ("<math><msup><mn>10</mn><mrow><mo>-</mo><mn>2</mn></mrow></msup></math>", "10⁻²"),
        ("<math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>", "H₂O"),
        ("<m:math><m:mi>sin</m:mi><m:mo>&#x2061;</m:mo><m:mi>x</m:mi></m:math>", "sin x"),
        ("<math><mi>x</mi><mo>&le;</mo><msqrt><mn>2</mn></msqrt></math>", "x ≤ √2"),
        ("<math><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", "(a, b)"),
        ("<math><mtext>cost in </mtext><mo>$</mo></math>", "cost in $"),
        ("<math><mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable></math>", None),
        ("<math><mfrac><mn>1</mn></mfrac></math>", None),
        ("<math>" * 100, None),
    ],
)
def test_a_formula_in_mathml_is_said_alike(markup: str, said: str | None) -> None:
    assert from_mathml(markup) == said


def test_superscripts_and_subscripts_are_characters_where_there_are_some() -> None:
    assert (raised("-2"), raised("th"), raised("q")) == ("⁻²", "ᵗʰ", None)
    assert (lowered("2"), lowered("max"), lowered("b")) == ("₂", "ₘₐₓ", None)
    assert (superscript("n + 1"), superscript("q"), superscript("2q")) == ("ⁿ⁺¹", "^q", "^(2q)")
    assert (subscript("2"), subscript("Erde"), subscript("a, b")) == ("₂", "_Erde", "_(a, b)")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Water is H~2~O, sulfate SO~4~^2-^.", "Water is H₂O, sulfate SO₄²⁻."),
        ("It is 10^-2^ m, or $10^{-2}$ m.", "It is 10⁻² m, or 10⁻² m."),
        (r"Half is $\frac{1}{2}$, or \(\frac12\).", "Half is ½, or ½."),
        (r"As \[\alpha \le 2\] and $$x_1$$ say.", "As α ≤ 2 and x₁ say."),
        ("**$x$** is *x^2^*", "x is x²"),
        ("[x^2^](https://example.org/a^b^)", "x²"),
        ("[`a`](https://example.org) b", "a b"),
        # As people write them, these are signs.
        ("$5 and $6, or $7-$8, or US$5/$6", None),
        ("costs $5, not 3$ more", None),
        ("~20 or ~30, ~/a~b, a~b~c, 10~20~30", None),
        ("2^3^2, x^2+y^2, a^b, 10^2^3, ^_^", None),
        ("$HOME/$USER, $a, $b, $first_name$", None),
        ("[$]x[/$]", None),
        ("`x^2^`, `$x^2$`, `H~2~O`", "x^2^, $x^2$, H~2~O"),
        (r"\$x\$, x\^2\^, H\~2\~O, \(see below\), \[a\]", "$x$, x^2^, H~2~O, (see below), [a]"),
        (r"$\begin{matrix}a_1 & b_1\end{matrix}$ and $\foo_a$", None),
        ("x^q^ and x~b~", None),
    ],
)
def test_formulas_in_a_text_are_said_and_signs_stay(text: str, shown: str | None) -> None:
    assert plain_text(text) == (text if shown is None else shown)
    assert plain_text(explicit(text, "text")) == (text if shown is None else shown)
