"""Yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.codes import yes_no_words
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading


@dataclass(frozen=True)
class YesNo(FieldType[bool]):
    """是 or 否; a blank is unknown, not 否."""

    def parse(self, raw: object, context: Context) -> Reading[bool]:
        """Reads yes or no in the officers' spellings (√, 有, Y, 1 …)."""
        if isinstance(raw, bool):
            return Reading(raw)
        text = folded(raw).casefold()
        if not text:
            return Reading(None)
        answer = yes_no_words().get(text)
        if answer is None:
            raise BadValue(f"应填“是”或“否”，现为{quoted(cell_text(raw))}")
        return Reading(answer)

    def show(self, value: bool) -> str:
        """Returns 是 or 否."""
        return "是" if value else "否"

    def dump(self, value: bool) -> Json:
        """Returns the truth value itself."""
        return value

    def load(self, stored: Json) -> bool:
        """Returns a stored truth value."""
        if not isinstance(stored, bool):
            raise BadValue(f"存储的内容{quoted(repr(stored))}不是“是”或“否”")
        return stored
