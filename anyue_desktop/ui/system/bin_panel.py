"""回收站: what was deleted, register by register."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.places import ListPlace

COLUMNS = (
    ValueColumn("登记册", lambda row: row[1], icon=lambda row: "bin"),
    ValueColumn("回收站里", lambda row: f"{row[2]:,} 条", tone=lambda row: "" if row[2] else "muted"),
)


class BinPanel(QWidget):
    """Counts the deleted records; a register opens as a list from which records are restored."""

    go = Signal(object)

    def __init__(self, records: Records, registers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._registers = registers
        self.table = ValueTable("回收站", COLUMNS)
        self.table.chosen.connect(lambda row: self._open(self.table.current()))
        layout = QVBoxLayout(self)
        layout.addWidget(label("删除的记录都在这里，不会真的丢掉。选一个登记册按回车打开，可以恢复。", "subtitle"))
        layout.addWidget(self.table, 1)
        self.refresh()

    def refresh(self) -> None:
        """Counts anew."""
        self.table.put([(name, self._records.register(name).title, self._count(name)) for name in self._registers])

    def _count(self, register: str) -> int:
        return self._records.count(Query(register, deleted=True))

    def _open(self, row: tuple[str, str, int]) -> None:
        self.go.emit(ListPlace(Query(row[0], deleted=True), f"{row[1]} · 回收站"))
