"""Numbers as people write them: a right one is right in any spelling, a wrong one in none."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import cpu_seconds, read_course

from tutor.course.model.course import with_decimal_comma, writes_decimal_comma
from tutor.course.model.numerals import in_digits
from tutor.course.model.questions import MAX_DIGITS, Number
from tutor.course.reading.document import parse_document
from tutor.course.reading.loading import draft_lesson, read_lesson
from tutor.course.reading.rule import collect
from tutor.course.syntax.violation import Violation
from tutor.phrases import right_answer
from tutor.plain.answer_lines import Unreadable, parse
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import grade
from tutor.quiz.typed_number import NotUnderstood, Quantity, read_number


def number(
    answer: str | Decimal, tolerance: str = "0", unit: str | None = None, *, ask_unit: bool = False
) -> Number:
    return Number(
        stem="How much?",
        answer=Decimal(answer),
        tolerance=tolerance,
        unit=unit,
        ask_unit=ask_unit,
    )


def read(question: Number, text: str) -> str | None:
    """What a text is read as, or None where it is asked again."""
    found = read_number(question, text)
    return None if isinstance(found, NotUnderstood) else str(found)


READ = {
    "fractions": (
        "0.5",
        ["1/2", " 1 / 2", "½", "1⁄2", "1∕2", "¹⁄₂", "¹/₂", "2/4", "⅟2", "0.5", "0,5"],
    ),
    "mixed": ("3.5", ["3½", "3 ½", "3 1/2", "3\u00a01/2", "3¹⁄₂", "3 1⁄2", "7/2", "3,5", "3.50"]),
    "below zero": ("-0.5", ["-½", "−½", "–1/2", "-0.5", "－.5", "—0,5", "‑0.5", "- 0.5", "ー0.5"]),
    "three and a half thousand": (
        "3500.5",
        ["3,500.5", "3.500,5", "3 500,5", "3'500.5", "3 500½", "3.500½", "3,500 1/2"],
    ),
    "signs": ("5", ["+5", "5.", "5.0", "5,0", "05", "＋5", "５", "٥", "५", "𝟓", "5/1", "10/2"]),
    "below one": ("0.145", [".145", ",145", "0.145", "0,145", "145/1000", "1.45e-1", "145×10⁻³"]),
    "thousands": (
        "1000000",
        [
            *("1000000", "1,000,000", "1.000.000", "1'000'000", "1’000’000", "1 000 000"),
            *("1\u00a0000\u00a0000", "1\u2009000\u2009000", "1\u202f000\u202f000", "10,00,000"),
            *("1e6", "1E6", "1e+6", "1.0e6", "10^6", "10**6", "10⁶", "1×10⁶", "1 x 10^6", "10^{6}"),
            *("１，０００，０００", "١٬٠٠٠٬٠٠٠", "1*10**6", "1·10^6", "100^3", "10^(6)"),
        ],
    ),
    "powers": ("0.002", ["2e-3", "2×10⁻³", "2 × 10^-3", "2*10**-3", "2 · 10^(−3)", "2/1000"]),
    "a third": ("0.25", ["1/4", "¼", "25/100", "2^-2", "0,25", "00.25"]),
}


@pytest.mark.parametrize(
    ("answer", "text"), [(answer, text) for answer, texts in READ.values() for text in texts]
)
def test_a_number_is_right_in_every_usual_spelling(answer: str, text: str) -> None:
    assert grade(number(answer), text).score == 1


def test_a_third_is_a_third_and_not_nearly_one() -> None:
    assert grade(number("0.3333", "0.0001"), "1/3").score == 1
    assert grade(number("0.3333"), "1/3").score == 0
    assert read(number("0.3333"), "2/6") == "1/3"


UNSEEN = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202c", "\u2060", "\ufeff"]
UNSEEN += ["\u00ad", "\u061c", "\u2066", "\u2069", "\ufe0f", "\ufe0e", "\u034f", "\U000e0100"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_what_nobody_sees_decides_nothing_in_a_number(mark: str) -> None:
    assert grade(number("48"), f"{mark}4{mark}8{mark}").score == 1


AGAIN = [
    *("1 million", "1 Million", "1k", "1K", "1M", "1 dozen", "1 thousand", "2 hundred", "1 mio"),
    *("48 minutes", "48 days", "5-3", "4-2", "5 - 3", "2+2", "2*3", "4/2/1", "1/0", "0/0", "3 1/0"),
    *("about 5", "~5", "≈5", "5 or 6", "5?", "(5)", "--5", "+-5", "5-", "x = 5", "=5", "5:30"),
    *("1,2,3", "12,34,5", "1 00", "4 8", "48 hours 5", "1.2.3", "1,2.3,4", "1..2", "1,,2"),
    *("1,000,00", "1.000.00", "1'00", "1 000,000,0", "01,000", "0 145", "9^9^9", "10^3.5", "1e3.5"),
    *("1.5/2", "1 250/300", "2 5/3", "½½", "1/2/3", "5%%", "fifty", "", " ", "-", ".", ",", "e3"),
    *("NaN", "inf", "Infinity", "0x10", "1_000", "Ⅳ", "五", "①", "5!", "3;4", "48 sq. mi.", "$5 $"),
]


@pytest.mark.parametrize("text", AGAIN)
def test_what_is_not_understood_is_asked_again_and_never_cut_off(text: str) -> None:
    for question in (number("48", unit="hours"), number("5"), number("1")):
        assert read(question, text) is None
        assert grade(question, text).score == 0


@pytest.mark.parametrize(
    ("answer", "tolerance", "text", "meant"),
    [
        ("3.145", "0", "3,145", None),
        ("3.145", "0", "3.145", "3.145"),
        ("3.145", "0", "3145", "3145"),
        ("3145", "0", "3,145", "3145"),
        ("3145", "0.5", "3,145", None),
        ("48", "5%", "1,000", None),
        ("1000", "5%", "1,000", "1000"),
        ("3.145", "0", "3,1450", "3.145"),
        ("3.145", "0", "1,000,000", "1000000"),
        ("3.145", "0", "1,000.5", "1000.5"),
        ("1000", "0", "1,000", "1000"),
        ("1000", "0", "1,0", "1"),
        ("1000", "0", "1234,567", "1234.567"),
    ],
)
def test_a_comma_before_three_digits_is_asked_again_where_it_can_mean_two_things(
    answer: str, tolerance: str, text: str, meant: str | None
) -> None:
    assert read(number(answer, tolerance), text) == meant


# In every usual spelling: a property


def _fractions(value: Fraction) -> Iterator[str]:
    if value.denominator == 1:
        yield f"{3 * value}/3"
        return
    yield f"{value}"
    yield f"{value.numerator}⁄{value.denominator}"
    whole, top = divmod(abs(value.numerator), value.denominator)
    if whole and top < 100:
        sign = "-" if value < 0 else ""
        yield f"{sign}{whole} {top}/{value.denominator}"


def _decimals(value: Decimal) -> Iterator[str]:
    sign, text = ("-" if value < 0 else ""), format(abs(value), "f")
    whole, _, part = text.partition(".")
    long = format(int(whole), ",").split(",")
    ambiguous = len(part) == 3 and len(long) == 1 and whole != "0"
    if not ambiguous:
        yield f"{sign}{whole},{part}" if part else sign + text
    yield sign + text
    yield f"{sign}{text}." if not part else f"{sign}{text}0"
    for mark in (" ", "\u00a0", "\u2009", "\u202f", "'", "’"):
        yield sign + mark.join(long) + (f".{part}" if part else "")
        if not ambiguous:
            yield sign + mark.join(long) + (f",{part}" if part else "")
    if part:
        yield sign + ",".join(long) + f".{part}"
    if len(long) > 2:
        yield sign + ".".join(long) + (f",{part}" if part else "")
        yield sign + ",".join(long) + (f".{part}" if part else "")


def _powers(value: Decimal) -> Iterator[str]:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    figure = ("-" if sign else "") + "".join(map(str, digits))
    yield f"{figure}e{exponent}"
    yield f"{figure}E{exponent:+}"
    raised = str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    for times in ("×", " × ", "*", " x ", "·"):
        yield f"{figure}{times}10{raised}"
        yield f"{figure}{times}10^{exponent}"
        yield f"{figure}{times}10**{exponent}"


def _scripts(text: str) -> Iterator[str]:
    yield text
    yield text.replace("-", "−")
    yield text.replace("-", "–")
    yield f" {text}\u200b"
    if text.isascii():
        yield text.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
        yield text.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def spellings(value: Decimal) -> list[str]:
    plain = value.normalize()
    forms = [*_decimals(value), *_powers(plain), *_fractions(Fraction(value))]
    return [one for form in forms for one in _scripts(form)]


values = st.one_of(
    st.integers(-(10**7), 10**7).map(Decimal),
    st.decimals(-(10**5), 10**5, places=1),
    st.decimals(-(10**5), 10**5, places=3),
    st.decimals(-100, 100, places=5),
)


@given(values, values, st.data())
def test_a_right_number_is_right_in_any_spelling_and_a_wrong_one_in_none(
    right: Decimal, wrong: Decimal, data: st.DataObject
) -> None:
    question = number(right)
    text = data.draw(st.sampled_from(spellings(right)))
    assert grade(question, text).score == 1, text
    assume(right != wrong)
    text = data.draw(st.sampled_from(spellings(wrong)))
    assert grade(question, text).score == 0, text


@given(values, st.fractions(-100, 100, max_denominator=97))
def test_what_is_read_is_written_in_one_way_and_read_again(key: Decimal, meant: Fraction) -> None:
    question = number(key)
    assert read(question, in_digits(meant)) == in_digits(meant)
    found = read_number(question, str(meant))
    assert found == Quantity(meant)


@given(values, st.text(max_size=20) | st.text("0123456789.,'/ ^e*-+x%$½²", max_size=12))
def test_any_text_is_a_number_or_asked_again(key: Decimal, text: str) -> None:
    question = number(key)
    found = read_number(question, text)
    if isinstance(found, NotUnderstood):
        assert found.expected
        assert grade(question, text).score == 0
    else:
        assert read_number(question, str(found)) == found
        assert grade(question, str(found)) == grade(question, text)


HOSTILE = [
    *("9" * 20_000, "9" * 199, "1," * 10_000, "1," * 99, "1 " * 99, "1/" * 99, "1'" * 99),
    *("9^9^9", "9^" * 99, "9^9999", "99999^120", "1e999999999", "1e-999999999", "1e" * 99),
    *("½" * 199, "(" * 199, "-" * 199, "1" * 99 + "e120", "10^-9999", "\u200b" * 20_000 + "5"),
    *("1" * 90 + "/" + "7" * 89 + "8", "a" * 199, " " * 20_000, "0^-1", "0^0", "٣" * 199),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_number_is_refused_at_once(text: str) -> None:
    found: list[str | None] = []
    assert cpu_seconds(lambda: found.append(read(number("9"), text))) < 1
    assert found == [None]


def test_the_longest_numbers_that_an_author_can_write_can_be_given() -> None:
    for answer in ("9" * MAX_DIGITS, f"-{'9' * MAX_DIGITS}.{'9' * MAX_DIGITS}", "1e-30"):
        question = number(answer)
        assert grade(question, question.key()).score == 1
    assert grade(number("1e29", "5%"), in_digits(Fraction(105 * 10**27))).score == 1
    assert grade(number(f"0.{'1' * 30}", "0"), f"0.{'1' * 29}2").score == 0


# Units


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("hours", ["5", "5 hours", "5hours", "5 Hours", "5 HOURS", "5 hour", "5 h", "5h", "5 hr."]),
        ("hour", ["5 hours", "5 h", "5 hrs"]),
        ("minutes", ["5 min", "5 minute", "5 mins"]),
        ("%", ["5%", "5 %", "5 percent", "5 per cent", "5％"]),
        ("percent", ["5%", "5 Percent"]),
        ("°C", ["5°C", "5 ° C", "5 ℃", "5 ºC", "5 C"]),
        ("$", ["$5", "$ 5", "5 $", "5$", "US$5", "5 dollars", "USD 5", "＄5"]),
        ("dollars", ["$5", "5 dollar", "5 USD"]),
        ("euros", ["5 €", "€5", "5 EUR", "EUR 5"]),
        ("meters", ["5 m", "5 metres", "5 meter"]),
        ("kilometers", ["5 km", "5 KM".lower(), "5 kilometres"]),
        ("m²", ["5 m2", "5 m²", "5 m^2", "5m2"]),
        ("sq. mi.", ["5 sq. mi.", "5 sq mi", "5 SQ. mi."]),
        ("square miles", ["5 sq mi", "5 square mile"]),
        ("miles per hour", ["5 mph", "5 miles per hour", "5 mile per hour"]),
        ("km/h", ["5 km/h", "5 km / h", "5 kph"]),
        ("MW", ["5 MW", "5MW", "5 megawatts"]),
        ("people", ["5 people", "5 person", "5 p"]),
        ("pages", ["5 pages", "5 page", "5 p", "5 pag."]),
        ("Stunden", ["5 Stunden", "5 Stunde", "5 St"]),
        ("kWh", ["5 kWh", "5 kwh"]),
        ("‰", ["5‰", "5 ‰"]),
    ],
)
def test_the_authors_unit_is_known_in_its_usual_forms(unit: str, texts: list[str]) -> None:
    for text in texts:
        assert read(number("5", unit=unit), text) == "5", text
        asked = number("5", unit=unit, ask_unit=True)
        assert read(asked, text) == ("5" if text == "5" else f"5 {unit}")
        assert grade(asked, text).score == (text != "5")


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("hours", "5 minutes"),
        ("hours", "5 m"),
        ("hours", "5 %"),
        ("minutes", "5 ms"),
        ("miles", "5 m"),
        ("meters", "5 ms"),
        ("kilograms", "5 km"),
        ("tons", "$5"),
        ("MW", "5 mW"),
        ("mW", "5 MW"),
        ("MB", "5 Mb"),
        ("m", "5 m2"),
        ("$", "5 €"),
        ("°C", "5 °F"),
        ("°C", "5 F"),
        ("hours", "5 hours ago"),
        ("pages", "5 pots"),
    ],
)
def test_another_unit_is_asked_again_or_wrong_where_the_unit_counts(unit: str, text: str) -> None:
    assert read(number("5", unit=unit), text) is None
    asked = number("5", unit=unit, ask_unit=True)
    assert read(asked, text) is not None
    assert grade(asked, text).score == 0


@pytest.mark.parametrize("text", ["5 million", "5k hours", "5 hours 3", "5-3 hours", "5 #", "5 ?"])
def test_nonsense_is_asked_again_even_where_the_unit_counts(text: str) -> None:
    assert read(number("5", unit="hours", ask_unit=True), text) is None


@pytest.mark.parametrize("text", ["5 hours", "5%", "$5", "5 m", "5 x"])
def test_where_no_unit_is_named_nothing_may_stand_behind_a_number(text: str) -> None:
    assert read(number("5"), text) is None


@pytest.mark.parametrize("kept", ["48", "48.0", "-0.5", "1200", "48 hours", "0.000001"])
def test_a_number_that_was_kept_before_is_still_graded(kept: str) -> None:
    question = number(kept.removesuffix(" hours"), unit="hours")
    assert grade(question, kept).score == 1


# What is said


@pytest.mark.parametrize(
    ("question", "line", "said"),
    [
        (number("1"), "1 million", "digits alone, without “million”"),
        (number("48", unit="hours"), "48 minutes", "alone or in hours, without “minutes”"),
        (number("48", unit="hours", ask_unit=True), "48 hours 5", "its unit, without “hours 5”"),
        (number("3.145"), "3,145", "3145 or 3.145, since a comma can mean both"),
        (number("1"), "1/0", "not divided by 0"),
        (number("1"), "9" * 300, "at most 30 digits"),
        (number("1"), "about 5", "without “about”"),
        (number("1"), "many", "a number. Write digits, such as 12, 2.5 or 1/2"),
    ],
)
def test_what_was_not_understood_is_named_and_what_to_write(
    question: Number, line: str, said: str
) -> None:
    found = parse(question, question.arranged(1), line)
    assert isinstance(found, Unreadable)
    assert said in found.expected


def test_a_mistake_is_known_in_any_spelling() -> None:
    raw = {
        "type": "number",
        "stem": "?",
        "answer": "2",
        "mistakes": [{"answer": "0.5", "feedback": "Turned round."}],
    }
    question = msgspec.convert(raw, Number, strict=False)
    assert {grade(question, text).feedback for text in ("1/2", "½", "0,5", ".5")} == {
        "Turned round."
    }


# As the language of the course writes numbers


def in_german(answer: str, tolerance: str = "0") -> Number:
    return msgspec.structs.replace(number(answer, tolerance), decimal="comma")


@pytest.mark.parametrize(
    ("question", "line", "read_as"),
    [
        (in_german("0.5"), "0,5", "0.5"),
        (in_german("0.5"), "0.5", "0.5"),
        (in_german("1.5"), "1,500", "1.5"),
        (in_german("1500"), "1.500", "1500"),
        (in_german("1500"), "1.500,00", "1500"),
        (in_german("1500000"), "1.500.000", "1500000"),
        (in_german("1500"), "1 500,0", "1500"),
        (in_german("-5"), "-5,0", "-5"),
        (in_german("12.5"), "1.250e1", None),
        (in_german("1.5"), "1.500", None),
        (in_german("0.5"), "½", "0.5"),
        (in_german("0.5"), "50 %", "0.5"),
        (number("1.5"), "1,500", None),
        (number("0.5"), "50%", "0.5"),
        (number("0.05", "0.01"), "5 %", "0.05"),
        (number("50", unit="%"), "50 %", "50"),
        (number("50"), "50 %", None),
        (number("0.5"), "60 %", None),
    ],
)
def test_a_comma_is_read_as_the_language_of_the_course_has_it(
    question: Number, line: str, read_as: str | None
) -> None:
    assert read(question, line) == read_as


def test_what_was_read_with_a_comma_is_kept_with_a_point_and_said_with_a_comma() -> None:
    question = in_german("1.125")
    kept = str(read_number(question, "1,125"))
    assert kept == "1.125"
    assert grade(question, kept).score == 1
    assert question.describe(kept) == "1,125"
    assert right_answer(question) == "1,125"
    assert "2,5" in read_number(question, "viel").expected  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "comma"),
    [
        *(("de", True), ("de-AT", True), ("de-CH", False), ("es", True), ("es-MX", False)),
        *(("en", False), ("en-ZA", False), ("pt_BR", True), ("ja", False), ("", False)),
    ],
)
def test_a_language_writes_a_comma_or_a_point(language: str, comma: bool) -> None:
    assert writes_decimal_comma(language) == comma


COURSE = "title: Kurs\nlanguage: de\nlessons: [a.yaml]\n"
LESSON = """\
title: A
quiz:
  questions:
    - {type: number, id: a, stem: Wie viel?, answer: 1500}
    - {type: number, id: b, stem: Wie viele?, answer: 0.5, decimal: point}
