"""A day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.dates import Precision, out_of_range, read_date
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading
from anyue_desktop.core.types.stored import checked, stored_text


@dataclass(frozen=True)
class Date(FieldType[datetime.date]):
    """A day of the solar calendar; a month or year is read as its first day, with `precision` beside it."""

    recurring = True

    not_after_today: bool = False

    def parse(self, raw: object, context: Context) -> Reading[datetime.date]:
        """Reads a date in the forms sheets use."""
        found = read_date(raw, context)
        if found is None:
            return Reading(None)
        beside = {} if found.precision is Precision.DAY else {"precision": found.precision.value}
        return checked(self, Reading(found.value, found.notes, beside), context)

    def check(self, value: datetime.date, context: Context) -> str | None:
        """Refuses days no register can hold and, where said, days after today."""
        if self.not_after_today and value > context.today:
            return f"日期{value.isoformat()}晚于今天（{context.today.isoformat()}），请核对"
        return out_of_range(value)

    def show(self, value: datetime.date) -> str:
        """Returns `YYYY-MM-DD`."""
        return value.isoformat()

    def dump(self, value: datetime.date) -> Json:
        """Returns `YYYY-MM-DD`."""
        return value.isoformat()

    def load(self, stored: Json) -> datetime.date:
        """Returns the date of `YYYY-MM-DD`."""
        text = stored_text(stored)
        try:
            found = datetime.date.fromisoformat(text)
        except ValueError as error:
            raise BadValue(f"存储的日期{quoted(text)}不是YYYY-MM-DD的形式") from error
        if found.isoformat() != text:
            raise BadValue(f"存储的日期{quoted(text)}不是YYYY-MM-DD的形式")
        return found
