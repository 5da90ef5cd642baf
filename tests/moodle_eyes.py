"""GIFT as Moodle's own importer reads it: a small model of its rules, apart from our reader.

The rules are those of question/format/gift/format.php, told in tutor/exchange/gift/reading.py:
escaped signs are put aside first, then everything is decided by searching for signs in the whole
answer part. The model is strict where Moodle would report an error.
"""

import re
from dataclasses import dataclass, field

# One control character stands for each escaped sign while the others are looked for.
ASIDE = dict(zip(("\\:", "\\#", "\\=", "\\{", "\\}", "\\~", "\\n"), "\1\2\3\4\5\6\7", strict=True))
BACK = {aside: "\n" if sign == "\\n" else sign[1] for sign, aside in ASIDE.items()}
WEIGHT = re.compile(r"^%(-*[0-9]{1,2}\.?[0-9]*)%")
FORMATS = ("html", "moodle", "plain", "markdown")


@dataclass
class Seen:
    """A question as Moodle understood it."""

    kind: str
    name: str
    stem: str
    format: str
    told: str = ""
    answers: list[tuple[str, float, str]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    single: bool = True


def read_as_moodle(text: str) -> list[Seen]:
    """Read the questions of a GIFT file; categories are left out."""
    blocks = re.split(r"\n[ \t]*\n", text)
    return [seen for block in blocks if (seen := _question(block)) is not None]


def _question(block: str) -> Seen | None:
    lines = [" " if line.strip().startswith("//") else line for line in block.split("\n")]
    text = "\n".join(lines).strip()
    if not text or text.startswith("$CATEGORY:"):
        return None
    text = text.replace("\\\\", "\0")
    for sign, aside in ASIDE.items():
        text = text.replace(sign, aside)
    text = text.replace("\0", "\\")
    name = ""
    if text.startswith("::"):
        name, _, text = text[2:].partition("::")
        text = text.strip()
    if "{" not in text and "}" not in text:
        stem, written_in = _text(text, "moodle")
        return Seen("description", _back(name), stem, written_in)
    start, end = text.index("{"), text.index("}")
    inside = text[start + 1 : end].strip()
    blank = "" if text.endswith("}") else "_____"
    inside, told = (
        (inside[: (at := inside.rindex("####"))].strip(), inside[at + 4 :])
        if "####" in inside
        else (inside, "")
    )
    stem, written_in = _text(text[:start] + blank + text[end + 1 :], "moodle")
    seen = Seen(_kind(inside), _back(name), stem, written_in, _text(told, written_in)[0])
    _read_answers(seen, inside)
    return seen


def _kind(inside: str) -> str:
    if not inside:
        return "essay"
    if inside[0] == "#":
        return "numerical"
    if "~" in inside:
        return "multichoice"
    if "=" in inside and "->" in inside:
        return "matching"
    return (
        "truefalse"
        if inside.split("#", maxsplit=1)[0].strip() in ("T", "TRUE", "F", "FALSE")
        else "shortanswer"
    )


def _read_answers(seen: Seen, inside: str) -> None:
    if seen.kind == "multichoice":
        seen.single = "=" in inside
        parts = inside.replace("=", "~=").split("~")
        seen.answers = [_answer(part.strip(), seen.format, 0) for part in _kept(parts)]
        assert len(seen.answers) >= 2
    elif seen.kind == "matching":
        for part in _kept(inside.split("=")):
            left, arrow, right = part.strip().partition("->")
            assert arrow, part
            seen.pairs.append((_text(left, seen.format)[0], _back(right).strip()))
        assert len(seen.pairs) >= 2
    elif seen.kind == "truefalse":
        answer, wrong, right = (*inside.split("#", 2), "", "")[:3]
        true = answer.strip() in ("T", "TRUE")
        seen.answers = [
            (str(true).lower(), 1, _text(right, seen.format)[0]),
            (str(not true).lower(), 0, _text(wrong, seen.format)[0]),
        ]
    elif seen.kind in ("shortanswer", "numerical"):
        parts = (
            inside.removeprefix("#").split("=") if seen.kind == "numerical" else inside.split("=")
        )
        seen.answers = [_answer(part.strip(), seen.format, 1) for part in _kept(parts)]
        assert seen.answers


def _kept(parts: list[str]) -> list[str]:
    return parts if parts[0].strip() else parts[1:]


def _answer(part: str, written_in: str, fraction: float) -> tuple[str, float, str]:
    weight = WEIGHT.match(part)
    if part.startswith("="):
        fraction, part = 1, part[1:]
    elif weight:
        fraction, part = float(weight[1]) / 100, part[weight.end() :]
    text, _, told = part.partition("#")
    return _text(text, written_in)[0], fraction, _text(told, written_in)[0]


def _text(text: str, default: str) -> tuple[str, str]:
    text = text.strip()
    named = re.match(r"\[([^\]]*)\]", text)
    if named and named[1] in FORMATS:
        text, default = text[named.end() :], named[1]
    return _back(text).strip(), default


def _back(text: str) -> str:
    return "".join(BACK.get(sign, sign) for sign in text)
