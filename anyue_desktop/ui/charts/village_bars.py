"""How far each village is with the month's visits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from anyue_desktop.services.measuring import VillageVisits
from anyue_desktop.ui import colours
from anyue_desktop.ui.charts.chart import Chart, Mark, pen

LONGEST_NAME = 0.4  # of the width


class VillageBars(Chart):
    """One bar a village: visited of due, with the figures in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("各村本月探访", parent)
        self._villages: Sequence[VillageVisits] = ()

    def show_villages(self, villages: Sequence[VillageVisits]) -> None:
        """Shows these villages."""
        self._villages = tuple(villages)
        self.setMinimumHeight(max(1, len(self._villages)) * self._row() + 4)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Returns a size that holds all villages."""
        return QSize(360, max(1, len(self._villages)) * self._row() + 4)

    def draw(self, painter: QPainter) -> None:
        """Paints the bars."""
        measure = self.fontMetrics().horizontalAdvance
        most = max((village.due for village in self._villages), default=0) or 1
        left = min(max((measure(one.name) for one in self._villages), default=0), self.width() * LONGEST_NAME)
        right = max((measure(_figure(one)) for one in self._villages), default=0) + measure(" ")
        for number, village in enumerate(self._villages):
            row = QRectF(0, number * self._row(), self.width(), self._row())
            self._draw_name(painter, row, village, left)
            self._draw_bar(painter, row.adjusted(left + 6, 6, -right - 6, -6), village, most)
            self._draw_figure(painter, row, village, right)
            words = f"{village.name}：应探访 {village.due} 人，已探访 {village.visited} 人"
            self.marks.append(Mark(row, village.code, words))

    def _row(self) -> int:
        return self.fontMetrics().height() + 10

    def _draw_name(self, painter: QPainter, row: QRectF, village: VillageVisits, width: float) -> None:
        painter.setPen(pen(colours.INK))
        name = self.fontMetrics().elidedText(village.name, Qt.TextElideMode.ElideRight, int(width))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(row.left(), row.top(), width, row.height()), side, name)

    def _draw_bar(self, painter: QPainter, area: QRectF, village: VillageVisits, most: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(area.left(), area.top(), area.width() * village.due / most, area.height())
        painter.setBrush(QColor(colours.LINE))
        painter.drawRoundedRect(whole, 2, 2)
        share = village.visited / village.due if village.due else 0
        painter.setBrush(QColor(colours.GREEN if share >= 1 else colours.ACCENT))
        painter.drawRoundedRect(QRectF(whole.left(), whole.top(), whole.width() * min(share, 1), whole.height()), 2, 2)

    def _draw_figure(self, painter: QPainter, row: QRectF, village: VillageVisits, width: float) -> None:
        painter.setPen(pen(colours.GREEN if village.visited >= village.due else colours.INK))
        place = QRectF(row.right() - width, row.top(), width, row.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _figure(village))


def _figure(village: VillageVisits) -> str:
    done = village.visited >= village.due
    return f"✓ {village.due}" if done else f"{village.visited}/{village.due}"
