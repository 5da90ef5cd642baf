"""What other programs and people call our question types and keys."""

from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.text import visible

_TYPES = {
    **{name: kind.synonyms for name, kind in QUESTION_TYPES.items()},
    "read": "reading info information content page lecture intro introduction paragraph",
    "compare": "comparison table side_by_side",
    "timeline": "time_line schedule",
    "debate": "arguments pro_con pros_and_cons discussion_sides",
    "figure": "chart graph plot bar_chart diagram",
    "reflect": "reflection opinion survey poll",
}
_KEYS = {
    "stem": "question prompt ask text_of_question query statement",
    "options": "choices answers alternatives responses",
    "correct": "right is_correct key solution true",
    "explanation": "explain rationale because reason solution",
    "hints": "hint tips tip clue clues",
    "feedback": "comment response reply",
    "answer": "correct_answer solution key correct value",
    "answers": "answer accepted correct solution",
    "items": "options elements entries list choices",
    "groups": "categories buckets bins",
    "pairs": "matches items options",
    "text": "content body label option answer value markdown",
    "points": "score marks weight",
    "objective": "objectives goal outcome",
    "level": "bloom taxonomy cognitive_level bloom_level depth",
    "objectives": "goals outcomes aims objective",
    "pass": "pass_mark passing threshold passing_score",
    "minutes": "duration time length",
    "steps": "sections pages content parts",
    "title": "name heading header",
    "mistakes": "wrong errors wrong_answers",
    "tolerance": "margin error plus_minus",
    "exact": "case_sensitive casesensitive match_case",
    "unit": "units",
    "column": "correct answer right key solution",
    "prompt": "question text stem ask",
    "label": "name",
    "value": "y amount number",
    "for": "pro pros supporting",
    "against": "con cons contra opposing",
    "claims": "claim sources source cites",
}


def _turned_round(named: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ours, others in named.items():
        for other in others.split():
            found.setdefault(other, []).append(ours)
    return found


_OUR_TYPES = _turned_round(_TYPES)
_OUR_KEYS = _turned_round(_KEYS)


def our_type(name: str) -> str | None:
    """What we call a type that somebody calls by another name."""
    plain = plain_key(name)
    return plain if plain in _TYPES else next(iter(_OUR_TYPES.get(plain, ())), None)


def plain_key(name: str) -> str:
    """A key in small letters, with one `_` between its words: `may_begin_with`."""
    return "_".join(visible(name).casefold().replace("-", " ").replace("_", " ").split())


def our_keys(name: str) -> list[str]:
    """What we may call a key that somebody calls by another name."""
    return _OUR_KEYS.get(name.casefold().replace("-", "_"), [])
