"""Hands results in: says what is in the file, and writes it, or gives it to whoever serves."""

from collections.abc import Callable

from tutor.app.dialogs.file_name import FileNameScreen
from tutor.app.dialogs.notice import Confirm
from tutor.app.dialogs.own_name import OwnName
from tutor.app.screens.page import Page
from tutor.classroom.hand_in import file
from tutor.classroom.hand_in.from_records import (
    LONGEST_NAME,
    Wish,
    code_name,
    contents,
    file_name,
    gather,
)
from tutor.course.model.course import Course
from tutor.output_files import write_new_file
from tutor.session import hand_in_folder, name_to_hand_in
from tutor.study import Study


def hand_in(
    page: Page, study: Study, course: Course, then: Callable[[], None] = lambda: None
) -> None:
    """Hand in the results of a course, from a page; under a name, or to whoever serves browsers.

    Args:
        then: What is done once that was handed in.
    """

    def go_on(name: str | None) -> None:
        if name is not None:
            _hand_in_as(name, page, study, course, then)

    name = name_to_hand_in(study)
    if name or hand_in_folder() is not None:
        go_on(name)
    else:
        page.app.push_screen(OwnName(code_name(study), LONGEST_NAME), go_on)


def _hand_in_as(
    learner: str, page: Page, study: Study, course: Course, then: Callable[[], None]
) -> None:
    folder, tutor = hand_in_folder(), page.tutor

    def save(name: str | None) -> None:
        if name is not None:
            with tutor.showing_errors():
                where = tutor.save(name, file.write(made))
                study.keep_handed_in(course)
                then()
                tutor.tell(f"Give this file to your teacher: {where}")

    def give(yes: bool | None) -> None:
        if yes and folder is not None:
            with tutor.showing_errors():
                write_new_file(folder / file_name(made), file.write(made))
                study.keep_handed_in(course)
                then()
                tutor.tell("Your teacher has it now.")

    with tutor.showing_errors():
        made = gather(study, course, Wish(name=learner))
        about = "\n".join(f"- {line}" for line in contents(made, study.test_left(course)))
        if folder is None:
            page.app.push_screen(FileNameScreen("Hand in", f"{about}\n", file_name(made)), save)
        else:
            page.app.push_screen(Confirm("Hand in to your teacher?", about, "hand in"), give)
