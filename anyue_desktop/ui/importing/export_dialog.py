"""Export of a register, or of what a list shows, to a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.register import Register
from anyue_desktop.services.exporting import Exported, Exporting
from anyue_desktop.services.query import Query
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.template_dialog import save_template
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.printing.unmask_box import UnmaskBox
from anyue_desktop.ui.tasks import Tasks

EVERY_COLUMN = "全部列"
PATTERNS = "工作簿 (*.xlsx);;文本表格 (*.csv)"


class ExportDialog(QDialog):
    """Chooses register, rows and masking; masked unless a reason is written."""

    def __init__(
        self,
        registers: Sequence[Register],
        exporting: Exporting,
        tasks: Tasks,
        shown: Query | None = None,
        parent: QWidget | None = None,
        *,
        sets: Mapping[str, Sequence[str]] = {},
    ) -> None:
        super().__init__(parent)
        self._registers = registers
        self._exporting = exporting
        self._tasks = tasks
        self._shown = shown
        self.setWindowTitle("导出")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._register = QComboBox()
        self._register.setAccessibleName("登记册")
        for register in registers:
            self._register.addItem(register.title, register.name)
        self._columns = QComboBox()
        self._columns.setAccessibleName("导出哪些列")
        for name, paths in {**sets, EVERY_COLUMN: ()}.items():
            self._columns.addItem(name, tuple(paths))
        self._only_shown = QRadioButton("列表里现在显示的")
        self._everything = QRadioButton("全部记录")
        self._unmask = UnmaskBox()
        self._unmask.changed.connect(self._refresh)
        self._export = button("导出…(&S)", self.export, kind="main")
        self._lay_out()
        self._choose_first()

    def export(self) -> None:
        """Asks for the file and writes it."""
        title = self._register.currentText()
        name, pattern = QFileDialog.getSaveFileName(self, "导出到", f"{title}.xlsx", PATTERNS)
        if not name:
            return
        out = Path(name)
        if not out.suffix:
            out = out.with_suffix(".csv" if "csv" in pattern else ".xlsx")
        register, query, reason = self._register.currentData(), self._query(), self._unmask.reason()
        paths = self._columns.currentData()
        self._tasks.run(
            lambda progress: self._exporting.export(register, out, query=query, paths=paths, unmask_reason=reason),
            self._exported,
            title="导出",
            window=self,
        )

    def _query(self) -> Query | None:
        shown = self._shown
        if shown is None or not self._only_shown.isChecked() or shown.register != self._register.currentData():
            return None
        return shown

    def _lay_out(self) -> None:
        rows = QButtonGroup(self)
        which = QHBoxLayout()
        for choice in (self._only_shown, self._everything):
            rows.addButton(choice)
            which.addWidget(choice)
        which.addStretch(1)
        form = QFormLayout()
        form.addRow("登记册", self._register)
        form.addRow("导出哪些", which)
        form.addRow("导出哪些列", self._columns)
        form.addRow("个人信息", self._unmask)
        footer = QHBoxLayout()
        footer.addWidget(button("空白模板…", self._template, kind="flat"))
        footer.addStretch(1)
        footer.addWidget(button("关闭", self.reject))
        footer.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.addWidget(label("导出", "title"))
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(footer)

    def _choose_first(self) -> None:
        if self._shown is not None:
            self._register.setCurrentIndex(max(0, self._register.findData(self._shown.register)))
        self._only_shown.setEnabled(self._shown is not None)
        (self._everything if self._shown is None else self._only_shown).setChecked(True)
        self._refresh()

    def _refresh(self) -> None:
        self._export.setEnabled(self._unmask.complete())

    def _template(self) -> None:
        save_template(self._registers[self._register.currentIndex()], self._exporting, self._tasks, self)

    def _exported(self, exported: Exported) -> None:
        tell_saved(self, exported.path, f"已导出 {exported.rows} 条。文件里有个人信息，用完请妥善保管或删除。")
