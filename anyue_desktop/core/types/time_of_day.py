"""A time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.dates import read_time
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.stored import TextValued

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class TimeOfDay(TextValued):
    """A time as `HH:MM`."""

    recurring = True

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a time in the forms people write: 9:30, 下午3点半, 14时5分."""
        return Reading(read_time(raw))

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not `HH:MM`."""
        return None if _TIME.fullmatch(value) else f"{quoted(value)}不是时间，请写成09:30这样的形式"
