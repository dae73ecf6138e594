"""A unit of the division list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anyue_desktop.core import divisions
from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types.stored import TextValued

_LEVEL_NAMES = {divisions.COUNTY: "县（区）", divisions.TOWNSHIP: "乡镇（街道）", divisions.VILLAGE: "村（社区）"}
_CODE = re.compile("[0-9]{12}")


@dataclass(frozen=True)
class Division(TextValued):
    """The 12-digit code of a county, township or village; a group named behind it is read as `group_name` beside it."""

    recurring = True

    level: str | None = None

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a code or a name, in the reader's own township first."""
        if not folded(raw):
            return Reading(None)
        text = cell_text(raw)
        known = divisions.divisions()
        if self.level == divisions.TOWNSHIP:
            return self._township(text, known, context)
        found = known.match(text, context.township)
        sentence = self.check(found.division.code, context)
        if sentence:
            raise BadValue(sentence)
        return Reading(found.division.code, found.notes, {"group_name": found.group} if found.group else {})

    def _township(self, text: str, known: divisions.Divisions, context: Context) -> Reading[str]:
        found = known.match_township(text, context.township)
        return Reading(found.division.code, found.notes)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses codes that are unknown or of another level."""
        known = divisions.divisions()
        unit = known.get(value)
        if unit is None:
            return None if self._abolished(value, known) else f"没有代码为{quoted(value)}的乡镇或村，请重新选择"
        if self.level in (None, unit.level):
            return None
        return f"{quoted(unit.short_name)}不是{_LEVEL_NAMES[str(self.level)]}，请写到{_LEVEL_NAMES[str(self.level)]}"

    def _abolished(self, value: str, known: divisions.Divisions) -> bool:
        """Whether an old record may still carry this code of a township that was merged."""
        return self.level != divisions.VILLAGE and bool(_CODE.fullmatch(value)) and known.name(value) != value

    def show(self, value: str) -> str:
        """Returns the short name."""
        return divisions.divisions().name(value)
