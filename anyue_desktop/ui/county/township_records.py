"""A township's records as the county holds them; any of them is returned in two clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.returning import Returning, UnitStatus
from anyue_desktop.ui import column_widths
from anyue_desktop.ui.frozen_table import FrozenTable
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.list_model import ListModel
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.reporting.reason_dialog import ReasonDialog
from anyue_desktop.ui.reporting.report_wizard import REPORTED
from anyue_desktop.ui.search_box import SearchBox
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import ROW_EXTRA

COMMON = (
    "请核对身份证号与姓名是否一致",
    "请核对出生日期",
    "与其他乡镇登记重复，请核实由谁登记",
    "探访情况填写不完整，请补全",
    "请核实人员类别",
)


class TownshipRecords(QWidget):
    """The list of one township and register."""

    closed = Signal()

    def __init__(
        self,
        records: Records,
        returning: Returning,
        tasks: Tasks,
        problems: ProblemDoor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._returning = returning
        self._tasks = tasks
        self._problems = problems
        self._unit: UnitStatus | None = None
        self._asking = 0
        self._title = label(kind="title", name="乡镇")
        self._title.setWordWrap(False)
        self._registers = QComboBox()
        self._registers.setAccessibleName("登记册")
        for name in REPORTED:
            self._registers.addItem(records.register(name).title, name)
        self._registers.currentIndexChanged.connect(self._show_register)
        self._search = SearchBox("姓名、拼音、身份证号或电话的一部分")
        self._search.asked.connect(lambda text: self.refresh())
        self._count = label(kind="caption", name="记录数")
        self._count.setWordWrap(False)
        self._notice = Notice()
        self.table = FrozenTable()
        self.model = ListModel(records, REPORTED[0], self)
        self._lay_out()
        self._show_register()

    def show_unit(self, unit: UnitStatus) -> None:
        """Shows the records of a township."""
        self._unit = unit
        self._title.setText(f"{unit.unit}（{unit.state}）")
        self._notice.be_quiet()
        self._search.clear()
        self.refresh()

    def arrive(self) -> None:
        """Puts the cursor into the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Asks again for the records."""
        if self._unit is None:
            return
        self._asking += 1
        number, query = self._asking, self._query(self._unit)
        self._tasks.run(lambda progress: self._find(progress, query, number), lambda ids: self._answer(number, ids))

    def selected(self) -> list[str]:
        """Returns the ids of the chosen rows."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.ids[row] for row in rows]

    def menu(self) -> QMenu:
        """Returns the menu of the chosen rows: a common reason returns them at once."""
        menu = QMenu(self)
        returning = menu.addMenu(f"退回这 {len(self.selected())} 条")
        for words in COMMON:
            _add(returning, words, lambda words=words: self.give_back(words))
        returning.addSeparator()
        _add(returning, "其他原因…", self.ask_reason)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def ask_reason(self) -> ReasonDialog | None:
        """Asks why the chosen records go back."""
        chosen = self.selected()
        if not chosen:
            self._notice.say("note", "请先选中要退回的记录。", "按住 Ctrl 或 Shift 可以选几条。")
            return None
        field = self._field_words()
        about = f"退回 {len(chosen)} 条记录{f'，指明“{field}”' if field else ''}。乡镇会在回执里看到这里写的话。"
        dialog = ReasonDialog("退回", about, COMMON, "退回", self.give_back, self)
        dialog.open()
        return dialog

    def give_back(self, reason: str) -> None:
        """Returns the chosen records with a reason."""
        unit, ids = self._unit, self.selected()
        if unit is None or not ids:
            return
        register, field = str(self._registers.currentData()), self._field()

        def job(progress: Progress) -> int:
            for identity in progress.each(ids, "退回", len(ids)):
                self._returning.give_back(unit.site, register, identity, reason, field)
            return len(ids)

        self._tasks.run(job, self._given_back, title="退回", window=self, failed=self._not_given_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc returns to the tiles, Ctrl+T gives back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ask_reason()
        else:
            super().keyPressEvent(event)

    def _query(self, unit: UnitStatus) -> Query:
        register = str(self._registers.currentData())
        return Query(register, search=self._search.text().strip(), where={"township_code": unit.code})

    def _find(self, progress: Progress, query: Query, number: int) -> list[str]:
        return self._records.ids(query) if number == self._asking else []

    def _answer(self, number: int, ids: Sequence[str]) -> None:
        if number == self._asking:
            self.model.show_ids(ids)
            self._count.setText(f"共 {len(ids):,} 条")

    def _given_back(self, count: int) -> None:
        self._notice.say("ok", f"已退回 {count} 条，下次写回执时带给乡镇。")
        self.refresh()

    def _not_given_back(self, error: Exception) -> None:
        self._problems.show(error, self)
        self.refresh()

    def _field(self) -> str:
        """The field under the cursor, if the record itself has it."""
        index = self.table.currentIndex()
        path = self.model.columns[index.column()].path if index.isValid() else ""
        return "" if "." in path or index.column() == 0 else path

    def _field_words(self) -> str:
        index = self.table.currentIndex()
        return self.model.columns[index.column()].label if self._field() else ""

    def _show_register(self) -> None:
        self.model = ListModel(self._records, str(self._registers.currentData()), self)
        self.table.setModel(self.model)
        self.table.set_row_height(max(self.font().pixelSize(), 14) + ROW_EXTRA)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnWidth(number, column_widths.width(column.field, self.fontMetrics()))
        self.table.freeze()
        self.refresh()

    def _offer_menu(self, where: QPoint) -> None:
        if self.selected():
            self.menu().popup(self.table.viewport().mapToGlobal(where))

    def _lay_out(self) -> None:
        self.table.setAccessibleName("乡镇的记录")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._offer_menu)
        head = QHBoxLayout()
        head.addWidget(button("返回", self.closed.emit))
        head.addWidget(self._title)
        head.addWidget(self._registers)
        head.addWidget(self._search, 1)
        head.addWidget(self._count)
        head.addWidget(button("退回…(&T)", self.ask_reason, kind="danger"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._notice)


def _add(menu: QMenu, words: str, act: object) -> None:
    action = QAction(words, menu)
    action.triggered.connect(lambda: act())  # type: ignore[operator]
    menu.addAction(action)
