"""The second step of an import: which column of each sheet means what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.services.columns import Column
from anyue_desktop.services.importing import ImportPlan, SheetPlan
from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.calm_combo import CalmComboBox
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.theme import ROW_EXTRA

NOT_TAKEN = "（不导入）"
HEADER, SAMPLE, MEANING = range(3)


class ColumnsStep(Step):
    """What was understood of each sheet; every column can be corrected."""

    title = "核对栏目"
    onward = "预检(&N)"

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self.plan: ImportPlan | None = None
        self._understood: dict[str, str] = {}
        self._words = {column.path: column.label for column in columns}
        self._corrected: dict[str, str] = {}
        self._sheet = QComboBox()
        self._sheet.setAccessibleName("工作表")
        self._sheet.currentIndexChanged.connect(self._show_sheet)
        self._facts = label(kind="subtitle", name="这张表的情况")
        self._notice = Notice()
        self._table = self._mapping_table()
        top = QHBoxLayout()
        top.addWidget(label("工作表"))
        top.addWidget(self._sheet, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self._facts)
        layout.addWidget(self._notice)
        layout.addWidget(self._table, 1)

    def put(self, plan: ImportPlan) -> None:
        """Shows how the files were understood."""
        self.plan = plan
        self._understood = {header: path or "" for sheet in plan.sheets for header, path, *_ in sheet.mapping}
        self._corrected = {}
        self._sheet.blockSignals(True)
        self._sheet.clear()
        for sheet in plan.sheets:
            picture = icons.icon("ok" if sheet.header_row else "missing")
            self._sheet.addItem(picture, f"{sheet.file} · {sheet.sheet}（{sheet.rows} 行）")
        self._sheet.blockSignals(False)
        self._show_sheet(0)

    def corrections(self) -> dict[str, str]:
        """Returns the paths the officer gave to headers; an empty path leaves the column out."""
        return dict(self._corrected)

    def correct(self, header: str, path: str) -> None:
        """Says what a column means."""
        if self._understood.get(header, "") == path:
            self._corrected.pop(header, None)
        else:
            self._corrected[header] = path
        self.ready.emit()

    def may_go_on(self) -> bool:
        """Whether any sheet was understood."""
        return self.plan is not None and any(sheet.header_row for sheet in self.plan.sheets)

    def _mapping_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName("栏目对应")
        table.setHorizontalHeaderLabels(["表里的栏目", "样例", "读作"])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.font().pixelSize() + ROW_EXTRA + 4)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        for column, share in ((HEADER, 260), (SAMPLE, 330)):
            table.setColumnWidth(column, share)
        table.horizontalHeader().setSectionResizeMode(MEANING, QHeaderView.ResizeMode.Stretch)
        return table

    def _show_sheet(self, number: int) -> None:
        if self.plan is None or not 0 <= number < len(self.plan.sheets):
            return
        sheet = self.plan.sheets[number]
        self._facts.setText(_facts(sheet))
        self._say_unknown(sheet)
        self._table.setRowCount(0)
        for header, path, words, sample in sheet.mapping:
            self._words[path or ""] = words
            self._add_row(header, self._corrected.get(header, path or ""), sample, unknown=header in sheet.unknown)

    def _say_unknown(self, sheet: SheetPlan) -> None:
        if sheet.unknown:
            names = "、".join(sheet.unknown)
            self._notice.say(
                "warning", f"有 {len(sheet.unknown)} 栏没有认出来，不会导入：{names}", "需要时在下面选它的意思"
            )
        else:
            self._notice.be_quiet()

    def _add_row(self, header: str, path: str, sample: str, *, unknown: bool) -> None:
        row = self._table.rowCount()
        self._table.insertRow(row)
        self._table.setItem(
            row, HEADER, QTableWidgetItem(icons.icon("ok" if path else "warning" if unknown else "missing"), header)
        )
        shown = QTableWidgetItem(sample)
        shown.setForeground(Qt.GlobalColor.darkGray)
        self._table.setItem(row, SAMPLE, shown)
        self._table.setCellWidget(row, MEANING, self._meaning(header, path))

    def _meaning(self, header: str, path: str) -> QComboBox:
        box = CalmComboBox(f"“{header}”读作")
        box.addItem(NOT_TAKEN, "")
        for column in self._columns:
            box.addItem(column.label, column.path)
        if path and box.findData(path) < 0:
            box.addItem(self._words[path], path)
        box.setCurrentIndex(max(0, box.findData(path)))
        box.activated.connect(lambda _: self.correct(header, str(box.currentData())))
        return box


def _facts(sheet: SheetPlan) -> str:
    if not sheet.header_row:
        return sheet.message or "这张表里没有认出表头，不会导入。"
    hidden = f"；有 {sheet.hidden_rows} 行被隐藏，也会读取" if sheet.hidden_rows else ""
    again = f"；{'、'.join(sheet.remembered)}按上次导入时的选择读" if sheet.remembered else ""
    return f"表头在第 {sheet.header_row} 行，下面有 {sheet.rows} 行内容{hidden}{again}。"
