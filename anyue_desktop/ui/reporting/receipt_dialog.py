"""读取回执: what the county took in and what it gave back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.receipts import ReceiptResult, Receipts
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.enrolment_dialog import EXCHANGE_FILES
from anyue_desktop.ui.reporting.returned_columns import RETURNED
from anyue_desktop.ui.tasks import Tasks


class ReceiptDialog(QDialog):
    """Takes in receipts from a stick; each returned record opens at its field."""

    open_record = Signal(str, str, str, str)
    taken = Signal()

    def __init__(self, receipts: Receipts, site: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receipts = receipts
        self._site = site
        self._tasks = tasks
        self.setWindowTitle("读取回执")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 600)
        self._drop = FileDrop(
            "选择县局放回 U 盘的回执（r- 开头的文件），或者直接选 U 盘。", EXCHANGE_FILES, folders=True
        )
        self._drop.setMaximumHeight(190)
        self._drop.changed.connect(self._refresh)
        self.notice = Notice()
        self.table = ValueTable("退回的记录", RETURNED, "没有退回的记录")
        self.table.chosen.connect(self._open)
        self._read = button("读取(&R)", self.read, kind="main")
        self._open_button = button("打开更正(&O)", lambda: self._open(self.table.current()))
        footer = QHBoxLayout()
        footer.addWidget(button("关闭", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._open_button)
        footer.addWidget(self._read)
        layout = QVBoxLayout(self)
        layout.addWidget(self._drop)
        layout.addWidget(self.notice)
        layout.addWidget(label("退回的记录：更正后会随下一个上报包再报。", "caption"))
        layout.addWidget(self.table, 1)
        layout.addLayout(footer)
        self._refresh()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds files or sticks as if they had been dropped."""
        self._drop.add(paths)

    def read(self) -> None:
        """Takes the receipts in."""
        files = receipt_files(self._drop.files(), self._site)
        self._read.setEnabled(False)
        self._tasks.run(
            lambda progress: self._receipts.take(files), self._taken, title="读取回执", window=self
        ).ended.connect(self._refresh)

    def _taken(self, result: ReceiptResult) -> None:
        tone = "warning" if result.returned else "ok"
        brought = f"{result.brought_words()}。" if result.brought_back else ""
        hint = "双击一行打开更正，退回原因写在表单上方。" if result.returned else "没有退回的记录。"
        if result.apart:
            tone, hint = "warning", f"有 {result.apart} 条记录恢复备份后本机又改过，两边不同，请对照修改历史核对。"
        told = (f"“{one.caption}”：{one.message}" for one in result.decisions)
        hint = "\n".join([hint, *(f"{words}。" for words in (*told, *result.more_words()))])
        self.notice.say(tone, f"县局已收 {result.accepted} 条，退回 {result.returned} 条。{brought}", hint)
        self.table.put(result.records)
        self._refresh()
        self.taken.emit()

    def _open(self, row: object) -> None:
        if row is not None:
            one = self.table.current()
            self.accept()
            self.open_record.emit(one.register, one.id, one.field, one.message)

    def _refresh(self) -> None:
        self._read.setEnabled(bool(self._drop.files()))
        self._open_button.setEnabled(bool(self.table.values))


def receipt_files(paths: Sequence[Path], site: str) -> list[Path]:
    """Returns the files named, and this laptop's receipts in the folders named: a stick may carry others' too."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            wanted = f"r-{site}-*.tpkg"
            found += [*path.glob(wanted), *path.glob(f"TPKG/{wanted}")]
        else:
            found.append(path)
    return found
