"""Real lesson, course and source files, damaged as authors and their editors damage them."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from support import EVERY

ROOT = Path(__file__).parents[1]
SIGNS = [*"-:#'\"[]{}|>*&!?%@`,~\t\\=", ": ", " #", "- ", "---", "{{", "…", "é", "🙂", "\x07"]
STARTS = [": ", "*  ", "-:: ", "- ", "-", "? ", "{1:", "& ", "! ", "%", "@", "> ", "| ", '"', "'"]
ENCODINGS = ["utf-8"] * 12 + ["utf-8-sig", "latin-1", "utf-16", "utf-16-le"]
ENDINGS = ["\n"] * 8 + ["\r\n", "\r"]


def _pieces() -> Iterator[str]:
    """Real files, the longer ones cut into some."""
    for path in [*sorted(EVERY.glob("*.yaml")), ROOT / "lessons" / "wso" / "course.yaml"]:
        yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "lessons" / "wso").glob("0*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("  - type:")]
        for first, last in pairwise(starts[:5]):
            yield "\n".join(["title: A lesson", "steps:", *lines[first:last], ""])
    yield "\n".join((ROOT / "seeds" / "wso-2019.yaml").read_text(encoding="utf-8").split("\n")[:90])


PIECES = list(_pieces())


@st.composite
def damaged_texts(draw: st.DrawFn) -> str:
    """The text of a real file with one to four accidents."""
    lines = draw(st.sampled_from(PIECES)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        _damage(draw, lines, number)
    text = draw(st.sampled_from(ENDINGS)).join(lines)
    if draw(st.integers(0, 9)) == 0:
        text = text[: draw(st.integers(0, len(text)))]
    return text


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A damaged file, now and then in another encoding than it should have."""
    return draw(damaged_texts()).encode(draw(st.sampled_from(ENCODINGS)), "replace")


def _damage(draw: st.DrawFn, lines: list[str], number: int) -> None:
    line = lines[number]
    match draw(st.integers(0, 14)):
        case 0 if len(lines) > 1:
            del lines[number]
        case 1:
            lines.insert(number, line)
        case 2:
            other = draw(st.integers(0, len(lines) - 1))
            lines[number], lines[other] = lines[other], line
        case 3 if number + 1 < len(lines):  # two lines joined
            lines[number] += " " * draw(st.integers(0, 3)) + lines.pop(number + 1).lstrip()
        case 4:  # a line broken in two
            at = draw(st.integers(0, len(line)))
            lines[number : number + 1] = [
                line[:at],
                draw(st.sampled_from(["", "    "])) + line[at:],
            ]
        case 5:  # a key written before another line: `text:   id: why`
            key = draw(st.sampled_from(lines)).partition(":")[0].strip(" -")
            margin, text = _margin_and_text(line)
            lines[number] = f"{margin}{key}:{' ' * draw(st.integers(0, 3))}{text}"
        case _:
            lines[number] = _damaged(draw, line)


def _damaged(draw: st.DrawFn, line: str) -> str:
    margin, text = _margin_and_text(line)
    at = draw(st.integers(0, len(line)))
    match draw(st.integers(0, 7)):
        case 0:
            return " " * draw(st.integers(1, 4)) + line
        case 1:
            return margin[draw(st.integers(1, 4)) :] + text
        case 2:
            return line[:at] + line[at + 1 :]
        case 3:
            return "\t" + text
        case 4:  # a sign in place of the dash, or before it: `*  objective: know`
            rest = text.lstrip("- ") if draw(st.booleans()) else text
            return margin + draw(st.sampled_from(STARTS)) + rest
        case 5:  # the key is gone: `: The tide rises`
            return f"{margin if draw(st.booleans()) else ''}:{text.partition(':')[2]}"
        case _:
            return line[:at] + draw(st.sampled_from(SIGNS)) + line[at:]


def _margin_and_text(line: str) -> tuple[str, str]:
    text = line.lstrip()
    return line[: len(line) - len(text)], text
