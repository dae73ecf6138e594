"""What stands in place of an empty list: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.ui.plain_label import PlainLabel


class EmptyState(QWidget):
    """A sentence and the buttons that help."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel()
        self._title.setObjectName("title")
        self._hint = PlainLabel()
        self._hint.setObjectName("subtitle")
        self._hint.setWordWrap(True)
        for words in (self._title, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addSpacing(8)
        layout.addLayout(self._buttons)
        layout.addStretch(3)

    def say(self, title: str, hint: str, actions: dict[str, str]) -> None:
        """Shows a sentence, a hint and buttons (`key`: words)."""
        self._title.setText(title)
        self._hint.setText(hint)
        while self._buttons.count() > 2:
            item = self._buttons.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for number, (key, words) in enumerate(actions.items()):
            button = QPushButton(words)
            if number == 0:
                button.setProperty("kind", "main")
            button.clicked.connect(lambda _on=False, one=key: self.pressed.emit(one))
            self._buttons.insertWidget(number + 1, button)

    def sentence(self) -> str:
        """Returns the words shown."""
        return f"{self._title.text()} {self._hint.text()}".strip()
