"""Which fields of a form show: those a record like the one in it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from anyue_desktop.core.register import Register, Values
from anyue_desktop.core.types import Code, Codes
from anyue_desktop.services.columns import embedded_segment
from anyue_desktop.ui.field_sheet import FieldSheet
from anyue_desktop.ui.section_index import SectionIndex


class AskedFields:
    """Hides the other fields unless something stands in them; nothing that was typed is lost."""

    def __init__(self, register: Register, embedded: Register | None, sheet: FieldSheet, index: SectionIndex) -> None:
        self._register, self._sheet, self._index = register, sheet, index
        self._inside = {embedded_segment(register): embedded} if embedded is not None else {}

    def follow(self, values: Values) -> None:
        """Shows the fields for these values."""
        unread = {one.field for one in self._sheet.unreadable()}
        self._sheet.leave_out(self._left_out(values) - unread)
        self._index.leave_out({number for number, box in enumerate(self._sheet.boxes) if box.is_left_out()})

    def chosen(self, path: str, values: Callable[[], Values]) -> None:
        """Follows a choice made at a path at once: it may decide what is asked for."""
        editor = self._sheet.editor(path)
        if isinstance(editor.field.type, Code | Codes) and editor.value():
            self.follow(values())

    def _left_out(self, values: Values) -> set[str]:
        within = {
            f"{segment}.{key}"
            for segment, register in self._inside.items()
            for key in register.left_out(values.get(segment) or {})
        }
        return self._register.left_out(values) | within
