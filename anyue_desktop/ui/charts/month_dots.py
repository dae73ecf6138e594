"""Twelve dots: in which months of a year a person was visited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from anyue_desktop.ui import colours
from anyue_desktop.ui.charts.chart import Chart, Mark, pen

FIGURE_PIXELS = 12  # the dots do not grow with the text


class MonthDots(Chart):
    """A full dot for a month with a visit, an empty ring for one without, nothing for one to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("各月探访", parent)
        self._year, self._past = 0, 12
        self._counts: tuple[int, ...] = (0,) * 12
        self.setFixedHeight(self.fontMetrics().height() + 24)

    def show_year(self, year: int, counts: Sequence[int], past: int) -> None:
        """Shows the number of visits of each month; `past` months have begun."""
        self._year, self._past = year, past
        self._counts = tuple(counts)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Returns a size that holds twelve months."""
        return QSize(12 * 30, self.height())

    def draw(self, painter: QPainter) -> None:
        """Paints the dots and the months under them."""
        step = self.width() / 12
        for number, count in enumerate(self._counts):
            centre = QPointF(step * (number + 0.5), 11)
            self._draw_dot(painter, centre, count, begun=number < self._past)
            painter.setPen(pen(colours.MUTED))
            label = QRectF(step * number, 20, step, self.fontMetrics().height())
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            month = f"{self._year}-{number + 1:02d}"
            area = QRectF(step * number, 0, step, self.height())
            self.marks.append(Mark(area, month, f"{month}：{f'{count} 次探访' if count else '没有探访记录'}"))

    def _draw_dot(self, painter: QPainter, centre: QPointF, count: int, *, begun: bool) -> None:
        if count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.GREEN))
            painter.drawEllipse(centre, 8, 8)
            painter.setPen(pen(colours.SURFACE))
            painter.save()
            font = painter.font()
            font.setPixelSize(FIGURE_PIXELS)
            painter.setFont(font)
            place = QRectF(centre.x() - 8, centre.y() - 8, 16, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(count) if count < 10 else "+")
            painter.restore()
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colours.RED if begun else colours.LINE, 1.6))
        painter.drawEllipse(centre, 6, 6)
