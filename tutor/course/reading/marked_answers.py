"""Answers that an author has marked in a way of their own: `1/2 *`, `{half}`, two lists of sides.

As in `rewording`, what is proposed is only what is surely meant.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from tutor.course.model.questions import GAP, AnyQuestion, Choice, Gaps, Multiple
from tutor.course.reading.document import Document
from tutor.course.reading.rewording import BLANK, comment_out, entry_lines, spot, takes_one_line
from tutor.course.reading.truth_values import truth_meant
from tutor.course.syntax.violation import KeyPath, Proposal

_WORD = r"(?:the )?(?:correct|right)(?: answer| one)?"
# Each is tried where white space begins: from every sign of it, a long line would take a long time.
_IN_PARENTHESES = re.compile(rf"(?<!\s)\s*[(\[]{_WORD}[)\]]$", re.IGNORECASE)
_MARKS = (
    _IN_PARENTHESES,
    re.compile(r"(?<!\s)\s+\*{1,3}$"),
    re.compile(r"(?<!\s)\s*[✓✔☑✅]\ufe0f?$"),
    re.compile(rf"(?<!\s)\s*(?:<[-=]+|←|⇐)\s*{_WORD}$", re.IGNORECASE),
    re.compile(r"^\*(?:\s+|(?=\d))(?=[^*]+$)"),
    re.compile(r"^[✓✔☑✅]\ufe0f?\s*"),
)
_BOX = re.compile(r"^(?:\[[ xX]?\]|\([ xX]?\))\s+")
_LABEL = re.compile(r"^\(?([A-Za-z]|\d{1,2})[.)]\s+(?=\S)")
_PARENTHESES = re.compile(r"[)\]]$")
_SIDES = (("left", "right"), ("terms", "definitions"))
# A brace that belongs to a formula or a set is none of these: \frac{1}{2}, x^{2}, {1, 2}.
_BRACES = re.compile(r"(?<![\w{}\\^])\{([^{}|,\n]{1,80})\}(?![{}])")
_BRACKETS = re.compile(r"(?<![\w!\[\]\\])\[([^\[\]{}|\n]{1,80})\](?![(\[\]:])")
_EITHER = re.compile(
    r"(?:(?<![\w{}\\^])\{|(?<![\w!\[\]\\])\[)([^\[\]{}|,\n]{1,80})(?:\}(?![{}])|\](?![(\[\]:]))"
)
_SIGNS = re.compile(r"[{}]")
_ENGLISH = re.compile(r"\b(?:the|is|are|of|and|to|has|have)\b", re.IGNORECASE)
_FILL_IN = "Fill in the gaps."


def without_marks(texts: Sequence[str]) -> dict[int, str] | None:
    """The texts of options without the marks that some of them bear, by their index.

    Returns:
        None where nothing is marked, or where it may be something else than a mark.
    """
    if all(_BOX.match(text) for text in texts):
        return {index: _BOX.sub("", text) for index, text in enumerate(texts)}
    bare = {index: plain for index, text in enumerate(texts) if (plain := without_mark(text))}
    if not bare or len(bare) == len(texts):
        return None
    others = [text for index, text in enumerate(texts) if index not in bare]
    named = any(_IN_PARENTHESES.search(texts[index]) for index in bare)
    if named and any(_PARENTHESES.search(text) for text in others):
        return None  # an arm (right) may stand beside an arm (left)
    return bare


def without_mark(text: str) -> str | None:
    """The text of an option without the mark it bears; None where it bears none."""
    text = text.strip()
    for mark in _MARKS:
        bare = mark.sub("", text).strip()
        if bare and bare != text:
            return bare
    return _BOX.sub("", text) if re.match(r"^[\[(][xX][\])]\s+\S", text) else None


def without_box(text: str) -> str:
    """The text of an option without the box before it: `[ ] 1/4`."""
    return _BOX.sub("", text)


def marked_as_right(texts: Sequence[str]) -> list[int]:
    """Which options are marked as right, in a way of their author's own."""
    bare = without_marks(texts) or {}
    if len(bare) == len(texts):
        return [index for index, text in enumerate(texts) if text[1:2] in ("x", "X")]
    return list(bare)


def count_marked(options: Sequence[Any]) -> int:
    """How many options are said to be right, by a key or by a mark of their author's own."""
    keys = [one for one in options if isinstance(one, dict)]
    by_key = sum(
        truth_meant(str(one[key])) == "true"
        for one in keys
        for key in ("correct", "right", "is_correct", "true")
        if key in one
    )
    texts = [one.get("text") if isinstance(one, dict) else one for one in options]
    return by_key or len(marked_as_right([text for text in texts if isinstance(text, str)]))


