"""已转交: the people the county gave from one township to another."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from anyue_desktop.services.transferring import Transferring
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import label

COLUMNS = (
    ValueColumn("姓名", lambda row: row.caption, icon=lambda row: "people"),
    ValueColumn("原乡镇", lambda row: row.unit),
    ValueColumn("转给", lambda row: row.to_unit),
    ValueColumn("记录", lambda row: str(row.records), number=True),
    ValueColumn("时间", lambda row: row.at[:16].replace("T", " ")),
)
HOW = "在“各类登记册”的“人员基础信息”里打开一个人，点“转交”。两个乡镇读了回执才知道。"


class TransfersPanel(QWidget):
    """A list to look at."""

    def __init__(self, transferring: Transferring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transferring = transferring
        self.table = ValueTable("转交过的人员", COLUMNS, "没有转交过人员。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.table, 1)
        layout.addWidget(label(HOW, "caption"))
        self.refresh()

    def refresh(self) -> None:
        """Reads the list anew."""
        self.table.put(self._transferring.transfers())
