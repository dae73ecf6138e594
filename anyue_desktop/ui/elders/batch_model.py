"""The month's visits as a grid: one row a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from anyue_desktop.core.field import Field
from anyue_desktop.core.register import is_blank
from anyue_desktop.services.records import Records
from anyue_desktop.services.visits import DueRow, Visits
from anyue_desktop.ui import colours
from anyue_desktop.ui.elders.batch_row import PICTURES, WORDS, BatchRow, State
from anyue_desktop.ui.icons import icon

VISIT = "elder_visit"
TYPED_KEYS = (
    "visit_date", "visit_method", "visit_result", "health", "mental", "safety_issues", "hygiene", "housing", "needs",
    "actions", "visitor_name", "health_note",
)  # fmt: skip
FACTS: tuple[tuple[str, Callable[[DueRow], str]], ...] = (
    ("姓名", lambda due: due.name),
    ("村组", lambda due: f"{due.village}{due.group}"),
    ("年龄", lambda due: "" if due.age is None else str(due.age)),
    ("上次探访", lambda due: str(due.last_visit or "")),
)
Index = QModelIndex | QPersistentModelIndex


class BatchModel(QAbstractTableModel):
    """Rows of the grid. Every change is filled out, checked and kept as a draft at once."""

    state_changed = Signal()

    def __init__(self, records: Records, visits: Visits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records, self._visits = records, visits
        register = records.register(VISIT)
        self.fields: list[Field] = [register.field(key) for key in TYPED_KEYS]
        self.rows: list[BatchRow] = []
        self.usual_date: date | None = None

    def show_rows(self, rows: Sequence[BatchRow]) -> None:
        """Shows these people."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        self.state_changed.emit()

    def field_at(self, index: Index) -> Field | None:
        """Returns the field of a column, or None for what cannot be typed."""
        place = index.column() - len(FACTS)
        return self.fields[place] if place >= 0 else None

    def value(self, index: Index) -> Any:
        """Returns the value of a cell."""
        field = self.field_at(index)
        return self.rows[index.row()].values.get(field.key) if field is not None else None

    def put(self, row: int, changes: Mapping[str, Any]) -> None:
        """Writes values into a row; those that follow from them are filled in."""
        one = self.rows[row]
        values = {**one.values, **changes}
        if is_blank(values.get("visit_date")) and self.usual_date and "visit_date" not in changes:
            values["visit_date"] = self.usual_date
        values = self._records.fill(VISIT, values)
        one.take(values, self._records.check(VISIT, values))
        self._records.save_draft(VISIT, one.key, values)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.state_changed.emit()

    def like_last(self, row: int) -> bool:
        """Repeats the stable answers of the last visit; False when there was none."""
        last = self.rows[row].due.last
        if last is None:
            return False
        self.put(row, self._visits.like_last(last))
        return True

    def to_save(self) -> list[BatchRow]:
        """Returns the rows that were typed and can be saved."""
        return [row for row in self.rows if row.state is State.TYPED]

    def count(self, state: State) -> int:
        """Returns how many rows stand so."""
        return sum(row.state is state for row in self.rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many people there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Returns how many columns there are."""
        return 0 if parent.isValid() else len(FACTS) + len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only answers can be typed."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if self.field_at(index) is not None else usual

    def text(self, index: Index) -> str:
        """Returns the text of a cell."""
        field, value = self.field_at(index), self.value(index)
        if field is None:
            return FACTS[index.column()][1](self.rows[index.row()].due)
        return "" if is_blank(value) else field.type.show(value)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns text, state picture, colour and words of a cell."""
        if not index.isValid():
            return None
        row, field = self.rows[index.row()], self.field_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon(PICTURES[row.state])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words(row, field)
        problem = row.problem_of(field.key) if field is not None else None
        if role == Qt.ItemDataRole.BackgroundRole and problem is not None:
            return QColor(colours.RED_LIGHT if problem in row.errors() else colours.AMBER_LIGHT)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the label of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return FACTS[section][0] if section < len(FACTS) else self.fields[section - len(FACTS)].label

    def _words(self, row: BatchRow, field: Field | None) -> str:
        if field is None:
            lines = [f"{row.due.name}　{WORDS[row.state]}", row.due.categories]
            return "\n".join([*lines, *(f"✗ {problem.message}" for problem in row.errors())])
        problem = row.problem_of(field.key)
        return f"▲ {problem.message}" if problem else ""
