"""What can be looked up from home: finished runs, progress, and what a search finds."""

from tutor import phrases
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.plain import answer_lines
from tutor.plain.terminal import Terminal
from tutor.progress import results
from tutor.progress.figures import figures
from tutor.progress.parts import parts
from tutor.progress.sentences import finished_run, sentences
from tutor.records.progress import finished
from tutor.search import Index, Place
from tutor.study import Study

_RUNS, _FOUND = 20, 12


def show_progress(study: Study, course: Course, terminal: Terminal) -> None:
    """Say all parts of progress; at a terminal, open a finished run again."""
    past = finished.newest(study.store, study.learner, course.id, _RUNS)
    of = figures(study, course)
    shown = parts(of, past, lambda one: results.subject_of(course, one))
    terminal.say(*sentences(of, [part for part in shown if part.name != "finished"]))
    waiting = phrases.waiting_tests(study.held(course))
    if waiting:
        terminal.say(waiting)
    if not past:
        terminal.say("No quiz is finished yet.")
        return
    terminal.say("Finished, the newest first:")
    for number, one in enumerate(past, 1):
        subject = results.subject_of(course, one)
        terminal.say(f"  {number}. {finished_run(one, of, subject)}")
    if not terminal.interactive:
        return
    number = answer_lines.ask_number(terminal, "Open which result", len(past), "opens none")
    if number:
        from tutor.plain.results import tell_results

        tell_results(results.reopened(study, course, past[number - 1]), terminal)


def search(study: Study, course: Course, wanted: str, terminal: Terminal) -> Place | None:
    """Say where words are found; at a terminal, return the place that the learner chooses."""
    index = Index(study, course)
    while not index.complete:
        index.gather(50)
    found = index.find(wanted)
    if not found:
        terminal.say(f"Nothing has “{one_line(wanted)}”. Fewer letters find more.")
        return None
    group = ""
    for number, hit in enumerate(found[:_FOUND], 1):
        if hit.place.group != group:
            group = hit.place.group
            terminal.say(f"{group}:")
        title = hit.place.title
        said = hit.shown if not title or hit.shown == title else f"{title}: {hit.shown}"
        where = f" ({hit.place.where})" if hit.place.where else ""
        terminal.say(f"  {number}. {said}{where}")
        if group == "Words":
            terminal.say(f"     {hit.place.text}")
    left = len(found) - _FOUND
    if left > 0:
        terminal.say(f"And {phrases.plural(left, 'more place')}: more words find fewer.")
    if not terminal.interactive:
        return None
    most = min(len(found), _FOUND)
    number = answer_lines.ask_number(terminal, "Go where", most, "goes nowhere")
    return found[number - 1].place if number else None
