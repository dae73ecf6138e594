"""The days of a month as dots: on which days a person was visited."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.ui import colours
from anyue_desktop.ui.charts.chart import Chart, Mark, pen

CELL = 22


class MonthStrip(Chart):
    """One cell a day; a full one means a visit. Opening a day gives its date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("本月探访日历", parent)
        self._month = ""
        self._visited: frozenset[date] = frozenset()
        self._today = date.min
        self.setFixedHeight(CELL + 8)

    def show_month(self, month: str, visited: Collection[date], today: date) -> None:
        """Shows the days of a month."""
        self._month, self._visited, self._today = month, frozenset(visited), today
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Returns a size that holds a long month."""
        return QSize(31 * CELL, CELL + 8)

    def draw(self, painter: QPainter) -> None:
        """Paints the days."""
        if not self._month:
            return
        step = min(CELL, self.width() / 31)
        for number in range(1, last_day(self._month).day + 1):
            day = first_day(self._month).replace(day=number)
            area = QRectF((number - 1) * step + 1, 3, step - 2, CELL - 2)
            self._draw_day(painter, area, day)
            words = f"{day}：{'有探访' if day in self._visited else '没有探访'}"
            self.marks.append(Mark(area, day, words))

    def _draw_day(self, painter: QPainter, area: QRectF, day: date) -> None:
        visited, today = day in self._visited, day == self._today
        painter.setPen(pen(colours.ACCENT if today else colours.LINE, 2 if today else 1))
        painter.setBrush(QColor(colours.GREEN if visited else colours.SURFACE))
        painter.drawRoundedRect(area, 3, 3)
        painter.setPen(pen(colours.SURFACE if visited else colours.FAINT if day > self._today else colours.INK))
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(visited)
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(day.day))
