"""写回执: the county's signed answers, onto the stick that goes back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.returning import Returning, UnitStatus, WrittenReceipt
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks


class ReceiptsDialog(QDialog):
    """One receipt per township chosen; all that have reported are chosen at first."""

    def __init__(
        self, returning: Returning, units: Sequence[UnitStatus], tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._returning = returning
        self._tasks = tasks
        self.setWindowTitle("写回执")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 560)
        self._list = QListWidget()
        self._list.setAccessibleName("给哪些乡镇写回执")
        for unit in units:
            if unit.site:
                self._add(unit)
        self._list.itemChanged.connect(self._refresh)
        self.place = PlaceChooser()
        self.place.changed.connect(self._refresh)
        self.notice = Notice()
        self._write = button("写入(&W)", self.write, kind="main")
        self._lay_out()
        self._refresh()

    def sites(self) -> list[str]:
        """Returns the sites that get a receipt."""
        items = [self._list.item(row) for row in range(self._list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def write(self) -> None:
        """Writes the receipts and reads them back."""
        folder, sites = self.place.folder(), self.sites()
        if folder is None:
            return

        def job(progress: Progress) -> list[WrittenReceipt]:
            return [self._returning.receipt(site, folder) for site in progress.each(sites, "写回执", len(sites))]

        self._tasks.run(job, self._written, title="写回执", window=self)

    def _add(self, unit: UnitStatus) -> None:
        returned = f"，退回 {unit.returned} 条" if unit.returned else ""
        item = QListWidgetItem(f"{unit.unit}（已收 {unit.records} 条{returned}）")
        item.setData(Qt.ItemDataRole.UserRole, unit.site)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self._list.addItem(item)

    def _written(self, receipts: list[WrittenReceipt]) -> None:
        returned = sum(one.returned for one in receipts)
        sentence = f"已写好 {len(receipts)} 份回执，共退回 {returned} 条，可以拔出 U 盘。"
        self.notice.say("ok", sentence, "乡镇在“报送”里点“读取回执”。")

    def _lay_out(self) -> None:
        footer = QHBoxLayout()
        footer.addWidget(button("关闭", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._write)
        layout = QVBoxLayout(self)
        layout.addWidget(label("回执写明收了多少条，退回的记录和原因也在里面，只有那个乡镇能打开。", "subtitle"))
        layout.addWidget(self._list, 1)
        if not self._list.count():
            layout.addWidget(label("这个月还没有乡镇上报，没有回执可写。", tone="warning"))
        layout.addWidget(self.place)
        layout.addWidget(self.notice)
        layout.addLayout(footer)

    def _refresh(self) -> None:
        self._write.setEnabled(self.place.folder() is not None and bool(self.sites()))
