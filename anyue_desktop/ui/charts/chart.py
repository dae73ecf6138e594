"""What every painted picture shares: marks that can be pointed at, clicked and reached by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from anyue_desktop.ui import colours


@dataclass(frozen=True)
class Mark:
    """Something on a picture that can be opened."""

    area: QRectF
    key: Any
    words: str


class Chart(QWidget):
    """A picture painted by hand. Arrow keys walk over its marks, Enter opens one."""

    opened = Signal(object)  # the key of a mark

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.marks: list[Mark] = []
        self._current = -1

    def draw(self, painter: QPainter) -> None:
        """Paints the picture and sets its marks."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the picture and a frame around the mark the keys are on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.marks = []
        self.draw(painter)
        if self.hasFocus() and 0 <= self._current < len(self.marks):
            painter.setPen(QPen(QColor(colours.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.marks[self._current].area.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def mark_at(self, point: QPointF) -> Mark | None:
        """Returns the mark under a point."""
        return next((mark for mark in self.marks if mark.area.contains(point)), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens the mark that was clicked."""
        mark = self.mark_at(event.position())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(mark.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Shows a hand over what can be opened."""
        over = self.mark_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walks over the marks and opens one."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        if event.key() in steps and self.marks:
            self._current = max(0, min(len(self.marks) - 1, self._current + steps[Qt.Key(event.key())]))
            self.setAccessibleDescription(self.marks[self._current].words)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.opened.emit(self.marks[self._current].key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Says in words what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), mark.words if mark else "", self)
            return True
        return super().event(event)


def pen(colour: str, width: float = 1.0) -> QPen:
    """Returns a pen of a colour."""
    return QPen(QColor(colour), width)
