"""A table of plain values: what a service answered, to look at and to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from anyue_desktop.ui import colours, icons
from anyue_desktop.ui.plain_label import plain_tip
from anyue_desktop.ui.theme import ROW_EXTRA

Index = QModelIndex | QPersistentModelIndex
MEASURED_ROWS = 60  # column widths are taken from the first rows: measuring all of 5,000 would be felt
WIDEST, LEAST_WIDEST = 460, 150  # a column is as wide as its text, within what leaves the others in sight


@dataclass(frozen=True)
class ValueColumn:
    """One column: its title, the text of a row, and a second cue where colour says something."""

    title: str
    text: Callable[[Any], str]
    icon: Callable[[Any], str] = lambda row: ""
    tone: Callable[[Any], str] = lambda row: ""
    number: bool = False
    widest: int = WIDEST  # in pixels; a longer text is cut, and whole in the tooltip


class ValueModel(QAbstractTableModel):
    """Rows of plain values."""

    def __init__(self, columns: Sequence[ValueColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[ValueColumn] = columns
        self.values: list[Any] = []

    def put(self, values: Sequence[Any]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.values = list(values)
        self.endResetModel()

    def retitle(self, titles: Sequence[str]) -> None:
        """Gives the columns other titles."""
        self.columns = [replace(column, title=title) for column, title in zip(self.columns, titles, strict=True)]
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Returns how many rows there are."""
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Returns how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text, icon, colour or alignment of a cell."""
        column, row = self.columns[index.column()], self.values[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.text(row))
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon(name) if (name := column.icon(row)) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours.TONES[tone]) if (tone := column.tone(row)) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802 - Qt's signature
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns a column's title or a row's number."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class ValueTable(QTableView):
    """Shows rows of plain values; Enter or a double click chooses one, Ctrl+C copies the selected."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[ValueColumn], empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._empty = empty
        self._model = ValueModel(columns, self)
        self._wanted: list[int] = []
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(not columns[-1].number)  # a number stays beside its name
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(lambda index: self.chosen.emit(self._model.values[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._tell_move)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        self._fit_rows()

    @property
    def values(self) -> list[Any]:
        """The rows shown."""
        return self._model.values

    def put(self, values: Sequence[Any]) -> None:
        """Shows other rows, keeping the place where possible."""
        place = self.currentIndex().row()
        self._model.put(values)
        self._fit_columns()
        if values:
            self.setCurrentIndex(self._model.index(min(max(place, 0), len(values) - 1), 0))

    def retitle(self, titles: Sequence[str]) -> None:
        """Gives the columns other titles."""
        self._model.retitle(titles)
        self._fit_columns()

    def say_empty(self, words: str) -> None:
        """Says something else where there is nothing to show."""
        self._empty = words
        self.viewport().update()

    def current(self) -> Any:
        """Returns the row under the cursor, or None."""
        index = self.currentIndex()
        return self._model.values[index.row()] if index.isValid() else None

    def selected(self) -> list[Any]:
        """Returns the selected rows, from top to bottom."""
        return [self._model.values[index.row()] for index in sorted(self.selectionModel().selectedRows())]

    def copy(self) -> None:
        """Copies the selected rows so that they can be pasted into a workbook."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        width = range(self._model.columnCount())
        lines = ["\t".join(str(self._model.index(row, column).data()) for column in width) for row in rows]
        QApplication.clipboard().setText("\n".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Says what to do when there is nothing to show."""
        super().paintEvent(event)
        if self._model.values or not self._empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(colours.MUTED))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.viewport().rect().adjusted(16, 16, -16, -16), int(flags), self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shares the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keeps rows as high as the text asks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(self.font().pixelSize(), 14) + ROW_EXTRA)

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(MEASURED_ROWS)
        self._wanted = [
            min(max(self.sizeHintForColumn(number), header.sectionSizeHint(number)) + 12, column.widest)
            for number, column in enumerate(self._model.columns)
        ]
        self._share_room()

    def _share_room(self) -> None:
        for column, width in enumerate(in_sight(self._wanted, self.viewport().width())):
            self.setColumnWidth(column, width)

    def _tell_move(self) -> None:
        self.moved.emit(self.current())


def in_sight(wanted: Sequence[int], room: int) -> list[int]:
    """Returns widths with which every column is in sight where that can be: the widest give way first."""
    widest = WIDEST
    while widest > LEAST_WIDEST and sum(min(one, widest) for one in wanted) > room:
        widest -= 10
    return [min(one, widest) for one in wanted]
