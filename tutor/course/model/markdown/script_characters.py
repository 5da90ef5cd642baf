"""Raised and lowered text in the characters that Unicode has for it: x², H₂O, 10⁻²."""

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ",
)
_LOWERED = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)
# What stands high already.
_HIGH = frozenset("°′″‴*†‡ªº")


def raised(text: str) -> str | None:
    """A text as a superscript; None where a character of it has none."""
    if not text or any(ord(sign) not in _RAISED and sign not in _HIGH for sign in text):
        return None
    return text.translate(_RAISED)


def lowered(text: str) -> str | None:
    """A text as a subscript; None where a character of it has none."""
    if not text or any(ord(sign) not in _LOWERED for sign in text):
        return None
    return text.translate(_LOWERED)


def superscript(text: str) -> str:
    """A text as a superscript; where characters lack one, behind `^`, as people type it."""
    text = text.strip()
    plain = text if len(text) < 2 or text.isdigit() else f"({text})"
    return raised("".join(text.split())) or (f"^{plain}" if text else "")


def subscript(text: str) -> str:
    """A text as a subscript; where characters lack one, behind `_`, as people type it."""
    text = text.strip()
    plain = text if text.isalnum() else f"({text})"
    return lowered("".join(text.split())) or (f"_{plain}" if text else "")
