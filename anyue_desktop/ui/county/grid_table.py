"""The heat table of 指标: the first row and column stay in sight, a corner marks what a township reported otherwise."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from anyue_desktop.ui import colours
from anyue_desktop.ui.county.grid_model import APART, GridModel
from anyue_desktop.ui.frozen_table import FrozenTable

NAME_EMS, VALUE_EMS, HEAD_LINES, CORNER, AROUND = 7.5, 7.2, 4, 9, 14


class CornerDelegate(QStyledItemDelegate):
    """Paints a cell, and a red corner where there is something to say of it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints a cell and its corner."""
        super().paint(painter, option, index)
        if not index.data(APART):
            return
        corner = QPointF(option.rect.topRight())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ACCENT))
        across, down = QPointF(corner.x() - CORNER, corner.y()), QPointF(corner.x() + 1, corner.y() + CORNER)
        painter.drawPolygon(QPolygonF([across, QPointF(corner.x() + 1, corner.y()), down]))
        painter.restore()


class GridTable(FrozenTable):
    """Townships by indicators; every cell is chosen by itself."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)
        self.setObjectName("grid")
        self.setAccessibleName("各乡镇的指标")
        for table in (self, self.front):
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
            table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            table.setAlternatingRowColors(False)
            table.setItemDelegate(CornerDelegate(table))
            heading = table.horizontalHeader()
            heading.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            heading.setSortIndicatorShown(False)
        self.setModel(model)

    def fit(self, row_height: int) -> None:
        """Gives rows, columns and header the room their text needs."""
        em = self.fontMetrics().horizontalAdvance("中")
        for column in range(self.model().columnCount()):
            self.setColumnWidth(column, int(em * (VALUE_EMS if column else NAME_EMS)))
        height = HEAD_LINES * self.fontMetrics().lineSpacing() + AROUND
        self.horizontalHeader().setFixedHeight(height)
        self.set_row_height(row_height)
        self.freeze()
