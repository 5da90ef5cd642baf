"""Texts that people would call the same answer: by sight, by keyboard, by article."""

import io
import unicodedata

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.course.model.questions import GAP, Gaps, Text, TextMistake
from tutor.course.reading.question_errors import broken_gap
from tutor.course.text import APOSTROPHES, HYPHENS
from tutor.plain.terminal import Terminal
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import grade
from tutor.quiz.text_match import normalise


def text(*answers: str, **more: object) -> Text:
    return Text(stem="Which is it?", answers=answers, **more)  # type: ignore[arg-type]


UNSEEN = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a",
    *"\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u3164",
    *"\ufe00\ufe0e\ufe0f\ufeff\uffa0\U000e0001\U000e0061\U000e0100\U0001d173",
]


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda mark: f"U+{ord(mark):04X}")
def test_what_nobody_sees_decides_nothing(mark: str) -> None:
    assert grade(text("high tide"), f"{mark}high{mark} ti{mark}de{mark}").score == 1
    assert grade(text(f"{mark}high ti{mark}de"), "high tide").score == 1
    assert grade(Gaps(stem="?", text="A {{high}} tide."), [f"hi{mark}gh"]).score == 1
    wrong = TextMistake(answer="low tide", feedback="The other.")
    assert grade(text("high tide", mistakes=(wrong,)), f"low {mark}tide").feedback == "The other."


@pytest.mark.parametrize("sign", APOSTROPHES, ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_apostrophe_is_one(sign: str) -> None:
    for key in ("it's", "it’s", "itʼs"):
        assert grade(text(key), f"it{sign}s").score == 1
    assert grade(Gaps(stem="?", text="So {{it's}} here."), [f"it{sign}s"]).score == 1
    assert grade(text("its"), f"it{sign}s").score == 0


@pytest.mark.parametrize("sign", HYPHENS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_hyphen_is_one(sign: str) -> None:
    for key in ("check-in", "check\u2011in", "check–in"):
        assert grade(text(key), f"check{sign}in").score == 1
    assert grade(Gaps(stem="?", text="At the {{check-in}}."), [f"check{sign}in"]).score == 1
    assert grade(text("checkin"), f"check{sign}in").score == 0


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("école", "e\u0301cole"),
        ("what", "what？"),
        ("潮", "潮。"),
        ("ya", "¿ya?"),
        ("“so”", "«so»"),
        ("コーヒー", "コーヒー"),
        ("ﬁsh", "fish"),
        ("1/2", "½"),
        ("3/4", "3⁄4"),
        ("2/3", "2∕3"),
    ],
)
def test_spellings_that_people_call_the_same(key: str, written: str) -> None:
    assert grade(text(key), written).score == 1
    assert grade(text(written), key).score == 1


@given(st.text(max_size=12), st.lists(st.sampled_from(UNSEEN), min_size=1, max_size=3), st.data())
def test_a_text_with_something_unseen_in_it_is_the_same_text(
    key: str, marks: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(key)))
    assume(not any(unicodedata.combining(sign) for sign in key))  # no mark comes between those
    assert normalise(key[:place] + "".join(marks) + key[place:]) == normalise(key)


@given(st.text(max_size=12), st.sampled_from([(), ("the", "a"), ("l'",)]))
def test_folding_a_folded_text_changes_nothing(written: str, begins: tuple[str, ...]) -> None:
    folded = normalise(written)
    assert normalise(folded) == folded
    assert normalise(folded, begins) == normalise(written, begins)


# Words that may stand before an answer


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("regulation", 1),
        ("the regulation", 1),
        ("The  Regulation.", 1),
        ("“the regulation”", 1),
        ("the “regulation”", 1),
        ("an regulation", 1),
        ("a", 0),
        ("the", 0),
        ("theregulation", 0),
        ("this regulation", 0),
        ("regulation the", 0),
        ("the the regulation", 0),
    ],
)
def test_an_author_can_forgive_an_article(written: str, score: int) -> None:
    question = text("regulation", may_begin_with=("the", "a", "an"))
    assert grade(question, written).score == score
    gaps = Gaps(stem="?", text="It is {{regulation}}.", may_begin_with=("the", "a", "an"))
    assert grade(gaps, [written]).score == score
    assert grade(text("regulation"), "the regulation").score == 0


def test_an_article_of_the_key_may_be_left_out_then_too() -> None:
    question = text("the moon", may_begin_with=("the", "a"))
    assert grade(question, "moon").score == 1
    assert grade(question, "a moon").score == 1


def test_an_elided_article_is_written_together_with_its_word() -> None:
    question = text("eau", may_begin_with=("l'", "de l'"))
    for written in ("l'eau", "L’eau", "lʼ eau", "de l'eau", "eau"):
        assert grade(question, written).score == 1
    assert grade(question, "leau").score == 0


