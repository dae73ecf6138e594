"""Where the one box finds what a text may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.types import Codes
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records

OFFERED = 30


class Lookup(Protocol):
    """Finds choices by code, word or pinyin, and names a value."""

    def find(self, text: str) -> Sequence[Choice]:
        """Returns what an unfinished text may mean, the likeliest first; everything for a blank."""

    def name(self, value: Any) -> str:
        """Returns the text of a value."""


class FieldLookup:
    """The choices of a coded field."""

    def __init__(self, records: Records, register: str, path: str, field: Field, context: Context) -> None:
        self._records, self._register, self._path = records, register, path
        self._field, self._context = field, context

    def find(self, text: str) -> Sequence[Choice]:
        """Returns the values a text may mean in this field, and only those the field takes."""
        found = self._records.choices(self._register, self._path, text)
        return [choice for choice in found if self._takes(choice.code)]

    def name(self, value: Any) -> str:
        """Returns the text of a value."""
        return self._field.type.show(value)

    def _takes(self, code: str) -> bool:
        value = (code,) if isinstance(self._field.type, Codes) else code
        return self._field.type.check(value, self._context) is None


class YesNoLookup:
    """Yes or no, as `1`/`0`, `y`/`n`, `是`/`否`."""

    CHOICES = (Choice("1", "是"), Choice("0", "否"))
    WORDS = {"1": "1yY是有sS√", "0": "0nN否无不fFwW2×"}

    def find(self, text: str) -> Sequence[Choice]:
        """Returns the answers a text may mean."""
        start = text.strip()[:1]
        return [choice for choice in self.CHOICES if not start or start in self.WORDS[choice.code]]

    def name(self, value: Any) -> str:
        """Returns 是 or 否."""
        return "是" if value in (True, "1") else "否"


class RecordLookup:
    """Records of another register, found as in its list."""

    def __init__(self, records: Records, register: str) -> None:
        self._records, self._register = records, records.register(register)
        self._names: dict[str, str] = {}

    def find(self, text: str) -> Sequence[Choice]:
        """Returns the first records a text finds, with what tells them apart."""
        ids = self._records.ids(Query(self._register.name, search=text))[:OFFERED]
        found = [Choice(row["id"], self._described(row)) for row in self._records.rows(self._register.name, ids)]
        self._names.update({choice.code: choice.name for choice in found})
        return found

    def name(self, value: Any) -> str:
        """Returns the name of the record with this id."""
        if value not in self._names:
            rows = self._records.rows(self._register.name, [value])
            self._names[value] = self._described(rows[0]) if rows else quoted(str(value))
        return self._names[value]

    def _described(self, row: dict[str, str]) -> str:
        first = self._register.caption
        beside = [path for path in self._register.sheet if path.endswith(("birth_date", "residence_division"))]
        return "  ".join(text for text in (row.get(path, "") for path in (first, *beside)) if text)
