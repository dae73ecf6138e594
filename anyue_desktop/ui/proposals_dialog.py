"""What the rules propose for chosen records, to be confirmed together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.suggesting import Suggested
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label

COLUMNS = (
    ValueColumn("姓名", lambda row: row.caption),
    ValueColumn("问题", lambda row: row.problem.message),
    ValueColumn("采用后", lambda row: row.words),
)


class ProposalsDialog(QDialog):
    """Lists the proposals; only the selected ones are taken over, at first all of them."""

    taken = Signal(list)

    def __init__(self, proposals: Sequence[Suggested], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("采用建议")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040, 460)
        self.table = ValueTable("可采用的建议", COLUMNS)
        self.table.put(proposals)
        self.table.selectAll()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(button("采用选中的(&A)", self.take, kind="main"))
        layout = QVBoxLayout(self)
        layout.addWidget(label("以下建议请核实，不采用的请先取消选中", "title"))
        layout.addWidget(label("采用后可在修改历史里看到，也可以恢复原来的内容。", "caption"))
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def take(self) -> None:
        """Takes the selected proposals over."""
        self.taken.emit(self.table.selected())
        self.accept()