def test_an_article_before_a_mistake_or_a_slip_changes_nothing() -> None:
    wrong = TextMistake(answer="flood", feedback="The rising.")
    question = text("ebb tide", may_begin_with=("the",), mistakes=(wrong,))
    assert grade(question, "the flood").feedback == "The rising."
    assert grade(question, "the ebb tid").slip
    forgiving = msgspec.structs.replace(question, typos=1)
    assert grade(forgiving, "the ebb tid").accepted_as == "ebb tide"


def test_the_robot_tries_the_articles() -> None:
    assert "the ebb" in list(text("ebb", may_begin_with=("the",)).accepted_responses())


def test_only_questions_that_use_it_have_another_fingerprint() -> None:
    assert fingerprint(text("ebb")) == "9a42f1eee5fb95f9"
    assert fingerprint(Gaps(stem="?", text="An {{ebb}}.")) == "0dfa8018f6cbd2e8"
    assert fingerprint(text("ebb", may_begin_with=("the",))) != fingerprint(text("ebb"))


def test_a_pasted_line_is_read_without_the_marks_around_it() -> None:
    pasted = io.StringIO("\ufeff\u202a  48\u202c \u2066hours\u2069\n")
    assert Terminal(pasted, io.StringIO(), io.StringIO(), interactive=True).read("") == "48 hours"


# Capitals and signs that count


@pytest.mark.parametrize(
    ("key", "same", "other"),
    [
        ("!ready", "!ready", "ready"),
        ("[1, 2]", " [1,  2] ", "(1, 2)"),
        ("4!", "4!", "4"),
        (".txt", "\u200f.txt", "txt"),
        ("Friday", "Friday", "friday"),
        ("x²", "x²", "x2"),
        ("école", "e\u0301cole", "ecole"),
        ("check-in", "check\u2011in", "check in"),
        ("it's", "it’s", "its"),
        ('"a"', "“a”", "a"),
        ("kWh", "kWh", "KWH"),
    ],
)
def test_capitals_and_signs_count_where_the_author_says_so(key: str, same: str, other: str) -> None:
    gap = Gaps(stem="?", text=f"It is {{{{{key}}}}} here.", exact=True)
    for written, score in ((same, 1), (other, 0)):
        assert grade(text(key, exact=True), written).score == score
        assert grade(gap, [written]).score == score
    assert not grade(text(key, exact=True), other).slip


def test_an_exact_answer_forgives_no_typing_error() -> None:
    assert grade(text("Detainer", exact=True, typos=2), "Detainr").score == 0


def test_a_mistake_of_capitals_is_told_where_they_count() -> None:
    wrong = TextMistake(answer="friday", feedback="Days have a capital.")
    question = text("Friday", exact=True, mistakes=(wrong,))
    assert grade(question, "friday").feedback == "Days have a capital."
    assert grade(question, "Friday").score == 1


def test_an_article_may_stand_before_an_exact_answer() -> None:
    question = text("Friday", exact=True, may_begin_with=("the",))
    assert [grade(question, said).score for said in ("the Friday", "The Friday")] == [1, 0]


def test_only_an_exact_question_has_another_fingerprint() -> None:
    assert fingerprint(text("ebb", exact=False)) == fingerprint(text("ebb"))
    assert fingerprint(text("ebb", exact=True)) != fingerprint(text("ebb"))


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (r"In \frac{3}{4} the number below is {{four}}.", ["four"]),
        ("The set {1, 2} has {{two|2}} members.", ["two"]),
        ("for (;;) { x{{++}}; }", ["++"]),
        (r"$\frac{\sqrt{3}}{4}$ is {{x_{1}}} here", ["x_{1}"]),
        ("A block is opened by {{ { }}, and } ends it.", ["{"]),
        ('{"a": {"b": {{1}}}}', ["1"]),
        ("{{{four}}} in a set", ["four"]),
        ("f{ and {{two}} }", ["two"]),
    ],
)
def test_a_single_brace_may_stand_in_a_text_with_gaps(words: str, keys: list[str]) -> None:
    question = Gaps(stem="?", text=words)
    assert question.key() == keys
    assert not list(broken_gap(((), question)))
    assert grade(question, keys).score == 1
    blank = question.with_blanks(str, "__({})__".format)
    assert blank == words.replace(GAP.search(words)[0], "__(1)__")  # type: ignore[index]


@pytest.mark.parametrize(
    ("key", "written", "score"),
    [
        ("[1, 2]", "(1, 2)", 0),
        ("[1, 2]", "{1, 2}", 0),
        ("[1, 2]", "[1, 2].", 1),
        ("[1, 2]", "1, 2", 1),
        ("1, 2", "(1, 2)", 1),
        ("(a) b", "[a] b", 0),
        ("tide", "(tide)", 1),
        ("the [tide]", "[tide]", 1),
    ],
)
def test_other_brackets_are_another_answer(key: str, written: str, score: int) -> None:
    question = text(key, may_begin_with=("the",))
    assert grade(question, written).score == score
    assert not grade(question, written).slip
    assert grade(text("{9}", key, may_begin_with=("the",)), written).score == score
