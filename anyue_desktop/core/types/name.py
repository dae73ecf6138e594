"""A person's name."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core import glyphs, names
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.stored import TextValued


@dataclass(frozen=True)
class Name(TextValued):
    """A name of up to 72 characters; a note in brackets behind it is read beside it, as `remark`."""

    recurring = True

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a name from a sheet."""
        found = names.read_name(raw)
        if found is None:
            return Reading(None)
        notes = (*found.notes, *map(glyphs.missing_glyph, glyphs.undrawable(found.name)))
        return Reading(found.name, notes, {"remark": found.remark} if found.remark else {})

    def is_plain(self, text: str) -> bool:
        """Knows the everyday names."""
        return names.is_everyday(text) and not glyphs.undrawable(text)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not a clean name."""
        return names.fault(value)
