"""What counts as the same unit: the word or its abbreviation, one of it or many."""

import re
import unicodedata
from functools import cache

# Each line names one unit. In abbreviations the case of m, p and b counts, as MW is not mW.
_KNOWN = tuple(
    line.strip().split(", ")
    for line in """
    %, percent, per cent, pct
    °, deg, degree, degrees
    °C, C, degrees Celsius
    °F, F, degrees Fahrenheit
    $, USD, US$, dollar, dollars
    €, EUR, euro, euros
    £, GBP, pound, pounds
    ¥, JPY, yen
    ¢, cent, cents
    ms, millisecond, milliseconds
    s, sec, secs, second, seconds
    min, mins, minute, minutes
    h, hr, hrs, hour, hours
    d, day, days
    wk, wks, week, weeks
    mo, mos, month, months
    y, yr, yrs, year, years
    mm, millimeter, millimeters
    cm, centimeter, centimeters
    m, meter, meters
    km, kilometer, kilometers
    in, inch, inches
    ft, foot, feet
    yd, yds, yard, yards
    mi, mile, miles
    mg, milligram, milligrams
    g, gram, grams
    kg, kilo, kilos, kilogram, kilograms
    t, ton, tons, tonne, tonnes
    oz, ounce, ounces
    lb, lbs, pound, pounds
    ml, milliliter, milliliters
    l, liter, liters
    gal, gallon, gallons
    mph, miles per hour
    km/h, kph, kmh, kilometers per hour
    m/s, meters per second
    kW, kilowatt, kilowatts
    MW, megawatt, megawatts
    kWh, kilowatt hour, kilowatt hours
    V, volt, volts
    A, amp, amps, ampere, amperes
    W, watt, watts
    """.strip().splitlines()
)
_MANY = ("s", "es", "e", "n", "en")
_IRREGULAR = frozenset(
    map(
        frozenset, [("man", "men"), ("woman", "women"), ("child", "children"), ("person", "people")]
    )
)
_MULTIPLES = frozenset(
    """
    hundred thousand thousands million millions mio billion billions bn trillion trillions
    dozen dozens k half halves third thirds quarter quarters
    """.split()  # noqa: SIM905 - twenty words read better so than as a list
)
_LONGEST_SYMBOL = 3
_SPELLED = re.compile(r"(met|lit)re(?=s?\b)", re.IGNORECASE)
_CASE_COUNTS = "mpb"
_PART = re.compile(r"[^\d\s,;:!?=<>()\[\]{}]+(\^?-?\d{1,2})?")


def is_currency(text: str) -> bool:
    """Tell whether a text is the sign of a currency (`$`, `US$`), which may stand first."""
    return len(text) <= _LONGEST_SYMBOL and unicodedata.category(text[-1]) == "Sc"


def looks_like_unit(text: str) -> bool:
    """Tell whether a text could be a unit: it begins with a letter or a sign such as %."""
    begins = text[0].isalpha() or text[0] in "%°‰" or unicodedata.category(text[0]) == "Sc"
    words = re.split(r"[\s/·*]+", text)
    counts = words[0].casefold() in _MULTIPLES
    return begins and not counts and all(_PART.fullmatch(word) for word in words)


def same_unit(given: str, own: str) -> bool:
    """Tell whether a unit that a learner wrote is the author's."""
    if given == own:
        return True
    ours, theirs = _words(own), _words(given)
    if not ours or not theirs:
        return False
    if _alike(theirs, ours) or _meanings(ours) & _meanings(theirs):
        return True
    return not _meanings(theirs) and _abbreviates(theirs, ours)


def _words(unit: str) -> list[str]:
    """The words of a unit, as far as spelling tells them apart."""
    spelled = _SPELLED.sub(r"\1er", unit).replace("^", "")
    return re.sub(r" ?/ ?", "/", spelled).replace(".", " ").replace("·", " ").split()


def _cased(word: str) -> str:
    """A word without its case, except where case tells one symbol from another."""
    if len(word) > _LONGEST_SYMBOL:
        return word.casefold()
    return "".join(sign if sign.casefold() in _CASE_COUNTS else sign.casefold() for sign in word)


def _alike(given: list[str], own: list[str]) -> bool:
    """Tell whether units have the same words, be it of one or of many."""
    if _cased("".join(given)) == _cased("".join(own)):
        return True
    return len(given) == len(own) and all(map(_same_word, given, own))


def _same_word(given: str, own: str) -> bool:
    if _cased(given) == _cased(own):
        return True
    one, many = sorted((given.casefold(), own.casefold()), key=len)
    if len(one) < _LONGEST_SYMBOL:
        return False
    regular = one.removesuffix("y") + "ies" == many or many.removeprefix(one) in _MANY
    return regular or frozenset((one, many)) in _IRREGULAR


def _abbreviates(given: list[str], own: list[str]) -> bool:
    """Tell whether what was given are the first letters of a unit's words."""
    if len(given) == 1 and len(own) > 1:
        return given[0].casefold() == "".join(word[0] for word in own).casefold()
    return len(given) == len(own) and all(map(_begins, given, own))


def _begins(given: str, own: str) -> bool:
    short = len(given) <= _LONGEST_SYMBOL < len(own)
    return _same_word(given, own) or (short and own.casefold().startswith(given.casefold()))


@cache
def _known() -> dict[str, set[int]]:
    """The lines of known units in which each name stands."""
    found: dict[str, set[int]] = {}
    for line, names in enumerate(_KNOWN):
        for name in names:
            found.setdefault(_key(_words(name)), set()).add(line)
    return found


def _meanings(words: list[str]) -> set[int]:
    return _known().get(_key(words), set())


def _key(words: list[str]) -> str:
    return " ".join(map(_cased, words))
