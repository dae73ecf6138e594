"""The visit rate of the last twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from anyue_desktop.ui import colours
from anyue_desktop.ui.charts.chart import Chart, Mark, pen

DOT = 4.0


@dataclass(frozen=True)
class MonthRate:
    """The rate of a month from 0 to 1, or None where nothing was due."""

    month: str
    rate: float | None


class YearLine(Chart):
    """A line with a dot a month; the last one carries its figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("十二个月探访率", parent)
        self._months: Sequence[MonthRate] = ()
        self.setMinimumHeight(110)

    def show_months(self, months: Sequence[MonthRate]) -> None:
        """Shows these months, the oldest first."""
        self._months = tuple(months)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Returns a size at which every month is readable."""
        return QSize(340, 130)

    def draw(self, painter: QPainter) -> None:
        """Paints the grid, the line and the dots."""
        metrics = self.fontMetrics()
        area = QRectF(metrics.horizontalAdvance("100%") + 6, 8, 0, 0)
        area.setRight(self.width() - 14)
        area.setBottom(self.height() - metrics.height() - 6)
        self._draw_grid(painter, area)
        step = area.width() / max(len(self._months) - 1, 1)
        line: list[QPointF] = []
        for number, month in enumerate(self._months):
            left = area.left() + number * step
            self._draw_month(painter, area, left, number, month)
            if month.rate is not None:
                line.append(QPointF(left, area.bottom() - area.height() * month.rate))
            words = f"{month.month}：" + ("没有应探访的人" if month.rate is None else f"探访率 {month.rate:.1%}")
            self.marks.append(Mark(QRectF(left - step / 2, area.top(), step, area.height()), month.month, words))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colours.ACCENT, 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(QColor(colours.ACCENT))
        for point in line:
            painter.drawEllipse(point, DOT - 1, DOT - 1)

    def _draw_grid(self, painter: QPainter, area: QRectF) -> None:
        for share in (0.0, 0.5, 1.0):
            top = area.bottom() - area.height() * share
            painter.setPen(pen(colours.LINE))
            painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
            painter.setPen(pen(colours.MUTED))
            label = QRectF(0, top - 10, area.left() - 6, 20)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")

    def _draw_month(self, painter: QPainter, area: QRectF, left: float, number: int, month: MonthRate) -> None:
        last = number == len(self._months) - 1
        half = self.fontMetrics().horizontalAdvance("12月") * 0.6
        step = area.width() / max(len(self._months) - 1, 1)
        every = max(1, int(-(-2 * half // step)))
        if (len(self._months) - 1 - number) % every:
            return
        painter.setPen(pen(colours.INK if last else colours.MUTED))
        right = min(left + half, self.width())
        label = QRectF(right - 2 * half, area.bottom() + 3, 2 * half, self.fontMetrics().height())
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{int(month.month[5:])}月")
