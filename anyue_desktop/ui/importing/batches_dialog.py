"""Earlier imports, each of which can be taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.importing import Batch, Importing, Undone
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.result_step import undone_words
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.tasks import Tasks

COLUMNS = (
    ValueColumn("时间", lambda row: row.at[:16].replace("T", " ")),
    ValueColumn("操作员", lambda row: row.operator),
    ValueColumn("新增", lambda row: str(row.new), number=True),
    ValueColumn("变更", lambda row: str(row.changed), number=True),
    ValueColumn(
        "状态",
        lambda row: "已撤销" if row.undone else "已导入",
        icon=lambda row: "undo" if row.undone else "ok",
        tone=lambda row: "muted" if row.undone else "",
    ),
    ValueColumn("文件", lambda row: "、".join(Path(name).name for name in row.files)),
)


class BatchesDialog(QDialog):
    """Lists the imports made so far."""

    def __init__(self, importing: Importing, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._importing = importing
        self._tasks = tasks
        self.setWindowTitle("以前的导入")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 460)
        self._table = ValueTable("以前的导入", COLUMNS, "还没有导入过。")
        self._table.moved.connect(self._offer)
        self._notice = Notice()
        self._undo = button("撤销这一批…(&U)", self._ask, kind="danger")
        footer = QHBoxLayout()
        footer.addWidget(self._undo)
        footer.addStretch(1)
        footer.addWidget(button("关闭", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(label("撤销会移走这一批新增的记录，把变更的记录恢复原样；导入以后又改过的不动。", "subtitle"))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._notice)
        layout.addLayout(footer)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list anew."""
        self._table.put(self._importing.batches())
        self._offer(self._table.current())

    def _offer(self, batch: Batch | None) -> None:
        self._undo.setEnabled(batch is not None and not batch.undone)

    def _ask(self) -> None:
        batch: Batch | None = self._table.current()
        if batch is None:
            return
        ask_first(
            self,
            f"撤销这一批导入？移走新增的 {batch.new} 条，恢复变更的 {batch.changed} 条。",
            "移走的记录在回收站里，可以再恢复；也可以重新导入同一个文件。",
            "撤销这一批",
            lambda: self._take_back(batch),
        )

    def _take_back(self, batch: Batch) -> None:
        self._tasks.run(
            lambda progress: self._importing.undo(batch.id), self._taken_back, title="撤销导入", window=self
        )

    def _taken_back(self, undone: Undone) -> None:
        self._notice.say(*undone_words(undone))
        self.refresh()
