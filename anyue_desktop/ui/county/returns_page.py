"""问题与退回: what was given back and has not come back mended, people two townships have, and people who moved."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.services.asking import Asking
from anyue_desktop.services.deciding import Deciding
from anyue_desktop.services.records import Records
from anyue_desktop.services.returning import OpenReturn, Returning
from anyue_desktop.services.transferring import Transferring
from anyue_desktop.ui.county.asking_panel import AskingPanel
from anyue_desktop.ui.county.pairs_panel import PairsPanel
from anyue_desktop.ui.county.transfers_panel import TransfersPanel
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.tasks import Tasks

EVERYBODY = "全部乡镇"
BY_HAND, DUPLICATE = "R_RULE", "R_DUP_PERSON"
KINDS = {BY_HAND: "审核退回", DUPLICATE: "人员重复"}


class ReturnsPage(Page):
    """Open returns of all townships, the pairs that wait for a decision, and the people given to another township."""

    def __init__(
        self,
        returning: Returning,
        records: Records,
        deciding: Deciding,
        transferring: Transferring,
        asking: Asking,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("问题与退回", parent)
        self._returning = returning
        self._records = records
        self._rows: list[OpenReturn] = []
        self._units = QComboBox()
        self._units.setAccessibleName("乡镇")
        self._units.currentIndexChanged.connect(self._show)
        self._count = label(kind="subtitle", name="退回数")
        self.table = ValueTable("退回的记录", self._columns(), "没有还没改好的退回记录。")
        self.tabs = QTabWidget()
        self.pairs = PairsPanel(deciding, tasks)
        self.transfers = TransfersPanel(transferring)
        self.asking = AskingPanel(asking, tasks)
        self.pairs.counted.connect(self._count_pairs)
        self._lay_out()
        self._count_pairs(len(self.pairs.pairs.values))
        self.refresh()

    def refresh(self, changed: frozenset[str] = frozenset()) -> None:
        """Reads the open returns anew."""
        self.pairs.refresh()
        self.transfers.refresh()
        self.asking.refresh()
        self._rows = self._returning.returns()
        chosen = self._units.currentText()
        self._units.blockSignals(True)
        self._units.clear()
        self._units.addItems([EVERYBODY, *dict.fromkeys(row.unit for row in self._rows)])
        self._units.setCurrentText(chosen or EVERYBODY)
        self._units.blockSignals(False)
        self._show()

    def arrive(self) -> None:
        """Puts the cursor into the list."""
        self.table.setFocus()

    def _count_pairs(self, count: int) -> None:
        self.tabs.setTabText(1, f"重复人员（{count}）" if count else "重复人员")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._units)
        head.addWidget(self._count, 1)
        returned = QWidget()
        inside = QVBoxLayout(returned)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addLayout(head)
        inside.addWidget(self.table, 1)
        inside.addWidget(label("乡镇改好并再次上报后，这里自动消除。写回执在“乡镇”页。", "caption"))
        self.tabs.setAccessibleName("问题与退回")
        self.tabs.addTab(returned, "退回的记录")
        self.tabs.addTab(self.pairs, "重复人员")
        self.tabs.addTab(self.transfers, "已转交")
        self.tabs.addTab(self.asking, "向乡镇提的要求")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(label("问题与退回", "title"))
        layout.addWidget(self.tabs, 1)

    def _show(self) -> None:
        unit = self._units.currentText()
        shown = [row for row in self._rows if unit in (EVERYBODY, row.unit)]
        self.table.put(shown)
        self._count.setText(f"还有 {len(shown)} 条没有改好")

    def _columns(self) -> tuple[ValueColumn, ...]:
        return (
            ValueColumn("单位", lambda row: row.unit),
            ValueColumn("姓名", lambda row: row.caption or "（没有收下）"),
            ValueColumn("登记册", lambda row: self._records.register(row.register).title),
            ValueColumn("项目", lambda row: row.label or "（整条）"),
            ValueColumn(
                "种类",
                lambda row: KINDS.get(row.code, "程序退回"),
                icon=lambda row: "people" if row.code == DUPLICATE else "returned",
            ),
            ValueColumn("退回时间", lambda row: row.at[:16].replace("T", " ")),
            ValueColumn("原因", lambda row: row.message),
        )
