"""Moodle XML, both ways: it carries what GIFT cannot, such as hints, points, order and gaps."""

import re

from tutor.exchange.format import Format, Likeness, Sample
from tutor.exchange.moodle_xml.reading import read_moodle_xml
from tutor.exchange.moodle_xml.writing import moodle_xml

__all__ = ["FORMAT", "moodle_xml", "read_moodle_xml"]

_QUIZ = re.compile(r"<quiz\b[^<>]*>\s*(?:<!--|<question\b|</quiz)|<question\s+type=")


def _likeness(seen: Sample) -> Likeness:
    is_xml = seen.text.lstrip().startswith("<")
    return Likeness.CERTAIN if is_xml and _QUIZ.search(seen.text) else Likeness.NONE


FORMAT = Format(
    name="moodle-xml",
    title="Moodle XML",
    likeness=_likeness,
    read=read_moodle_xml,
    write=moodle_xml,
)
