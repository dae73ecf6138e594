"""The keys of a form, wherever in it the cursor is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

from anyue_desktop.ui.field_sheet import FieldSheet

Commands = Mapping[str, Callable[[], object]]
UNDOING = ("Ctrl+Z", "Ctrl+Y")


class FormKeys(QObject):
    """Turns keys into commands; a box that composes words, shows its list or can undo by itself keeps its keys."""

    def __init__(self, sheet: FieldSheet, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._commands = {QKeySequence(keys).toString(): command for keys, command in commands.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Does what a key asks for; auto-repeat never saves twice."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        pressed = QKeySequence(event.keyCombination()).toString()
        command = self._commands.get(pressed)
        if command is None or self._belongs_to_box(pressed):
            return False
        if not event.isAutoRepeat():
            command()
        return True

    def _belongs_to_box(self, pressed: str) -> bool:
        path = self._sheet.current()
        if not path:
            return False
        editor = self._sheet.editor(path)
        return editor.busy() or (pressed in UNDOING and editor.can_undo())
