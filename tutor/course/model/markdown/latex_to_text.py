"""Simple LaTeX formulas as text that reads well in a line: `\\frac{1}{2}` is ½, `x^2` is x².

What is no simple formula (an unknown command, an environment, braces that do not match) is not
guessed at: it has no text, and is shown as it was typed.
"""

import re
import unicodedata

from tutor.course.model.markdown.script_characters import raised, subscript, superscript

LONGEST = 400
"""A formula of more characters is none that fits a line."""

_DEEPEST = 12
_TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|([ \t\n]+)|(.)", re.DOTALL)


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LETTERS = _table("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ
    emptyset ∅ varnothing ∅ degree ° prime ′ angle ∠ triangle △ square □ dots … ldots … cdots ⋯
    vdots ⋮ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ checkmark ✓ star ⋆ dag † pounds £
    euro € yen ¥ copyright © S § P ¶ % % $ $ # # & & _ _ { { } } lbrace { rbrace } lbrack [
    rbrack ] langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖
    lVert ‖ rVert ‖ | ‖ backslash \\ Box □ bullet • circ ∘ mid | int ∫ iint ∬ oint ∮ sum ∑ prod ∏
    colon : slash /
""")
# Spaces stand around them, unless they stand first or last.
_OPERATORS = _table("""
    times × div ÷ pm ± mp ∓ le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ approx ≈ equiv ≡
    sim ~ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ lt < gt > in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆
    supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ to → rightarrow → longrightarrow → leftarrow ←
    gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦
    uparrow ↑ downarrow ↓ rightleftharpoons ⇌ wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ otimes ⊗
    parallel ∥ perp ⊥ therefore ∴ because ∵ vdash ⊢ models ⊨ asymp ≍ doteq ≐ prec ≺ succ ≻
""")
_TIGHT = _table("cdot · ast * centerdot ·")
FUNCTIONS = _names("""
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf
    det dim ker gcd arg deg mod bmod Pr
""")
"""Names that LaTeX has commands for, and sets upright."""

_UPRIGHT = _names("mathrm mathbf mathit mathsf mathtt mathnormal boldsymbol operatorname bm")
_WORDS = _names("text textrm textbf textit texttt textsf mbox textnormal")
_SPACES = frozenset((",", ":", ";", ">", " ", "quad", "qquad", "enspace", "thinspace", "space"))
_NOTHING = _names("""
    ! left right big Big bigl bigr Bigl Bigr bigg Bigg biggl biggr limits nolimits displaystyle
    textstyle rm it
