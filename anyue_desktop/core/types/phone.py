"""A telephone number."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core import phones
from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.stored import TextValued


@dataclass(frozen=True)
class Phone(TextValued):
    """A mobile number, or a landline with its area code; a second number is read beside it, as `phone2`."""

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads the numbers of a cell; 无 gives none, with a note."""
        found = phones.read_phones(raw)
        if not found.numbers:
            return Reading(None, found.notes)
        return Reading(found.numbers[0], found.notes, {"phone2": found.numbers[1]} if len(found.numbers) > 1 else {})

    def is_plain(self, text: str) -> bool:
        """Knows the mobile numbers."""
        return phones.is_mobile(text)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not a number in the form kept."""
        return None if phones.is_phone(value) else f"{quoted(value)}不是电话号码，{phones.EXAMPLE}"
