"""Values typed on one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.ui.editors.editor import Editor


class LineEditor(Editor):
    """One line of text, read by the field's type."""

    example = ""
    hints = Qt.InputMethodHint.ImhNone

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.example)
        self.line.setInputMethodHints(self.hints)
        self.line.textEdited.connect(self._typed)
        self._row.addWidget(self.line, 1)
        self._watch(self.line)

    def raw(self) -> str:
        """Returns the text as it stands in the box."""
        return self.line.text()

    def set_raw(self, text: str) -> None:
        """Puts a text into the box."""
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read and copy the text but not change it."""
        self.line.setReadOnly(read_only)
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)

    def can_undo(self) -> bool:
        """Whether typing in this box can be taken back."""
        return self.line.isUndoAvailable()

    def _typed(self) -> None:
        self.notes = ()
        self.changed.emit()
