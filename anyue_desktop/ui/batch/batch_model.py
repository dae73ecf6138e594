"""The rows of a grid: one for each who is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from anyue_desktop.core.field import Field
from anyue_desktop.core.register import is_blank
from anyue_desktop.services.batches import Batch, Batching
from anyue_desktop.services.records import Records
from anyue_desktop.ui import colours
from anyue_desktop.ui.batch.batch_row import PICTURES, WORDS, BatchRow, State
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex


class BatchModel(QAbstractTableModel):
    """Rows of the grid. Every change is filled out, checked and kept as a draft at once."""

    state_changed = Signal()

    def __init__(self, records: Records, batching: Batching, batch: Batch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records, self._batching, self.batch = records, batching, batch
        register = records.register(batch.register)
        self.fields: list[Field] = [register.field(key) for key in batch.columns]
        self.facts = [batch.name.label, *(fact.label for fact in batch.facts)]
        self.rows: list[BatchRow] = []
        self.usual_date: date | None = None

    def show_rows(self, rows: Sequence[BatchRow]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        self.state_changed.emit()

    def field_at(self, index: Index) -> Field | None:
        """Returns the field of a column, or None for what cannot be typed."""
        place = index.column() - len(self.facts)
        return self.fields[place] if place >= 0 else None

    def value(self, index: Index) -> Any:
        """Returns the value of a cell."""
        field = self.field_at(index)
        return self.rows[index.row()].values.get(field.key) if field is not None else None

    def put(self, row: int, changes: Mapping[str, Any]) -> None:
        """Writes values into a row; those that follow from them are filled in."""
        one = self.rows[row]
        values = {**one.values, **changes}
        register, day = self.batch.register, self.batch.time
        if self.batch.dated and is_blank(values.get(day)) and self.usual_date and day not in changes:
            values[day] = self.usual_date
        values = self._records.fill(register, values)
        one.take(values, self._records.check(register, values))
        self._records.save_draft(register, one.key, values)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.state_changed.emit()

    def like_last(self, row: int) -> bool:
        """Repeats the stable answers of the record before; False when there was none."""
        last = self.rows[row].due.last
        if last is None:
            return False
        self.put(row, self._batching.like_last(self.batch.register, last))
        return True

    def to_save(self) -> list[BatchRow]:
        """Returns the rows that were typed and can be saved."""
        return [row for row in self.rows if row.state is State.TYPED]

    def count(self, state: State) -> int:
        """Returns how many rows stand so."""
        return sum(row.state is state for row in self.rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many columns there are."""
        return 0 if parent.isValid() else len(self.facts) + len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only answers can be typed."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if self.field_at(index) is not None else usual

    def text(self, index: Index) -> str:
        """Returns the text of a cell."""
        field, value = self.field_at(index), self.value(index)
        if field is None:
            due = self.rows[index.row()].due
            return (due.name, *due.facts)[index.column()]
        return "" if is_blank(value) else field.type.show(value)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns text, state picture, colour and words of a cell."""
        if not index.isValid():
            return None
        row, field = self.rows[index.row()], self.field_at(index)
        if role == Qt.ItemDataRole.EditRole:
            return self.text(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index) or self.before(row, field)
        if role == Qt.ItemDataRole.ForegroundRole and not self.text(index):
            return QColor(colours.FAINT)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon(PICTURES[row.state])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._words(row, field))
        problem = row.problem_of(field.key) if field is not None else None
        if role == Qt.ItemDataRole.BackgroundRole and problem is not None:
            return QColor(colours.RED_LIGHT if problem in row.errors() else colours.AMBER_LIGHT)
        return None

    def before(self, row: BatchRow, field: Field | None) -> str:
        """Returns what the record before said of a field, where the batch shows it."""
        former = (row.due.last or {}).get(field.key) if field is not None and self.batch.before else None
        return f"{self.batch.before} {field.type.show(former)}" if field is not None and not is_blank(former) else ""

    def words(self, state: State) -> str:
        """Returns the words for how a row stands."""
        return self.batch.done if state is State.DONE else WORDS[state]

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the label of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return self.facts[section] if section < len(self.facts) else self.fields[section - len(self.facts)].label

    def _words(self, row: BatchRow, field: Field | None) -> str:
        if field is None:
            lines = [f"{row.due.name}　{self.words(row.state)}"]
            return "\n".join([*lines, *(f"✗ {problem.message}" for problem in row.errors())])
        problem = row.problem_of(field.key)
        found = (f"▲ {problem.message}" if problem else "", self.before(row, field))
        return "\n".join(words for words in found if words)
