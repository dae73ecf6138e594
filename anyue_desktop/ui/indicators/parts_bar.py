"""A bar below a table of indicators: words about the one under the cursor, and a button for each part of its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.words import button

FRAME = (12, 6, 8, 6)


class PartsBar(QFrame):
    """Two lines of words, and what opens the records behind numerator, denominator and difference."""

    wanted = Signal(str)  # numerator | denominator | missing

    def __init__(
        self, words: QWidget, beside: QWidget, parts: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.buttons = {part: button(text, self._asker(part)) for part, text in parts.items()}
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(words)
        said.addWidget(beside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*FRAME)
        layout.addLayout(said, 1)
        for one in self.buttons.values():
            layout.addWidget(one)

    def _asker(self, part: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(part)
