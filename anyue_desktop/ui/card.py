"""A titled surface."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from anyue_desktop.ui.plain_label import PlainLabel


class Card(QFrame):
    """A white frame with a heading; widgets are added below it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = PlainLabel(title)
        self._title.setObjectName("section")
        self._beside = PlainLabel()
        self._beside.setObjectName("caption")
        head = QHBoxLayout()
        self._beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title)
        head.addWidget(self._beside, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 10)
        self.body.setSpacing(6)
        self.body.addLayout(head)

    def say_beside(self, words: str) -> None:
        """Shows a few words at the right of the heading."""
        self._beside.setText(words)
