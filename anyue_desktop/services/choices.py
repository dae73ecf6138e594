"""The one box: what a code, a word or a few letters may mean for a field."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core import codes
from anyue_desktop.core.divisions import VILLAGE, divisions
from anyue_desktop.core.types import Code, Codes, Division
from anyue_desktop.services import columns

OFFERED = 60


@dataclass(frozen=True)
class Choice:
    """One value that can be picked."""

    code: str
    name: str


class Choices:
    """Offers values for coded fields; villages are those of the unit's own township."""

    def __init__(self, township: str) -> None:
        self._township = township

    def of(self, register: str, path: str, text: str = "", township: str = "") -> list[Choice]:
        """Returns the values a text may mean in a field, the likeliest first; all of them for a blank.

        `township` names the one whose villages are meant, where the unit has several.
        """
        kind = columns.column(columns.register_named(register), path).field.type
        if isinstance(kind, Code | Codes):
            found = codes.code_list(kind.list_name).search(text, OFFERED)
            return [Choice(item.code, item.name) for item in found]
        if isinstance(kind, Division):
            if kind.level == VILLAGE and not text.strip():
                return self.villages(township)
            units = divisions().search(text, township or self._township, kind.level)
            return [Choice(one.code, one.short_name) for one in units]
        return []

    def villages(self, township: str = "") -> list[Choice]:
        """Returns the villages of a township, the unit's own unless named, in the order of their codes."""
        of = township or self._township
        return [Choice(one.code, one.short_name) for one in divisions().children(of)] if of else []
