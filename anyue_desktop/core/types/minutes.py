"""A stretch of time in minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anyue_desktop.core.cells import folded
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.integer import Integer
from anyue_desktop.core.types.stored import checked

HOUR, DAY = 60, 24 * 60
_WORDS = re.compile(r"(?:(\d+)天)?(?:(\d+)(?:小时|时))?(?:(\d+)分钟?)?")


@dataclass(frozen=True)
class Minutes(Integer):
    """How long something took, as a person says it: 35分钟, 1小时5分钟, 2天3小时."""

    def parse(self, raw: object, context: Context) -> Reading[int]:
        """Reads words or a plain number of minutes."""
        found = _WORDS.fullmatch(folded(raw)) if isinstance(raw, str) else None
        if found is None or not any(found.groups()):
            return super().parse(raw, context)
        days, hours, minutes = (int(part or 0) for part in found.groups())
        return checked(self, Reading(days * DAY + hours * HOUR + minutes), context)

    def show(self, value: int) -> str:
        """Returns days, hours and minutes in words."""
        days, rest = divmod(value, DAY)
        hours, minutes = divmod(rest, HOUR)
        parts = ((days, "天"), (hours, "小时"), (minutes, "分钟"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0分钟"
