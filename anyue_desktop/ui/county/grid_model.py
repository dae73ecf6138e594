"""The cells of 指标: one township a row, one indicator a column, the county first."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from anyue_desktop.services.county_grid import CountyGrid, cell_text
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.measuring import GridRow
from anyue_desktop.ui import colours

Index = QModelIndex | QPersistentModelIndex
GROUNDS = {"met": colours.GREEN_LIGHT, "near": colours.AMBER_LIGHT, "below": colours.RED_LIGHT}
INKS = {"met": colours.GREEN, "near": colours.AMBER, "below": colours.RED}
STATES = {"met": "达到目标", "near": "接近目标", "below": "没有达到目标"}
APART = Qt.ItemDataRole.UserRole
BY_NAME = 0


class GridModel(QAbstractTableModel):
    """Shows a grid, all of its indicators or those of 专栏1, sorted by any column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: CountyGrid | None = None
        self.main = True
        self.indicators: list[IndicatorValue] = []
        self.rows: list[GridRow] = []
        self._places: list[int] = []  # of the indicators shown, in the values of a row
        self._order, self._down = BY_NAME, False

    def show_grid(self, grid: CountyGrid, *, main: bool) -> None:
        """Shows another grid, or other indicators of the same."""
        self.beginResetModel()
        self.grid, self.main = grid, main
        values = grid.rows[0].values
        self._places = [place for place, one in enumerate(values) if one.main or not main]
        self.indicators = [values[place] for place in self._places]
        if self._order > len(self._places):
            self._order, self._down = BY_NAME, False
        self._arrange()
        self.endResetModel()

    def sort_by(self, column: int, *, down: bool) -> None:
        """Sorts the townships by a column; those without a value come last, the county stays first."""
        self.beginResetModel()
        self._order, self._down = column, down
        self._arrange()
        self.endResetModel()

    def value(self, index: Index) -> IndicatorValue | None:
        """Returns the indicator of a cell, or None for a name."""
        if not index.isValid() or index.column() == BY_NAME:
            return None
        return self.rows[index.row()].values[self._places[index.column() - 1]]

    def apart(self, index: Index) -> str:
        """Returns what the township's own report said otherwise of a cell."""
        value, row = self.value(index), self.rows[index.row()]
        return self.grid.apart.get((row.code, value.id), "") if self.grid and value else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Returns how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Returns how many columns there are."""
        return 0 if parent.isValid() or not self.rows else len(self._places) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns text, colours and words of a cell."""
        value, row = self.value(index), self.rows[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if index.row() == 0 else None
        if value is None:
            return row.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        return self._of_value(index, row, value, role)

    def headerData(  # noqa: N802 - Qt's signature
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns a column's title; its tooltip has the target and where the plan says so."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if section == BY_NAME:
            return "乡镇（街道）" if role == Qt.ItemDataRole.DisplayRole else None
        one = self.indicators[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.id} {one.name}\n2025年目标 {one.target}　{one.attribute}　{one.place}"
        return None

    def _of_value(self, index: Index, row: GridRow, value: IndicatorValue, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(value)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_words(row, value, self.apart(index))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(ground)) if (ground := GROUNDS.get(value.state)) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(INKS.get(value.state, colours.INK)))
        return bool(self.apart(index)) if role == APART else None

    def _arrange(self) -> None:
        if self.grid is None:
            return
        county, *townships = self.grid.rows
        if self._order == BY_NAME:
            townships = townships[::-1] if self._down else townships
        else:
            place = self._places[self._order - 1]
            known = [row for row in townships if _number(row.values[place]) is not None]
            unknown = [row for row in townships if _number(row.values[place]) is None]
            known.sort(key=lambda row: _number(row.values[place]) or Decimal(0), reverse=self._down)
            townships = [*known, *unknown]
        self.rows = [county, *townships]


def cell_words(row: GridRow, value: IndicatorValue, apart: str = "") -> str:
    """Returns all there is to say of a cell."""
    lines = [f"{row.name}　{value.name}：{cell_text(value)}", f"{value.parts}　2025年目标 {value.target}"]
    lines.append("，".join(text for text in (STATES.get(value.state, ""), value.gap) if text))
    return "\n".join(text for text in (*lines, *value.notes, apart) if text)


def _number(value: IndicatorValue) -> Decimal | None:
    try:
        return Decimal(value.value.rstrip("%").replace(",", ""))
    except InvalidOperation:
        return None


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
