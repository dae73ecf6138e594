"""撤回上报包: the newest package of each laptop, as long as nothing depends on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.receiving import Receiving
from anyue_desktop.services.taking_back import Returnable, TakenBack
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.month_choice import month_words
from anyue_desktop.ui.tasks import Tasks

COLUMNS = (
    ValueColumn("单位", lambda row: row.unit),
    ValueColumn("设备号", lambda row: row.site),
    ValueColumn("月份", lambda row: month_words(row.month) if row.month else ""),
    ValueColumn("第几包", lambda row: str(row.sequence), number=True),
    ValueColumn("接收时间", lambda row: row.received_at[:16].replace("T", " ")),
    ValueColumn("新增", lambda row: str(row.new), number=True),
    ValueColumn("变更", lambda row: str(row.changed), number=True),
    ValueColumn("删除", lambda row: str(row.removed), number=True),
)
ABOUT = "每台设备最近接收的、还没有写回执的一个包可以撤回：县局的台账恢复到接收以前的样子。"


class ReceivedDialog(QDialog):
    """Lists what can be taken back."""

    def __init__(self, receiving: Receiving, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receiving, self._tasks = receiving, tasks
        self.setWindowTitle("撤回上报包")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 460)
        self.table = ValueTable("可以撤回的上报包", COLUMNS, "没有可以撤回的上报包。写过回执的不能撤回。")
        self.notice = Notice()
        self._take_back = button("撤回这个包…(&U)", self.ask, kind="danger")
        footer = QHBoxLayout()
        footer.addWidget(self._take_back)
        footer.addStretch(1)
        footer.addWidget(button("关闭", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(label(ABOUT, "subtitle"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addLayout(footer)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list anew."""
        self.table.put(self._receiving.returnable())
        self._take_back.setEnabled(bool(self.table.values))

    def ask(self) -> None:
        """Asks first, naming what goes and what comes back."""
        row: Returnable | None = self.table.current()
        if row is None:
            return
        back = row.changed + row.removed
        ask_first(
            self,
            f"撤回{row.unit}第 {row.sequence} 包？移走新增的 {row.new} 条，恢复变更和删除的 {back} 条。",
            "上报包的文件还在，核实后可以重新接收。",
            "撤回这个包",
            lambda: self._run(row),
        )

    def _run(self, row: Returnable) -> None:
        self._tasks.run(
            lambda _: self._receiving.take_back(row.site, row.sequence), self._done, title="撤回上报包", window=self
        )

    def _done(self, back: TakenBack) -> None:
        words = f"第 {back.sequence} 包已撤回：移走 {back.removed} 条，恢复 {back.restored} 条。"
        self.notice.say("ok", words, "请告诉乡镇；以后仍可重新接收同一个文件。")
        self.refresh()
