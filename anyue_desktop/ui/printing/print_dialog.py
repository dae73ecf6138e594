"""台账打印: choose, look, keep, print."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.services.choices import Choice
from anyue_desktop.services.printing import LedgerOrder, Printed, Printing
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.printing.document_bar import DocumentBar
from anyue_desktop.ui.printing.month_box import MonthBox
from anyue_desktop.ui.printing.preview_pane import PreviewPane
from anyue_desktop.ui.printing.unmask_box import UnmaskBox
from anyue_desktop.ui.tasks import Tasks

FORM = "L2"  # the one ledger that is also printed empty, to be filled in by hand
OF_ONE_VILLAGE = ("L1", "L2", "L4")
PANEL_WIDTH = 300


class PrintDialog(QDialog):
    """Prints a ledger of a month; masked unless a reason is written. The preview is deleted when it closes."""

    def __init__(
        self,
        printing: Printing,
        villages: Sequence[Choice],
        month: str,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        code: str = "",
        case_id: str = "",
    ) -> None:
        super().__init__(parent)
        self._printing = printing
        self._tasks = tasks
        self._case_id = case_id
        self._scratch = tempfile.TemporaryDirectory(prefix="anyue-print-")
        self.destroyed.connect(self._scratch.cleanup)  # the window may go without being closed, as when locking
        self.setWindowTitle("打印台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1180, 680)
        self._ledgers = self._ledger_list(code)
        self._month = MonthBox(month)
        self._village = _village_box(villages)
        self._unmask = UnmaskBox()
        self._blank = QCheckBox("打印空白表，入户时手填")
        self._notice = Notice()
        self.pane = PreviewPane(printing, tasks)
        self.bar = DocumentBar(printing, tasks, self._notice)
        self._show = button("预览(&V)", self.preview, kind="main")
        self._workbook = button("另存为工作簿…", self.save_workbook)
        self._lay_out()
        self._ledgers.currentItemChanged.connect(self._refresh)
        self._unmask.changed.connect(self._refresh)
        self._refresh()

    def choose(self, code: str) -> None:
        """Chooses a ledger by its number."""
        for row in range(self._ledgers.count()):
            if self._ledgers.item(row).data(Qt.ItemDataRole.UserRole) == code:
                self._ledgers.setCurrentRow(row)

    def preview(self) -> None:
        """Makes the document and shows it."""
        order, out = self._order(), Path(self._scratch.name) / f"{self._code()}.pdf"
        self._make(order, out, self._made)

    def save_workbook(self) -> None:
        """Makes the same ledger as a workbook."""
        order, title = self._order(), f"{self._title()}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "另存为工作簿", title, "工作簿 (*.xlsx)")
        if name:
            self._make(order, Path(name).with_suffix(".xlsx"), self._saved)

    def done(self, result: int) -> None:
        """Deletes the preview: it holds personal information."""
        super().done(result)
        self._scratch.cleanup()

    def _order(self) -> LedgerOrder:
        code = self._code()
        return LedgerOrder(
            code,
            self._month.month(),
            village=str(self._village.currentData() or "") if code in OF_ONE_VILLAGE else "",
            case_id=self._case_id,
            unmask_reason=self._unmask.reason(),
            blank=self._blank.isChecked() and code == FORM,
        )

    def _make(self, order: LedgerOrder, out: Path, done: Callable[[Printed], None]) -> None:
        self._show.setEnabled(False)
        self._tasks.run(
            lambda progress: self._printing.print_ledger(order, out, progress=progress),
            done,
            title="生成台账",
            window=self,
        ).ended.connect(self._refresh)

    def _saved(self, printed: Printed) -> None:
        tell_saved(self, printed.path, "已保存。里面有个人信息，请妥善保管。")

    def _title(self) -> str:
        return f"{self._ledgers.currentItem().text()}（{self._month.currentText()}）"

    def _made(self, printed: Printed) -> None:
        self.pane.show_document(printed.path)
        self.bar.put(printed.path, self._title())
        if printed.undrawable:
            signs = "、".join(printed.undrawable)
            self._notice.say(
                "warning",
                f"有 {len(printed.undrawable)} 个字没有字体能显示，打印成了〓：{signs}",
                "请打印后手写补上，并把这些字告诉技术支持。",
            )
        else:
            self._notice.say("ok", f"共 {printed.pages} 页。")

    def _ledger_list(self, code: str) -> QListWidget:
        ledgers = QListWidget()
        ledgers.setAccessibleName("台账")
        for number, title in self._printing.ledgers():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, number)
            ledgers.addItem(item)
            if number == code:
                ledgers.setCurrentItem(item)
        if ledgers.currentRow() < 0:
            ledgers.setCurrentRow(0)
        return ledgers

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setObjectName("card")
        panel.setFixedWidth(PANEL_WIDTH)
        side = QVBoxLayout(panel)
        side.addWidget(label("台账", "section"))
        side.addWidget(self._ledgers, 1)
        for words, box in (("月份", self._month), ("村（社区）", self._village)):
            side.addWidget(label(words))
            side.addWidget(box)
        for one in (self._blank, self._unmask, self._show):
            side.addWidget(one)
        right = QVBoxLayout()
        right.addWidget(self.pane, 1)
        right.addWidget(self._notice)
        footer = QHBoxLayout()
        footer.addWidget(button("关闭", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._workbook)
        footer.addWidget(self.bar)
        right.addLayout(footer)
        layout = QHBoxLayout(self)
        layout.addWidget(panel)
        layout.addLayout(right, 1)

    def _code(self) -> str:
        item = self._ledgers.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _refresh(self) -> None:
        code = self._code()
        self._blank.setVisible(code == FORM)
        self._village.setEnabled(code in OF_ONE_VILLAGE and not self._case_id)
        ready = bool(code) and self._unmask.complete()
        self._show.setEnabled(ready)
        self._workbook.setEnabled(ready and code != FORM)


def _village_box(villages: Sequence[Choice]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName("村（社区）")
    box.addItem("全部", "")
    for village in villages:
        box.addItem(village.name, village.code)
    return box
