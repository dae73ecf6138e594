"""Numbers that belong to nobody: identity numbers, telephones, record ids."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.resident_id import MALE, check_character
from anyue_desktop.services.practice.draw import Draw

PREFIX = "512099"  # assigned to no county, so no number made here is a real person's
BAND = 10  # sequences per day and sex before a township reaches its neighbour's
SEQUENCES = 490  # of 500 per day and sex; the last ten are kept for the sample workbooks
ELDER, FAMILY, VISITOR = "1380000", "1390000", "1370000"
MILLISECONDS = 86_400_000
EPOCH = date(1970, 1, 1).toordinal()


class IdNumbers:
    """Issues identity numbers of one township, each once; those of small townships differ between townships."""

    def __init__(self, township: str) -> None:
        codes = [one.code for one in divisions().townships()]
        self._first = codes.index(township) * BAND
        self._issued: defaultdict[tuple[date, str], int] = defaultdict(int)

    def next(self, birth: date, sex: str) -> str:
        """Returns a new number with the right check character (GB 11643-1999)."""
        count = self._issued[birth, sex]
        self._issued[birth, sex] = count + 1
        return id_number(birth, sex, (self._first + count) % SEQUENCES)


def id_number(birth: date, sex: str, sequence: int) -> str:
    """Returns the identity number of the sequence (0 to 499) among those born that day of that sex."""
    digits = f"{PREFIX}{birth:%Y%m%d}{2 * sequence + (sex == MALE):03d}"
    return digits + check_character(digits)


def phone(draw: Draw, block: str) -> str:
    """Returns a mobile number of a made-up block."""
    return f"{block}{draw.below(10000):04d}"


def record_id(draw: Draw, created: date) -> str:
    """Returns a UUIDv7 (RFC 9562) of the day."""
    moment = (created.toordinal() - EPOCH) * MILLISECONDS + draw.below(MILLISECONDS)
    value = moment << 80 | 0x7 << 76 | draw.bits(12) << 64 | 0b10 << 62 | draw.bits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def moment_of(draw: Draw, day: date) -> str:
    """Returns a moment of the working day, as records keep it."""
    minute = draw.below(480)
    return f"{day}T{9 + minute // 60:02d}:{minute % 60:02d}:{draw.below(60):02d}+08:00"