def proposal_for(
    document: Document, at: KeyPath, question: AnyQuestion, rule: str
) -> Proposal | None:
    """What would mend a question that breaks a rule; None where only its author can know."""
    if rule == "wrong-number-of-keys" and isinstance(question, Choice | Multiple):
        return _marks_as_keys(document, at, question)
    if rule in ("broken-gap", "no-gap") and isinstance(question, Gaps):
        return _signs_as_gaps(document, (*at, "text"), question.text)
    return None


def _marks_as_keys(document: Document, at: KeyPath, question: Choice | Multiple) -> Proposal | None:
    """`correct: true` below the options that bear a mark, and the marks taken out."""
    texts = [option.text for option in question.options]
    bare, right = without_marks(texts), marked_as_right(texts)
    if bare is None or not right or any(option.correct for option in question.options):
        return None
    if isinstance(question, Choice) and len(right) != 1:
        return None
    edits = _marked_edits(document, at, texts, bare, right)
    if edits is None:
        return None
    said = ", ".join(f"“{bare[index][:40]}”" for index in right)
    return Proposal(f"wrote `correct: true` below {said} for its mark", edits)


def answer_as_marks(
    document: Document, at: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """`correct: true` at the options that an `answer` beside them gives, by letter or by text.

    A number means an option only where the options are numbered: some count from 0.
    """
    options = raw.get("options")
    if not isinstance(options, list) or any(
        isinstance(one, dict) and "correct" in one for one in options
    ):
        return None
    texts = [one["text"] for one in options if isinstance(one, dict) and "text" in one]
    if len(texts) < len(options) or not all(isinstance(text, str) for text in texts):
        return None
    labels = _labels(texts)
    bare = [_LABEL.sub("", text) if labels else text for text in texts]
    right = _given(raw[key], labels, bare)
    if not right or (raw.get("type") == "choice" and len(right) > 1):
        return None
    shown = {i: text for i, text in enumerate(bare) if i in right or text != texts[i]}
    edits = _marked_edits(document, at, texts, shown, right)
    aside = comment_out(document, (*at, key))
    if edits is None or not aside:
        return None
    said = raw[key] if isinstance(raw[key], str) else ", ".join(raw[key])
    where = "option" if len(right) == 1 else "the options"
    own, _ = document.place((*at, key), key=True)
    return Proposal(f"wrote `correct: true` at {where} {said}", edits | aside, line=own)


def _marked_edits(
    document: Document,
    at: KeyPath,
    before: Sequence[str],
    after: Mapping[int, str],
    right: Collection[int],
) -> dict[int, str] | None:
    """Options of a question in other words, and `correct: true` below those that are right."""
    edits: dict[int, str] = {}
    for index, text in after.items():
        place = (*at, "options", index, "text")
        value, key = spot(document, place), spot(document, place, key=True)
        written = re.compile(rf"([\"']?){re.escape(before[index])}\1(?=\s*$|\s+#)")
        found = written.match(value.text, value.column)
        on_the_line = value.line == key.line and takes_one_line(document, place)
        if found is None or not on_the_line or "{" in value.text[: value.column]:
            return None
        edits |= value.put(f"{found[1]}{text}{found[1]}", found.end())
        if index in right:
            edits[value.line] += f"\n{' ' * key.column}correct: true"
    return edits


def _labels(texts: Sequence[str]) -> list[str]:
    """The letters or numbers before options, where they stand there in their turn."""
    found = [_LABEL.match(text) for text in texts]
    named = [one[1].casefold() for one in found if one]
    numbers = [str(index + 1) for index in range(len(texts))]
    return named if named in (list(ascii_lowercase[: len(texts)]), numbers) else []


def _given(answer: Any, labels: list[str], bare: Sequence[str]) -> set[int]:
    """Which options an answer gives; none where that is not sure of each part of it."""
    texts = [_alike(text) for text in bare]
    given = answer if isinstance(answer, list) else [answer]
    if not all(isinstance(one, str) for one in given):
        return set()
    if len(given) == 1 and _alike(given[0]) not in texts:
        given = re.split(r"[,;&+]|\band\b|\bund\b|\bet\b", given[0])
    letters = labels or [one for one in ascii_lowercase[: len(texts)] if one not in texts]
    found = set()
    for one in given:
        name = one.strip().strip("().").casefold()
        if texts.count(_alike(one)) == 1:
            found.add(texts.index(_alike(one)))
        elif len(letters) == len(texts) and name in letters:
            found.add(letters.index(name))
        else:
            return set()
    return found


def _alike(text: str) -> str:
    """A text as it is compared with an answer: without capitals, spaces and quotes around it."""
    return "".join(text.casefold().split()).strip("\"'“”„‘’«»").rstrip(".")


def _signs_as_gaps(document: Document, place: KeyPath, text: str) -> Proposal | None:
    """Two braces for one, or for brackets: `{{half}}` for `{half}`, in a text without gaps."""
    signs = gap_signs(text)
    if signs is None:
        return None
    first = document.place(place, key=True)[0]
    edits, count = {}, 0
    for number in range(first, first + entry_lines(document, place)):
        put, times = signs.subn(r"{{\1}}", document.parsed_lines[number])
        count += times
        if times:
            edits[number] = put
    if count != len(signs.findall(text)):
        return None
    said = "brackets" if signs is _BRACKETS else "one"
    return Proposal(f"wrote two braces for {said}", edits)


def gap_signs(text: str) -> re.Pattern[str] | None:
    """What stands around the gaps of a text in the place of two braces, if that is sure."""
    if GAP.search(text) or BLANK.search(text):
        return None
    if _SIGNS.search(text):
        if len(_SIGNS.findall(text)) != 2 * len(_BRACES.findall(text)):
            return None
        return _EITHER if _BRACKETS.search(text) else _BRACES
    return _BRACKETS if _BRACKETS.search(text) else None


def stem_as_text(document: Document, at: KeyPath, raw: Mapping[str, Any]) -> Proposal | None:
    """A stem that holds the gaps as the `text` of a question, below a stem that says what to do."""
    stem = raw.get("stem")
    place = (*at, "stem")
    if not isinstance(stem, str) or "text" in raw or not _ENGLISH.search(stem):
        return None
    answered = BLANK.search(stem) and any(key in raw for key in ("answer", "answers"))
    if not (GAP.search(stem) or gap_signs(stem) or answered):
        return None
    at_stem = spot(document, place, key=True)
    begun, rest = at_stem.text[: at_stem.column], at_stem.text[at_stem.column :]
    if not rest.startswith("stem") or "{" in begun:
        return None
    edits = at_stem.lines(f"stem: {_FILL_IN}", f"text{rest.removeprefix('stem')}")
    return Proposal("wrote `text` for `stem`, and what is to be done as `stem`", edits)


def stem_above_text(document: Document, at: KeyPath, raw: Mapping[str, Any]) -> Proposal | None:
    """A stem for a text with gaps that has none."""
    text, before = raw.get("text"), spot(document, (*at, "text"), key=True)
    if not isinstance(text, str) or "stem" in raw or not _ENGLISH.search(text):
        return None
    if "{" in before.text[: before.column]:
        return None
    edits = before.lines(f"stem: {_FILL_IN}", before.text[before.column :])
    return Proposal(f"wrote the stem `{_FILL_IN}`", edits)


def side_lists(raw: Mapping[str, Any]) -> tuple[str, str] | None:
    """The two keys under which the sides of pairs are listed, one side under each."""
    for left, right in _SIDES:
        sides = [raw.get(left), raw.get(right)]
        if all(isinstance(side, list) and len(side) > 1 for side in sides) and all(
            isinstance(entry, str) for side in sides for entry in side or ()
        ):
            return left, right
    return None


def pairs_of(raw: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[str]] | None:
    """The pairs that two lists make, the first of each and so on, and what is left on the right."""
    keys = side_lists(raw)
    if keys is None:
        return None
    left, right = (raw[key] for key in keys)
    if len(left) > len(right) or "pairs" in raw:
        return None
    return list(zip(left, right, strict=False)), right[len(left) :]


def lists_as_pairs(document: Document, at: KeyPath, raw: Mapping[str, Any]) -> Proposal | None:
    """Two lists of sides as pairs: the first of the one with the first of the other, and so on."""
    keys, made = side_lists(raw), pairs_of(raw)
    if keys is None or made is None or any(key in raw for key in ("answer", "answers", "correct")):
        return None
    asides = [comment_out(document, (*at, key)) for key in keys]
    if not all(asides):
        return None
    pairs, over = made
    first, column = document.place((*at, keys[0]), key=True)
    lines = ["pairs:"]
    for one, other in pairs:
        lines += [f"  - left: {_scalar(one)}", f"    right: {_scalar(other)}"]
    if over:
        lines += ["distractors:", *(f"  - {_scalar(entry)}" for entry in over)]
    edits = asides[0] | asides[1]
    edits[first] = "\n".join([*(f"{' ' * column}{line}" for line in lines), edits[first]])
    said = f"wrote pairs of what stands under `{keys[0]}` and `{keys[1]}`, in their order"
    return Proposal(said, edits)


def _scalar(text: str) -> str:
    """A text as it is written behind a colon."""
    plain = re.fullmatch(r"[^\W_][^:#\"'{}\[\]\n]*", text) and text == text.strip()
    return text if plain else "'" + text.replace("'", "''") + "'"
