"""GIFT, Moodle's format for questions as plain text, both ways."""

from tutor.exchange.gift.reading import read_gift
from tutor.exchange.gift.writing import gift

__all__ = ["gift", "read_gift"]
