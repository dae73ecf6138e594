"""A reference to a record."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import folded, quoted
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.identity import is_id
from anyue_desktop.core.types.stored import TextValued, checked


@dataclass(frozen=True)
class Ref(TextValued):
    """The id of a record of the register called `target`."""

    target: str

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads an id; people choose records, so only the program's own texts come here."""
        return checked(self, Reading(folded(raw).lower() or None), context)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not a lower-case UUID."""
        return None if is_id(value) else f"{quoted(value)}不是档案标识，请重新选择对应的档案"
