"""The rows of a list: ordered ids, texts fetched in blocks when they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from anyue_desktop.core.field import Field
from anyue_desktop.core.types import Code
from anyue_desktop.services.columns import Column
from anyue_desktop.services.records import Records
from anyue_desktop.ui import colours
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.plain_label import plain_tip

BLOCK = 100
KEPT_BLOCKS = 60
LONGEST_NAME = 8  # a longer name of a code shows without its bracket; the tooltip has all of it
Index = QModelIndex | QPersistentModelIndex


class ListModel(QAbstractTableModel):
    """The records of one question to one register. It never sorts: a new order is a new question."""

    def __init__(self, records: Records, register: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._register = register
        self.columns: list[Column] = list(records.columns(register))
        self.ids: list[str] = []
        self._blocks: dict[int, list[dict[str, str]]] = {}
        self.masked = True

    def show_ids(self, ids: Sequence[str]) -> None:
        """Shows these records, in this order."""
        self.beginResetModel()
        self.ids = list(ids)
        self._blocks.clear()
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Shows these columns."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    def text(self, row: int, path: str) -> str:
        """Returns the shown text of a record at a dotted path."""
        return self._row(row).get(path, "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many records the question found."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text of a cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return brief(column.field, self.text(index.row(), column.path))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.text(index.row(), column.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(index.row(), column.path))
        if role in (Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole):
            tone = tone_of(column.field, self.text(index.row(), column.path))
            return _marked(tone, role) if tone else None
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the label of a column, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return self.columns[section].label if section < len(self.columns) else None

    def _row(self, row: int) -> dict[str, str]:
        number, place = divmod(row, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._fetch(number)
        return block[place] if place < len(block) else {}

    def _fetch(self, number: int) -> list[dict[str, str]]:
        if len(self._blocks) >= KEPT_BLOCKS:
            self._blocks.pop(next(iter(self._blocks)))
        wanted = self.ids[number * BLOCK : (number + 1) * BLOCK]
        found = {row["id"]: row for row in self._records.rows(self._register, wanted, masked=self.masked)}
        return [found.get(one, {}) for one in wanted]


def tone_of(field: Field, text: str) -> str:
    """Returns how grave an answer is, as its code list says: `error` for 重大隐患; nothing for most."""
    if not isinstance(field.type, Code):
        return ""
    return next((str(item.attributes.get("tone", "")) for item in field.type.list.items if item.name == text), "")


def _marked(tone: str, role: int) -> QColor | QIcon:
    """The colour, and the picture beside it for whoever does not see the colour."""
    return QColor(colours.TONES[tone]) if role == Qt.ItemDataRole.ForegroundRole else icon(tone)


def brief(field: Field, text: str) -> str:
    """Returns a long name of a code without its bracket, where that still names one code only."""
    if len(text) <= LONGEST_NAME or not isinstance(field.type, Code):
        return text
    items = field.type.list.items
    short = next((item.short_name for item in items if item.name == text), text)
    return short if sum(item.short_name == short for item in items) == 1 else text
