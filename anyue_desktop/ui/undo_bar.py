"""A line that says what was just done and takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from anyue_desktop.ui.plain_label import PlainLabel

SHOWN_MS = 20_000


class UndoBar(QFrame):
    """Shows for twenty seconds; Alt+Z takes the action back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_bar")
        self._words = PlainLabel()
        self.button = QPushButton("撤销(&Z)")
        self.button.clicked.connect(self._undo)
        self._action: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)
        self.hide()

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Says what was done and how it is taken back."""
        self._words.setText(words)
        self._action = undo
        self.show()
        self._timer.start(SHOWN_MS)

    def _undo(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
            self._action = None
