"""Moodle XML, both ways: it carries what GIFT cannot, such as hints, points, order and gaps."""

from tutor.exchange.moodle_xml.reading import read_moodle_xml
from tutor.exchange.moodle_xml.writing import moodle_xml

__all__ = ["moodle_xml", "read_moodle_xml"]
