"""What is none of the words offered for a gap is no answer."""

import pytest

from tutor.course.model.questions import Gaps, Text
from tutor.quiz.word_bank import only_word, outside_bank

OFFERED = Gaps(
    stem="Fill in.",
    text="Above stands {{the regulation|the rule}}, below {{guidance for the form}}.",
    bank=("the statute", "guidance"),
    may_begin_with=("the",),
)


@pytest.mark.parametrize(
    ("texts", "outside"),
    [
        (["the regulation", "the statute"], ""),
        (["THE  Regulation.", "Guidance"], ""),
        (["regulation", "the rule"], ""),
        (["the regulation", "guid"], "guid"),
        (["the regulatio", "guid"], "the regulatio"),
        (["", "1"], "1"),
        (["the regulation", ""], ""),
    ],
)
def test_what_is_none_of_the_words_is_found(texts: list[str], outside: str) -> None:
    assert outside_bank(OFFERED, texts) == outside


def test_without_words_to_choose_from_anything_may_be_written() -> None:
    assert outside_bank(Gaps(stem="?", text="A {{high}} tide."), ["low"]) == ""
    assert outside_bank(Text(stem="?", answers=("ebb",)), "flood") == ""
    assert outside_bank(OFFERED, None) == ""


@pytest.mark.parametrize(
    ("beginning", "word"),
    [
        ("the R", "the regulation"),
        ("THE S", "the statute"),
        ("the", ""),
        ("guidance f", "guidance for the form"),
        ("guid", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_a_beginning_means_the_only_word_that_begins_so(beginning: str, word: str) -> None:
    assert only_word(OFFERED.words(), beginning) == word
