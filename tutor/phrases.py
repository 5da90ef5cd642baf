"""The sentences both fronts speak: verdicts, right answers, results, who said what.

Everything here is plain text. Signs and colors are the fronts' business; the words are the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from tutor import days
from tutor.course.model.course import Course, Lesson, LessonOutline, Release
from tutor.course.model.markdown.plain import plain_line, plain_text
from tutor.course.model.questions import Gaps, Number, Options, Question, texts_by_id
from tutor.course.model.sources import Citation
from tutor.course.model.steps import AnyStep, Argument, Event, Read, Reflect
from tutor.course.text import one_line
from tutor.quiz.attempt import HINT_COST, Attempt, ObjectiveScore, Progress, Result, Verdict
from tutor.quiz.grading import PartGrade

if TYPE_CHECKING:  # nobody waits for reviews at the first question of a quiz
    from tutor.quiz.gain import Gain
    from tutor.study.reviews import ComingBack, ReviewDue, Taught

SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "۔", "।", "։")
"""Signs that end a sentence: Latin, Chinese and Japanese, Arabic and Urdu, Hindi, Armenian."""
KINDS = {
    "reported": "reported fact",
    "definition": "definition",
    "attributed": "statement credited to somebody",
    "argument-for": "argument for",
    "argument-against": "argument against",
    "characterisation": "the article's own characterization",
    "background": "background",
}
SILENT_CELL = "the article does not say"
BEYOND = "beyond the article"

_SECONDS_A_QUESTION = 40

# What a few questions say about an objective is chance.
ENOUGH_QUESTIONS = 3
SOLID, _NEARLY = Fraction(85, 100), Fraction(2, 3)


# Numbers


def number(value: Fraction | float) -> str:
    """A number as people write it: whole, or with at most two decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def percent(share: Fraction | float, mark: Fraction | Decimal | None = None) -> str:
    """A share (0 to 1) in whole percent, a half rounded up.

    Only all of it reads as 100%, only nothing as 0%; and a share below a mark never reads as one
    that reaches it.

    Args:
        mark: The share that passes; None where there is none.
    """
    return f"{_percents(Fraction(share), None if mark is None else Fraction(mark))}%"


def _percents(share: Fraction, mark: Fraction | None = None) -> int:
    whole = floor(share * 100 + Fraction(1, 2))
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    if mark is not None and share < mark and whole >= _percents(mark):
        return min(floor(share * 100), _percents(mark) - 1)
    return whole


def duration(minutes: int) -> str:
    """A time in hours and minutes: `2 h 34 min`, `25 min`."""
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return " ".join(parts)


def minutes_for(questions: int) -> int:
    """About how many minutes so many questions take."""
    return max(1, round(questions * _SECONDS_A_QUESTION / 60))


_PARTS = {Fraction(sign): shown for sign, shown in (
    ("1/2", "½"), ("1/3", "⅓"), ("2/3", "⅔"), ("1/4", "¼"), ("3/4", "¾"), ("1/6", "⅙"),
    ("5/6", "⅚"), ("1/8", "⅛"), ("3/8", "⅜"), ("5/8", "⅝"), ("7/8", "⅞"),
)}  # fmt: skip


def points(earned: Fraction) -> str:
    """Points as people write them: `4½`, `⅔`, else with at most two decimals: `2.43`.

    The points of an answer and those of all together are written alike, and three thirds of a
    point are seen to be one. What is not whole never reads as whole: `2.99` of 3 points, however
    little is missing.
    """
    whole, rest = divmod(earned, 1)
    if not rest:
        return str(whole)
    if rest in _PARTS:
        return f"{whole or ''}{_PARTS[rest]}"
    hundredths = min(max(floor(rest * 100 + Fraction(1, 2)), 1), 99)
    return f"{whole}.{hundredths:02}".rstrip("0")


def of_points(earned: Fraction, possible: int) -> str:
    """A score in points: `4½ of 10 points`."""
    return f"{points(earned)} of {plural(possible, 'point')}"


def ordinal(number: int) -> str:
    """Which of several: `first`, `second`, … `11th`."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    if number <= len(words):
        return words[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def in_words(count: int) -> str:
    """A count up to ten as a word."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else str(count)


