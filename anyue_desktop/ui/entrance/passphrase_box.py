"""A box for a passphrase that says what goes wrong at keyboards."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.ui.plain_label import PlainLabel

CAPITALS = "大写锁定可能开着，请看一下键盘上的 Caps Lock"
FULL_WIDTH = "输入了全角字符，请把输入法切换到半角再输"


class _Line(QLineEdit):
    """A line that notices capital letters typed without Shift."""

    capitals = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Looks at the letter before it is written."""
        text = event.text()
        if text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(text.isupper() and not shifted)
        super().keyPressEvent(event)


class PassphraseBox(QWidget):
    """Hidden text with a box to show it, and a warning under it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.entered)
        self.line.capitals.connect(self._warn_of_capitals)
        self._show = QCheckBox("显示")
        self._show.toggled.connect(self._reveal)
        self._warning = PlainLabel()
        self._warning.setProperty("tone", "warning")
        self._capitals = False
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self._warning)
        self.setFocusProxy(self.line)
        self._say()

    def text(self) -> str:
        """Returns what was typed, in the form the keys are made from (NFC)."""
        return unicodedata.normalize("NFC", self.line.text())

    def clear(self) -> None:
        """Empties the box."""
        self.line.clear()

    def warning(self) -> str:
        """Returns the warning shown."""
        return self._warning.text()

    def show_words(self, words: str) -> None:
        """Puts a suggested passphrase into the box, readable."""
        self.line.setText(words)
        self._show.setChecked(True)

    def _reveal(self, readable: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if readable else QLineEdit.EchoMode.Password)
        self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _warn_of_capitals(self, on: bool) -> None:
        self._capitals = on
        self._say()

    def _say(self) -> None:
        wide = any("！" <= char <= "～" for char in self.line.text())
        self._warning.setText(FULL_WIDTH if wide else CAPITALS if self._capitals and self.line.text() else "")
        self._warning.setVisible(bool(self._warning.text()))
