"""Which fields of a form show: those a record like the one in it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from anyue_desktop.core.register import Register, Values
from anyue_desktop.core.types import Code, Codes
from anyue_desktop.ui.field_sheet import FieldSheet
from anyue_desktop.ui.section_index import SectionIndex


class AskedFields:
    """Hides the other fields unless something stands in them; nothing that was typed is lost."""

    def __init__(self, register: Register, sheet: FieldSheet, index: SectionIndex) -> None:
        self._register, self._sheet, self._index = register, sheet, index

    def follow(self, values: Values) -> None:
        """Shows the fields for these values."""
        unread = {one.field for one in self._sheet.unreadable()}
        self._sheet.leave_out(self._register.left_out(values) - unread)
        self._index.leave_out({number for number, box in enumerate(self._sheet.boxes) if box.is_left_out()})

    def chosen(self, path: str, values: Callable[[], Values]) -> None:
        """Follows a choice made at a path at once: it may decide what is asked for."""
        editor = self._sheet.editor(path)
        if self._register.unasked is not None and isinstance(editor.field.type, Code | Codes) and editor.value():
            self.follow(values())
