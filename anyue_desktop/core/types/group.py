"""A village group (村民小组, 社)."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.groups import tidy_group
from anyue_desktop.core.types.text import Text

LONGEST = 20


@dataclass(frozen=True)
class Group(Text):
    """The name of a group, written the same way by everybody: 三社 and 第3社 are 3社."""

    recurring = True

    max_length: int = LONGEST

    def is_plain(self, text: str) -> bool:
        """Says no: a group is written in many ways."""
        return False

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a group; numbers in words become digits."""
        reading = super().parse(raw, context)
        return Reading(tidy_group(reading.value), reading.notes) if reading.value else reading