def plural(count: Fraction | float, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 point`, `2 points`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def tries(count: int) -> str:
    """How often questions were answered, one that was tried twice counting twice."""
    return f"{plural(count, 'try', 'tries')} at questions"


def sentence(title: str) -> str:
    """A title as a sentence: with a period, unless it ends in a sign of its own."""
    return title if is_ended(title) else f"{title}."


def is_ended(text: str) -> bool:
    """Whether a text ends in a sign that ends a sentence, in whatever script, quoted or not."""
    return text.rstrip("”’»\"')）」").endswith(SENTENCE_ENDS)


def numbers(values: Iterable[int]) -> str:
    """Whole numbers in order: `1-8`, or `1-3, 5` where some are left out."""
    runs: list[list[int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ", ".join(
        f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def extent(lessons: Sequence[LessonOutline]) -> str:
    """How many lessons there are, and how long they take if known: `2 lessons · 47 min`."""
    minutes = sum(lesson.minutes or 0 for lesson in lessons)
    said = plural(len(lessons), "lesson")
    return f"{said} · {duration(minutes)}" if minutes else said


def what_it_takes(lessons: Sequence[LessonOutline], path: str | None) -> str:
    """How much a course is, on a path or as a whole: lessons, time, quizzes."""
    minutes = [lesson.minutes for lesson in lessons if lesson.minutes]
    said = plural(len(lessons), "lesson")
    if path is not None:
        said = f"{one_line(path)}: {said}"
    if len(minutes) > 1:
        said += f", {duration(sum(minutes))} in all"
    quizzes = sum(bool(lesson.questions) for lesson in lessons)
    if quizzes == len(lessons) > 1:
        said += "; each ends with a quiz"
    elif quizzes:
        said += f"; {plural(quizzes, 'ends', 'end')} with a quiz"
    return f"{capital(said)}."


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def good_to_know(course: Course, computer: str = "this computer") -> Iterator[str]:
    """What to know before one begins a course.

    Args:
        computer: Where everything is kept.
    """
    if course.contested:
        yield "Opinions are never scored. Questions ask who says what, and on what ground."
    if course.citations:
        yield "Every statement names its source: in a lesson, s shows it."
    yield "Leave at any moment. You go on exactly where you stopped."
    yield f"Everything stays on {computer}."


def lessons_done(done: int, of: int) -> str:
    """How many lessons are done: `1 of 4 lessons done`."""
    return f"{done} of {plural(of, 'lesson')} done"


def joined(texts: Sequence[str], last: str = "and") -> str:
    """Texts in a row: `a, b and c`."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


# Responses and right answers


def right_answer(question: Question) -> str:
    """The right answer in words."""
    if isinstance(question, Number):
        unit = "" if question.ask_unit else question.unit or ""
        numbers = " or ".join(map(question.describe, question.keys()))
        return one_line(f"{numbers} {unit}")
    return question.describe(question.key())


def with_blanks(question: Gaps) -> str:
    """The text of a `gaps` question with numbered blanks."""
    return question.with_blanks(plain_text, "__({})__".format)


def outside_bank(text: str) -> str:
    """That a text is none of the words that a `gaps` question offers."""
    return f"“{one_line(text)}” is none of the words."


# Verdicts


def verdict(question: Question, said: Verdict) -> str:
    """The verdict in a word or two; how much of it is right, in points where it is scored."""
    match said.outcome:
        case "right":
            return "Right."
        case "partly" if not said.scored:
            return f"Partly right: {_how_far(question, said.grade.parts)}."
        case "partly":
            return f"Partly right: {of_points(said.earned, said.possible)}."
        case "wrong":
            return "Not right."
        case "slip":
            return "Nearly: check the spelling. This did not use up a try."
        case "kept":
            return "Kept. This is not scored."


def _how_far(question: Question, parts: Sequence[PartGrade]) -> str:
    """How much of a response is right, without a word on what would be."""
    right = sum(part.right for part in parts)
    match question.interaction:
        case "options":
            chosen = [part.right for part in parts if part.given]
            if all(chosen):
                return "some belong that you have not chosen"
            missing = any(part.key == "chosen" and not part.given for part in parts)
            more = "; some belong that you have not chosen" if missing else ""
            return f"{sum(chosen)} of the {len(chosen)} you chose{more}"
        case "ordering" if not right:
            return "some stand in the right order, none in its place"
        case "gaps":
            return f"{right} of {plural(len(parts), 'gap')}"
        case _:
            return f"{right} of {len(parts)} in place"


def accepted(question: Question, said: Verdict) -> str:
    """What was accepted, where it is not what was written; else empty."""
    answer = said.grade.accepted_as
    if answer is None:
        return ""
    if isinstance(question, Number):
        tolerance = question.describe(question.tolerance)
        given, meant = question.describe(said.response), question.describe(answer)
        return f"Accepted: {given} is within {tolerance} of {meant}."
    return f"Accepted; it is spelled “{one_line(answer)}”."


def hinted(said: Verdict) -> str:
    """What a right answer earned after hints; empty where it earned everything."""
    if said.outcome != "right" or said.earned >= said.possible:
        return ""
    hints = "hint" if said.earned >= said.possible * (1 - HINT_COST) else "hints"
    return f"With the {hints} it earns {of_points(said.earned, said.possible)}."


def part_feedback(question: Question, said: Verdict) -> list[tuple[str, str]]:
    """What there is to say about the parts of a response: (which part, in a line; what about it).

    Chosen options, and parts that are wrong; what was rightly left alone is passed over. While the
    question can still be answered, nothing is said that would give the answer away.
    """
    rows = texts_by_id(question.rows())
    found = feedback_by_part(question, said)
    return [(rows.get(part, f"Gap {part}"), about) for part, about in found.items()]


def feedback_by_part(question: Question, said: Verdict) -> dict[str, str]:
    """What there is to say about the parts of a response, by their ids; see `part_feedback`."""
    found = {}
    for part in said.grade.parts:
        about = _about_part(question, part, tell=said.settled)
        if about:
            found[part.id] = about
    return found


def _about_part(question: Question, part: PartGrade, *, tell: bool) -> str:
    feedback = plain_text(part.feedback or "")
    ordered = question.interaction == "ordering"
    if isinstance(question, Options):
        if part.given == "chosen":
            return feedback
        missed = tell and question.several and part.key == "chosen"
        return f"this one belongs too. {feedback}".strip() if missed else ""
    if part.right:
        return ""
    if not tell:
        return feedback or ("not in its place." if ordered else "not this one.")
    if ordered:
        return f"belongs at place {part.key}. {feedback}".strip()
    targets = texts_by_id(question.targets())
    return f"{targets.get(part.key, one_line(part.key))}. {feedback}".strip()


def hint_cost(cost: Fraction) -> str:
    """What a hint takes from the points."""
    if not cost:
        return "free"
    in_words = {Fraction(1, 3): "a third of a point", Fraction(2, 3): "two thirds of a point"}
    return f"costs {in_words.get(cost) or plural(cost, 'point')}"


def when_told(release: Release) -> str:
    """When one is told how a test went: `at the end`."""
    return "when your teacher gives the test back" if release == "teacher" else "at the end"


def held(attempt: Attempt) -> Iterator[str]:
    """What is said at the end of a test that a teacher gives back, instead of a result."""
    count = len(attempt.progress)
    answered = sum(bool(one.responses) for one in attempt.progress)
    yield f"The test is over: {answered} of {plural(count, 'question')} answered."
    yield ("Your teacher gives the results back: until then no score and no right answer is shown.")


def how_given_back(course: Course) -> str:
    """How a test goes to the teacher, and comes back."""
    name = course.path if course.path.is_file() else course.id
    return f"Hand it in: `tutor hand-in {name}`. `tutor open FILE` shows what comes back."


def waiting_tests(count: int) -> str:
    """How many tests wait for a teacher; empty for none."""
    if not count:
        return ""
    said = plural(count, "test waits", "tests wait")
    return f"{said} for your teacher, who gives the results back."


def time_left(seconds: float) -> str:
    """How long a test still lasts: `4 minutes are left`; the minute begun counts."""
    return f"{plural(ceil(seconds / 60), 'minute is', 'minutes are')} left"


# Sources


def rests_on(claims: Sequence[str]) -> str:
    """Which claims something rests on; empty for none."""
    if not claims:
        return ""
    return f"claim{'s' if len(claims) > 1 else ''} {', '.join(claims)}"


def citation(cited: Citation) -> list[str]:
    """A claim in lines: what, who, which kind of statement, the quotation, what to mind."""
    claim = cited.claim
    where = BEYOND if cited.beyond else _paragraph(claim.paragraph)
    lines = [
        f"{one_line(claim.text)} ({cited.id})",
        f"Who says it: {_who(cited)} ({KINDS[claim.kind]}; {where}).",
    ]
    if claim.quote:
        lines.append(f"In their words: “{one_line(claim.quote)}”")
    if claim.citation or cited.briefly:
        lines.append(f"Source: {place(cited) if claim.citation else one_line(cited.briefly)}")
    if claim.note:
        lines.append(f"Keep in mind: {one_line(claim.note)}")
    return lines


def _who(cited: Citation) -> str:
    role = cited.speaker.role
    return one_line(f"{cited.speaker.name}, {role}" if role else cited.speaker.name)


def _paragraph(paragraph: str | None) -> str:
    if paragraph is None:
        return "in the article"
    if paragraph.isdigit():
        return f"paragraph {paragraph} of the article"
    return f"the article's {one_line(paragraph)}"


def quotation(cited: Citation) -> str:
    """What a source quotes, with its speaker; the claim itself where nothing is quoted."""
    claim = cited.claim
    words = f"“{one_line(claim.quote)}”" if claim.quote else one_line(claim.text)
    return f"{words} ({one_line(cited.speaker.name)})"


def place(cited: Citation) -> str:
    """Where in its source to look a claim up: its citation, or else who states it.

    As of when it is true is said unless the citation has that date itself.
    """
    claim = cited.claim
    if not claim.citation:
        return _who(cited)
    where = one_line(claim.citation)
    as_of = one_line(claim.as_of or "")
    said = set(re.findall(r"[\w-]+", where))
    return where if said.issuperset(re.findall(r"[\w-]+", as_of)) else f"{where} (as of {as_of})"


def citations(claims: Iterable[str], known: Mapping[str, Citation]) -> list[list[str]]:
    """Each claim in lines; one that no source has is said to be missing."""
    return [
        citation(known[name])
        if name in known
        else [f"No source of this course has this statement ({name})."]
        for name in dict.fromkeys(claims)
    ]


# Steps


def step_name(step: AnyStep) -> str:
    """What a step is called: its title, its question, or how it begins."""
    if isinstance(step, Question):
        return plain_line(step.stem)
    if step.title:
        return one_line(step.title)
    if isinstance(step, Reflect):
        return plain_line(step.prompt)
    if isinstance(step, Read):
        return plain_line(step.text.strip().partition("\n\n")[0])
    return step.type.capitalize()


def who_argues(argument: Argument, known: Mapping[str, Citation]) -> str:
    """The owner of an argument, by the name and role that the sources give."""
    cited = [known[name] for name in argument.claims if name in known]
    for one in (*cited, *known.values()):
        if one.claim.speaker == argument.speaker:
            return _who(one)
    return one_line(argument.speaker)


def behind_argument(argument: Argument, known: Mapping[str, Citation]) -> list[str]:
    """Who argues, the claims that it cites, and whether one of them is beyond the article."""
    beyond = any(known[name].beyond for name in argument.claims if name in known)
    return [who_argues(argument, known), *argument.claims, *([BEYOND] if beyond else [])]


def hours(event: Event) -> str:
    """When an event is, in hours from the zero of its scale: `48 hours before`."""
    if event.at is not None:
        return _moment(event.at) if event.at else "at that moment"
    if event.start is None or event.end is None:
        return f"until {_moment(event.end)}" if event.end is not None else "at any time"
    if event.start >= 0:
        return f"from {event.start:f} to {event.end:f} hours after"
    return f"from {_moment(event.start)} to {_moment(event.end)}"


def _moment(at: Decimal) -> str:
    if at == 0:
        return "that moment"
    return f"{plural(Fraction(abs(at)), 'hour')} {'before' if at < 0 else 'after'}"


# Review


def origin(course: Course, lesson: Lesson, question: Question) -> str:
    """Where a question of a review is from: its lesson, and what one can do afterwards."""
    outline = course.lesson(str(question.objective).partition("/")[0])
    objective = lesson.objectives.get(str(question.objective), "")
    return " · ".join(
        one_line(part) for part in (outline.title if outline else "", objective) if part
    )


def taught(where: "Taught") -> str:
    """Where something is taught: `lesson 1, step 4`."""
    return f"lesson {where.number}, step {where.step + 1}"


def back_on(back: "ComingBack") -> str:
    """When a question comes back: `Mon 8 Feb, in 16 days`, or `tomorrow`."""
    if back.day <= back.today:
        return "today"
    after = (back.day - back.today).days
    when = "tomorrow" if after == 1 else f"{days.written(back.day, back.today)}, in {after} days"
    return f"today until it is right, then {when}" if back.once_more else when


def comes_back(back: "ComingBack") -> list[str]:
    """When a question comes back, and why then."""
    return [f"It comes back {back_on(back)}.", *why_then(back)]


def why_then(back: "ComingBack") -> list[str]:
    """Why a question comes back when it does; nothing where that needs no word."""
    said = []
    if back.counted:
        said.append("It counts as right: you knew it.")
    if back.sure:
        said.append("You were sure of it, so it comes again in a week as well.")
    return said


def about_review(questions: int) -> str:
    """How long a review is: `7 questions, about 4 minutes`."""
    from tutor.study.reviews import review_minutes

    return f"{plural(questions, 'question')}, about {plural(review_minutes(questions), 'minute')}"


def reviewed(result: Result) -> str:
    """What came of a review: how much was remembered, and what came of the rest.

    The first response to a question counts; what was put off is told apart.
    """
    asked = [one for one in result.questions if one.first is not None]
    off = sum(one.put_off for one in result.questions)
    missed = [one for one in asked if not one.remembered]
    remembered = len(asked) - len(missed)
    said = f"{plural(len(asked), 'question')}, {remembered or 'none'} remembered"
    ended = "; ".join([said, *_came_right(missed, some=remembered > 0)])
    return f"{ended}.{f' {off} put off until tomorrow.' if off else ''}"


def _came_right(missed: Sequence[Progress], *, some: bool) -> list[str]:
    """What came of the questions that were missed at first; nothing where there are none.

    Args:
        some: Whether there are others, which were remembered.
    """
    right = [one for one in missed if one.last is not None and one.last.outcome == "right"]
    if not missed:
        return []
    if len(missed) == 1:
        other = "the other" if some else "it"
        end = "on the second go" if right and right[0].tries == 2 else "in the end"
        return [f"{other} came right {end}" if right else f"{other} comes back soon"]
    others = "the others" if some else "they"
    if len(right) == len(missed):
        return [f"{others} came right in the end"]
    if not right:
        return [f"{others} come back soon"]
    return [f"{len(right)} of {others if some else 'them'} came right in the end"]


def due_now(due: "ReviewDue") -> str:
    """That there is nothing more to review now."""
    return "Done for today." if due.reviewed else "Nothing is due."


def what_comes(due: "ReviewDue") -> str:
    """What there is to review after today's."""
    if due.due:
        return f"{due.all_due} {'is' if due.due == 1 else 'are'} still due and can wait"
    if due.tomorrow:
        return "nothing more until tomorrow"
    return "nothing more for now"


# Results


def share_learned(learned: "Gain") -> str:
    """The gain in words, of what was missing before; empty where nothing was gained."""
    share = learned.normalized
    if share is None or share <= 0:
        return ""
    words = (
        (Fraction(1), "all"),
        (Fraction(9, 10), "nine tenths"),
        (Fraction(3, 4), "three quarters"),
        (Fraction(2, 3), "two thirds"),
        (Fraction(1, 2), "half"),
        (Fraction(1, 3), "a third"),
        (Fraction(1, 4), "a quarter"),
        (Fraction(1, 10), "a tenth"),
    )
    near = next((word for value, word in words if abs(share - value) <= Fraction(4, 100)), None)
    if share < 1 and near == "all":
        near = None
    return f"{near or percent(share)} of what was missing before is right now"


def gained(learned: "Gain") -> str:
    """What a test after says beside one before: `83%, from 33%: three quarters of what …`."""
    after, before = percent(learned.after), percent(learned.before)
    said = share_learned(learned)
    return f"{after}, from {before}: {said}." if said else f"{after}, after {before} before."


def point_difference(learned: "Gain") -> str:
    """The difference of two scores in percent: `+50 points`."""
    difference = _percents(learned.after) - _percents(learned.before)
    return f"{difference:+d} points" if difference else "the same as before"


def quiz_score(earned: Fraction, possible: int, share: Decimal) -> str:
    """The best score of a quiz: `passed 93%`, or `45%, 70% passes`."""
    best = earned / possible
    percents = percent(best, share)
    if best >= Fraction(share):
        return f"passed {percents}"
    return f"{percents}, {percent(Fraction(share))} passes"


def mastery(of: ObjectiveScore) -> str:
    """The score of one objective: `1 of 1`; from enough questions on also what it means."""
    said = f"{points(of.earned)} of {of.possible}"
    if of.questions < ENOUGH_QUESTIONS or not of.possible:
        return said
    share = of.earned / of.possible
    if share >= SOLID:
        return f"{said}, solid"
    return f"{said}, {'nearly there' if share >= _NEARLY else 'worth reading again'}"
