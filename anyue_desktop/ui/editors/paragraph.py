"""Texts of several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.ui.editors.editor import ENTER, Editor

LINES = 2


class ParagraphEditor(Editor):
    """A longer text. Enter goes on; Shift+Enter begins a new line."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText("Shift+Enter 换行")
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * LINES + 18)
        self.box.textChanged.connect(self._typed)
        self._quiet = False
        self._row.addWidget(self.box, 1)
        self._watch(self.box)

    def raw(self) -> str:
        """Returns the text as it stands in the box."""
        return self.box.toPlainText()

    def set_raw(self, text: str) -> None:
        """Puts a text into the box."""
        if text == self.raw():
            return
        self._quiet = True
        self.box.setPlainText(text)
        self._quiet = False

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read and copy the text but not change it."""
        self.box.setReadOnly(read_only)

    def can_undo(self) -> bool:
        """Whether typing in this box can be taken back."""
        return self.box.document().isUndoAvailable()

    def _typed(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.box.insertPlainText("\n")
            return True
        if event.key() == Qt.Key.Key_Down and self._can_move(QTextCursor.MoveOperation.Down):
            return False
        if event.key() == Qt.Key.Key_Up and self._can_move(QTextCursor.MoveOperation.Up):
            return False
        return super()._pressed(event)

    def _can_move(self, way: QTextCursor.MoveOperation) -> bool:
        return QTextCursor(self.box.textCursor()).movePosition(way)