""")
_ACCENTS = _table("bar ̄ overline ̄ hat ̂ vec ⃗ dot ̇ ddot ̈ tilde ̃ underline ̲ widehat ̂ widetilde ̃")
_FRACTIONS = _names("frac dfrac tfrac cfrac")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_BOARD = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_HALVES = {
    unicodedata.normalize("NFKC", sign).replace("⁄", "/"): sign for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
_OPENED = frozenset("([{⟨⌊⌈|‖<=>+-−*/,;:·×÷±~≤≥≠≈≡ ")
_PARTED = frozenset("=<>+-−")
_WRAPPED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\|[^|]*\|")


class _Unknown(Exception):
    """Something that is no simple formula."""


def from_latex(source: str) -> str | None:
    """What a formula says, in a line of text; None where it is no simple one.

    Args:
        source: The formula, without the signs around it: no `$`, no `\\(`.
    """
    if len(source) > LONGEST:
        return None
    try:
        said = _Reader(source).all()
    except _Unknown:
        return None
    return " ".join(said.split()) or None


def _fraction(top: str, bottom: str) -> str:
    """A fraction in a line: ½, 3/7, (a + b)/c."""
    known = _HALVES.get(f"{top}/{bottom}")
    factors = bottom[:1].isdigit() and bottom.isalnum() and not bottom.isdigit()
    under = f"({bottom})" if factors else _held(bottom)
    return known or f"{_held(top)}/{under}"


def _root(of: str, degree: str = "") -> str:
    """A root in a line: √2, ∛x, √(x + 1)."""
    sign = _ROOTS.get(degree) or f"{raised(degree) or f'({degree})'}√"
    return sign + (of if of.isalnum() and (len(of) == 1 or of.isdigit()) else _bracketed(of))


def _held(part: str) -> str:
    """A part of a fraction, in brackets where it would fall apart without them."""
    alone = part.replace(".", "").replace(",", "")
    simple = all(sign.isalnum() or sign in "√°′%" or _is_script(sign) for sign in alone)
    return part if simple else _bracketed(part)


def _is_script(sign: str) -> bool:
    """Tell whether a character is a superscript or a subscript, or an accent on another."""
    return unicodedata.category(sign) in ("No", "Lm", "Mn") or sign in "⁺⁻⁼⁽⁾₊₋₌₍₎"


def _bracketed(part: str) -> str:
    return part if _WRAPPED.fullmatch(part) else f"({part})"


class _Reader:
    """Goes once through the signs of a formula.

    Args:
        source: The formula.
    """

    def __init__(self, source: str) -> None:
        self._tokens = list(_TOKEN.finditer(source))
        self._at = 0
        self._depth = 0

    def all(self) -> str:
        said = self._row("")
        if self._at < len(self._tokens):
            raise _Unknown
        return said

    def _row(self, end: str) -> str:
        """Read until a sign; what was read, in a line."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        said = ""
        while self._at < len(self._tokens):
            if end and self._tokens[self._at][0].strip() == end:
                break
            said = self._next(said)
        else:
            if end:
                raise _Unknown
        self._depth -= 1
        return said

    def _next(self, said: str) -> str:
        """Read one more thing behind what was read."""
        token = self._tokens[self._at]
        name, sign = token[1] or token[2] or "", token[4] or ""
        if token[3]:
            self._at += 1
            return f"{said} "
        if sign in ("^", "_"):
            self._at += 1
            return said.rstrip() + self._script(sign)
        if sign in _PARTED and self._ends_command() and said[-1:] not in ("", " "):
            said += " "
        if name in _OPERATORS:
            self._at += 1
            return f"{said.rstrip()} {_OPERATORS[name]} "
        if name in _TIGHT:
            self._at += 1
            return said + _TIGHT[name] + (" " if said[-1:] == " " else "")
        if name in FUNCTIONS:
            return self._name(said, name)
        if name in _FRACTIONS:
            self._at += 1
            return self._beside(said, _fraction(self._argument(), self._argument()))
        return said + self._atom()

    def _ends_command(self) -> bool:
        """Whether a space stands just before that ends a command: `\\lambda = 2`."""
        return self._at > 0 and self._tokens[self._at - 1][0][-1:].isspace()

    def _name(self, said: str, name: str) -> str:
        self._at += 1
        parted = f"{said} " if said[-1:].isalnum() else said
        name = "mod" if name == "bmod" else name
        while self._at < len(self._tokens) and self._tokens[self._at][4] in ("^", "_"):
            sign = self._tokens[self._at][4]
            self._at += 1
            name += self._script(sign)
        after = self._tokens[self._at] if self._at < len(self._tokens) else None
        runs_on = after is not None and (after[1] or (after[4] or "").isalnum())
        return f"{parted}{name}{' ' if runs_on and after and after[1] != 'left' else ''}"

    def _beside(self, said: str, part: str) -> str:
        """A fraction behind what was read."""
        if "/" not in part:
            return said + part
        after = self._tokens[self._at] if self._at < len(self._tokens) else None
        runs_on = after is not None and (
            (after[1] and after[1] not in _OPERATORS and after[1] not in _NOTHING)
            or (after[4] or " ")[0] in "(["
            or (after[4] or "").isalnum()
            or after[4] in ("^", "_")
        )
        if said[-1:].isdigit() and not runs_on and part.replace("/", "").isdigit():
            return f"{said} {part}"
        if runs_on or (said and said[-1] not in _OPENED):
            return f"{said}({part})"
        return said + part

    def _script(self, sign: str) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at][3]:
            self._at += 1
        part = self._argument().replace("∘", "°" if sign == "^" else "∘")
        return superscript(part) if sign == "^" else subscript(part)

    def _argument(self) -> str:
        """What a command or a script applies to: one sign, or what stands in braces."""
        while self._at < len(self._tokens) and self._tokens[self._at][3]:
            self._at += 1
        if self._at == len(self._tokens):
            raise _Unknown
        token = self._tokens[self._at]
        if token[4] in ("^", "_", "&", "}") or token[1] in _OPERATORS:
            raise _Unknown
        if token[1] in _FRACTIONS:
            return self._next("").strip()
        return self._atom().strip()

    def _atom(self) -> str:
        """One sign, one command with what it applies to, or what stands in braces."""
        token = self._tokens[self._at]
        self._at += 1
        name, sign = token[1] or token[2] or "", token[4] or ""
        if sign == "{":
            said = self._row("}")
            self._at += 1
            return said
        if sign:
            return self._sign(sign)
        if name in _TIGHT:
            return _TIGHT[name]
        if name in _LETTERS:
            return _LETTERS[name]
        if name in _SPACES:
            return " "
        if name in _NOTHING:
            return self._after_left(name)
        return self._command(name)

    def _command(self, name: str) -> str:
        if name == "sqrt":
            degree = ""
            if self._at < len(self._tokens) and self._tokens[self._at][4] == "[":
                self._at += 1
                degree = self._row("]").strip()
                self._at += 1
            return _root(self._argument(), degree)
        if name in _WORDS:
            return self._words()
        if name in _UPRIGHT:
            return self._argument()
        if name == "mathbb":
            letter = self._argument()
            return _BOARD.get(letter, letter)
        if name in _ACCENTS:
            letter = self._argument()
            if len(letter) == 1 and letter.isalpha():
                return unicodedata.normalize("NFC", letter + _ACCENTS[name])
        raise _Unknown

    def _after_left(self, name: str) -> str:
        """Nothing; a period behind `\\left` or `\\right` is nothing as well."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if name in ("left", "right") and token is not None and token[4] == ".":
            self._at += 1
        return ""

    def _words(self) -> str:
        """Words between braces, with their spaces."""
        if self._at == len(self._tokens) or self._tokens[self._at][4] != "{":
            raise _Unknown
        said = ""
        self._at += 1
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token[4] == "}":
                return said
            if token[1] or token[4] == "{":
                raise _Unknown
            said += token[2] or token[3] or token[4]
        raise _Unknown

    @staticmethod
    def _sign(sign: str) -> str:
        if sign in "&}\\$#%":
            raise _Unknown
        return {"'": "′", "~": " "}.get(sign, sign)
