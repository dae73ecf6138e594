"""A search box that answers while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from anyue_desktop.ui.icons import icon

PAUSE_MS, BESIDE_HINT = 120, 88


class SearchBox(QLineEdit):
    """Says what is searched for after each pause of typing; words still being composed do not count."""

    asked = Signal(str)
    done = Signal()  # Enter or Down: on to what was found

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._composing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(lambda: self._timer.start())

    def show_whole_hint(self) -> None:
        """Takes the room its hint needs, beside the two icons."""
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.placeholderText()) + BESIDE_HINT)

    def show_text(self, text: str) -> None:
        """Shows a text without asking for it."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Follows the input method."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Down go on to the list; Escape empties the box."""
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
