"""What a terminal sends: known sequences are keys, all others are nothing."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
from app.every_type import opened_at, responses
from app.test_bursts import ANSWERS
from support import few
from textual import constants, events
from textual.message import Message

from tutor.app import terminal
from tutor.app.terminal import CarefulParser
from tutor.course.model.course import Course
from tutor.study import Study

FINALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@^_`{|}~"


def read(*texts: str) -> list[Message]:
    parser = CarefulParser()
    return [message for text in texts for message in parser.feed(text)]


def keys(messages: Iterable[Message]) -> list[str]:
    return [one.key if isinstance(one, events.Key) else type(one).__name__ for one in messages]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("1\rn", ["1", "enter", "n"]),
        ("é", ["é"]),
        ("\x1b[A", ["up"]),
        ("\x1bOA", ["up"]),
        ("\x1b[1;5A", ["ctrl+up"]),
        ("\x1b[5A", ["ctrl+up"]),
        ("\x1b[1;2B", ["shift+down"]),
        ("\x1b[[A", ["f1"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[13~", ["f3"]),
        ("\x1b[3~", ["delete"]),
        ("\x1b[6~", ["pagedown"]),
        ("\x1b[Z", ["shift+tab"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("\x1bOM", ["enter"]),
        ("\x1bOq", ["1"]),
        ("\x1b[57414u", ["enter"]),
        ("\x1b[57400;129;49u", ["1"]),
        ("\x1b[38;2;49u", ["1"]),
        ("\x1b[97;;97u", ["a"]),
        ("\x1b[110;65;78u", ["N"]),
        ("\x1b[13;2u", ["shift+enter"]),
        ("\x1b[13;1;13u", ["enter"]),
        ("\x1b[0;;26481:20140u", ["東", "京"]),
        ("\x1b[1081;5u", ["ctrl+й"]),
        ("\x1b[1081::113;5u", ["ctrl+q"]),
        ("\x1b[<0;5;6M\x1b[<0;5;6m", ["MouseDown", "MouseUp"]),
        ("\x1b[I\x1b[O", ["AppFocus", "AppBlur"]),
        ("\x1b[200~2\r1\r\x0e\x0e\x1b[201~x", ["Paste", "x"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\x1b[B", ["escape", "down"]),
        ("\x1b]q", ["escape", "right_square_bracket", "q"]),
    ],
)
def test_what_is_known_is_understood(sent: str, expected: list[str]) -> None:
    assert keys(read(sent)) == expected


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[<32;NaN;NaNM",
        "\x1b[<NaN;NaN;NaNm",
        "\x1b[<0;99999999999;1M",
        "\x1b[<-1;2;3M",
        "\x1b[1;NaN;5u",
        "\x1b[105:73;2;73u",
        "\x1b[57441;1:3u",
        "\x1b[97;1:3u",
        "\x1b[1;1:1B",
        "\x1b[1114112u",
        "\x1b[99999999999999999999u",
        "\x1b[55296u",
        "\x1b[97;999u",
        "\x1b[97;;1114112u",
        "\x1b[;;u",
        "\x1b[5;5;5A",
        "\x1b[12;3abc",
        "\x1b[?1;2c",
        "\x1b[>0;276;0c",
        "\x1b[48;0;0;0;0t",
        "\x1b[48;5;5;50;50t",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1bP>|kitty(0.35)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[201~",
        "\x1b[M !!",
        "\x1b[35;5;5M",
        "\x1b[<" + "9;" * 400 + "M",
        "\x1b[" + "1;" * 400 + "u",
    ],
)
def test_what_is_not_understood_is_dropped_and_the_next_key_is_heard(sent: str) -> None:
    assert keys(read(sent)) == []
    assert keys(read(sent + "\r"))[-1:] == ["enter"]
    assert keys(read(*sent, "\r"))[-1:] == ["enter"]


@pytest.mark.parametrize("sent", ["\x1b[1;5A", "\x1bOP", "\x1b[<0;5;6M", "\x1b[200~a b\x1b[201~"])
def test_a_sequence_in_pieces_is_one(sent: str) -> None:
    assert keys(read(*sent)) == keys(read(sent))


class Moment:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr(terminal, "get_time", moment)
    return moment


def test_an_escape_alone_is_the_key(moment: Moment) -> None:
    parser = CarefulParser()
    assert list(parser.feed("\x1b")) == []
    assert list(parser.tick()) == []
    moment.now += constants.ESCAPE_DELAY + 0.01
    assert keys(parser.tick()) == ["escape"]


@pytest.mark.parametrize("rest", ["[B", "[1;5A", "OP", "[<0;5;6M"])
def test_what_comes_too_late_for_its_escape_is_not_typed(moment: Moment, rest: str) -> None:
    parser = CarefulParser()
    list(parser.feed("\x1b"))
    moment.now += constants.ESCAPE_DELAY + 0.01
    list(parser.tick())
    moment.now += 0.1
    assert list(parser.feed(rest)) == []
    assert keys(parser.feed("x")) == ["x"]


@pytest.mark.parametrize("begun", ["\x1b[", "\x1b[1;", "\x1b[<3", "\x1b]11;rgb", "\x1b[M"])
def test_a_sequence_that_does_not_end_is_dropped(moment: Moment, begun: str) -> None:
    parser = CarefulParser()
    assert list(parser.feed(begun)) == []
    moment.now += constants.ESCAPE_DELAY + 0.01
    assert list(parser.tick()) == []
    assert keys(parser.feed("\r")) == ["enter"]


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, "0.1"),
        ({"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, "0.5"),
        ({"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "ESCDELAY": "30"}, "0.03"),
    ],
)
def test_on_a_slow_line_an_escape_waits_longer_for_its_rest(
    environment: dict[str, str], seconds: str
) -> None:
    program = (
        "import tutor.app; tutor.app._be_patient_on_slow_lines();"
        "from textual import constants; print(constants.ESCAPE_DELAY)"
    )
    outside = {name: value for name, value in os.environ.items() if name[:3] not in ("SSH", "ESC")}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=outside | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == seconds


def test_a_paste_that_does_not_end_leaves_the_keys_working(moment: Moment) -> None:
    parser = CarefulParser()
    assert list(parser.feed("\x1b[200~abc\x1b[20")) == []
    moment.now += 10
    assert keys(parser.tick()) == ["Paste"]
    assert keys(parser.feed("\r")) == ["enter"]


def a_broken_sequence(draw: random.Random) -> str:
    """Something like a sequence that no terminal sends."""
    digits = "".join(draw.choice("0123456789") for _ in range(draw.randint(1, 9)))
    number = draw.choice([digits, "NaN", "-1", "1114112", "", "57441:3", "105:73"])
    final = draw.choice(FINALS)
    return draw.choice(
        [
            f"\x1b[<{number};NaN;{digits}{draw.choice('Mm')}",
            f"\x1b[{digits}:{number};1:{draw.randint(2, 9)}{draw.choice('u~ABCDHFPQS')}",
            f"\x1b[{draw.randint(0x110000, 10**12)}u",
            f"\x1b[57441;1:{digits}u",
            f"\x1b[{draw.randint(300, 10**8)};{digits}{draw.choice('ABCDEFHPQS~')}",
            f"\x1b[{number};{digits};{number};{digits}{final}",
            f"\x1b[={number}{final}",
            f"\x1b[>{number};{digits}{final}",
            f"\x1b[{digits}{draw.choice('GIJKLNOTUVWXYabcdefghijklmnopqrsvwxyz')}",
            f"\x1b]{digits};{number}\x07",
            f"\x1bP>|{number}\x1b\\",
        ]
    )


def sound_keys(count: int, seed: int) -> None:
    draw = random.Random(seed)
    parser = CarefulParser()
    for number in range(count):
        sent = a_broken_sequence(draw)
        cut = 0 if "NaN" in sent or draw.random() < 0.8 else draw.randint(0, len(sent))
        pieces = [sent[:cut], sent[cut:]] if cut > 1 else [sent]
        said = [one for piece in pieces for one in parser.feed(piece)]
        said += parser.feed("\r" if number % 7 == 0 else "\x1b[B")
        assert keys(said) == ["enter" if number % 7 == 0 else "down"], (seed, number, sent)


def test_broken_sequences_say_nothing() -> None:
    sound_keys(3000, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_thousand_broken_sequences_say_nothing(seed: int) -> None:
    sound_keys(10_000, seed)


def test_bytes_at_random_never_fail() -> None:
    draw = random.Random(3)
    parser = CarefulParser()
    alphabet = "\x1b\x1b\x1b[[[<?;:0123456789uABMm~$tRPO]_\\\x07\r\x00\x7fé東 NaN"
    for _ in range(3000):
        text = "".join(draw.choice(alphabet) for _ in range(draw.randint(1, 20)))
        list(parser.feed(text))
        list(parser.tick())


async def bombard(study: Study, course: Course, kind: str, times: int, each: int) -> None:
    draw = random.Random(kind)
    async with opened_at(study, course, "quiz", kind) as app:
        before = app.lines
        for _ in range(times):
            sent = [a_broken_sequence(draw) for _ in range(each)]
            await app.receive("".join(sent))
            assert app.lines == before, sent
        assert responses(study) == []
        await app.receive("\x1bOP")
        assert app.lines != before


@pytest.mark.parametrize("kind", few("choice", "order", "open", more=ANSWERS))
async def test_broken_sequences_change_nothing_on_the_screen(
    study: Study, tides: Course, kind: str
) -> None:
    await bombard(study, tides, kind, times=10, each=5)


@pytest.mark.long
@pytest.mark.parametrize("kind", ANSWERS)
async def test_a_hundred_thousand_broken_sequences_change_nothing_on_the_screen(
    study: Study, tides: Course, kind: str
) -> None:
    await bombard(study, tides, kind, times=100, each=100)


async def test_a_broken_mouse_report_does_not_move_the_choice(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "true_false") as app:
        await app.receive("1\x1b[<32;NaN;NaNM")
        assert re.search(r"●\s+1 ", app.text)
        assert responses(study) == []


async def test_the_next_question_is_answered_only_once_it_is_seen(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "true_false") as app:
        await app.receive("1\r\x0e1\r")
        assert responses(study) == [("twice", True)]
        assert "question 4 of 10" in app.text


async def test_pasted_text_is_written_and_never_acts(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "number") as app:
        await app.receive("\x1b[200~4\x1b[201~8\x7f8\r")
        assert responses(study) == [("hours", "48")]
    async with opened_at(study.for_learner("Bo"), tides, "quiz", "choice") as app:
        await app.receive("\x1b[200~2\r1\r\x0e\x0e\x1b[201~")
        assert responses(study.for_learner("Bo")) == []
