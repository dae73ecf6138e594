"""台账打印: choose, look, keep, print."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.printing import LedgerOrder, Printed, Printing
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.printing.document_bar import DocumentBar
from anyue_desktop.ui.printing.ledger_list import LedgerList
from anyue_desktop.ui.printing.order_form import Chosen, OrderForm
from anyue_desktop.ui.printing.preview_pane import PreviewPane
from anyue_desktop.ui.tasks import Tasks

NOTHING_CHOSEN = Chosen()
PANEL_WIDTH = 300


class PrintDialog(QDialog):
    """Prints a ledger of a month; masked unless a reason is written. The preview is deleted when it closes."""

    def __init__(
        self,
        printing: Printing,
        month: str,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        code: str = "",
        chosen: Chosen = NOTHING_CHOSEN,
    ) -> None:
        super().__init__(parent)
        self._printing = printing
        self._tasks = tasks
        self._scratch = tempfile.TemporaryDirectory(prefix="anyue-print-")
        self.destroyed.connect(self._scratch.cleanup)  # the window may go without being closed, as when locking
        self.setWindowTitle("打印台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1180, 680)
        self._ledgers = LedgerList(printing.offered(code), code)
        self._form = OrderForm(printing, month, chosen)
        self._notice = Notice()
        self.pane = PreviewPane(printing, tasks)
        self.bar = DocumentBar(printing, tasks, self._notice)
        self._show = button("预览(&V)", self.preview, kind="main")
        self._workbook = button("另存为工作簿…", self.save_workbook)
        self._lay_out()
        self._ledgers.currentItemChanged.connect(self._show_ledger)
        self._form.changed.connect(self._refresh)
        self._show_ledger()

    def choose(self, code: str) -> None:
        """Chooses a ledger by its number."""
        self._ledgers.choose(code)

    def preview(self) -> None:
        """Makes the document and shows it."""
        order = self._form.order()
        out = Path(self._scratch.name) / f"{order.ledger}.pdf"
        self._make(order, out, self._made)

    def save_workbook(self) -> None:
        """Makes the same ledger as a workbook."""
        order, title = self._form.order(), f"{self._title()}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "另存为工作簿", title, "工作簿 (*.xlsx)")
        if name:
            self._make(order, Path(name).with_suffix(".xlsx"), self._saved)

    def done(self, result: int) -> None:
        """Deletes the preview: it holds personal information."""
        super().done(result)
        self._scratch.cleanup()

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
        ledger = self._ledgers.ledger()
        return ledger.title if ledger.singly else f"{ledger.title}（{self._form.month.currentText()}）"

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

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setObjectName("card")
        panel.setFixedWidth(PANEL_WIDTH)
        side = QVBoxLayout(panel)
        side.addWidget(label("台账", "section"))
        side.addWidget(self._ledgers, 1)
        side.addWidget(self._form)
        side.addWidget(self._show)
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

    def _show_ledger(self) -> None:
        self._form.show_ledger(self._ledgers.ledger())
        self._refresh()

    def _refresh(self) -> None:
        ready = self._form.complete()
        self._show.setEnabled(ready)
        self._workbook.setEnabled(ready)
