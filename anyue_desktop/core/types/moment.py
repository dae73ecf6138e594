"""A moment: a day and a time of day."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.dates import Precision, out_of_range, read_date, read_time
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types.stored import TextValued, checked

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([01][0-9]|2[0-3]):[0-5][0-9]")
_SPACED_DATE = re.compile(r"\s*([年月])\s*|\s+([日号])")
_PARTS = re.compile(r"(.+?)(?:[\sT]+|(?<=[日号]))([^\sT].*)")
EXAMPLE = "请写成2026-11-23 09:30这样的形式"


@dataclass(frozen=True)
class Moment(TextValued):
    """A day and time as `YYYY-MM-DD HH:MM`, Beijing time; minutes matter."""

    not_after_today: bool = False

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a date and a time in the forms people write: 2026.11.3 9:30, 2026年11月3日下午3点半."""
        parts = _parts(raw)
        if parts is None:
            return Reading(None)
        day, clock = read_date(parts[0], context), read_time(parts[1])
        if day is None or clock is None:
            raise BadValue(f"{quoted(cell_text(raw))}没有写明几点几分，{EXAMPLE}")
        if day.precision is not Precision.DAY:
            raise BadValue(f"{quoted(cell_text(raw))}没有写明是哪一天，{EXAMPLE}")
        return checked(self, Reading(f"{day.value.isoformat()} {clock}", day.notes), context)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not a day and a time and, where said, days after today."""
        found = _MOMENT.fullmatch(value)
        try:
            day = date.fromisoformat(found[1]) if found else None
        except ValueError:
            day = None
        if day is None:
            return f"{quoted(value)}不是日期和时间，{EXAMPLE}"
        if self.not_after_today and day > context.today:
            return f"时间{value}晚于今天（{context.today.isoformat()}），请核对"
        return out_of_range(day)


def _parts(raw: object) -> tuple[object, object] | None:
    """Returns the day and the time of day in a cell or text; None for a blank.

    Raises:
        BadValue: there is only a day.
    """
    if isinstance(raw, datetime) and raw.time() != time.min:
        return raw.date(), raw.time()
    if isinstance(raw, float) and math.isfinite(raw) and raw > 1 and raw % 1:  # Excel: days, and their fraction
        return float(int(raw)), raw % 1
    if not folded(raw):
        return None
    text = _SPACED_DATE.sub(r"\1\2", unicodedata.normalize("NFKC", cell_text(raw)))
    found = _PARTS.fullmatch(text)
    if found is None:
        raise BadValue(f"{quoted(text)}没有写明几点几分，{EXAMPLE}")
    return found[1], found[2]
