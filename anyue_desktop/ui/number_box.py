"""A box for a whole number."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

BESIDE = 7  # as far from the edge as in other boxes; a style sheet cannot move the text of this one


class NumberBox(QSpinBox):
    """Without arrows; the wheel leaves it alone: scrolling a page must not change it."""

    def __init__(self, low: int, high: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setValue(value)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.lineEdit().setTextMargins(BESIDE, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Lets the page scroll instead."""
        event.ignore()
