"""The formulas of Moodle's calculated questions, reckoned with stored values."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from tutor.exchange.moodle.bank import Unreadable

_VALUE = re.compile(r"\{([A-Za-z_][\w ]{0,40})\}")
_FORMULA = re.compile(r"\{=([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_LONGEST = 400
_LARGEST_POWER = 300
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: math.fmod,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sqrt", "exp", "sin", "cos", "tan", "sinh", "cosh")},
    **{name: getattr(math, name) for name in ("tanh", "asin", "acos", "atan", "atan2", "floor")},
    "ceil": math.ceil,
    "abs": abs,
    "min": min,
    "max": max,
    "round": round,
    "log": math.log,
    "log10": math.log10,
    "deg2rad": math.radians,
    "rad2deg": math.degrees,
    "pi": lambda: math.pi,
}


def with_values(text: str, values: Mapping[str, Decimal]) -> str:
    """A text in which values stand in the place of their names, and results of formulas."""
    reckoned = _FORMULA.sub(lambda found: _shown(reckon(found[1], values)), text)
    return _VALUE.sub(
        lambda found: _shown(values[found[1]]) if found[1] in values else found[0], reckoned
    )


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"


def reckon(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """The result of a formula.

    Raises:
        Unreadable: It is no formula that can be reckoned with these values.
    """
    known = {f"v{number}": float(value) for number, value in enumerate(values.values())}
    names = dict(zip(values, known, strict=True))
    try:
        source = _VALUE.sub(lambda found: f" {names[found[1]]} ", formula)[:_LONGEST]
        result = _value(ast.parse(source.strip(), mode="eval").body, known)
        return Decimal(f"{result:.6g}") if result % 1 else Decimal(int(result))
    except (
        ArithmeticError,
        InvalidOperation,
        KeyError,
        MemoryError,
        RecursionError,
        SyntaxError,
        TypeError,
        ValueError,
    ):
        raise Unreadable(f"its formula {formula.strip()[:60]} cannot be reckoned here") from None


def _value(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, known)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left, known), _value(right, known))
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATORS[type(sign)](_value(left, known), _value(right, known))
        case ast.Call(func=ast.Name(id="pow"), args=[base, exponent]):
            return _power(_value(base, known), _value(exponent, known))
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]):
            return float(_FUNCTIONS[name](*(_value(one, known) for one in given)))
    raise ValueError


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > _LARGEST_POWER:
        raise OverflowError
    return float(base**exponent)