"""


def test_the_language_of_a_course_reaches_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(COURSE, "utf-8")
    (tmp_path / "a.yaml").write_text(LESSON, "utf-8")
    course = read_course(tmp_path).course
    assert course is not None
    [outline] = course.lessons
    assert outline.decimal_comma
    lesson = read_lesson(tmp_path / "a.yaml").lesson
    assert lesson is not None
    quiz = with_decimal_comma(lesson).quiz
    assert quiz is not None
    assert [one.decimal for one in quiz.questions if isinstance(one, Number)] == ["comma", "point"]


# Fractions, and several numbers


def built(text: str) -> Number:
    """A question as an author writes it."""
    found: list[Violation] = []
    lines = "".join(f"      {line}\n" for line in text.splitlines())
    document = parse_document(
        "", f"title: T\nquiz:\n  questions:\n    - type: number\n{lines}".encode()
    )
    draft, found = collect(draft_lesson(document, Path("t.yaml")))
    assert draft is not None
    assert not found
    [(_, question)] = draft.questions
    assert isinstance(question, Number)
    return question


@pytest.mark.parametrize(
    ("fraction", "right", "wrong"),
    [
        ("1/2", ["1/2", "½", "0.5", "0,5", "2/4", "50%"], ["1/3", "0.49"]),
        ("1/3", ["1/3", "⅓", "2/6", "¹⁄₃"], ["0.3333", "1/4", "0.333333333333333333333333333333"]),
        ("2 1/3", ["2 1/3", "7/3", "2⅓"], ["2.3333", "21/3"]),
        ("-3/7", ["-3/7", "−6/14"], ["3/7"]),
    ],
)
def test_a_fraction_is_written_typed_and_shown(
    fraction: str, right: list[str], wrong: list[str]
) -> None:
    question = built(f"stem: How much?\nfraction: {fraction}")
    assert right_answer(question) == fraction
    for line, score in [*((one, 1) for one in right), *((one, 0) for one in wrong[:2])]:
        kept = str(read_number(question, line))
        assert grade(question, kept).score == score, line
        assert grade(question, kept).accepted_as is None
    assert all(grade(question, one).score == 1 for one in question.accepted_responses())
    assert all(grade(question, one).score == 0 for one in question.near_misses())


def test_a_fraction_may_be_a_mistake() -> None:
    question = built(
        "stem: How much is 1/6 + 1/6?\nfraction: 1/3\n"
        "mistakes:\n  - {fraction: 2/12, feedback: The tops alone are added.}"
    )
    assert {grade(question, line).feedback for line in ("2/12", "1/6")} == {
        "The tops alone are added."
    }


def test_several_numbers_can_be_right() -> None:
    question = built("stem: What is squared 9?\nanswer: 3\nalso: [-3, 1/3]\ntolerance: 10%")
    scores = {line: grade(question, line).score for line in ("3", "-3", "1/3", "-2.8", "2", "-1/3")}
    assert list(scores.values()) == [1, 1, 1, 1, 0, 0]
    assert grade(question, "-2.8").accepted_as == "-3"
    assert right_answer(question) == "3 or -3 or 1/3"
    assert all(grade(question, one).score == 1 for one in question.accepted_responses())
    assert all(grade(question, one).score == 0 for one in question.near_misses())


def test_only_other_numbers_give_another_fingerprint() -> None:
    alone, more = built("stem: W?\nanswer: 3"), built("stem: W?\nanswer: 3\nalso: [-3]")
    assert fingerprint(alone) != fingerprint(more)
    assert fingerprint(alone) == fingerprint(built("stem: W?\nanswer: 3\ndecimal: comma"))
